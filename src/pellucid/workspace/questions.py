"""Questions about a run in the journal, always asked under the run's own interventions."""

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from pellucid.atlas import Atlas
from pellucid.core.errors import PellucidError
from pellucid.core.records import Damage, Joint, Match, Method, Shift, Verification
from pellucid.workspace.bench import Bench, reread
from pellucid.workspace.events import (
    ActiveSites,
    Estimated,
    Measured,
    MeasuredEffect,
    WhyDone,
    WhyEvent,
)
from pellucid.workspace.wording import worded


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """Which token to explain, and how far."""

    run_id: str
    pos: int
    contrast_id: int | None
    method: Method
    top: int
    measure: int
    """How many of the effects shown first are measured afterwards."""


@dataclass(frozen=True, slots=True)
class ActiveAsked:
    """The half-open range of positions to look at."""

    run_id: str
    start: int
    end: int
    top: int


@dataclass(frozen=True, slots=True)
class JointAsked:
    """Which sites to set to 0 together, for which token."""

    run_id: str
    pos: int
    contrast_id: int | None
    sites: tuple[tuple[str, int], ...]
    """Feature ids with positions."""


@dataclass(frozen=True, slots=True)
class VerifyAsked:
    """Which features to suppress, for which token, beside how many random sets."""

    run_id: str
    pos: int
    contrast_id: int | None
    features: tuple[str, ...]
    positions: str
    n: int
    match: Match


@dataclass(frozen=True, slots=True)
class DamageAsked:
    """A run with interventions, and how many random sets to compare them with."""

    run_id: str
    n: int
    seed: int


@dataclass(frozen=True, slots=True)
class ShiftAsked:
    """A run, and the run that it is compared with."""

    run_id: str
    other: str


def why(bench: Bench, asked: WhyAsked) -> Generator[WhyEvent | None, None, None]:
    """What promoted the token at `pos`: an estimate at once, then measurements, largest first.

    Raises:
        PellucidError: The run, the position or the contrast would not do.
    """
    began = time.monotonic()
    engine, subject, again = bench.engine, bench.subject, reread(bench, asked.run_id)
    question = engine.pick_target(
        subject, again.prompt, at=asked.pos, contrast_id=asked.contrast_id
    )
    found = yield from engine.attribute(
        subject, question, method=asked.method, top=asked.top, steering=again.steering, mapped=True
    )
    assert found.map is not None
    effects = worded(_described(bench), tuple(found.effects))
    yield Estimated(
        target=found.target,
        contrast=found.contrast,
        method=found.method,
        effects=effects,
        map=found.map,
    )
    if sites := effects[: asked.measure]:
        with closing(engine.measure(subject, found.baseline, sites)) as measuring:
            for site, effect in measuring:
                yield Measured(effects=(MeasuredEffect(id=site.id, pos=site.pos, effect=effect),))
    yield WhyDone(seconds=time.monotonic() - began)


def active(bench: Bench, asked: ActiveAsked) -> Generator[ActiveSites, None, None]:
    """The sites that stand out in a range of the run, by tail quantile where there is an atlas.

    Raises:
        PellucidError: The run or the range would not do.
    """
    engine, subject, again = bench.engine, bench.subject, reread(bench, asked.run_id)
    found = engine.activate(
        subject,
        again.prompt,
        span=(asked.start, asked.end),
        top=asked.top,
        steering=again.steering,
        quantiles=bench.neuron_quantiles(),
    )
    yield ActiveSites(scale=found.scale, effects=worded(_described(bench), found.effects))


def joint(bench: Bench, asked: JointAsked) -> Generator[Joint, None, None]:
    """What some sites did for a token of the run together.

    Raises:
        PellucidError: The run, the position, the contrast or a site would not do.
    """
    engine, subject, again = bench.engine, bench.subject, reread(bench, asked.run_id)
    question = engine.pick_target(
        subject, again.prompt, at=asked.pos, contrast_id=asked.contrast_id
    )
    yield engine.joint(subject, question, asked.sites, steering=again.steering)


def verify(bench: Bench, asked: VerifyAsked) -> Generator[Verification | None, None, None]:
    """What suppressing some features does to a token of the run, beside random sets.

    Raises:
        PellucidError: The run, the position or a feature would not do.
    """
    engine, subject, again = bench.engine, bench.subject, reread(bench, asked.run_id)
    question = engine.pick_target(
        subject, again.prompt, at=asked.pos, contrast_id=asked.contrast_id
    )
    found = yield from engine.verify(
        subject,
        question,
        asked.features,
        positions=asked.positions,
        n=asked.n,
        match=asked.match,
        steering=again.steering,
    )
    yield found


def damage(bench: Bench, asked: DamageAsked) -> Generator[Damage | None, None, None]:
    """What the run's interventions do to text that has nothing to do with them, beside random sets.

    Raises:
        PellucidError: The run would not do, or has no interventions.
    """
    run = reread(bench, asked.run_id).run
    found = yield from bench.engine.damage(
        bench.subject,
        run.interventions,
        n=asked.n,
        seed=asked.seed,
        quantiles=bench.strengths(run.interventions),
    )
    yield found


def shift(bench: Bench, asked: ShiftAsked) -> Generator[Shift | None, None, None]:
    """How the next token's distribution at the run's first own token differs from that at the other run's.

    Each run under its own interventions, behind its own prompt.

    Raises:
        PellucidError: One of the runs would not do.
    """
    after, before = reread(bench, asked.run_id), reread(bench, asked.other)
    found = yield from bench.engine.shift(
        bench.subject,
        before.prompt.cut(before.run.n_prompt),
        after.prompt.cut(after.run.n_prompt),
        steering_before=before.steering,
        steering_after=after.steering,
    )
    yield found


def _described(bench: Bench) -> Atlas | None:
    """The atlas for what features fire on; an explanation stands without, so where it would not do, None."""
    try:
        return bench.neuron_quantiles()
    except PellucidError:
        return None

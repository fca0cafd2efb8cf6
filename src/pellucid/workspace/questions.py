"""Questions about a run in the journal, always asked under the run's own interventions."""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from pellucid.core.records import Effect, Match, Method, Verification
from pellucid.workspace.bench import Bench, reread
from pellucid.workspace.events import (
    ActiveSites,
    Estimated,
    Measured,
    MeasuredEffect,
    WhyDone,
    WhyEvent,
)


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
class VerifyAsked:
    """Which features to suppress, for which token, beside how many random sets."""

    run_id: str
    pos: int
    contrast_id: int | None
    features: tuple[str, ...]
    positions: str
    n: int
    match: Match


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
        subject, question, method=asked.method, top=asked.top, steering=again.steering
    )
    effects = tuple(found.effects)
    yield Estimated(
        target=found.target, contrast=found.contrast, method=found.method, effects=effects
    )
    if sites := effects[: asked.measure]:
        yield from _measure(engine.measure(subject, found.baseline, sites))
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
    yield ActiveSites(scale=found.scale, effects=tuple(found.effects))


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


def _measure(measuring: Iterator[tuple[Effect, float]]) -> Generator[Measured, None, None]:
    try:
        for site, effect in measuring:
            yield Measured(effects=(MeasuredEffect(id=site.id, pos=site.pos, effect=effect),))
    finally:
        if isinstance(measuring, Generator):
            measuring.close()

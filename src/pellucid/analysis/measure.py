"""Measured effects: set one site to 0, run the rest of the subject again, compare. First answers first."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from pellucid.analysis.question import Question
from pellucid.core.records import Effect
from pellucid.subject.branch import Departure, Trace, branch
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units

PASS_TOKENS = 384
"""Positions one forward pass reads, all its branches together, unless a single branch is longer."""
FIRST_TOKENS = 96
"""The same for the first pass of `measure`, so that someone who waits sees an answer early."""


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """One unit at one position."""

    layer: int
    pos: int
    index: int


class Baseline(NamedTuple):
    """A run to depart from, and what was explained in it."""

    question: Question
    trace: Trace
    score: float
    """Nats."""
    steering: Steering | None
    source: Units | None = None
    """Whose units the sites are of; None: the subject's neurons."""


def measure(
    subject: Subject, baseline: Baseline, effects: Sequence[Effect]
) -> Generator[tuple[Effect, float], None, None]:
    """Measured effects, in nats, of sites that `attribute` found, in the order given; close it to cancel.

    Args:
        subject: The model.
        baseline: `Attribution.baseline`, the run that was explained, with its steering.
        effects: The sites. What `attribute` measured already is not measured again.
    """
    todo = [Site(e.layer, e.pos, e.index) for e in effects if not e.measured]
    with closing(measure_sites(subject, baseline, todo, first=FIRST_TOKENS)) as passes:
        found: dict[Site, float] = {}
        for effect in effects:
            site = Site(effect.layer, effect.pos, effect.index)
            while not effect.measured and site not in found:
                found.update(next(passes))
            yield effect, effect.attribution if effect.measured else found[site]


def measure_sites(
    subject: Subject, baseline: Baseline, sites: Sequence[Site], *, first: int = PASS_TOKENS
) -> Generator[list[tuple[Site, float]], None, None]:
    """Effects of sites, in nats, in the order given, one forward pass at a time.

    `first` bounds the positions of the first pass, so that the first answers come early.
    """
    at, n = 0, len(baseline.trace.ids)
    while at < len(sites):
        end, tokens = at, 0
        limit = first if at == 0 else PASS_TOKENS
        while end < len(sites) and (end == at or tokens + n - sites[end].pos <= limit):
            tokens += n - sites[end].pos
            end += 1
        yield list(zip(sites[at:end], effects_of(subject, baseline, sites[at:end]), strict=True))
        at = end


def effects_of(subject: Subject, baseline: Baseline, sites: Sequence[Site]) -> list[float]:
    """Effects of a few sites, in nats, in one forward pass."""
    logprobs = branch(
        subject,
        baseline.trace,
        [Departure(site.layer, site.pos, site.index) for site in sites],
        read=baseline.question.read_at,
        steering=baseline.steering,
        source=baseline.source,
    )
    return [baseline.score - score for score in baseline.question.score(logprobs).tolist()]

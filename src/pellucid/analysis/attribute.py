"""Which sites brought a token about: signed effects in nats, estimated from one backward pass, some of them measured.

`gradient`    activation times gradient: what setting the site to 0 would do if the subject were linear.
`integrated`  the same, averaged over runs in which all activations are scaled from 0 to 1; the attributions of all
              sites together are then the score minus the score without any of them.
`corrected`   the default:
    1. the gradient's estimate is carried through the odds of the target, since a log-probability near 0 has next to
       no gradient left;
    2. effects of the last layer are computed as they are: only the final norm and the output embedding follow;
    3. up to 32 other sites are measured, by setting each to 0 and running the rest again: those for which relative
       write times estimate is largest. A write that is large relative to the residual is where a linear estimate
       fails, and a floor under the estimate lets the largest writes in even where the gradient says nothing. Sites
       that leave less to read again go first among equals, and all measuring together reads no more than four and a
       half times the prompt.

Sites are of the subject's neurons, or of a source's units. A latent of an SAE is taken away from the residual stream
along its decoder direction; what the SAE does not reconstruct stays, and so do the other latents of the same place.
Latents have no sites at position 0: an attention sink, so long that what an encoder says of it means nothing.

Source: attribution patching, Nanda 2023; integrated gradients, Sundararajan et al. 2017; `corrected` is ours.
Checked by: tests/numerics/test_attribution_by_ablation.py, benchmarks/agreement.py
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.analysis.candidates import (
    RANK,
    Estimate,
    at_the_end,
    estimates_at,
    extremes,
    largest,
    risky_sites,
)
from pellucid.analysis.linear import Linear, by_layer, last_layer_effects, linearise
from pellucid.analysis.measure import Baseline, Site, measure_sites
from pellucid.analysis.odds import odds_of, through_odds
from pellucid.analysis.question import Question
from pellucid.analysis.sitemap import site_map
from pellucid.analysis.steps import finished, whole
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Effect, Method, SiteMap, Target
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units

INTEGRATION_STEPS = 8


class _Answer(NamedTuple):
    found: Estimate
    value: float
    """The best number the method has, in nats."""
    measured: bool


@dataclass(frozen=True)
class Attribution:
    """The sites that did most for a token, largest absolute attribution first."""

    target: Target
    contrast: Target | None
    method: Method
    effects: tuple[Effect, ...]
    baseline: Baseline
    """The run explained; `measure` departs from it."""
    map: SiteMap | None = None
    """All sites by layer and position, where it was asked for."""


@dataclass(frozen=True)
class FeatureSums:
    """What every feature did for a token, over all positions that count."""

    target: Target
    contrast: Target | None
    sums: Float[np.ndarray, "place unit signs"]
    """In nats; positive features first. 0 where a feature has no site."""


def attribute_stepwise(
    subject: Subject,
    question: Question,
    *,
    method: Method = "corrected",
    top: int = 50,
    steering: Steering | None = None,
    source: Units | None = None,
    mapped: bool = False,
) -> Generator[None, None, Attribution]:
    """The `top` sites by absolute attribution, in the run as steered.

    Sites of a system turn that the template added by itself, and of the target's own tokens, are left out; there may
    be no others.
    Effects of single sites do not add up: two that do the same work are each worth little alone.

    Args:
        subject: The model.
        question: What is explained.
        method: See above; `corrected` measures at most 32 sites.
        top: How many sites.
        steering: Interventions that hold in the run explained, and in every measurement.
        source: Whose units are asked about; default: the subject's neurons.
        mapped: Sum the numbers of all sites by layer and position, too.

    Raises:
        InvalidRequest: `top` is below 1.
    """
    if top < 1:
        raise InvalidRequest(f"top {top} has no meaning", instead="ask for at least one site")
    linear = linearise(subject, question, steering, source=source)
    question = linear.question
    baseline = Baseline(question, linear.trace, linear.score, steering, source)
    target, contrast = question.targets(subject, linear.logprobs)
    if not range(*linear.span):
        nothing = _map(linear, method, (), {}) if mapped else None
        return Attribution(target, contrast, method, (), baseline, nothing)
    yield
    totals: Sequence[Tensor] = ()
    if method == "integrated":
        totals = yield from _integrated(subject, question, steering, source)
        found = largest(linear, totals, top)
        answers = {e.site: _Answer(e, e.estimate, measured=False) for e in found}
        estimates = {e.site: e.estimate for e in estimates_at(linear, answers)}
    else:
        found = extremes(linear, max(top, RANK))
        if method == "corrected":
            answers = yield from _corrected(subject, linear, baseline, found, top)
        else:
            answers = {e.site: _Answer(e, e.estimate, measured=False) for e in found}
        estimates = {site: answer.found.estimate for site, answer in answers.items()}
    there = (site for site in answers if answers[site].found.activation != 0)
    order = sorted(there, key=lambda site: (-abs(answers[site].value), site))[:top]
    name = linear.source.name
    effects = tuple(_effect(name, answers[site], estimates[site]) for site in order)
    everywhere = _map(linear, method, totals, answers) if mapped else None
    return Attribution(target, contrast, method, effects, baseline, everywhere)


attribute = whole(attribute_stepwise)


def _map(
    linear: Linear,
    method: Method,
    totals: Sequence[Float[Tensor, "pos unit"]],
    answers: Mapping[Site, _Answer],
) -> SiteMap:
    """All sites, those answered with the answer; `totals` are `integrated`'s, by place."""
    values: Iterable[Tensor] = totals or (estimates for _, _, estimates, _ in by_layer(linear))
    layers, start = linear.source.layers, linear.span[0]
    if method != "corrected":
        return site_map(method, layers, start, values, better={}, n_measured=0)
    odds = odds_of(linear)
    return site_map(
        method,
        layers,
        start,
        (through_odds(estimates, odds) for estimates in values),
        better={site: answer.value for site, answer in answers.items()},
        n_measured=sum(answer.measured for answer in answers.values()),
    )


def attribute_features(
    subject: Subject,
    question: Question,
    *,
    method: Method = "corrected",
    steering: Steering | None = None,
    source: Units | None = None,
) -> FeatureSums:
    """The attributions of all sites, summed by feature: what `attribute` gives with `top` beyond their number."""
    linear = linearise(subject, question, steering, source=source)
    question = linear.question
    target, contrast = question.targets(subject, linear.logprobs)
    start, stop = linear.span
    if method == "integrated":
        values = finished(_integrated(subject, question, steering, source))
    else:
        values = [estimates for _, _, estimates, _ in by_layer(linear)]
    if method == "corrected" and start < stop:
        baseline = Baseline(question, linear.trace, linear.score, steering, source)
        values = _corrected_everywhere(subject, linear, baseline, values)
    acts = [act[start:stop] for act in linear.acts]
    sums = torch.stack([_by_sign(a.cpu(), v.cpu()) for a, v in zip(acts, values, strict=True)])
    return FeatureSums(target, contrast, sums.numpy())


def _by_sign(
    acts: Float[Tensor, "pos unit"], values: Float[Tensor, "pos unit"]
) -> Float[Tensor, "unit signs"]:
    """Sums over positions, apart for the sites of either sign."""
    negative = acts < 0
    return torch.stack([values.where(~negative, 0).sum(0), values.where(negative, 0).sum(0)], -1)


def _corrected_everywhere(
    subject: Subject,
    linear: Linear,
    baseline: Baseline,
    estimates: Sequence[Float[Tensor, "pos unit"]],
) -> list[Float[Tensor, "pos unit"]]:
    """The best number of every site: the steps of `corrected`, without a choice of sites to show."""
    bend, last, start = _through_odds(linear), subject.n_layers - 1, linear.span[0]
    values = [bend(layer).cpu() for layer in estimates]
    known: dict[Site, float] = {}
    if last in linear.source.layers:
        values[-1] = torch.zeros_like(values[-1])
        pos = linear.question.read_at[0]
        there = linear.acts[-1][pos].nonzero()[:, 0].tolist()
        known = _exact(
            subject, linear, estimates_at(linear, (Site(last, pos, index) for index in there))
        )
    risky = risky_sites(subject, linear, extremes(linear, RANK))
    known |= finished(_measured(subject, baseline, risky))
    for site, value in known.items():
        values[linear.place(site.layer)][site.pos - start, site.index] = value
    return values


def _corrected(
    subject: Subject, linear: Linear, baseline: Baseline, found: Sequence[Estimate], top: int
) -> Generator[None, None, dict[Site, _Answer]]:
    """The steps of `corrected`, from the largest estimates of the run."""
    bend = _through_odds(linear)
    ends = at_the_end(subject, linear, max(top, RANK))
    risky = risky_sites(subject, linear, found)
    measured = yield from _measured(subject, baseline, risky)
    best = {e.site: e for e in (*found, *ends, *risky)}
    exact = _exact(
        subject, linear, [e for e in best.values() if e.site.layer == subject.n_layers - 1]
    )
    bent = bend(torch.tensor([e.estimate for e in best.values()])).tolist()
    values = dict(zip(best, bent, strict=True)) | exact | measured
    return {site: _Answer(e, values[site], site in measured) for site, e in best.items()}


def _measured(
    subject: Subject, baseline: Baseline, risky: Sequence[Estimate]
) -> Generator[None, None, dict[Site, float]]:
    found: dict[Site, float] = {}
    for some in measure_sites(subject, baseline, [e.site for e in risky]):
        found.update(some)
        yield
    return found


def _effect(source: str, answer: _Answer, estimate: float) -> Effect:
    site, activation = answer.found.site, answer.found.activation
    feature = FeatureId.of(site.layer, site.index, activation, source)
    return Effect(
        id=str(feature),
        layer=site.layer,
        index=site.index,
        sign=feature.sign,
        pos=site.pos,
        activation=activation,
        attribution=answer.value,
        measured=answer.measured,
        estimate=estimate,
    )


def _exact(subject: Subject, linear: Linear, found: Sequence[Estimate]) -> dict[Site, float]:
    """Effects of last-layer sites as they are; before the position that predicts the target they have none."""
    there = [e for e in found if e.site.pos == linear.question.read_at[0]]
    if not there:
        return {e.site: 0.0 for e in found}
    effects = last_layer_effects(
        subject, linear, [(e.site.index, e.activation) for e in there]
    ).tolist()
    return {e.site: 0.0 for e in found} | {e.site: x for e, x in zip(there, effects, strict=True)}


def _through_odds(linear: Linear) -> Callable[[Tensor], Tensor]:
    """From estimates to effects, in double precision on the CPU; estimates as they are where odds have no meaning."""
    odds = odds_of(linear)
    if odds is None:
        return lambda estimates: estimates
    return lambda estimates: through_odds(estimates.cpu().double(), odds)


def _integrated(
    subject: Subject, question: Question, steering: Steering | None, source: Units | None
) -> Generator[None, None, list[Float[Tensor, "pos unit"]]]:
    """By layer: activation in the scaled run times gradient there, averaged over the path (midpoint rule)."""
    totals: list[Float[Tensor, "pos unit"]] = []
    for step in range(INTEGRATION_STEPS):
        scale = (step + 0.5) / INTEGRATION_STEPS
        scaled = linearise(subject, question, steering, scale=scale, source=source)
        parts = [estimate / (scale * INTEGRATION_STEPS) for _, _, estimate, _ in by_layer(scaled)]
        totals = [t + p for t, p in zip(totals, parts, strict=True)] if totals else parts
        yield
    return totals

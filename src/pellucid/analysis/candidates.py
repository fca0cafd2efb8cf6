"""Which sites an attribution looks at: the largest estimates, and those where an estimate can be furthest off.

`attribute.py` says what it then does with them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.analysis.linear import Linear, by_layer
from pellucid.analysis.measure import Site
from pellucid.subject.subject import Subject

MAX_MEASURED = 32
"""Sites that are measured, at most."""
RANK = 20
_FLOOR = 0.5
"""The floor under estimates, as a share of the `RANK`-th largest."""
_COST_POWER = 0.4
"""How strongly the positions left to read again count against a site."""
_REREAD = 4.5
"""Positions that measuring may read again, all sites together, for each position of a prompt of at least 64."""


class Estimate(NamedTuple):
    """A site, its raw activation, and what a method estimates for it, in nats."""

    site: Site
    activation: float
    estimate: float


def extremes(linear: Linear, k: int) -> list[Estimate]:
    """The `k` largest and `k` smallest estimates of the whole run."""
    found: list[Estimate] = []
    for layer, acts, estimates in ((la, a, e) for la, a, e, _ in by_layer(linear)):
        flat = estimates.flatten()
        n = min(k, flat.numel())
        places = torch.cat([flat.topk(n).indices, flat.topk(n, largest=False).indices])
        found += _sites(layer, linear.span[0], acts, flat, places)
    best = {e.site: e for e in found}
    ranked = sorted(best.values(), key=lambda e: e.estimate)
    return list({e.site: e for e in ranked[-k:] + ranked[:k]}.values())


def largest(
    linear: Linear, totals: Sequence[Float[Tensor, "pos unit"]], top: int
) -> list[Estimate]:
    """The `top` sites by absolute total."""
    found: list[Estimate] = []
    for (layer, acts, _, _), total in zip(by_layer(linear), totals, strict=True):
        flat = total.flatten()
        places = flat.abs().topk(min(top, flat.numel())).indices
        found += _sites(layer, linear.span[0], acts, flat, places)
    return sorted(found, key=lambda e: -abs(e.estimate))[:top]


def at_the_end(subject: Subject, linear: Linear, k: int) -> list[Estimate]:
    """The `k` largest and smallest estimates of the last layer, where the target is predicted."""
    layer, pos = subject.n_layers - 1, linear.question.read_at[0]
    if layer not in linear.source.layers:
        return []
    acts = linear.acts[-1][pos : pos + 1].float()
    flat = (acts * linear.grads[-1][pos].float()).flatten()
    n = min(k, flat.numel())
    return _sites(
        layer,
        pos,
        acts,
        flat,
        torch.cat([flat.topk(n).indices, flat.topk(n, largest=False).indices]),
    )


def estimates_at(linear: Linear, sites: Iterable[Site]) -> list[Estimate]:
    """Activation and estimate of named sites."""
    found: list[Estimate] = []
    for site in sites:
        place = linear.place(site.layer)
        act = float(linear.acts[place][site.pos, site.index])
        grad = float(linear.grads[place][site.pos, site.index])
        found.append(Estimate(site, act, act * grad))
    return found


def risky_sites(subject: Subject, linear: Linear, known: Sequence[Estimate]) -> list[Estimate]:
    """The sites to measure, those where a linear estimate can be furthest off first; `known` sets the floor."""
    sizes = sorted((abs(e.estimate) for e in known), reverse=True)
    floor = _FLOOR * sizes[min(RANK, len(sizes)) - 1]
    n, (start, stop) = len(linear.trace.ids), linear.span
    left = torch.arange(n - start, n - stop, -1).float() ** -_COST_POWER
    found: list[tuple[float, Site]] = []
    for layer, acts, estimates, scale in by_layer(linear):
        if layer == subject.n_layers - 1:
            break
        norms = linear.source.write_norms[linear.place(layer)]
        writes = acts.abs() * norms.to(acts.device)
        weight = (scale * left.to(acts.device))[:, None]
        risk = ((estimates.abs() + floor) * writes * weight).flatten()
        best = risk.topk(min(MAX_MEASURED, risk.numel()))
        width = acts.shape[1]
        found += [
            (value, Site(layer, start + at // width, at % width))
            for value, at in zip(best.values.tolist(), best.indices.tolist(), strict=True)
            if value > 0
        ]
    found.sort(key=lambda item: (-item[0], item[1]))
    return estimates_at(linear, _affordable((site for _, site in found), n))


def _affordable(sites: Iterable[Site], n_pos: int) -> list[Site]:
    """The first of the sites, as many as may be measured and leave no more positions to read again than allowed."""
    chosen: list[Site] = []
    room = _REREAD * max(n_pos, 64)
    for site in sites:
        cost = n_pos - site.pos
        if cost <= room and len(chosen) < MAX_MEASURED:
            chosen.append(site)
            room -= cost
    return chosen


def _sites(layer: int, start: int, acts: Tensor, values: Tensor, places: Tensor) -> list[Estimate]:
    width = acts.shape[1]
    rows = zip(
        places.tolist(), acts.flatten()[places].tolist(), values[places].tolist(), strict=True
    )
    return [
        Estimate(Site(layer, start + at // width, at % width), act, value)
        for at, act, value in rows
    ]

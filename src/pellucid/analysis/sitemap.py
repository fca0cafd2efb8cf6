"""Where the work for a token is done: the numbers of all sites, summed by layer and position."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.analysis.measure import Site
from pellucid.core.records import Method, SiteMap

STEPS = 999
"""The largest sum of a map, in its steps: three digits."""


def site_map(
    method: Method,
    layers: Sequence[int],
    start: int,
    values: Iterable[Float[Tensor, "pos unit"]],
    *,
    better: Mapping[Site, float],
    n_measured: int,
) -> SiteMap:
    """The positive and the negative parts of all sites' numbers, summed over units.

    Args:
        method: What found the numbers.
        layers: That have sites.
        start: The first position that counts.
        values: Of every site, in nats, by layer, from there up to the target; changed in place by `better`.
        better: Numbers known better than that.
        n_measured: How many of them were measured.

    Checked by: tests/numerics/test_sitemap.py
    """
    known: dict[int, list[tuple[int, int, float]]] = {}
    for site, value in better.items():
        known.setdefault(site.layer, []).append((site.pos - start, site.index, value))
    parts: list[Tensor] = []
    for layer, own in zip(layers, values, strict=True):
        if layer in known:
            rows, index, best = (list(column) for column in zip(*known[layer], strict=True))
            own[rows, index] = own.new_tensor(best)
        parts.append(torch.stack([own.clamp_min(0).sum(1), own.clamp_max(0).sum(1)]).cpu())
    sums: Float[np.ndarray, "layer parts pos"] = torch.stack(parts).double().numpy()
    step = float(np.abs(sums).max(initial=0)) / STEPS
    steps = np.rint(sums / step if step else sums).astype(int).tolist()
    return SiteMap(
        method=method,
        n_measured=n_measured,
        layers=tuple(layers),
        start=start,
        step=step,
        positive=tuple(tuple(positive) for positive, _ in steps),
        negative=tuple(tuple(negative) for _, negative in steps),
        by_layer=_pairs(sums.sum(2)),
        by_position=_pairs(sums.sum(0).T),
    )


def _pairs(sums: Float[np.ndarray, "n parts"]) -> tuple[tuple[float, float], ...]:
    """To four digits."""
    return tuple((float(f"{up:.4g}"), float(f"{down:.4g}")) for up, down in sums.tolist())

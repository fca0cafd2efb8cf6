"""The same question over many conversations: each feature's mean effect, and how sure that mean is.

1. In each conversation a feature's attributions are summed over all its sites; a feature without any counts as 0 there.
2. The mean over conversations, with a 95 % interval from Student's t. Conversations are taken as independent, and no
   correction is made for having looked at many features.

Checked by: tests/unit/analysis/test_aggregate.py
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import SIGNS, FeatureId


@dataclass(frozen=True, slots=True)
class FeatureMean:
    """One feature over several conversations; effects in nats, summed over positions."""

    id: str
    mean: float
    low: float | None
    """Lower end of the 95 % interval of the mean; None with a single conversation."""
    high: float | None
    n: int
    """Conversations."""


def aggregate(
    lines: Iterable[Float[np.ndarray, "place unit signs"]],
    top: int = 50,
    *,
    source: str = "mlp",
    layers: Sequence[int] | None = None,
) -> tuple[FeatureMean, ...]:
    """The `top` features by absolute mean over the lines, which are read once; features at 0 in all are left out.

    Args:
        lines: `FeatureSums.sums` of each conversation.
        top: How many features.
        source: What the features are of.
        layers: The layer of each place; default: the place itself.

    Source: Welford 1962, for mean and squares in one reading.

    Raises:
        InvalidRequest: There are no lines, or `top` is below 1.
    """
    if top < 1:
        raise InvalidRequest(f"top {top} has no meaning", instead="ask for at least one feature")
    n, mean, squares = 0, np.zeros(()), np.zeros(())
    for line in lines:
        n += 1
        step = line - mean
        mean = mean + step / n
        squares = squares + step * (line - mean)
    if n == 0:
        raise InvalidRequest(
            "there is nothing to average", instead="give at least one conversation"
        )
    there = np.flatnonzero((mean != 0) | (squares != 0))
    order = there[np.argsort(-np.abs(mean.flat[there]), kind="stable")][:top]
    spread = np.sqrt(squares.flat[order] / n)
    places = zip(*np.unravel_index(order, mean.shape), strict=True)
    features = (
        FeatureId(source, int(p) if layers is None else layers[int(p)], int(index), SIGNS[sign])
        for p, index, sign in places
    )
    return tuple(
        _feature(feature, float(mid), float(wide), n)
        for feature, mid, wide in zip(features, mean.flat[order], spread, strict=True)
    )


def _feature(feature: FeatureId, mean: float, spread: float, n: int) -> FeatureMean:
    """`spread` is the standard deviation over the conversations."""
    if n == 1:
        return FeatureMean(str(feature), mean, None, None, n)
    half = t_quantile(n - 1) * spread / math.sqrt(n - 1)
    return FeatureMean(str(feature), mean, mean - half, mean + half, n)


def t_quantile(df: int) -> float:
    """The 97.5 % point of Student's t; from 3 degrees of freedom on within 0.004.

    Source: Cornish-Fisher expansion, Abramowitz and Stegun 26.7.5; exact for 1 and 2.
    """
    p = 0.975
    if df == 1:
        return math.tan(math.pi * (p - 0.5))
    if df == 2:
        return (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    z = NormalDist().inv_cdf(p)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / df**k for k, term in enumerate(terms, start=1))

"""The same question over many conversations: each feature's mean effect, and how sure that mean is.

1. In each conversation a feature's attributions are summed over positions; a feature without any counts as 0 there.
2. The mean over conversations, with a 95 % interval from Student's t. Conversations are taken as independent, and no
   correction is made for having looked at many features.

Checked by: tests/unit/analysis/test_aggregate.py
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from pellucid.core.errors import InvalidRequest
from pellucid.core.records import Effect


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


def by_feature(effects: Iterable[Effect]) -> dict[str, float]:
    """The attributions of one conversation, summed over positions."""
    parts: dict[str, list[float]] = {}
    for effect in effects:
        parts.setdefault(effect.id, []).append(effect.attribution)
    return {id_: math.fsum(values) for id_, values in parts.items()}


def aggregate(lines: Sequence[Mapping[str, float]], top: int = 50) -> tuple[FeatureMean, ...]:
    """The `top` features by absolute mean over `lines`, each a conversation's sums by feature.

    Raises:
        InvalidRequest: There are no lines, or `top` is below 1.
    """
    if not lines:
        raise InvalidRequest(
            "there is nothing to average", instead="give at least one conversation"
        )
    if top < 1:
        raise InvalidRequest(f"top {top} has no meaning", instead="ask for at least one feature")
    n = len(lines)
    sums: dict[str, list[float]] = {}
    for line in lines:
        for id_, value in line.items():
            sums.setdefault(id_, []).append(value)
    means = {id_: math.fsum(values) / n for id_, values in sums.items()}
    order = sorted(means, key=lambda id_: (-abs(means[id_]), id_))[:top]
    return tuple(_feature(id_, means[id_], sums[id_], n) for id_ in order)


def _feature(id_: str, mean: float, values: Sequence[float], n: int) -> FeatureMean:
    """`values` are those of the conversations that have any; the others count as 0."""
    if n == 1:
        return FeatureMean(id_, mean, None, None, n)
    squares = math.fsum((v - mean) ** 2 for v in values) + (n - len(values)) * mean**2
    half = t_quantile(n - 1) * math.sqrt(squares / (n - 1) / n)
    return FeatureMean(id_, mean, mean - half, mean + half, n)


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

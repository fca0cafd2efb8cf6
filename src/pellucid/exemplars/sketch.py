"""Quantile sketches: how often every unit had which activation, one count for each of 3,072 bins.

A bin is a float32's sign, exponent and the first 6 bits of its mantissa, so its middle is within 1/128 of every
value in it (relative, for magnitudes from 2**-12 to 2**12). Counts are whole numbers: sketches merge by adding, in any
order.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64, Integer

from pellucid.exemplars.kernels import FIRST_KEY, N_BINS, SHIFT

RELATIVE_ERROR = 1 / 128
Counts = Integer[np.ndarray, "unit bin"]
"""[unit, 2 * N_BINS]: magnitudes of positive values, then of negative ones."""


def magnitudes() -> Float64[np.ndarray, " bin"]:
    """The middle of every bin of one sign; the first stands for 0."""
    low, high = bounds()
    middle = (low + high) / 2
    middle[0] = 0.0
    return middle


def bounds() -> tuple[Float64[np.ndarray, " bin"], Float64[np.ndarray, " bin"]]:
    """Lower and upper bound of every bin's magnitude; the first begins at 0."""
    keys = np.arange(FIRST_KEY, FIRST_KEY + N_BINS + 1, dtype=np.int32) << SHIFT
    edges = keys.view(np.float32).astype(np.float64)
    low = edges[:-1].copy()
    low[0] = 0.0
    return low, edges[1:]


def side(counts: Counts, negative: bool) -> Integer[np.ndarray, "unit magnitude"]:
    """The counts of one sign."""
    return counts[:, N_BINS:] if negative else counts[:, :N_BINS]


def tail_quantiles(
    counts: Counts,
    extreme: Float32[np.ndarray, " unit"],
    n: int,
    tails: tuple[float, ...],
    *,
    negative: bool,
) -> tuple[Float32[np.ndarray, "unit tail"], Bool[np.ndarray, " tail"]]:
    """The magnitude that a share `tail` of all `n` values of that sign reaches or passes, and whether `n` allows it.

    Where `n * tail` is below 1 the extreme stands instead. Never above the extreme; 0 where fewer values have the sign.
    """
    from_top = np.cumsum(side(counts, negative)[:, ::-1], axis=1)
    middle = magnitudes()[::-1]
    found = np.empty((len(counts), len(tails)), np.float32)
    reached = np.array([n * tail >= 1 for tail in tails])
    for i, tail in enumerate(tails):
        if not reached[i]:
            found[:, i] = extreme
            continue
        rank = int(n * tail)
        there = from_top[:, -1] >= rank
        at = (from_top < rank).sum(1)
        found[:, i] = np.where(there, middle[np.minimum(at, len(middle) - 1)], 0.0)
    return np.minimum(found, extreme[:, None]), reached


def rates(counts: Counts, n: int, *, negative: bool) -> Float32[np.ndarray, " unit"]:
    """The share of all `n` values that have the sign and a magnitude of at least 2**-12."""
    return (side(counts, negative)[:, 1:].sum(1) / max(n, 1)).astype(np.float32)


def linear_histogram(
    counts: Counts, low: Float32[np.ndarray, " unit"], high: Float32[np.ndarray, " unit"], bins: int
) -> tuple[Integer[np.ndarray, "unit bins"], Float32[np.ndarray, "unit edge"]]:
    """The same counts in equal bins between each unit's extremes; a sketch's bin goes where its middle lies."""
    middle = magnitudes()
    values = np.concatenate([middle, -middle])
    span = np.maximum(high - low, 1e-12).astype(np.float64)
    edges = low[:, None] + span[:, None] * np.linspace(0, 1, bins + 1)
    found = np.zeros((len(counts), bins), np.int64)
    for unit in range(len(counts)):
        used = np.flatnonzero(counts[unit])
        place = ((values[used] - low[unit]) / span[unit] * bins).astype(np.int64)
        np.add.at(found[unit], np.clip(place, 0, bins - 1), counts[unit, used])
    return found, edges.astype(np.float32)

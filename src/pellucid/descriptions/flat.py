"""A pool with its sequences joined: what its counted positions are, what stands beside them, and their totals."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64, Int32, UInt8

from pellucid.descriptions.pipeline import counted
from pellucid.descriptions.ports import Shown

GLOBAL_SHARE = 2.5
"""Weight of the whole train split beside the pool: it has more text, the pool has the extremes."""


@dataclass(frozen=True)
class Flat:
    """The counted positions of a pool, one after the other, and its totals."""

    e: Int32[np.ndarray, " n"]
    before: Int32[np.ndarray, " n"]
    then: Int32[np.ndarray, " n"]
    places: UInt8[np.ndarray, " n"]
    y: Float64[np.ndarray, " n"]
    w: Float64[np.ndarray, " n"]
    n: float
    total: float
    spread: float
    """Root of the summed squared deviations of the activations."""


def flatten(shown: Shown) -> Flat:
    """The counted positions of the pool."""
    texts, pool = shown.texts, shown.pool
    mask = counted(texts, pool.rows)
    reading = texts.reading[pool.rows]
    before, then = np.roll(reading, 1, axis=1), np.roll(reading, -1, axis=1)
    w = np.repeat(pool.weight, mask.sum(1)).astype(np.float64)
    y = pool.y[mask].astype(np.float64)
    n, total = float(w.sum()), float((w * y).sum())
    spread = float(np.sqrt(max((w * y * y).sum() - total * total / max(n, 1), 0)))
    return Flat(
        reading[mask], before[mask], then[mask], texts.places[pool.rows][mask], y, w, n, total, spread
    )  # fmt: skip


def sums_of(flat: Flat, p: Float[np.ndarray, " n"]) -> tuple[float, float, float]:
    """Of p, p² and p·y, where p is what is predicted at every position."""
    wp = flat.w * p
    return float(wp.sum()), float((wp * p).sum()), float((wp * flat.y).sum())

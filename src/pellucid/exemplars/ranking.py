"""Rankings: for every feature the sequences where it is most extreme, one of each group of documents.

A ranking keeps more entries than are wanted in the end, because windows that were seen before are left out only then:
dropping them on the way would make the result depend on the order of arrival. Merging is associative and commutative.
"""

from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Float32, Int8, Int16, Int32, UInt16, UInt64

from pellucid.exemplars import kernels

KEPT = 24
"""Entries kept while collecting."""
WANTED = 20
"""Exemplars in the end, at most."""
WINDOW = 8
"""Ids up to the peak that make two exemplars near-duplicates when they are the same."""


@dataclass(frozen=True)
class Ranking:
    """The entries of one layer and split, in no order before `sort`; magnitude 0 where there is none."""

    magnitude: Float32[np.ndarray, "feature kept"]
    sequence: Int32[np.ndarray, "feature kept"]
    pos: Int16[np.ndarray, "feature kept"]
    group: Int32[np.ndarray, "feature kept"]
    gate: Int8[np.ndarray, "feature kept"]
    """Sign of the gate before its activation function, at the peak; 0 where there is no gate."""
    pattern: UInt16[np.ndarray, "feature kept pos"]
    """Bits of float16: the raw activation at every position of the sequence."""

    @classmethod
    def empty(cls, n_features: int, seq_len: int, kept: int = KEPT) -> "Ranking":
        """Nothing seen yet."""
        shape = (n_features, kept)
        return cls(
            np.zeros(shape, np.float32),
            np.full(shape, -1, np.int32),
            np.zeros(shape, np.int16),
            np.full(shape, -1, np.int32),
            np.zeros(shape, np.int8),
            np.zeros((*shape, seq_len), np.uint16),
        )

    def arrays(self) -> tuple[np.ndarray, ...]:
        """Every array, in the order the kernels take them."""
        return tuple(getattr(self, field.name) for field in fields(self))

    def merge(self, other: "Ranking") -> None:
        """Let another ranking's entries into this one."""
        kernels.merge_rankings(*other.arrays(), *self.arrays())

    def sort(self) -> None:
        """Put the entries in order: by magnitude, then by sequence."""
        order = np.lexsort((self.sequence, -self.magnitude), axis=-1)
        for array in self.arrays():
            along = order.reshape(order.shape + (1,) * (array.ndim - order.ndim))
            array[:] = np.take_along_axis(array, along, axis=1)


@dataclass(frozen=True)
class Best:
    """Exemplars, largest first; sequence -1 where there are fewer than wanted."""

    sequence: Int32[np.ndarray, "feature wanted"]
    pos: Int16[np.ndarray, "feature wanted"]
    magnitude: Float32[np.ndarray, "feature wanted"]
    gate: Int8[np.ndarray, "feature wanted"]
    slot: Int16[np.ndarray, "feature wanted"]
    """Where in the ranking the entry lies."""
    repeated: int
    """Entries left out because their window was that of a larger one."""


def window_hashes(
    ids: UInt16[np.ndarray, "seq pos"] | np.ndarray,
) -> UInt64[np.ndarray, "seq pos"]:
    """A hash of the last `WINDOW` ids up to each position; fewer at a sequence's beginning."""
    found = np.zeros(ids.shape, np.uint64)
    for back in range(WINDOW):
        part = np.zeros(ids.shape, np.uint64)
        width = ids.shape[1] - back
        if width <= 0:
            break
        part[:, back:] = mixed(ids[:, :width].astype(np.uint64) + np.uint64(1), back)
        found ^= part
    return found


def mixed(x: np.ndarray, salt: int) -> np.ndarray:
    """A hash of each number, salted (splitmix64).  Source: Steele, Lea and Flood 2014."""
    with np.errstate(over="ignore"):
        x = x + np.uint64((0x9E3779B97F4A7C15 * (salt + 1)) & 0xFFFFFFFFFFFFFFFF)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def best_of(ranking: Ranking, windows: UInt64[np.ndarray, "seq pos"], wanted: int = WANTED) -> Best:
    """The exemplars of a finished ranking: by magnitude, then by sequence; of equal windows the first."""
    n, kept = ranking.magnitude.shape
    order = np.lexsort((ranking.sequence, -ranking.magnitude), axis=-1)
    there = np.take_along_axis(ranking.magnitude, order, 1) > 0
    sequence = np.take_along_axis(ranking.sequence, order, 1)
    pos = np.take_along_axis(ranking.pos, order, 1)
    window = windows[np.maximum(sequence, 0), pos]
    fresh = there.copy()
    for later in range(1, kept):
        same = (window[:, :later] == window[:, later : later + 1]) & there[:, :later]
        fresh[:, later] &= ~same.any(1)
    rank = np.cumsum(fresh, 1) - 1
    taken = fresh & (rank < wanted)
    found = Best(
        np.full((n, wanted), -1, np.int32),
        np.zeros((n, wanted), np.int16),
        np.zeros((n, wanted), np.float32),
        np.zeros((n, wanted), np.int8),
        np.zeros((n, wanted), np.int16),
        int((there & ~fresh).sum()),
    )
    feature, place = np.nonzero(taken)
    at = rank[feature, place]
    slot = order[feature, place]
    found.sequence[feature, at] = sequence[feature, place]
    found.pos[feature, at] = pos[feature, place]
    found.magnitude[feature, at] = ranking.magnitude[feature, slot]
    found.gate[feature, at] = ranking.gate[feature, slot]
    found.slot[feature, at] = slot
    return found

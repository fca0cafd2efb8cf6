"""The sampled sequences of a finished build: whole activations, for scoring on text that nothing was chosen from.

Every split has its own; the first are a plain random sample. For each feature some are picked from all over its range:
the sequences in which it has its sign are ranked by their peak, and every tenth of them gives two.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Float16, Int, Int32

from pellucid.core.errors import NotFound
from pellucid.exemplars.collect import SPLITS
from pellucid.exemplars.ranking import mixed

N_RANDOM = 50
"""Of the sampled sequences of a split, those that are scored as they are."""
PER_DECILE = 2


@dataclass(frozen=True)
class Samples:
    """The sampled sequences of one split."""

    sequence: Int32[np.ndarray, " slot"]
    """Sequence numbers."""
    start: Int[np.ndarray, " slot"]
    """First position that counts."""
    stop: Int[np.ndarray, " slot"]
    activations: Float16[np.ndarray, "place slot pos unit"]
    """Raw; mapped, not read. 0 from `stop` on; position 0 is there, and does not count."""

    @classmethod
    def open(
        cls,
        directory: Path,
        split: int,
        sampled: Int32[np.ndarray, "split slot"],
        fresh_from: Int[np.ndarray, " seq"],
        length: Int[np.ndarray, " seq"],
    ) -> "Samples":
        """The samples that a build left in its directory; the rest is of its plan.

        Raises:
            NotFound: The build is not there.
        """
        path = directory / f"samples.{SPLITS[split]}.npy"
        if not path.is_file():
            raise NotFound(f"there is no file {path}", instead="build the atlas again")
        slots = np.flatnonzero(sampled[split] >= 0)
        sequence = sampled[split][slots]
        whole = np.load(path, mmap_mode="r", allow_pickle=False)
        return cls(sequence, fresh_from[sequence], length[sequence], whole[:, : len(slots)])

    @property
    def random(self) -> Int[np.ndarray, " slot"]:
        """Slots of the plain random sample."""
        return np.arange(min(N_RANDOM, len(self.sequence)))

    def peaks(self, place: int, *, negative: bool) -> Float[np.ndarray, "unit slot"]:
        """The largest magnitude of every unit, on one side of 0, in every sampled sequence; 0 where it has none."""
        sign = -1 if negative else 1
        found = [
            np.max(sign * self.activations[place, slot, start:stop], axis=0, initial=0.0)
            for slot, (start, stop) in enumerate(zip(self.start, self.stop, strict=True))
        ]
        return np.stack(found, axis=1).astype(np.float32)

    def mid_quantile(
        self, place: int, *, negative: bool, seed: int = 0
    ) -> Int32[np.ndarray, "unit picked"]:
        """For every unit the slots picked, from the tenth of the weakest peaks to that of the strongest; -1 for none.

        Which two of a tenth are picked depends on the seed, the unit and the sequence alone.
        """
        peaks = self.peaks(place, negative=negative)
        n_units, n_slots = peaks.shape
        active = peaks > 0
        order = np.argsort(np.where(active, peaks, np.inf), axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(n_slots)[None, :], axis=1)
        count = active.sum(1, keepdims=True)
        decile = np.where(active, rank * 10 // np.maximum(count, 1), -1)
        lots = mixed(
            self.sequence.astype(np.uint64)[None, :]
            + (np.arange(n_units, dtype=np.uint64)[:, None] << np.uint64(32)),
            seed,
        )
        picked = np.full((n_units, 10 * PER_DECILE), -1, np.int32)
        for tenth in range(10):
            there = decile == tenth
            drawn = np.argsort(
                np.where(there, lots, np.uint64(0xFFFFFFFFFFFFFFFF)), axis=1, kind="stable"
            )[:, :PER_DECILE]
            kept = np.take_along_axis(there, drawn, axis=1)
            at = slice(tenth * PER_DECILE, tenth * PER_DECILE + drawn.shape[1])
            picked[:, at] = np.where(kept, drawn, -1)
        return picked

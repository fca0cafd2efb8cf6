"""What one shard shows, packed for a network: only entries that can still matter, and no empty bins.

A ranking's *floor* is the magnitude of its weakest entry, 0 while there is room. It never falls, so an entry below the
floor of any shards before can be left out at once, and the rankings stay exactly what they would be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int8, Int16, Int32, UInt8, UInt16, UInt32

from pellucid.exemplars import kernels
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.survey import LayerCounts

_NOBODY = np.int32(2**31 - 1)
"""The sequence of a place-holder: of equal magnitudes the earlier sequence stays, so any real one displaces it."""

Floors = tuple[tuple[Float32[np.ndarray, " feature"], ...], ...]
"""By layer and split."""


@dataclass(frozen=True)
class Entries:
    """The entries of a ranking, one after the other."""

    feature: Int32[np.ndarray, " n"]
    magnitude: Float32[np.ndarray, " n"]
    sequence: Int32[np.ndarray, " n"]
    pos: Int16[np.ndarray, " n"]
    group: Int32[np.ndarray, " n"]
    gate: Int8[np.ndarray, " n"]
    pattern: UInt16[np.ndarray, "n pos"]

    @classmethod
    def of(cls, ranking: Ranking) -> "Entries":
        """Every entry but the place-holders."""
        feature, slot = np.nonzero((ranking.magnitude > 0) & (ranking.sequence != _NOBODY))
        chosen = (array[feature, slot] for array in ranking.arrays())
        return cls(feature.astype(np.int32), *chosen)

    def merge_into(self, ranking: Ranking) -> None:
        """Let these into a ranking."""
        arrays = (self.magnitude, self.sequence, self.pos, self.group, self.gate, self.pattern)
        kernels.rank_candidates(self.feature, *arrays, *ranking.arrays())


@dataclass(frozen=True)
class PackedSketch:
    """A sketch's counts in about a sixth of its bytes: which are not 0, and those in one byte where that is enough."""

    used: UInt8[np.ndarray, " byte"]
    """A bit for each bin."""
    small: UInt8[np.ndarray, " n"]
    """Of the bins used; 255 where the count is among the large ones."""
    large: UInt32[np.ndarray, " m"]

    @classmethod
    def of(cls, sketch: UInt32[np.ndarray, "unit bin"]) -> "PackedSketch":
        """Pack counts."""
        used: Bool[np.ndarray, " bin"] = (sketch > 0).reshape(-1)
        counts = sketch.reshape(-1)[used]
        return cls(
            np.packbits(used), np.minimum(counts, 255).astype(np.uint8), counts[counts >= 255]
        )

    def add_to(self, sketch: UInt32[np.ndarray, "unit bin"]) -> None:
        """Add the counts to others."""
        counts = self.small.astype(np.uint32)
        counts[self.small == 255] = self.large
        used = np.unpackbits(self.used, count=sketch.size).view(np.bool_)
        sketch.reshape(-1)[used] += counts


@dataclass(frozen=True)
class LayerParcel:
    """What a shard shows of one layer."""

    sketch: PackedSketch
    high: Float32[np.ndarray, " unit"]
    low: Float32[np.ndarray, " unit"]
    rankings: tuple[Entries, ...]


def pack(counts: Sequence[LayerCounts]) -> tuple[LayerParcel, ...]:
    """Counts ready to be sent."""
    return tuple(
        LayerParcel(
            PackedSketch.of(layer.sketch),
            layer.high.copy(),
            layer.low.copy(),
            tuple(Entries.of(ranking) for ranking in layer.rankings),
        )
        for layer in counts
    )


def merge(parcels: Sequence[LayerParcel], counts: Sequence[LayerCounts]) -> None:
    """Let a shard into counts, in any order of shards."""
    for parcel, layer in zip(parcels, counts, strict=True):
        parcel.sketch.add_to(layer.sketch)
        np.maximum(layer.high, parcel.high, out=layer.high)
        np.minimum(layer.low, parcel.low, out=layer.low)
        for entries, ranking in zip(parcel.rankings, layer.rankings, strict=True):
            entries.merge_into(ranking)


def floors_of(counts: Sequence[LayerCounts]) -> Floors:
    """The magnitude that an entry must reach to get into each ranking."""
    return tuple(tuple(r.magnitude.min(1) for r in layer.rankings) for layer in counts)


def begin(counts: Sequence[LayerCounts], floors: Floors) -> None:
    """Empty counts for the next shard; place-holders at the floors keep out what is below them."""
    for layer, of_layer in zip(counts, floors, strict=True):
        for array in (layer.sketch, layer.high, layer.low):
            array.fill(0)
        for ranking, floor in zip(layer.rankings, of_layer, strict=True):
            ranking.magnitude[:] = floor[:, None]
            ranking.sequence.fill(_NOBODY)
            ranking.group.fill(-1)
            ranking.gate.fill(0)

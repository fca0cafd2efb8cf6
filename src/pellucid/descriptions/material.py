"""What features are described from and judged on: sequences, and one layer's activations on some of them.

Activations here are those in the feature's own sign, never below 0. The protocol: of each split the 20 sequences in
which the feature is most extreme, 50 sequences drawn at random, and 20 more from all over its range. Position 0, and
positions that another sequence already has, do not count.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float16, Float32, Int32, UInt8

Split = Literal["train", "valid", "test"]


@dataclass(frozen=True)
class Texts:
    """All sequences, as reading ids; see `tokens.Reader`."""

    reading: Int32[np.ndarray, "seq pos"]
    places: UInt8[np.ndarray, "seq pos"]
    start: Int32[np.ndarray, " seq"]
    """First position that counts."""
    stop: Int32[np.ndarray, " seq"]


@dataclass(frozen=True)
class Pool:
    """The sequences that one feature is judged on."""

    rows: Int32[np.ndarray, " row"]
    """Sequence numbers, the most extreme first."""
    weight: Float32[np.ndarray, " row"]
    """How often each counts: a sequence can be both drawn and picked."""
    y: Float32[np.ndarray, "row pos"]
    """Activations, 0 where a position does not count."""
    n_top: int
    """Rows that are here because the feature is extreme there."""


@dataclass(frozen=True)
class LayerPools:
    """One split of one layer; features are in feature order within the layer."""

    top: Int32[np.ndarray, "feature k"]
    """Sequence numbers; -1 where there are fewer."""
    top_activations: Float16[np.ndarray, "feature k pos"]
    """Raw."""
    sampled: Int32[np.ndarray, " slot"]
    sampled_activations: Float16[np.ndarray, "unit slot pos"]
    """Raw."""
    mid: Int32[np.ndarray, "feature picked"]
    """Slots picked from all over the feature's range; -1 for none."""
    n_random: int
    """The first so many slots are the random sample."""
    signs: Int32[np.ndarray, " sign"]
    """1 or -1, of the features of a unit."""

    @property
    def n_features(self) -> int:
        """Of the layer."""
        return len(self.top)

    def pool(self, feature: int, texts: Texts) -> Pool:
        """What one feature is judged on."""
        unit, side = divmod(feature, len(self.signs))
        sign = self.signs[side]
        there = np.flatnonzero(self.top[feature] >= 0)
        weight = np.zeros(len(self.sampled), np.float32)
        weight[: self.n_random] = 1
        picked = self.mid[feature]
        weight[picked[picked >= 0]] += 1
        slots = np.flatnonzero(weight)
        rows = np.concatenate([self.top[feature, there], self.sampled[slots]])
        raw = np.concatenate(
            [self.top_activations[feature, there], self.sampled_activations[unit, slots]]
        ).astype(np.float32)
        y = np.maximum(raw * sign, 0)
        at = np.arange(y.shape[1], dtype=np.int32)
        y[(at < texts.start[rows, None]) | (at >= texts.stop[rows, None])] = 0
        return Pool(
            rows=rows.astype(np.int32),
            weight=np.concatenate([np.ones(len(there), np.float32), weight[slots]]),
            y=y,
            n_top=len(there),
        )


@dataclass(frozen=True)
class LayerStudy:
    """Everything that the features of one layer are described from and judged on."""

    layer: int
    pools: dict[Split, LayerPools]
    token_means: Float32[np.ndarray, "vocab unit"] | None
    """Mean raw activation of each unit given the token, over the train split; 0 for tokens hardly seen."""
    token_counts: Int32[np.ndarray, " vocab"]
    """Occurrences in the train split."""

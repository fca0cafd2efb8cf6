"""What is known about every feature of a subject, in memory: the collector makes it, the writer stores it.

Feature order, everywhere: f = (layer_place * n_units + index) * n_signs + (0 for pos, 1 for neg); units are in the
same order without the sign. Activations are raw and signed: those of a `.neg` feature are negative.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Float32, Int, Int8, UInt, UInt32

from pellucid.core.ids import FeatureId, Sign

TAILS: tuple[float, ...] = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
"""Shares of tokens beyond a tail quantile."""


@dataclass(frozen=True)
class SourceInfo:
    """Which units an atlas is about."""

    name: str
    """`mlp`, or the name given to an SAE."""
    kind: str
    """`mlp`, or the SAE's architecture: `standard`, `jumprelu`, `topk`."""
    layers: tuple[int, ...]
    """The subject's layers read, ascending; a layer's place is its index here."""
    n_units: int
    """Units of one layer."""
    signs: tuple[Sign, ...]
    """`("pos", "neg")`, or `("pos",)` where activations are never negative."""
    hash: str | None = None
    """Of an SAE's files; None for the subject's own neurons."""

    @property
    def n_signs(self) -> int:
        """Features of one unit."""
        return len(self.signs)

    @property
    def n_features(self) -> int:
        """Features of all layers."""
        return len(self.layers) * self.n_units * self.n_signs

    def place(self, feature: FeatureId) -> int | None:
        """The feature's number in feature order; None where it is none of this source."""
        known = feature.source == self.name and feature.layer in self.layers
        if not known or feature.index >= self.n_units or feature.sign not in self.signs:
            return None
        unit = self.layers.index(feature.layer) * self.n_units + feature.index
        return unit * self.n_signs + self.signs.index(feature.sign)

    def feature(self, place: int) -> FeatureId:
        """The feature with this number."""
        unit, sign = divmod(place, self.n_signs)
        layer_place, index = divmod(unit, self.n_units)
        return FeatureId(self.name, self.layers[layer_place], index, self.signs[sign])


@dataclass(frozen=True)
class TrainSequences:
    """The sequences of the train split, as the subject read them."""

    ids: UInt[np.ndarray, "seq pos"]
    """Right-padded with 0."""
    length: Int[np.ndarray, " seq"]
    fresh_from: Int[np.ndarray, " seq"]
    """First position that counts: those before it have the same context in an earlier sequence, or are position 0."""
    document: Int[np.ndarray, " seq"]
    """Row in `Documents`."""


@dataclass(frozen=True)
class Documents:
    """Where the sequences are from."""

    corpus: Int[np.ndarray, " doc"]
    """Index into the corpora that the manifest lists."""
    record: Int[np.ndarray, " doc"]
    """Number of the document within its corpus, from 0."""


@dataclass(frozen=True)
class Evidence:
    """The result of one pass over a corpus."""

    source: SourceInfo
    n_tokens: int
    """Positions counted, all splits."""
    quantiles: Float32[np.ndarray, "feature tail"]
    """Tail quantiles over all tokens counted; where a tail is not reached, `extreme`."""
    reached: Bool[np.ndarray, " tail"]
    """False where `n_tokens * tail < 1`."""
    extreme: Float32[np.ndarray, " feature"]
    """The activation farthest out on the feature's side; 0 where it never had its sign."""
    rate: Float32[np.ndarray, " feature"]
    """Share of tokens whose activation has the feature's sign."""
    mean: Float32[np.ndarray, " unit"]
    std: Float32[np.ndarray, " unit"]
    sink: Float32[np.ndarray, " unit"]
    """Mean activation at position 0, which no other number here counts."""
    histogram: UInt32[np.ndarray, "unit bin"]
    """Tokens by activation. What lies beyond the edges is in the first and last bin."""
    histogram_edges: Float32[np.ndarray, "unit edge"]
    """Ascending, equally spaced; one more than there are bins."""
    exemplar_sequence: Int[np.ndarray, "feature k"]
    """Row in `sequences`, largest peak first; -1 behind the last."""
    exemplar_pos: Int[np.ndarray, "feature k"]
    exemplar_peak: Float32[np.ndarray, "feature k"]
    """Activation at that position, exact."""
    exemplar_gate: Int8[np.ndarray, "feature k"]
    """Sign of the gate's pre-activation there; 0 where there is no gate."""
    patterns: Float[np.ndarray, "feature n_patterns pos"]
    """Activations at every position of the first exemplars; anything past a sequence's length."""
    promoted_ids: Int[np.ndarray, "feature n_output"]
    promoted: Float32[np.ndarray, "feature n_output"]
    """Change of these tokens' logits per unit of activation in the feature's sign, largest first."""
    suppressed_ids: Int[np.ndarray, "feature n_output"]
    suppressed: Float32[np.ndarray, "feature n_output"]
    """The same for what it lowers: most negative first."""
    sequences: TrainSequences
    documents: Documents
    vocabulary: list[bytes]
    """What every id stands for."""
    tails: tuple[float, ...] = TAILS

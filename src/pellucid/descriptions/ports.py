"""What the pipeline is made of: explainers propose sentences, simulators predict from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, Int32

from pellucid.core.ids import FeatureId
from pellucid.descriptions.material import Pool, Texts


@dataclass(frozen=True)
class Shown:
    """What an explainer sees of a feature: the train split, nothing else."""

    feature: FeatureId
    texts: Texts
    pool: Pool
    """Top sequences first; activations in the feature's own sign."""
    token_means: Float32[np.ndarray, " vocab"] | None
    """Mean activation given the token, in the feature's own sign, not below 0."""
    token_counts: Int32[np.ndarray, " vocab"]
    """Occurrences in the train split."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer of an explainer."""

    sentence: str
    """Empty where there is none."""
    status: Literal["ok", "unparseable", "error", "insufficient"] = "ok"
    detail: str = ""
    """What went wrong, or what kind of sentence it is."""
    cost: float = 0.0
    """By which it is put behind others when the best is chosen: long and clumsy sentences pay."""


@runtime_checkable
class Explainer(Protocol):
    """Proposes sentences about a feature."""

    @property
    def name(self) -> str:
        """Method and version, or model."""
        ...

    def propose(self, shown: Shown, k: int) -> Sequence[Candidate]:
        """At most `k` candidates; a failure is a candidate with its status, not an exception."""
        ...


@runtime_checkable
class Simulator(Protocol):
    """Predicts activations from a sentence."""

    @property
    def name(self) -> str:
        """Method and version, or model."""
        ...

    def predict(
        self, sentence: str, texts: Texts, rows: Int32[np.ndarray, " row"]
    ) -> Float32[np.ndarray, "row pos"]:
        """Predicted activation, in any unit, at every position of some sequences; 0 where a position does not count.

        Raises:
            InvalidRequest: It cannot read this sentence.
            UpstreamFailed: The model behind it does not answer.
            UnparseableReply: The model's answer cannot be read.
        """
        ...

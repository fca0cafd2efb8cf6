"""The port of scorers that judge a sentence by telling texts apart, and the one that asks a simulator to do so.

Texts come from test alone, explainers saw train alone: no text is in both.
"""

from dataclasses import dataclass
from math import isnan, nan
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.descriptions.pipeline import Case, standing, status_of
from pellucid.descriptions.ports import Simulator
from pellucid.descriptions.score import detection

N_SIDE = 10
"""Texts of each kind, at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """How well texts were told apart; a failure is a status, and its numbers are nan."""

    status: Literal["scored", "dead", "insufficient", "undefined", "unparseable", "error"]
    balanced_accuracy: float = nan
    """Mean of the shares of both kinds that were told right; 0.5 is chance."""
    auroc: float = nan
    n_right: int = 0
    """Texts of the kind that is to be found."""
    n_wrong: int = 0
    detail: str = ""


@runtime_checkable
class Scorer(Protocol):
    """Judges a sentence by telling texts apart."""

    @property
    def name(self) -> str:
        """Method, and model."""
        ...

    def tell(self, sentence: str, case: Case) -> Told:
        """On the feature's test pool; a failure is a status, not an exception."""
        ...


@dataclass(frozen=True)
class Sides:
    """Rows of a test pool in which a feature fires, and in which it does not."""

    fires: Int32[np.ndarray, " _"]
    silent: Int32[np.ndarray, " _"]

    @property
    def rows(self) -> Int32[np.ndarray, " _"]:
        """Both, in an order that does not tell which is which."""
        both = np.concatenate([self.fires, self.silent])
        return both[np.random.default_rng(len(both)).permutation(len(both))]


def sides(case: Case, n: int = N_SIDE) -> Sides:
    """At most `n` of each, from all over the strength, by the feature's 1e-3 tail quantile."""
    pool = case.test
    peak = pool.y.max(1, initial=0)
    fires = np.flatnonzero(peak >= max(case.threshold, 1e-9))
    silent = np.flatnonzero(peak < case.threshold / 2)  # what lies between is neither
    random = np.random.default_rng(case.shown.seed)
    strongest_first = fires[np.argsort(-peak[fires], kind="stable")]
    spread = np.unique(np.linspace(0, len(fires) - 1, min(n, len(fires))).round().astype(int))
    return Sides(
        strongest_first[spread].astype(np.int32),
        random.permutation(silent)[:n].astype(np.int32),
    )


def told(
    confidence: Float64[np.ndarray, " text"], right: Bool[np.ndarray, " text"], cut: float
) -> Told:
    """From the confidence that each text is of the kind that is to be found; from `cut` on it is taken to be."""
    n_right, n_wrong = int(right.sum()), int((~right).sum())
    if not n_right or not n_wrong:
        return Told("insufficient", n_right=n_right, n_wrong=n_wrong)
    said = confidence >= cut
    accuracy = (said[right].mean() + (~said[~right]).mean()) / 2
    area, _ = detection(confidence.astype(np.float32), right, np.ones(len(right)))
    return Told("scored", float(accuracy), area, n_right, n_wrong)


def failed(error: InvalidRequest | UpstreamFailed | UnparseableReply) -> Told:
    """The status of a failure."""
    return Told(status_of(error), detail=str(error))


class SimulatedDetection:
    """Tells texts in which a feature fires from others by the largest activation that a simulator predicts."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    @property
    def name(self) -> str:
        """The simulator's."""
        return f"detection by {self._simulator.name}"

    def tell(self, sentence: str, case: Case) -> Told:
        """See `Scorer.tell`."""
        status = standing(case)
        if status is not None:
            return Told("dead" if status == "dead" else "insufficient")
        two = sides(case)
        rows = two.rows
        try:
            predicted = self._simulator.predict(sentence, case.texts, case.test.rows[rows])
        except (InvalidRequest, UpstreamFailed, UnparseableReply) as error:
            return failed(error)
        found = told(_strongest(predicted), np.isin(rows, two.fires), 0.5)
        return Told("undefined") if isnan(found.auroc) and found.status == "scored" else found


def _strongest(predicted: Float32[np.ndarray, "row pos"]) -> Float64[np.ndarray, " row"]:
    return predicted.max(1, initial=0).astype(np.float64)

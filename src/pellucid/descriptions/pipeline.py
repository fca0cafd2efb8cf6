"""One feature from evidence to a tested description: propose on train, choose on valid, report once on test."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float32, Int32

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.core.ids import FeatureId
from pellucid.descriptions.material import Pool, Texts
from pellucid.descriptions.ports import Candidate, Explainer, Shown, Simulator
from pellucid.descriptions.score import Scores, correlation, moments, score

MIN_ROWS = 5
"""Top sequences that a split must have for a feature to be described."""


@dataclass(frozen=True)
class Case:
    """One feature: what explainers see, and what sentences are judged on."""

    shown: Shown
    valid: Pool
    test: Pool
    threshold: float
    """Magnitude of the feature's 1e-3 tail quantile."""

    @property
    def feature(self) -> FeatureId:
        """Which one."""
        return self.shown.feature

    @property
    def texts(self) -> Texts:
        """All sequences."""
        return self.shown.texts


@dataclass(frozen=True)
class Tried:
    """A candidate and its score on valid; nan where it has none."""

    candidate: Candidate
    """With the status of the failure where the simulator could not predict from it."""
    r_valid: float
    at_peaks: float = 0.0
    """Mean prediction where the feature peaks in its top valid sequences."""


@dataclass(frozen=True)
class Described:
    """The outcome for one feature."""

    feature: FeatureId
    status: str
    """described, dead, undefined, unparseable, error, insufficient."""
    sentence: str
    kind: str
    r_valid: float
    scores: Scores | None
    """On test; None where there is no sentence."""
    tried: tuple[Tried, ...]


def describe(
    case: Case, explainer: Explainer, simulator: Simulator, k: int, peak_weight: float = 0.0
) -> Described:
    """The best of `k` sentences by r on valid, less its cost; reported on test.

    `peak_weight` says how much of r it is worth that a sentence predicts much where the feature peaks.
    """
    status = standing(case)
    if status is not None:
        return _without(case, status, ())
    tried = tuple(
        _tried(case, simulator, candidate) for candidate in explainer.propose(case.shown, k)
    )
    usable = [t for t in tried if not isnan(t.r_valid)]
    if not usable:
        return _without(case, _why_not(tried), tried)
    best = max(usable, key=lambda t: t.r_valid + peak_weight * t.at_peaks - t.candidate.cost)
    try:
        predicted = simulator.predict(best.candidate.sentence, case.texts, case.test.rows)
    except (InvalidRequest, UpstreamFailed, UnparseableReply) as error:
        return _without(case, status_of(error), tried)
    found = judged(case, predicted)
    if isnan(found.r):
        return _without(case, "undefined", tried)
    return Described(
        case.feature,
        "described",
        best.candidate.sentence,
        best.candidate.detail,
        best.r_valid,
        found,
        tried,
    )


def standing(case: Case) -> str | None:
    """Why a feature cannot be described at all; None where it can."""
    pools = (case.shown.pool, case.valid, case.test)
    if not any(pool.y.any() for pool in pools):
        return "dead"
    if any(pool.n_top < MIN_ROWS for pool in pools):
        return "insufficient"
    return None


def status_of(
    error: InvalidRequest | UpstreamFailed | UnparseableReply,
) -> Literal["unparseable", "error"]:
    """What a failure of the model behind an explainer or a simulator is called."""
    return "unparseable" if isinstance(error, UnparseableReply) else "error"


def counted(texts: Texts, rows: Int32[np.ndarray, " row"]) -> Bool[np.ndarray, "row pos"]:
    """Positions that count."""
    at = np.arange(texts.reading.shape[1], dtype=np.int32)
    return (at >= texts.start[rows, None]) & (at < texts.stop[rows, None])


def judged(case: Case, predicted: Float32[np.ndarray, "row pos"]) -> Scores:
    """A prediction's scores on the feature's test pool."""
    pool = case.test
    mask = counted(case.texts, pool.rows)
    return score(predicted * mask, pool.y, mask, pool.weight, pool.n_top, case.threshold)


def r_of(texts: Texts, pool: Pool, predicted: Float32[np.ndarray, "row pos"]) -> float:
    """Pearson r of a prediction on a pool; nan where it is constant."""
    by_row = moments(predicted, pool.y, counted(texts, pool.rows))
    return float(correlation((by_row * pool.weight[:, None]).sum(0)))


def _tried(case: Case, simulator: Simulator, candidate: Candidate) -> Tried:
    if candidate.status != "ok":
        return Tried(candidate, nan)
    pool = case.valid
    try:
        predicted = simulator.predict(candidate.sentence, case.texts, pool.rows)
    except (InvalidRequest, UpstreamFailed, UnparseableReply) as error:
        return Tried(replace(candidate, status=status_of(error), detail=str(error)), nan)
    top = np.arange(pool.n_top)
    at_peaks = predicted[top, pool.y[top].argmax(1)]
    return Tried(candidate, r_of(case.texts, pool, predicted), float(at_peaks.mean()))


def _without(case: Case, status: str, tried: tuple[Tried, ...]) -> Described:
    return Described(case.feature, status, "", "", nan, None, tried)


def _why_not(tried: Sequence[Tried]) -> str:
    statuses = [t.candidate.status for t in tried]
    if not statuses:
        return "undefined"
    return next((s for s in ("error", "unparseable", "insufficient") if s in statuses), "undefined")

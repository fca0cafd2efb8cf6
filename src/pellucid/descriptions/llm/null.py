"""The null of a run: features judged, by the same simulator, by the sentence of another feature of the same run."""

from collections.abc import Iterator, Sequence
from math import isnan, nan

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.core.ids import FeatureId
from pellucid.descriptions.llm.run import key_of
from pellucid.descriptions.llm.store import Store
from pellucid.descriptions.pipeline import Case, r_of
from pellucid.descriptions.ports import Simulator

STAGE = "shuffled"


def shuffled(
    told: Sequence[tuple[Case, str]],
    simulator: Simulator,
    store: Store,
) -> Iterator[tuple[FeatureId, float]]:
    """R on test of the next feature's sentence that says something else, feature by feature.

    nan where the prediction is constant, where the model fails, and where all sentences are the same.

    Args:
        told: Cases as the run saw them, each with its own sentence.
        simulator: The run's.
        store: The run's: what is known already is taken from there, and what is new is put there.

    Raises:
        BudgetSpent: No money is left.
        StoreFailed: The store cannot be written.
    """
    for i, (case, own) in enumerate(told):
        others = (sentence for _, sentence in (*told[i + 1 :], *told[:i]) if sentence != own)
        other = next(others, None)
        yield case.feature, nan if other is None else _r(case, other, simulator, store)


def _r(case: Case, sentence: str, simulator: Simulator, store: Store) -> float:
    key = key_of(case)
    known = store.get(key, STAGE)
    if known is None or known["sentence"] != sentence:
        try:
            predicted = simulator.predict(sentence, case.texts, case.test.rows)
        except (InvalidRequest, UpstreamFailed, UnparseableReply):
            return nan
        r = r_of(case.texts, case.test, predicted)
        known = {"status": "ok", "sentence": sentence, "r": None if isnan(r) else r}
        store.put(key, STAGE, 0, known)
    return nan if known["r"] is None else known["r"]

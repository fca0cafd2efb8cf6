"""From evidence to a tested sentence."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import describe
from pellucid.descriptions.ports import Candidate, Explainer, Shown, Simulator
from pellucid.descriptions.propose import RuleExplainer
from pellucid.descriptions.sentence import Clause, Word
from pellucid.descriptions.simulate import RuleSimulator
from tests.builders_descriptions import ID, WORDS, planted_case, reader


class Says:
    """An explainer with fixed answers."""

    name = "says"

    def __init__(self, *candidates: Candidate) -> None:
        self._candidates = candidates

    def propose(self, shown: Shown, k: int) -> list[Candidate]:
        return list(self._candidates[:k])


def rules(texts) -> tuple[RuleExplainer, RuleSimulator]:
    meaning = Meaning.of(reader())
    return RuleExplainer(meaning, texts, np.arange(30, dtype=np.int32)), RuleSimulator(meaning)


@pytest.mark.parametrize(
    "truth",
    [
        "Fires on “rum” and “oven”.",
        "Fires on “-ing”, less on “red”.",
        "Fires on whatever follows “of”.",
        "Fires on “rum”, “red” and “table” right after “of” or “in”.",
    ],
)
def test_what_was_planted_is_found(truth: str) -> None:
    case = planted_case(truth, seed=3, noise=0.02)
    explainer, simulator = rules(case.texts)
    found = describe(case, explainer, simulator, 20)
    assert found.status == "described"
    assert found.scores is not None
    assert found.scores.r > 0.9, found.sentence


def test_the_best_on_valid_is_reported_on_test() -> None:
    case = planted_case("Fires on “rum”.")
    good, bad = Candidate("Fires on “rum”."), Candidate("Fires on “blue”.")
    _, simulator = rules(case.texts)
    swapped = replace(case, valid=replace(case.valid, y=RuleSimulator(Meaning.of(reader())).predict(
        "Fires on “blue”.", case.texts, case.valid.rows)))  # fmt: skip
    assert describe(case, Says(bad, good), simulator, 2).sentence == good.sentence
    found = describe(swapped, Says(bad, good), simulator, 2)
    assert found.sentence == bad.sentence  # only valid decides,
    assert found.r_valid == pytest.approx(1)
    assert found.scores is not None
    assert found.scores.r < 0.2  # and only test is reported


def test_a_longer_sentence_must_earn_its_cost() -> None:
    case = planted_case("Fires on “rum”.")
    _, simulator = rules(case.texts)
    dear = Candidate("Fires on “rum” and “brandy”.", cost=0.01)
    found = describe(case, Says(dear, Candidate("Fires on “rum”.")), simulator, 2)
    assert found.sentence == "Fires on “rum”."


def test_a_sentence_that_names_the_peaks_is_worth_something() -> None:
    case = planted_case("Fires on “rum” and “oven”, less on “red”.")
    _, simulator = rules(case.texts)
    peaks, most = Candidate("Fires on “rum” and “oven”."), Candidate("Fires on “red”.")
    y = np.where(case.valid.y < 1, 2 * case.valid.y, 1) * (case.valid.y > 0)
    ordinary = replace(case, valid=replace(case.valid, y=y.astype(np.float32)))
    at = {peak_weight: describe(ordinary, Says(most, peaks), simulator, 2, peak_weight).tried[1].at_peaks
          for peak_weight in (0.0, 9.0)}  # fmt: skip
    assert at[0.0] == at[9.0] > 0.9
    assert describe(ordinary, Says(most, peaks), simulator, 2, 9.0).sentence == peaks.sentence


def test_what_many_peaks_are_on_is_named_first() -> None:
    case = planted_case("Fires on “rum” and “oven”.", seed=5)
    explainer, _ = rules(case.texts)
    rum, oven, red, blue = (Word(text) for text in ("rum", "oven", "red", "blue"))
    peaked = explainer._peaked(case.shown, Clause.of((rum,), (oven, red)))
    assert peaked == Clause.of((rum, oven), (red,))
    missing = explainer._peaked(case.shown, Clause.of((rum,), (blue,)))
    assert missing == Clause.of((rum, oven), (blue,))
    assert explainer._peaked(case.shown, Clause.of((rum, oven), (red,))) is None


def test_what_stands_before_almost_anything_is_no_condition() -> None:
    case = planted_case("Fires on “rum” right after “of” or “in”.", seed=3)
    explainer, simulator = rules(case.texts)
    fitter = explainer._fitter
    fitter.frequency[:] = 1
    fitter._shares.clear()
    fitter.frequency[case.texts.reading[:, 1:].ravel()] = 1
    assert "right after" in describe(case, explainer, simulator, 20).sentence
    of_or_in = np.isin(np.arange(len(fitter.frequency)) % len(WORDS), [ID[" of"], ID[" in"]])
    fitter.frequency[of_or_in] = 1000
    fitter._shares.clear()
    assert "right after" not in describe(case, explainer, simulator, 20).sentence


@pytest.mark.parametrize(
    ("candidates", "status"),
    [
        ((Candidate("", "unparseable"),), "unparseable"),
        ((Candidate("", "error"), Candidate("", "unparseable")), "error"),
        ((Candidate("Fires on “brandy”."),), "undefined"),
        ((), "undefined"),
    ],
)
def test_a_failure_is_a_status_and_no_score(candidates: tuple[Candidate, ...], status: str) -> None:
    case = planted_case("Fires on “rum”.")
    _, simulator = rules(case.texts)
    found = describe(case, Says(*candidates), simulator, 5)
    assert (found.status, found.sentence, found.scores) == (status, "", None)
    assert isnan(found.r_valid)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UpstreamFailed("it does not answer"), "error"),
        (InvalidRequest("it cannot read this"), "error"),
        (UnparseableReply("no number", "Well..."), "unparseable"),
    ],
)
@pytest.mark.parametrize("on", ["valid", "test"])
def test_a_simulator_that_fails_is_a_status_too(error: Exception, status: str, on: str) -> None:
    case = planted_case("Fires on “rum”.")
    _, simulator = rules(case.texts)
    pool = case.valid if on == "valid" else case.test

    class Fails:
        name = "fails"

        def predict(self, sentence, texts, rows) -> np.ndarray:
            if np.array_equal(rows, pool.rows):
                raise error
            return simulator.predict(sentence, texts, rows)

    found = describe(case, Says(Candidate("Fires on “rum”.")), Fails(), 5)
    assert (found.status, found.sentence, found.scores) == (status, "", None)
    if on == "valid":
        (tried,) = found.tried
        assert (tried.candidate.status, tried.candidate.detail) == (status, str(error))


def test_one_sentence_that_cannot_be_judged_leaves_the_others() -> None:
    case = planted_case("Fires on “rum”.")
    _, simulator = rules(case.texts)
    found = describe(
        case, Says(Candidate("No such form"), Candidate("Fires on “rum”.")), simulator, 5
    )
    assert (found.status, found.sentence) == ("described", "Fires on “rum”.")


def test_dead_and_rare_features_are_not_described() -> None:
    case = planted_case("Fires on “rum”.")
    explainer, simulator = rules(case.texts)
    pools = (case.shown.pool, case.valid, case.test)
    dead = [replace(pool, y=np.zeros_like(pool.y)) for pool in pools]
    silent = replace(case, shown=replace(case.shown, pool=dead[0]), valid=dead[1], test=dead[2])
    assert describe(silent, explainer, simulator, 5).status == "dead"
    rare = replace(case, test=replace(case.test, n_top=2))
    assert describe(rare, explainer, simulator, 5).status == "insufficient"


def test_the_rules_are_an_explainer_and_a_simulator() -> None:
    explainer, simulator = rules(planted_case("Fires on “rum”.").texts)
    assert isinstance(explainer, Explainer)
    assert isinstance(simulator, Simulator)

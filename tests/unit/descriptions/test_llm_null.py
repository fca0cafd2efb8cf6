"""The null of a run: another feature's sentence, judged by the same simulator, once."""

from dataclasses import replace
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import UpstreamFailed
from pellucid.core.ids import FeatureId
from pellucid.descriptions.llm.null import shuffled
from pellucid.descriptions.llm.store import Store
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import Case, r_of
from pellucid.descriptions.simulate import RuleSimulator
from tests.builders_descriptions import planted_case, reader

RUM, TABLE = "Fires on “rum”.", "Fires on “table”."


class Counting:
    """The simulator by rules; counts what it is asked, and fails where it is told to."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False
        self._rules = RuleSimulator(Meaning.of(reader()))

    def predict(self, sentence, texts, rows):
        self.asked.append(sentence)
        if self.fails:
            raise UpstreamFailed("it does not answer")
        return self._rules.predict(sentence, texts, rows)


@pytest.fixture
def told() -> list[tuple[Case, str]]:
    return [
        (replace(case, shown=replace(case.shown, feature=FeatureId("mlp", 0, i, "pos"))), sentence)
        for i, sentence in enumerate((RUM, RUM, TABLE))
        for case in [planted_case(sentence)]
    ]


def test_it_is_the_next_sentence_that_says_something_else(told, tmp_path: Path) -> None:
    simulator = Counting()
    found = dict(shuffled(told, simulator, Store(tmp_path / "s.jsonl")))
    assert simulator.asked == [TABLE, TABLE, RUM]
    assert list(found) == [case.feature for case, _ in told]
    for (case, own), r in zip(told, found.values(), strict=True):
        other = TABLE if own == RUM else RUM
        predicted = simulator.predict(other, case.texts, case.test.rows)
        assert r == pytest.approx(r_of(case.texts, case.test, predicted)) and r < 0.2


def test_what_is_known_is_not_asked_again_but_for_another_sentence(told, tmp_path: Path) -> None:
    first, again = Counting(), Counting()
    found = dict(shuffled(told, first, Store(tmp_path / "s.jsonl")))
    assert dict(shuffled(told, again, Store(tmp_path / "s.jsonl"))) == found
    assert again.asked == []
    (case, _), *rest = told
    changed = [(case, "Fires on “blue”."), *rest]
    _ = dict(shuffled(changed, again, Store(tmp_path / "s.jsonl")))
    assert again.asked == [RUM, "Fires on “blue”."]  # of the first, and of the last


def test_a_failure_is_nan_and_tried_again(told, tmp_path: Path) -> None:
    simulator = Counting()
    simulator.fails = True
    found = dict(shuffled(told, simulator, Store(tmp_path / "s.jsonl")))
    assert all(isnan(r) for r in found.values())
    simulator.fails = False
    again = dict(shuffled(told, simulator, Store(tmp_path / "s.jsonl")))
    assert not any(isnan(r) for r in again.values())


def test_where_all_say_the_same_there_is_no_null(told, tmp_path: Path) -> None:
    simulator = Counting()
    same = [(case, RUM) for case, _ in told]
    found = dict(shuffled(same, simulator, Store(tmp_path / "s.jsonl")))
    assert simulator.asked == [] and np.isnan(list(found.values())).all()

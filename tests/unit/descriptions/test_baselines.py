"""What any description must beat, on a feature whose activations are written by hand."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from pellucid.core.ids import FeatureId
from pellucid.descriptions.baselines import best_token, token_of, unigram
from pellucid.descriptions.material import Pool, Texts
from pellucid.descriptions.pipeline import Case, r_of
from pellucid.descriptions.ports import Shown
from tests.builders_descriptions import ID, WORDS, texts_of

ROWS = [
    [".", " rum", " the", " rum", " oven"],  # train
    [".", " oven", " the", " of", " rum"],  # valid
    [".", " rum", " of", " oven", " the"],  # test: position 0 does not count
]
LEVEL = {" rum": 3.0, " oven": 1.0}
COUNTED = [" rum", " of", " oven", " the"]


def pool(row: int, y: list[float]) -> Pool:
    width = 12
    values = np.zeros((1, width), np.float32)
    values[0, : len(y)] = y
    return Pool(np.array([row], np.int32), np.ones(1, np.float32), values, 1)


def case(test: list[float], means: dict[str, float] | None = LEVEL) -> Case:
    """Train fires by `LEVEL`; test as it is given."""
    texts: Texts = texts_of(ROWS)
    counts = np.zeros(len(WORDS), np.int32)
    for text in ROWS[0][1:]:
        counts[ID[text]] += 1
    table = None
    if means is not None:
        table = np.array([means.get(text, 0.0) for text in WORDS], np.float32)
    train = pool(0, [0.0, *(LEVEL.get(text, 0.0) for text in ROWS[0][1:])])
    shown = Shown(FeatureId("mlp", 0, 0, "pos"), texts, train, table, counts)
    return Case(shown, pool(1, [0.0] * 5), pool(2, test), threshold=0.5)


def pearson(predicted: list[float], y: list[float]) -> float:
    return float(np.corrcoef(predicted, y)[0, 1])


def test_tokens_are_those_at_the_positions_of_the_test_pool() -> None:
    found = token_of(case([0, 3, 0, 1, 0]))
    assert found.shape == (1, 12)
    assert [WORDS[i] for i in found[0, :5]] == ROWS[2]


def test_the_table_predicts_each_tokens_mean() -> None:
    assert unigram(case([0, 3, 0, 1, 0])) == pytest.approx(1)
    y = [0.5, 0.0, 2.0, 1.0]  # of what counts: rum, of, oven, the
    expected = pearson([LEVEL.get(text, 0.0) for text in COUNTED], y)
    assert unigram(case([0, *y])) == pytest.approx(expected, abs=1e-6)


def test_the_best_token_is_chosen_on_train_and_judged_on_test() -> None:
    assert best_token(case([0, 3, 0, 0, 0])) == pytest.approx(1)  # “rum”
    y = [0.0, 0.0, 4.0, 0.0]  # on test it is “oven” that fires
    assert best_token(case([0, *y])) == pytest.approx(pearson([1, 0, 0, 0], y), abs=1e-6)
    assert best_token(case([0, *y])) < 0


def test_the_table_over_the_train_split_counts_for_the_best_token() -> None:
    seen = case([0, 3, 0, 1, 0])
    counts = seen.shown.token_counts.copy()
    counts[ID[" oven"]] = 10_000  # over the whole split
    means = np.zeros(len(WORDS), np.float32)
    means[ID[" oven"]] = 9.0
    other = replace(seen, shown=replace(seen.shown, token_counts=counts, token_means=means))
    y = [3.0, 0.0, 1.0, 0.0]
    assert best_token(seen) == pytest.approx(pearson([1, 0, 0, 0], y), abs=1e-6)
    assert best_token(other) == pytest.approx(pearson([0, 0, 1, 0], y), abs=1e-6)


def test_what_is_constant_or_not_known_is_nan_and_not_0() -> None:
    assert isnan(unigram(case([0, 3, 0, 1, 0], means=None)))  # there is no table
    assert isnan(unigram(case([0, 3, 0, 1, 0], means={})))  # it says the same of everything
    silent = case([0, 0, 0, 0, 0])
    assert isnan(unigram(silent)) and isnan(best_token(silent))
    same = r_of(silent.texts, silent.test, silent.test.y)
    assert isnan(same)

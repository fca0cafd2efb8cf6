"""The greedy selection against trying everything."""

import itertools

import numpy as np
import pytest

from pellucid.descriptions.greedy import best_items


def r_of(levels: np.ndarray, a: np.ndarray, c: np.ndarray, total: float) -> float:
    p, pp, py = (levels * a).sum(), (levels**2 * a).sum(), (levels * c).sum()
    n = a.sum()
    return (py - p * total / n) / np.sqrt(pp - p * p / n)


@pytest.mark.parametrize("seed", range(5))
def test_one_item_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    a = random.integers(1, 30, 12).astype(np.float64)
    c = a * random.exponential(size=12)
    sets = [np.array([i, (i * 5 + 3) % 12]) for i in range(12)]
    starts = np.arange(0, 25, 2)
    chosen, at, r = best_items(
        a, a, c, starts, np.concatenate(sets), np.arange(12), np.array([1.0, 0.4], np.float32),
        np.zeros(3), a.sum(), c.sum(), np.zeros(12), 1,
    )  # fmt: skip
    best = max(
        r_of(np.where(np.isin(np.arange(12), s), level, 0.0), a, c, c.sum())
        for s, level in itertools.product(sets, (1.0, 0.4))
    )
    assert r == pytest.approx(best)
    assert chosen[0] >= 0
    assert at[0] == 0  # a lone item's level changes nothing: the first is taken


def test_an_item_that_adds_too_little_is_left_out() -> None:
    a, c = np.full(4, 10.0), np.array([10.0, 7.0, 0.0, 0.0])
    starts, members = np.arange(5), np.arange(4)
    levels = np.array([1.0, 0.4], np.float32)
    free = best_items(
        a, a, c, starts, members, members, levels, np.zeros(3), 40.0, 17.0, np.zeros(4), 4
    )
    dear = best_items(
        a, a, c, starts, members, members, levels, np.zeros(3), 40.0, 17.0, np.full(4, 0.6), 4
    )
    assert (free[0] >= 0).sum() > (dear[0] >= 0).sum() == 1

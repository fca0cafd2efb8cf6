"""Sketches: how near their quantiles are, and what they say where there are too few tokens."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.exemplars import kernels
from pellucid.exemplars.sketch import (
    RELATIVE_ERROR,
    bounds,
    linear_histogram,
    magnitudes,
    rates,
    tail_quantiles,
)

N = 200_000
HEAVY = {
    "student": lambda rng: rng.standard_t(1.2, N),
    "lognormal": lambda rng: rng.lognormal(-2, 2, N) * rng.choice([-1, 1], N),
    "two modes": lambda rng: np.where(rng.random(N) < 1e-3, 300, 0.01) * rng.normal(1, 0.2, N),
}


def sketch_of(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, high and low of values [n, unit], through the kernel that the collector uses."""
    n, n_units = values.shape
    act = np.ascontiguousarray(values[None], np.float32)
    counts = np.zeros((n_units, 2 * kernels.N_BINS), np.uint32)
    sums = np.zeros((2, n_units))
    high, low = np.empty((1, n_units), np.float32), np.empty((1, n_units), np.float32)
    at = np.empty((2, 1, n_units), np.int32)
    start, stop = np.zeros(1, np.int32), np.full(1, n, np.int32)
    kernels.survey(act, start, stop, counts, sums[0], sums[1], high, at[0], low, at[1])
    return counts, high[0], low[0]


@pytest.mark.parametrize("kind", HEAVY)
def test_quantiles_of_heavy_tails_are_within_one_percent(kind: str):
    rng = np.random.default_rng(0)
    values = np.stack([HEAVY[kind](rng) for _ in range(3)], axis=1).astype(np.float32)
    counts, high, low = sketch_of(values)
    tails = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
    compared = 0
    for negative, extreme in ((False, high), (True, -low)):
        found, reached = tail_quantiles(counts, extreme, N, tails, negative=negative)
        assert reached.tolist() == [True] * 5 + [False]
        ordered = np.sort(-values if negative else values, axis=0)[::-1]
        for i, tail in enumerate(tails[:5]):
            exact = np.clip(ordered[round(N * tail) - 1], 2.0**-12, 2.0**12)
            shown = found[:, i]
            inside = (exact > 2.0**-12) & (exact < 2.0**12)
            np.testing.assert_allclose(shown[inside], exact[inside], rtol=RELATIVE_ERROR)
            compared += int(inside.sum())
        np.testing.assert_array_equal(found[:, 5], extreme)
        assert (found <= extreme[:, None]).all()
    assert compared >= 15


@given(st.floats(2.0**-11, 2.0**12 - 1, width=32), st.booleans())
def test_a_value_is_near_the_middle_of_its_bin(value: float, negative: bool):
    counts, _, _ = sketch_of(np.array([[-value if negative else value]]))
    (at,) = np.flatnonzero(counts[0])
    assert (at >= kernels.N_BINS) == negative
    at %= kernels.N_BINS
    low, high = bounds()
    assert low[at] <= value < high[at]
    assert abs(magnitudes()[at] - value) <= RELATIVE_ERROR * value < 0.01 * value


@pytest.mark.parametrize("tail", [1e-3, 1e-4, 1e-5, 1e-6, 1e-7])
def test_a_tail_is_reached_from_its_first_token_on(tail: float):
    counts = np.zeros((1, 2 * kernels.N_BINS), np.uint32)
    counts[0, 700] = 1
    extreme = np.array([9.0], np.float32)
    needed = round(1 / tail)
    for n, there in ((needed - 1, False), (needed, True), (needed + 1, True)):
        found, reached = tail_quantiles(counts, extreme, n, (tail,), negative=False)
        assert reached.tolist() == [there]
        assert found[0, 0] == (np.float32(magnitudes()[700]) if there else 9.0)


def test_the_rank_is_a_whole_number_of_tokens():
    """The 7th largest of 7,000,000 at 1e-6, also where the product in floating point is a little less."""
    counts = np.zeros((1, 2 * kernels.N_BINS), np.uint32)
    extreme = np.array([4e3], np.float32)
    for n in (6_000_000, 7_000_000, 29_000_000, 57_000_000, 58_000_000):
        counts[:] = 0
        rank = n // 1_000_000
        counts[0, 900] = rank - 1
        counts[0, 800] = 1
        counts[0, 100] = 10
        found, _ = tail_quantiles(counts, extreme, n, (1e-6,), negative=False)
        assert found[0, 0] == np.float32(magnitudes()[800])


def test_a_feature_that_never_fires_has_quantile_0_and_rate_0():
    values = np.abs(np.random.default_rng(0).normal(size=(5000, 1))) + 1
    counts, _, low = sketch_of(values)
    assert low[0] == 0
    found, reached = tail_quantiles(counts, -low, 5000, (1e-2, 1e-4), negative=True)
    assert found.tolist() == [[0, 0]] and reached.tolist() == [True, False]
    assert rates(counts, 5000, negative=True).tolist() == [0]
    assert rates(counts, 5000, negative=False).tolist() == [1]


def test_counts_merge_by_adding():
    rng = np.random.default_rng(1)
    values = rng.standard_t(2, (3000, 4)).astype(np.float32)
    whole, _, _ = sketch_of(values)
    parts = [sketch_of(part)[0] for part in np.split(values, [10, 1000, 2990])]
    np.testing.assert_array_equal(sum(parts[::-1]), whole)


def test_the_histogram_keeps_every_count_near_its_place():
    rng = np.random.default_rng(2)
    values = rng.normal(1, 3, (20_000, 3)).astype(np.float32)
    counts, high, low = sketch_of(values)
    found, edges = linear_histogram(counts, low, high, 20)
    assert (found.sum(1) == 20_000).all()
    np.testing.assert_allclose(edges[:, 0], low, rtol=1e-6)
    np.testing.assert_allclose(edges[:, -1], high, rtol=1e-6)
    for unit in range(3):
        exact, _ = np.histogram(values[:, unit], edges[unit])
        assert np.abs(np.cumsum(found[unit]) - np.cumsum(exact)).max() < 0.02 * 20_000

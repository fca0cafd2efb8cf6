"""Scores against their definitions."""

import numpy as np
import pytest

from pellucid.descriptions.score import correlation, detection, moments, score


def test_r_is_numpys_over_pooled_positions() -> None:
    random = np.random.default_rng(0)
    p, y = (random.random((7, 9)).astype(np.float32) for _ in range(2))
    counted = random.random((7, 9)) < 0.8
    p, y = p * counted, y * counted
    weight = np.array([1, 1, 1, 2, 1, 1, 1], np.float32)
    rows = np.repeat(np.arange(7), weight.astype(int))
    expected = np.corrcoef(p[rows][counted[rows]], y[rows][counted[rows]])[0, 1]
    found = score(p, y, counted, weight, n_top=2, threshold=0.9)
    assert found.r == pytest.approx(expected, abs=1e-6)
    assert found.low < found.r < found.high
    of_random = np.corrcoef(p[2:][counted[2:]], y[2:][counted[2:]])[0, 1]
    assert found.r_random == pytest.approx(of_random, abs=1e-6)


def test_the_sign_is_kept() -> None:
    y = np.arange(12, dtype=np.float32).reshape(3, 4)
    found = score(-y, y, np.ones((3, 4), bool), np.ones(3, np.float32), 1, 5)
    assert found.r == pytest.approx(-1)


def test_a_constant_prediction_has_no_score() -> None:
    y = np.arange(12, dtype=np.float32).reshape(3, 4)
    total = moments(np.ones_like(y), y, np.ones((3, 4), bool)).sum(0)
    assert np.isnan(correlation(total))


def test_detection_is_the_share_of_ordered_pairs() -> None:
    random = np.random.default_rng(1)
    p = random.integers(0, 4, 60).astype(np.float32)
    fires = random.random(60) < 0.3
    area, precision = detection(p, fires, np.ones(60))
    pairs = [(a > b) + (a == b) / 2 for a in p[fires] for b in p[~fires]]
    assert area == pytest.approx(np.mean(pairs))
    levels = sorted(set(p), reverse=True)
    steps = [(np.sum(fires & (p == v)), np.mean(fires[p >= v])) for v in levels]
    assert precision == pytest.approx(sum(n * share for n, share in steps) / fires.sum())

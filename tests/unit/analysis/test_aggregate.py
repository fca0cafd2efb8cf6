"""Means over conversations and their intervals, against scipy."""

import numpy as np
import pytest
from scipy import stats

from pellucid.analysis.aggregate import aggregate, t_quantile
from pellucid.core.errors import InvalidRequest


def line(**values: float) -> np.ndarray:
    """Two layers of two neurons; features are named by layer, index and sign, as in `a01n`."""
    sums = np.zeros((2, 2, 2))
    for name, value in values.items():
        sums[int(name[1]), int(name[2]), "pn".index(name[3])] = value
    return sums


def test_mean_and_interval_are_those_of_a_t_test_with_absences_as_zero():
    lines = [line(f01n=1.0, f10p=-0.1), line(f01n=2.0), line(f01n=0.5, f10p=-0.3), line()]
    first, second = aggregate(iter(lines))
    for row, values in ((first, [1.0, 2.0, 0.5, 0.0]), (second, [-0.1, 0.0, -0.3, 0.0])):
        low, high = stats.t.interval(0.95, 3, loc=np.mean(values), scale=stats.sem(values))
        assert row.mean == pytest.approx(np.mean(values))
        assert row.low == pytest.approx(low, abs=5e-3) and row.high == pytest.approx(high, abs=5e-3)
        assert row.n == 4
    assert (first.id, second.id) == ("mlp.0.1.neg", "mlp.1.0.pos")


def test_a_mean_of_zero_is_named_where_its_parts_are_not():
    (row,) = aggregate([line(f11p=1.0), line(f11p=-1.0)])
    assert (row.id, row.mean) == ("mlp.1.1.pos", 0.0) and (row.low or 0) < 0 < (row.high or 0)


@pytest.mark.parametrize("df", [1, 2, 3, 5, 30, 500])
def test_the_quantile_is_students(df: int):
    assert t_quantile(df) == pytest.approx(stats.t.ppf(0.975, df), abs=0.005)


def test_one_conversation_has_a_mean_and_no_interval():
    (row,) = aggregate([line(f00p=1.0)])
    assert (row.mean, row.low, row.high, row.n) == (1.0, None, None, 1)


def test_nothing_to_average_is_refused():
    with pytest.raises(InvalidRequest, match="nothing to average"):
        aggregate([])
    with pytest.raises(InvalidRequest, match="top 0"):
        aggregate([line(f00p=1.0)], top=0)
    assert len(aggregate([line(f00p=1.0, f01p=2.0, f10p=3.0)], top=2)) == 2

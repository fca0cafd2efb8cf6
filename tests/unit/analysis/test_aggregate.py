"""Means over conversations and their intervals, against scipy."""

import numpy as np
import pytest
from scipy import stats

from pellucid.analysis.aggregate import aggregate, by_feature, t_quantile
from pellucid.core.errors import InvalidRequest
from pellucid.core.records import Effect


def effect(id_: str, pos: int, value: float) -> Effect:
    _, layer, index, sign = id_.split(".")
    return Effect(
        id=id_, layer=int(layer), index=int(index), sign="pos" if sign == "pos" else "neg", pos=pos,
        activation=1.0, attribution=value, measured=False, estimate=value,
    )  # fmt: skip


def test_positions_are_summed_and_signs_kept_apart():
    found = by_feature(
        [
            effect("mlp.0.1.pos", 3, 0.5),
            effect("mlp.0.1.pos", 4, -0.2),
            effect("mlp.0.1.neg", 5, 1.0),
        ]
    )
    assert found == {"mlp.0.1.pos": pytest.approx(0.3), "mlp.0.1.neg": 1.0}


def test_mean_and_interval_are_those_of_a_t_test_with_absences_as_zero():
    lines = [{"a": 1.0, "b": -0.1}, {"a": 2.0}, {"a": 0.5, "b": -0.3}, {}]
    first, second = aggregate(lines)
    for row, values in ((first, [1.0, 2.0, 0.5, 0.0]), (second, [-0.1, 0.0, -0.3, 0.0])):
        low, high = stats.t.interval(0.95, 3, loc=np.mean(values), scale=stats.sem(values))
        assert row.mean == pytest.approx(np.mean(values))
        assert row.low == pytest.approx(low, abs=5e-3) and row.high == pytest.approx(high, abs=5e-3)
        assert row.n == 4
    assert (first.id, second.id) == ("a", "b")


@pytest.mark.parametrize("df", [1, 2, 3, 5, 30, 500])
def test_the_quantile_is_students(df: int):
    assert t_quantile(df) == pytest.approx(stats.t.ppf(0.975, df), abs=0.005)


def test_one_conversation_has_a_mean_and_no_interval():
    (row,) = aggregate([{"a": 1.0}])
    assert (row.mean, row.low, row.high, row.n) == (1.0, None, None, 1)


def test_nothing_to_average_is_refused():
    with pytest.raises(InvalidRequest, match="nothing to average"):
        aggregate([])
    with pytest.raises(InvalidRequest, match="top 0"):
        aggregate([{"a": 1.0}], top=0)
    assert len(aggregate([{"a": 1.0, "b": 2.0, "c": 3.0}], top=2)) == 2

"""The code of patterns: what is stored comes back within the stated error, and nothing else is stored."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pellucid.atlas.patterns import LEVELS, PATTERN_ERROR, activations, decode, encode, quantise


def code_of(row: np.ndarray, peak: float, length: int | None = None) -> tuple[bytes, float]:
    n = len(row) if length is None else length
    coded = encode(row[None], np.array([peak], np.float32), np.array([n]))
    return coded.data.tobytes(), float(coded.ratio[0])


def read_back(row: np.ndarray, peak: float, length: int | None = None) -> np.ndarray:
    code, ratio = code_of(row, peak, length)
    return activations(code, len(row) if length is None else length, peak, ratio)


UNHURRIED = settings(deadline=None)
"""A busy machine is no reason to fail."""

SHARES = arrays.arrays(
    np.float32,
    st.integers(2, 200),
    elements=st.floats(-1, 1, width=32) | st.sampled_from([0.0, 1.0]),
)


@UNHURRIED
@given(SHARES, st.sampled_from([1e-3, 0.7, 30.0]), st.sampled_from([1, -1]), st.booleans())
def test_stored_values_are_within_the_stated_error_and_the_rest_is_small_or_of_the_other_sign(
    shares: np.ndarray, size: float, sign: int, half: bool
) -> None:
    peak = size * sign
    row = (shares * peak).astype(np.float16 if half else np.float32)
    found = read_back(row, peak)
    assert np.isnan(found[0])
    true = (shares * np.float32(peak))[1:]
    stored = ~np.isnan(found[1:])
    error = np.abs(found[1:] - true)[stored]
    assert (error <= PATTERN_ERROR * abs(peak) * (1 + 1e-5)).all()
    assert (true[~stored] * sign <= PATTERN_ERROR * abs(peak) * (1 + 1e-5)).all()
    assert (found[1:][stored] * sign > 0).all()


@UNHURRIED
@given(
    arrays.arrays(np.uint8, st.integers(2, 300), elements=st.sampled_from([0] * 30 + [1, 7, 15]))
)
def test_every_row_of_levels_survives_the_code(levels: np.ndarray) -> None:
    levels[0] = 0
    row = levels.astype(np.float32)
    code, ratio = code_of(row, LEVELS)
    assert ratio == 1
    assert (decode(code, len(levels)) == levels).all()
    assert len(code) <= np.count_nonzero(levels) + len(levels) // 15


@UNHURRIED
@given(arrays.arrays(np.float32, (7, 40), elements=st.floats(-1, 1, width=32)))
def test_rows_are_coded_independently_of_each_other(rows: np.ndarray) -> None:
    peak = np.ones(7, np.float32)
    coded = encode(rows, peak, np.full(7, 40))
    for i in range(7):
        alone, _ = code_of(rows[i], 1.0)
        assert coded.data[coded.start[i] : coded.start[i + 1]].tobytes() == alone


def test_a_position_larger_than_the_peak_widens_the_scale() -> None:
    found = read_back(np.array([0, 4, 2, 0.01, 1], np.float32), 2.0)
    assert found[1] == pytest.approx(4)
    assert found[2] == pytest.approx(2, abs=4 * PATTERN_ERROR)
    assert np.isnan(found[3])
    assert code_of(np.array([0, 4, 2], np.float32), 2.0)[1] == 2


def test_half_precision_of_the_peak_does_not_widen_the_scale() -> None:
    peak = np.float32(1.0006)
    rounded_up = np.float16(1.001)
    assert float(rounded_up) > peak
    assert code_of(np.array([0, rounded_up], np.float16), float(peak))[1] == 1


@pytest.mark.parametrize("gap", [0, 1, 14, 15, 16, 29, 30, 31, 45, 46, 100])
def test_gaps_of_every_length(gap: int) -> None:
    row = np.zeros(gap + 3, np.float32)
    row[gap + 1] = row[gap + 2] = 1
    found = read_back(row, 1.0)
    assert np.flatnonzero(~np.isnan(found)).tolist() == [gap + 1, gap + 2]


def test_what_lies_past_the_end_is_ignored_whatever_it_is() -> None:
    found = read_back(np.array([np.nan, 1, np.nan, np.inf], np.float32), 1.0, length=2)
    assert np.isnan(found[0]) and found[1] == 1 and len(found) == 2


@pytest.mark.parametrize("peak", [0.0, 1e-40])
def test_a_feature_that_never_fired_has_empty_patterns(peak: float) -> None:
    assert code_of(np.array([3, 1, 2], np.float32), peak) == (b"", 1.0)


def test_no_rows_are_no_bytes() -> None:
    coded = encode(np.zeros((0, 5), np.float32), np.zeros(0, np.float32), np.zeros(0, int))
    assert coded.start.tolist() == [0] and coded.data.tolist() == []


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        code_of(np.array([0, bad, 1], np.float32), 1.0)


@pytest.mark.parametrize(
    ("code", "n_pos"),
    [
        (b"\x11", 1),  # beyond the end
        (b"\x21\xf0", 20),  # a skip that leads to nothing
        (b"\x30\x11", 20),  # a skip of another size
    ],
)
def test_what_is_no_code_is_refused(code: bytes, n_pos: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        decode(code, n_pos)


def test_fewer_levels_are_coarser() -> None:
    row, peak = np.array([[0, 0.4, 1]], np.float32), np.ones(1, np.float32)
    assert quantise(row, peak, np.array([3]), 3)[0].tolist() == [[0, 1, 3]]

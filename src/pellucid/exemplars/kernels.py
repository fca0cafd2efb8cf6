"""The inner loops of the collection on a CPU, compiled; each does what its docstring says, in a fixed order.

All take `act` as [batch, pos, unit] float32, contiguous; `start` and `stop` bound the positions of each row that count.
Work is divided between threads by unit, so the number of threads changes no bit of a result.
`no_type_check` keeps the shape checker of the tests, which numba cannot compile, out of them.
"""

from typing import no_type_check

import numpy as np
from numba import config, njit, prange, uint64

# numba's OpenMP layer would change the number of threads that torch's matrix products use, and with it their last bits.
# This layer takes one caller at a time, which is all there is: a build reads one batch after the other.
config.THREADING_LAYER = "workqueue"  # pyright: ignore[reportAttributeAccessIssue]

SUB_BITS = 6
"""Bits of the mantissa that a bin of the sketch keeps: 64 bins an octave."""
SHIFT = 23 - SUB_BITS
LOWEST_OCTAVE, OCTAVES = -12, 24
"""Magnitudes from 2**-12 to 2**12 have bins of their own; smaller and larger ones share the first and the last."""
FIRST_KEY = (127 + LOWEST_OCTAVE) << SUB_BITS
N_BINS = OCTAVES << SUB_BITS
"""Bins of one sign."""
_MAGNITUDE, _SHIFT = np.int32(0x7FFFFFFF), np.int32(SHIFT)
_FIRST_KEY, _N_BINS, _LAST = np.int32(FIRST_KEY), np.int32(N_BINS), np.int32(N_BINS - 1)
_TILE, _WIDE = 64, 256
"""Units that one thread takes at a time: as many as stay in its cache with their counts, and without."""


@njit(parallel=True, cache=True, nogil=True)
@no_type_check
def survey(
    act, start, stop, hist, total, squares, high, high_at, low, low_at
):  # pragma: no cover - compiled
    """Sketch, sums and extremes of a batch.

    Adds to `hist` [unit, 2 * N_BINS] (negative values in the second half), `total` and `squares` [unit] float64; sets
    `high`, `low` [batch, unit] to each row's extremes (0 where there is none of that sign) and `high_at`, `low_at` to
    the first position that has it.
    """
    n_rows, n_pos, n_units = act.shape
    flat = act.reshape(act.size)
    bits = flat.view(np.int32)
    bins = hist.reshape(hist.size)
    n_bins = uint64(hist.shape[1])
    for tile in prange((n_units + _TILE - 1) // _TILE):
        first = uint64(tile * _TILE)
        width = uint64(min(_TILE, n_units - tile * _TILE))
        row_sum = np.empty(_TILE, np.float32)
        row_squares = np.empty(_TILE, np.float32)
        top = np.empty(_TILE, np.float32)
        top_at = np.empty(_TILE, np.int32)
        bottom = np.empty(_TILE, np.float32)
        bottom_at = np.empty(_TILE, np.int32)
        keys = np.empty(_TILE, np.int32)
        for b in range(n_rows):
            for j in range(width):
                row_sum[j] = 0
                row_squares[j] = 0
                top[j] = 0
                top_at[j] = 0
                bottom[j] = 0
                bottom_at[j] = 0
            for t in range(start[b], stop[b]):
                base = (uint64(b) * uint64(n_pos) + uint64(t)) * uint64(n_units) + first
                now = np.int32(t)
                for j in range(width):
                    x = flat[base + j]
                    row_sum[j] += x
                    row_squares[j] += x * x
                    up = x > top[j]
                    top_at[j] = now if up else top_at[j]
                    top[j] = x if up else top[j]
                    down = x < bottom[j]
                    bottom_at[j] = now if down else bottom_at[j]
                    bottom[j] = x if down else bottom[j]
                for j in range(width):
                    raw = bits[base + j]
                    key = np.int32((raw & _MAGNITUDE) >> _SHIFT) - _FIRST_KEY
                    key = min(max(np.int32(key), np.int32(0)), _LAST)
                    keys[j] = key + (_N_BINS if raw < 0 else np.int32(0))
                for j in range(width):
                    bins[(first + j) * n_bins + uint64(keys[j])] += np.uint32(1)
            for j in range(width):
                total[first + j] += row_sum[j]
                squares[first + j] += row_squares[j]
                high[b, first + j] = top[j]
                high_at[b, first + j] = top_at[j]
                low[b, first + j] = bottom[j]
                low_at[b, first + j] = bottom_at[j]


@njit(parallel=True, cache=True, nogil=True)
@no_type_check
def add_rows(act, places, rows, out):  # pragma: no cover - compiled
    """`out[rows[i]] += act[places[i]]`, in the order given; `act` is [n, unit], `out` [row, unit] float32."""
    n_units = act.shape[1]
    flat, sums = act.reshape(act.size), out.reshape(out.size)
    for part in prange((n_units + _WIDE - 1) // _WIDE):
        first = uint64(part * _WIDE)
        width = uint64(min(_WIDE, n_units - part * _WIDE))
        for i in range(len(rows)):
            source = uint64(places[i]) * uint64(n_units) + first
            target = uint64(rows[i]) * uint64(n_units) + first
            for j in range(width):
                sums[target + j] += flat[source + j]


@njit(cache=True, nogil=True, inline="always")
@no_type_check
def _half(bits):  # pragma: no cover - compiled
    """The bits of a float32 as those of the nearest float16; too large becomes 65504, below 2**-14 becomes 0."""
    sign = (bits >> 16) & 0x8000
    rounded = (bits & 0x7FFFFFFF) + 0xFFF + ((bits >> 13) & 1)
    exponent = (rounded >> 23) - 112
    if exponent >= 31:
        return np.uint16(sign | 0x7BFF)
    if exponent <= 0:
        return np.uint16(0)
    return np.uint16(sign | (exponent << 10) | ((rounded >> 13) & 0x3FF))


@njit(cache=True, nogil=True, inline="always")
@no_type_check
def _slot_for(
    value, seq, group, f, kept_value, kept_seq, kept_group
):  # pragma: no cover - compiled
    """Where a newcomer goes: in place of its own group's entry if it beats it, else of the worst; -1 for nowhere.

    The larger value is better; of equal ones, the earlier sequence.
    """
    worst = 0
    for k in range(kept_value.shape[1]):
        v = kept_value[f, k]
        if v > 0 and kept_group[f, k] == group:
            if value > v or (value == v and seq < kept_seq[f, k]):
                return k
            return -1
        w = kept_value[f, worst]
        if v < w or (v == w and kept_seq[f, k] > kept_seq[f, worst]):
            worst = k
    w = kept_value[f, worst]
    if value > w or (value == w and seq < kept_seq[f, worst]):
        return worst
    return -1


@njit(parallel=True, cache=True, nogil=True)
@no_type_check
def rank_rows(
    act, gate, rows, stop, seqs, groups, high, high_at, low, low_at, both_signs,
    kept_value, kept_seq, kept_pos, kept_group, kept_gate, kept_pattern,
):  # fmt: skip  # pragma: no cover - compiled
    """Let the extremes of some rows of a batch into the rankings of their split.

    `kept_*` are [feature, k] in no order, value 0 where empty (`kept_value` holds magnitudes); `kept_pattern` is
    [feature, k, pos], the bits of float16. `gate` is empty where there is none.
    """
    bits = act.view(np.int32)
    n_units = act.shape[2]
    n_signs = 2 if both_signs else 1
    has_gate = gate.shape[0] > 0
    for u in prange(n_units):
        for s in range(n_signs):
            f = u * n_signs + s
            floor = kept_value[f].min()
            for i in range(len(rows)):
                b = rows[i]
                x = high[b, u] if s == 0 else -low[b, u]
                if x < floor or x <= 0:
                    continue
                k = _slot_for(x, seqs[b], groups[b], f, kept_value, kept_seq, kept_group)
                if k < 0:
                    continue
                t = high_at[b, u] if s == 0 else low_at[b, u]
                kept_value[f, k] = x
                floor = kept_value[f].min()
                kept_seq[f, k] = seqs[b]
                kept_pos[f, k] = t
                kept_group[f, k] = groups[b]
                if has_gate:
                    g = gate[b, t, u]
                    kept_gate[f, k] = 1 if g > 0 else -1 if g < 0 else 0
                for p in range(stop[b]):
                    kept_pattern[f, k, p] = _half(bits[b, p, u])
                for p in range(stop[b], kept_pattern.shape[2]):
                    kept_pattern[f, k, p] = 0


@njit(parallel=True, cache=True, nogil=True)
@no_type_check
def merge_rankings(
    value, seq, pos, group, gate, pattern,
    kept_value, kept_seq, kept_pos, kept_group, kept_gate, kept_pattern,
):  # fmt: skip  # pragma: no cover - compiled
    """Let the entries of other rankings into these; the same whatever the order of merging."""
    for f in prange(value.shape[0]):
        for i in range(value.shape[1]):
            if not value[f, i] > 0:
                continue
            k = _slot_for(value[f, i], seq[f, i], group[f, i], f, kept_value, kept_seq, kept_group)
            if k < 0:
                continue
            kept_value[f, k] = value[f, i]
            kept_seq[f, k] = seq[f, i]
            kept_pos[f, k] = pos[f, i]
            kept_group[f, k] = group[f, i]
            kept_gate[f, k] = gate[f, i]
            for p in range(pattern.shape[2]):
                kept_pattern[f, k, p] = pattern[f, i, p]


@njit(cache=True, nogil=True)
@no_type_check
def rank_candidates(
    feature, value, seq, pos, group, gate, pattern,
    kept_value, kept_seq, kept_pos, kept_group, kept_gate, kept_pattern,
):  # fmt: skip  # pragma: no cover - compiled
    """The same as `rank_rows` for candidates found elsewhere; `pattern` is [candidate, pos], the bits of float16."""
    for i in range(len(feature)):
        f = feature[i]
        k = _slot_for(value[i], seq[i], group[i], f, kept_value, kept_seq, kept_group)
        if k < 0:
            continue
        kept_value[f, k] = value[i]
        kept_seq[f, k] = seq[i]
        kept_pos[f, k] = pos[i]
        kept_group[f, k] = group[i]
        kept_gate[f, k] = gate[i]
        for p in range(pattern.shape[1]):
            kept_pattern[f, k, p] = pattern[i, p]

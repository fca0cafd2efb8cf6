"""The code of activation patterns: which positions are active, and how much, in about a byte each.

1. A pattern's scale is its exemplar's peak times a ratio: 1, or more where a position that counts elsewhere is larger.
2. An activation becomes the level round(15 * activation / scale), from 0 to 15. Level 0 is not stored: small values,
   values of the other sign, and position 0, which is an attention sink.
3. Of the other levels, in order of position, each is one byte: the number of positions skipped since the last one
   (0 to 15) in the high four bits, the level in the low four. A longer gap is led in by bytes 0xF0: skip 15 positions.

Most bytes of a sparse pattern are alike, which is what zstd then compresses. A stored value is off by at most
1/30 of the scale; at the exemplar's own position the exact peak is stored beside the pattern.

Checked by: tests/unit/atlas/test_patterns.py
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Float32, Int, Integer, UInt8

LEVELS = 15
HALF_PRECISION = 2.0**-10
"""A ratio this close above 1 is the rounding of half-precision input, not a larger activation."""
PATTERN_ERROR = 0.5 / LEVELS + HALF_PRECISION
"""Largest error of a stored value, as a share of the scale, half-precision input included."""
SMALLEST_PEAK = 1e-30
"""Below this, nothing is stored: shares of it are beyond what float32 holds."""
_RUN = 15
_SKIP = 0xF0


class Coded(NamedTuple):
    """Patterns as bytes: row `i` is `data[start[i] : start[i + 1]]`."""

    data: UInt8[np.ndarray, " byte"]
    start: Int[np.ndarray, " row_and_end"]
    ratio: Float32[np.ndarray, " row"]
    """Scale over peak."""


def encode(
    patterns: Float[np.ndarray, "row pos"],
    peak: Float32[np.ndarray, " row"],
    length: Integer[np.ndarray, " row"],
) -> Coded:
    """The code of every row; a row whose peak is 0, or all but 0, is empty.

    Raises:
        ValueError: An activation that would be stored is not a finite number.
    """
    levels, ratio = quantise(patterns, peak, length)
    return Coded(*pack(levels), ratio)


def quantise(
    patterns: Float[np.ndarray, "row pos"],
    peak: Float32[np.ndarray, " row"],
    length: Integer[np.ndarray, " row"],
    levels: int = LEVELS,
) -> tuple[UInt8[np.ndarray, "row pos"], Float32[np.ndarray, " row"]]:
    """Levels, and the ratio of scale to peak, of every row."""
    pos = np.arange(patterns.shape[1])
    alive = np.abs(peak) >= SMALLEST_PEAK
    stored = (pos < length[:, None]) & (pos > 0) & alive[:, None]
    values = np.where(stored, patterns, 0).astype(np.float32)
    if not np.isfinite(values).all():
        raise ValueError("a pattern holds an activation that is not a finite number")
    share = values / np.where(alive, peak, np.float32(1))[:, None]
    ratio = share.max(axis=1, initial=0)
    ratio = np.where(ratio > 1 + HALF_PRECISION, ratio, np.float32(1)).astype(np.float32)
    scaled = np.rint(np.clip(share / ratio[:, None], 0, 1) * levels)
    return scaled.astype(np.uint8), ratio


def pack(
    levels: UInt8[np.ndarray, "row pos"],
) -> tuple[UInt8[np.ndarray, " byte"], Int[np.ndarray, " row_and_end"]]:
    """Every row of levels, none above 15, as bytes end to end; and where each row starts."""
    row, pos = np.nonzero(levels)
    begins = np.ones(len(row), bool)
    begins[1:] = row[1:] != row[:-1]
    gap = pos - np.where(begins, -1, np.roll(pos, 1)) - 1
    n_skips = np.maximum(gap - 1, 0) // _RUN
    at = np.cumsum(n_skips + 1) - 1
    data = np.full(int(at[-1]) + 1 if len(at) else 0, _SKIP, np.uint8)
    data[at] = (gap - _RUN * n_skips) << 4 | levels[row, pos]
    sizes = np.bincount(row, weights=n_skips + 1, minlength=len(levels)).astype(np.int64)
    return data, np.concatenate(([0], np.cumsum(sizes)))


def decode(code: bytes, n_pos: int) -> UInt8[np.ndarray, " pos"]:
    """The level at every position of one pattern, 0 where nothing is stored.

    Raises:
        ValueError: It is no code of a pattern of this length.
    """
    data = np.frombuffer(code, np.uint8)
    level, run = data & 0x0F, data >> 4
    pos = np.cumsum(run.astype(np.int64) + (level > 0)) - 1
    if len(pos) and (pos[-1] >= n_pos or (data[level == 0] != _SKIP).any() or level[-1] == 0):
        raise ValueError("a pattern's code does not fit its sequence")
    out = np.zeros(n_pos, np.uint8)
    out[pos[level > 0]] = level[level > 0]
    return out


def activations(code: bytes, n_pos: int, peak: float, ratio: float) -> Float32[np.ndarray, " pos"]:
    """The activation at every position of one pattern, NaN where nothing is stored."""
    level = decode(code, n_pos)
    values = level * np.float32(peak * ratio / LEVELS)
    return np.where(level > 0, values, np.float32(np.nan)).astype(np.float32)


def ends(
    data: UInt8[np.ndarray, " byte"], start: Int[np.ndarray, " row_and_end"]
) -> Int[np.ndarray, " row"]:
    """The last position that each of many codes stores, -1 where it stores none."""
    steps = (data >> 4).astype(np.int64) + ((data & 0x0F) > 0)
    reached = np.concatenate(([0], np.cumsum(steps)))
    return reached[start[1:]] - reached[start[:-1]] - 1

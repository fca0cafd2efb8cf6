"""One layer of one batch, surveyed: sketch, sums, extremes, rankings. On a CPU compiled loops, elsewhere torch.

Both give the same counts and rankings; sums differ by rounding.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from jaxtyping import Float, Float32, Float64, Int32, UInt32
from torch import Tensor

from pellucid.exemplars import kernels
from pellucid.exemplars.ranking import Ranking


@dataclass(frozen=True)
class Batch:
    """Sequences read together, of one split each; arrays are [row]."""

    ids: Int32[np.ndarray, "row pos"]
    sequence: Int32[np.ndarray, " row"]
    start: Int32[np.ndarray, " row"]
    """First position that counts."""
    stop: Int32[np.ndarray, " row"]
    group: Int32[np.ndarray, " row"]
    split: Int32[np.ndarray, " row"]

    def rows_of(self, split: int) -> Int32[np.ndarray, " some"]:
        """Rows of a split that count anywhere."""
        return np.flatnonzero((self.split == split) & (self.stop > self.start)).astype(np.int32)


@dataclass(frozen=True)
class LayerCounts:
    """What is exact and mergeable of one layer: the sketch, the extremes, a ranking for each split."""

    sketch: UInt32[np.ndarray, "unit bin"]
    high: Float32[np.ndarray, " unit"]
    low: Float32[np.ndarray, " unit"]
    rankings: tuple[Ranking, ...]


@dataclass(frozen=True)
class LayerSums:
    """What is summed in floating point, of one layer and one shard."""

    total: Float64[np.ndarray, " unit"]
    squares: Float64[np.ndarray, " unit"]
    sink: Float64[np.ndarray, " unit"]
    """At position 0."""
    by_token: Float32[np.ndarray, "row unit"]


@dataclass(frozen=True)
class TokenRows:
    """The counted positions of a batch whose token has a row of conditional means."""

    place: Int32[np.ndarray, " n"]
    """Row of the batch times its width plus position."""
    row: Int32[np.ndarray, " n"]


@runtime_checkable
class Survey(Protocol):
    """How one layer of a batch is surveyed."""

    def __call__(
        self,
        batch: Batch,
        tokens: TokenRows,
        act: Float[Tensor, "row pos unit"],
        gate: Float[Tensor, "row pos unit"] | None,
        counts: LayerCounts,
        sums: LayerSums,
    ) -> None:
        """Adds what `act` shows to `counts` and `sums`."""
        ...


def survey_on_cpu(
    batch: Batch,
    tokens: TokenRows,
    act: Float[Tensor, "row pos unit"],
    gate: Float[Tensor, "row pos unit"] | None,
    counts: LayerCounts,
    sums: LayerSums,
) -> None:
    """Compiled loops over the subject's own memory; see `Survey`."""
    seen = act.float().contiguous().numpy()
    n_rows, _, n_units = seen.shape
    high, low = np.empty((n_rows, n_units), np.float32), np.empty((n_rows, n_units), np.float32)
    high_at, low_at = np.empty((n_rows, n_units), np.int32), np.empty((n_rows, n_units), np.int32)
    kernels.survey(
        seen, batch.start, batch.stop, counts.sketch, sums.total, sums.squares,
        high, high_at, low, low_at,
    )  # fmt: skip
    np.maximum(counts.high, high.max(0), out=counts.high)
    np.minimum(counts.low, low.min(0), out=counts.low)
    sums.sink[:] += seen[:, 0].sum(0, dtype=np.float64)
    if len(tokens.row):
        kernels.add_rows(seen.reshape(-1, n_units), tokens.place, tokens.row, sums.by_token)
    gates = _NO_GATE if gate is None else gate.float().contiguous().numpy()
    for split, ranking in enumerate(counts.rankings):
        rows = batch.rows_of(split)
        if len(rows):
            kernels.rank_rows(
                seen, gates, rows, batch.stop, batch.sequence, batch.group,
                high, high_at, low, low_at, len(ranking.magnitude) == 2 * n_units,
                *ranking.arrays(),
            )  # fmt: skip


_NO_GATE = np.zeros((0, 0, 0), np.float32)


def survey_with_torch(
    batch: Batch,
    tokens: TokenRows,
    act: Float[Tensor, "row pos unit"],
    gate: Float[Tensor, "row pos unit"] | None,
    counts: LayerCounts,
    sums: LayerSums,
) -> None:
    """The same on any device; only what enters a ranking is copied to the CPU. See `Survey`."""
    seen = act.float()
    device, (_, n_pos, n_units) = seen.device, seen.shape
    at = torch.arange(n_pos, device=device)
    start, stop = (torch.from_numpy(x).to(device) for x in (batch.start, batch.stop))
    counted = (at >= start[:, None]) & (at < stop[:, None])
    masked = torch.where(counted[..., None], seen, 0.0)
    flat = masked[counted]
    counts.sketch[:] += _sketch(flat, n_units).cpu().numpy().astype(np.uint32)
    sums.total[:] += flat.double().sum(0).cpu().numpy()
    sums.squares[:] += flat.double().square().sum(0).cpu().numpy()
    sums.sink[:] += seen[:, 0].double().sum(0).cpu().numpy()
    if len(tokens.row):
        rows, inverse = np.unique(tokens.row, return_inverse=True)
        part = torch.zeros((len(rows), n_units), device=device)
        part.index_add_(
            0,
            torch.from_numpy(inverse).to(device),
            seen.reshape(-1, n_units)[torch.from_numpy(tokens.place).long().to(device)],
        )
        sums.by_token[rows] += part.cpu().numpy()
    for side, sign in enumerate((1, -1)):
        best, best_at = (masked * sign).max(1)
        edge = best.amax(0).clamp_min(0).cpu().numpy()
        if sign == 1:
            np.maximum(counts.high, edge, out=counts.high)
        else:
            np.minimum(counts.low, -edge, out=counts.low)
        for split, ranking in enumerate(counts.rankings):
            n_signs = len(ranking.magnitude) // n_units
            if side < n_signs:
                _rank(batch, split, seen, gate, best, best_at, (side, n_signs), ranking)


_TINY = 2**-14 * (1 - 2**-12)
"""Magnitudes from here on are rounded to 2**-14 or more; `kernels` sets smaller ones to 0."""


def _sketch(flat: Float[Tensor, "n unit"], n_units: int) -> Tensor:
    """Counts of every unit's bins: the float32's own bits say which."""
    bits = flat.contiguous().view(torch.int32)
    key = ((bits & 0x7FFFFFFF) >> kernels.SHIFT) - kernels.FIRST_KEY
    key = key.clamp_(0, kernels.N_BINS - 1) + (bits < 0) * kernels.N_BINS
    key = key.long() + torch.arange(n_units, device=flat.device) * (2 * kernels.N_BINS)
    size = n_units * 2 * kernels.N_BINS
    return torch.bincount(key.flatten(), minlength=size).reshape(n_units, -1)


def _rank(
    batch: Batch,
    split: int,
    seen: Float[Tensor, "row pos unit"],
    gate: Float[Tensor, "row pos unit"] | None,
    best: Float[Tensor, "row unit"],
    best_at: Tensor,
    sign: tuple[int, int],
    ranking: Ranking,
) -> None:
    """Let the rows of one split and sign that reach their feature's weakest entry into the ranking."""
    side, n_signs = sign
    rows = batch.rows_of(split)
    if not len(rows):
        return
    device = seen.device
    floor = torch.from_numpy(ranking.magnitude[side::n_signs].min(1)).to(device)
    chosen = torch.from_numpy(rows).long().to(device)
    unit_row = ((best[chosen] >= floor) & (best[chosen] > 0)).T.nonzero()
    unit, row = unit_row[:, 0], chosen[unit_row[:, 1]]
    pos = best_at[row, unit]
    exact = seen[row, :, unit]
    pattern = exact.clamp(-65504, 65504).half()
    pattern = torch.where(exact.abs() < _TINY, torch.zeros_like(pattern), pattern)
    stop = torch.from_numpy(batch.stop).to(device)[row]
    pattern = pattern.masked_fill(
        torch.arange(seen.shape[1], device=device) >= stop[:, None], 0
    ).cpu().numpy()  # fmt: skip
    width = ranking.pattern.shape[2]
    padded = np.zeros((len(pattern), width), np.float16)
    padded[:, : pattern.shape[1]] = pattern
    signs = torch.zeros_like(row) if gate is None else gate[row, pos, unit].sign().long()
    at = row.cpu().numpy()
    kernels.rank_candidates(
        unit.cpu().numpy() * n_signs + side,
        best[row, unit].cpu().numpy(),
        batch.sequence[at],
        pos.cpu().numpy().astype(np.int16),
        batch.group[at],
        signs.cpu().numpy().astype(np.int8),
        padded.view(np.uint16),
        *ranking.arrays(),
    )

"""Evidence as it comes in: one forward pass of the trunk a batch, every layer surveyed on the way.

`Evidence` is what has come in so far; `Shard` what one shard of the layout brings. Counts and rankings go into the
evidence at once, since they merge in any order; floating-point sums are kept by shard and added in the order of the
shards. So the result depends on the layout alone, not on who read which shard when.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float16, Float64, Int32
from torch import Tensor

from pellucid.core.errors import PellucidError, Unsupported
from pellucid.exemplars.kernels import N_BINS
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.sequences import Layout, Sequences
from pellucid.exemplars.survey import (
    Batch,
    LayerCounts,
    LayerSums,
    TokenRows,
    survey_on_cpu,
    survey_with_torch,
)
from pellucid.features import FeatureSource
from pellucid.subject import Subject

SPLITS = ("train", "valid", "test")
TRAIN = 0
MIN_SEEN = 5
"""Occurrences in train that give a token a row of conditional means."""
N_SAMPLED = 64
"""Sequences of each split whose activations are kept whole, for honest scoring later."""


@dataclass(frozen=True)
class Plan:
    """What is collected, fixed before the first pass by the sequences and the seed."""

    sequences: Sequences
    layout: Layout
    token_row: Int32[np.ndarray, " vocab"]
    """Row of the conditional means of each token id; -1 without."""
    token_count: Int32[np.ndarray, " row"]
    sampled: Int32[np.ndarray, "split slot"]
    """Sequence numbers; -1 where a split has fewer."""

    @property
    def n_token_rows(self) -> int:
        """Tokens with conditional means."""
        return len(self.token_count)


def make_plan(sequences: Sequences, layout: Layout, seed: int, *, token_means: bool) -> Plan:
    """The plan for these sequences."""
    random = np.random.default_rng([seed, 0x5A])
    sampled = np.full((len(SPLITS), N_SAMPLED), -1, np.int32)
    counting = sequences.length > sequences.fresh_from
    for split in range(len(SPLITS)):
        own = np.flatnonzero((sequences.split == split) & counting)
        chosen = random.permutation(own)[:N_SAMPLED]
        sampled[split, : len(chosen)] = chosen
    at = np.arange(sequences.ids.shape[1])
    counted = (at >= sequences.fresh_from[:, None]) & (at < sequences.length[:, None])
    counted &= (sequences.split == TRAIN)[:, None]
    seen = np.bincount(sequences.ids[counted], minlength=1)
    kept = np.flatnonzero(seen >= MIN_SEEN) if token_means else np.zeros(0, np.int64)
    token_row = np.full(len(seen), -1, np.int32)
    token_row[kept] = np.arange(len(kept))
    return Plan(sequences, layout, token_row, seen[kept].astype(np.int32), sampled)


@dataclass(frozen=True)
class Evidence:
    """Everything found so far."""

    counts: tuple[LayerCounts, ...]
    """By place, as the source counts its layers."""
    sums: tuple[LayerSums, ...]

    @classmethod
    def empty(cls, source: FeatureSource, plan: Plan) -> "Evidence":
        """Nothing seen yet."""
        n_units, n_signs = source.n_units, len(source.signs)
        seq_len = plan.sequences.ids.shape[1]
        counts = tuple(
            LayerCounts(
                np.zeros((n_units, 2 * N_BINS), np.uint32),
                np.zeros(n_units, np.float32),
                np.zeros(n_units, np.float32),
                tuple(Ranking.empty(n_units * n_signs, seq_len) for _ in SPLITS),
            )
            for _ in source.layers
        )
        return cls(counts, empty_sums(source, plan.n_token_rows))

    def merge_counts(self, other: Sequence[LayerCounts]) -> None:
        """Let other counts into these, in any order."""
        for mine, theirs in zip(self.counts, other, strict=True):
            np.add(mine.sketch, theirs.sketch, out=mine.sketch)
            np.maximum(mine.high, theirs.high, out=mine.high)
            np.minimum(mine.low, theirs.low, out=mine.low)
            for ranking, others in zip(mine.rankings, theirs.rankings, strict=True):
                ranking.merge(others)

    def settle(self) -> None:
        """Put every ranking in order, so that its arrays do not depend on the order of arrival."""
        for counts in self.counts:
            for ranking in counts.rankings:
                ranking.sort()

    def add_sums(self, shard: "ShardSums") -> None:
        """Add a shard's sums; shards come in order."""
        for mine, theirs in zip(self.sums, shard.layers, strict=True):
            mine.total[:] += theirs.total
            mine.squares[:] += theirs.squares
            mine.sink[:] += theirs.sink
            mine.by_token[shard.rows] += theirs.by_token


@dataclass(frozen=True)
class ShardSums:
    """The floating-point sums of one shard."""

    rows: Int32[np.ndarray, " some"]
    """Rows of conditional means that the shard has, ascending."""
    layers: tuple[LayerSums, ...]


def empty_sums(source: FeatureSource, n_rows: int) -> tuple[LayerSums, ...]:
    """Sums of nothing, with room for `n_rows` tokens."""
    n_units = source.n_units

    def zeros() -> Float64[np.ndarray, " unit"]:
        return np.zeros(n_units, np.float64)

    return tuple(
        LayerSums(zeros(), zeros(), zeros(), np.zeros((n_rows, n_units), np.float32))
        for _ in source.layers
    )


Samples = Mapping[tuple[int, int], Float16[np.ndarray, "place pos unit"]]
"""Whole activations of sampled sequences, by split and slot."""


class Collector:
    """Reads batches and keeps what they show."""

    def __init__(self, subject: Subject, source: FeatureSource, plan: Plan) -> None:
        self._subject, self._source, self._plan = subject, source, plan
        self._survey = survey_on_cpu if subject.model.device.type == "cpu" else survey_with_torch
        self._slot = {
            int(sequence): (split, slot)
            for split, row in enumerate(plan.sampled)
            for slot, sequence in enumerate(row)
            if sequence >= 0
        }

    def read_shard(
        self, shard: int, counts: Sequence[LayerCounts]
    ) -> Iterator[tuple[int, ShardSums | None, Samples]]:
        """Read one shard into `counts`, a batch at a time.

        Yields, after each batch, the positions it counted and the samples it brought; with the last one the sums.

        Raises:
            Unsupported: An activation is not a number.
        """
        batches = self._plan.layout.shard(shard)
        rows = self._rows_of(batches)
        sums = empty_sums(self._source, len(rows))
        for i, members in enumerate(batches):
            batch, tokens = self._batch(members, rows)
            samples = self._read(batch, tokens, counts, sums)
            last = i == len(batches) - 1
            counted = int(np.maximum(batch.stop - batch.start, 0).sum())
            yield counted, ShardSums(rows, sums) if last else None, samples

    def _rows_of(self, batches: Sequence[Int32[np.ndarray, " _"]]) -> Int32[np.ndarray, " some"]:
        found = [self._batch_rows(self._make(members)).row for members in batches]
        return np.unique(np.concatenate(found)).astype(np.int32)

    def _make(self, members: Int32[np.ndarray, " seq"]) -> Batch:
        sequences = self._plan.sequences
        length = sequences.length[members].astype(np.int32)
        return Batch(
            ids=sequences.ids[members, : int(length.max())].astype(np.int32),
            sequence=members.astype(np.int32),
            start=sequences.fresh_from[members].astype(np.int32),
            stop=length,
            group=sequences.group[members].astype(np.int32),
            split=sequences.split[members].astype(np.int32),
        )

    def _batch_rows(self, batch: Batch) -> TokenRows:
        width = batch.ids.shape[1]
        at = np.arange(width)
        counted = (at >= batch.start[:, None]) & (at < batch.stop[:, None])
        counted &= (batch.split == TRAIN)[:, None]
        place = np.flatnonzero(counted).astype(np.int32)
        row = self._plan.token_row[batch.ids.ravel()[place]]
        return TokenRows(place[row >= 0], row[row >= 0])

    def _batch(
        self, members: Int32[np.ndarray, " seq"], rows: Int32[np.ndarray, " some"]
    ) -> tuple[Batch, TokenRows]:
        batch = self._make(members)
        found = self._batch_rows(batch)
        return batch, TokenRows(found.place, np.searchsorted(rows, found.row).astype(np.int32))

    def _read(
        self,
        batch: Batch,
        tokens: TokenRows,
        counts: Sequence[LayerCounts],
        sums: Sequence[LayerSums],
    ) -> Samples:
        kept = [
            (row, self._slot[int(s)])
            for row, s in enumerate(batch.sequence)
            if int(s) in self._slot
        ]
        shape = (len(self._source.layers), self._plan.sequences.ids.shape[1], self._source.n_units)
        samples = {where: np.zeros(shape, np.float16) for _, where in kept}

        def see(place: int, act: Tensor, gate: Tensor | None) -> None:
            self._survey(batch, tokens, act, gate, counts[place], sums[place])
            if not (np.isfinite(sums[place].total).all() and np.isfinite(sums[place].sink).all()):
                raise _not_a_number(self._source.layers[place])
            for row, where in kept:
                stop = batch.stop[row]
                whole = act[row, :stop].float().clamp(-65504, 65504).half().cpu().numpy()
                samples[where][place, :stop] = whole

        with torch.inference_mode(), self._source.reading(see):
            self._subject.trunk(torch.from_numpy(batch.ids).long().to(self._subject.model.device))
        return samples


def _not_a_number(layer: int) -> PellucidError:
    return Unsupported(
        f"activations of layer {layer} are not finite",
        "the weights, or this data type, give NaN or infinity on this corpus",
        "try --dtype float32, or check the checkpoint",
    )

"""A build, from a plan to finished evidence: shard after shard, interruptible at any moment, told as it goes.

What is written is only ever whole: states appear by a rename, and samples are rewritten with the same values by
whoever reads their shard again.
"""

import io
import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol, runtime_checkable

import numpy as np

from pellucid.atlas.files import storing
from pellucid.core.errors import StoreMismatch
from pellucid.exemplars.collect import SPLITS, Collector, Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.state import load_state, save_state
from pellucid.features import FeatureSource
from pellucid.subject import Subject

CHECKPOINT_S = 300.0
"""Seconds between states, or fifty times what writing the last one took, if that is longer."""


@dataclass(frozen=True, slots=True)
class CollectProgress:
    """How far a build is."""

    done_tokens: int
    total_tokens: int
    tokens_per_s: float
    """Of this run, from its first token on."""
    left_s: float | None
    """None until something is known."""


Tell = Callable[[CollectProgress], None]


@runtime_checkable
class ShardReader(Protocol):
    """Where shards are read: in this process, or on a cluster."""

    def read(
        self,
        shards: range,
        evidence: Evidence,
        keep: Callable[[Samples], None],
        count: Callable[[int], None],
    ) -> Iterator[ShardSums]:
        """Read shards into `evidence.counts`; yields each one's sums, in order, once its counts are in."""
        ...


class LocalReader:
    """Reads in this process, one batch after the other."""

    def __init__(self, subject: Subject, source: FeatureSource, plan: Plan) -> None:
        self._collector = Collector(subject, source, plan)

    def read(
        self,
        shards: range,
        evidence: Evidence,
        keep: Callable[[Samples], None],
        count: Callable[[int], None],
    ) -> Iterator[ShardSums]:
        """See `ShardReader`."""
        for shard in shards:
            for counted, sums, samples in self._collector.read_shard(shard, evidence.counts):
                keep(samples)
                count(counted)
                if sums is not None:
                    yield sums


def collect(
    reader: ShardReader,
    source: FeatureSource,
    plan: Plan,
    directory: Path,
    *,
    tell: Tell = lambda _: None,
    checkpoint_s: float = CHECKPOINT_S,
) -> Evidence:
    """Everything the plan asks for, from where an earlier run of the same job stopped.

    Raises:
        StoreFailed: The disk is full, or the directory cannot be written.
        StoreMismatch: A state in it, or a file of samples, is damaged.
        Unsupported: An activation is not a number.
    """
    known = load_state(directory)
    evidence, done = known if known is not None else (Evidence.empty(source, plan), 0)
    n_shards = plan.layout.n_shards
    clock = _Clock(plan, done, tell)
    due, last_cost = time.monotonic() + checkpoint_s, 0.0
    with SampleStore(directory, source, plan, new=done == 0) as samples:
        for sums in reader.read(range(done, n_shards), evidence, samples.keep, clock.count):
            evidence.add_sums(sums)
            done += 1
            if done == n_shards:
                evidence.settle()
            if time.monotonic() >= due or done == n_shards:
                began = time.monotonic()
                save_state(directory, evidence, done)
                last_cost = time.monotonic() - began
                due = time.monotonic() + max(checkpoint_s, 50 * last_cost)
    return evidence


class SampleStore:
    """`samples.SPLIT.npy`: whole activations of the sampled sequences, float16, [place, slot, pos, unit].

    Written as plain files, not through a map: on a full disk a map ends the process without a word.
    """

    def __init__(self, directory: Path, source: FeatureSource, plan: Plan, *, new: bool) -> None:
        slots, seq_len = plan.sampled.shape[1], plan.sequences.ids.shape[1]
        self._directory = directory
        self._shape = (len(source.layers), slots, seq_len, source.n_units)
        self._files: list[IO[bytes]] = []
        with storing(directory):
            directory.mkdir(parents=True, exist_ok=True)
            paths = [directory / f"samples.{split}.npy" for split in SPLITS]
            for path in paths:
                if new or not path.is_file():
                    self._create(path, new=new)
                self._check(path)
            self._files.extend(path.open("r+b") for path in paths)

    def __enter__(self) -> "SampleStore":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            with suppress(OSError):  # nothing is left to write but what `keep` failed to
                file.close()

    def keep(self, samples: Samples) -> None:
        """Write what a batch brought.

        Raises:
            StoreFailed: The disk is full.
        """
        _, slots, seq_len, n_units = self._shape
        row_bytes = seq_len * n_units * 2
        with storing(self._directory):
            for (split, slot), whole in samples.items():
                file = self._files[split]
                for place, row in enumerate(np.ascontiguousarray(whole, np.float16)):
                    file.seek(self._offset + (place * slots + slot) * row_bytes)
                    file.write(row.data)
                file.flush()

    @cached_property
    def _header(self) -> bytes:
        header = io.BytesIO()
        about = {"descr": "<f2", "fortran_order": False, "shape": self._shape}
        np.lib.format.write_array_header_1_0(header, about)
        return header.getvalue()

    @property
    def _offset(self) -> int:
        return len(self._header)

    @property
    def _size(self) -> int:
        return self._offset + 2 * math.prod(self._shape)

    def _create(self, path: Path, *, new: bool) -> None:
        """A file of zeros, which takes no room before it is written."""
        if not new:
            raise self._damaged(path, "no such file")
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(self._header)
            file.truncate(self._size)
        part.replace(path)

    def _check(self, path: Path) -> None:
        with path.open("rb") as file:
            header = file.read(self._offset)
        size = path.stat().st_size
        if header != self._header or size != self._size:
            raise self._damaged(path, f"{size:,} bytes" if size != self._size else "another header")

    def _damaged(self, path: Path, found: str) -> StoreMismatch:
        return StoreMismatch(
            f"{path} is damaged",
            found=found,
            wanted=f"float16 {self._shape}, {self._size:,} bytes",
            instead=f"remove {self._directory}, and all is read again",
        )


class _Clock:
    """Counts tokens and tells how far it is, at most twice a second."""

    def __init__(self, plan: Plan, done_shards: int, tell: Tell) -> None:
        counted = np.maximum(plan.sequences.length - plan.sequences.fresh_from, 0)
        before = [
            int(counted[batch].sum()) for i in range(done_shards) for batch in plan.layout.shard(i)
        ]
        self._done = self._first = sum(before)
        self._total = int(counted.sum())
        self._began, self._told, self._tell = time.monotonic(), 0.0, tell

    def count(self, tokens: int) -> None:
        """That many more."""
        self._done += tokens
        now = time.monotonic()
        if now - self._told < 0.5 and self._done < self._total:
            return
        self._told = now
        rate = (self._done - self._first) / max(now - self._began, 1e-9)
        left = (self._total - self._done) / rate if rate > 0 else None
        self._tell(CollectProgress(self._done, self._total, rate, left))

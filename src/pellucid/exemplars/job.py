"""A build, from a plan to finished evidence: shard after shard, interruptible at any moment, told as it goes.

What is written is only ever whole: states appear by a rename, and samples are rewritten with the same values by
whoever reads their shard again.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float16

from pellucid.exemplars.collect import SPLITS, Collector, Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.state import load_state, save_state
from pellucid.features import FeatureSource
from pellucid.subject import Subject
from pellucid.subject.files import storing

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
        StoreFailed: The directory cannot be written.
        StoreMismatch: A state in it is damaged.
        Unsupported: An activation is not a number.
    """
    known = load_state(directory)
    evidence, done = known if known is not None else (Evidence.empty(source, plan), 0)
    n_shards = plan.layout.n_shards
    samples = SampleStore(directory, source, plan)
    clock = _Clock(plan, done, tell)
    due, last_cost = time.monotonic() + checkpoint_s, 0.0
    for sums in reader.read(range(done, n_shards), evidence, samples.keep, clock.count):
        evidence.add_sums(sums)
        done += 1
        if time.monotonic() >= due or done == n_shards:
            if done == n_shards:
                samples.flush()
            began = time.monotonic()
            save_state(directory, evidence, done)
            last_cost = time.monotonic() - began
            due = time.monotonic() + max(checkpoint_s, 50 * last_cost)
    return evidence


class SampleStore:
    """`samples.SPLIT.npy`: whole activations of the sampled sequences, float16, [place, slot, pos, unit]."""

    def __init__(self, directory: Path, source: FeatureSource, plan: Plan) -> None:
        self._maps: list[np.memmap] = []
        shape = (
            len(source.layers),
            plan.sampled.shape[1],
            plan.sequences.ids.shape[1],
            source.n_units,
        )
        with storing(directory):
            directory.mkdir(parents=True, exist_ok=True)
            for split in SPLITS:
                path = directory / f"samples.{split}.npy"
                whole = path.is_file() and np.load(path, mmap_mode="r").shape == shape
                self._maps.append(
                    np.lib.format.open_memmap(
                        path,
                        mode="r+" if whole else "w+",
                        dtype=np.float16,
                        shape=None if whole else shape,
                    )
                )

    def keep(self, samples: Samples) -> None:
        """Write what a batch brought."""
        for (split, slot), whole in samples.items():
            self._maps[split][:, slot] = whole

    def flush(self) -> None:
        """Hand everything to the system."""
        for mapped in self._maps:
            mapped.flush()


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

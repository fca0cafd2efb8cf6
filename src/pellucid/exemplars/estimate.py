"""What a build will take, before it starts: sizes by arithmetic, time from two batches read for real."""

import time
from dataclasses import dataclass

from pellucid.exemplars.collect import SPLITS, Collector, Evidence, Plan
from pellucid.exemplars.kernels import N_BINS
from pellucid.exemplars.ranking import KEPT
from pellucid.features import FeatureSource
from pellucid.subject import Subject

ATLAS_BYTES = 310
"""Of a finished atlas, for each feature; see docs/atlas-format.md."""
_ENTRY_BYTES = 4 + 4 + 2 + 4 + 1
"""A ranking's entry without its pattern."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a build will take."""

    n_tokens: int
    n_features: int
    tokens_per_s: float
    """Of the second batch; rankings settle, so the rest goes a little faster."""
    seconds: float
    memory_bytes: int
    """Beside the subject's own weights and activations."""
    build_disk_bytes: int
    """In the build directory: two states while one replaces the other, samples and conditional means."""
    atlas_disk_bytes: int


def estimate(subject: Subject, source: FeatureSource, plan: Plan) -> Estimate:
    """The estimate for a plan."""
    n_tokens = plan.sequences.n_tokens
    rate = _rate(subject, source, plan)
    n_units = len(source.layers) * source.n_units
    n_features = n_units * len(source.signs)
    seq_len = plan.sequences.ids.shape[1]
    rankings = len(SPLITS) * n_features * KEPT * (_ENTRY_BYTES + 2 * seq_len)
    sketches = n_units * 2 * N_BINS * 4
    sums = n_units * plan.n_token_rows * 4
    samples = n_units * plan.sampled.size * seq_len * 2
    state = rankings + sketches + sums
    shard_rows = min(plan.n_token_rows, _largest_shard(plan))
    return Estimate(
        n_tokens=n_tokens,
        n_features=n_features,
        tokens_per_s=rate,
        seconds=n_tokens / rate,
        memory_bytes=state + n_units * shard_rows * 4,
        build_disk_bytes=2 * state + samples + sums // 2,
        atlas_disk_bytes=n_features * ATLAS_BYTES,
    )


def _rate(subject: Subject, source: FeatureSource, plan: Plan) -> float:
    """Counted tokens a second, collectors on: the first batch warms up, the second is timed."""
    reading = Collector(subject, source, plan).read_shard(0, Evidence.empty(source, plan).counts)
    counted = next(reading)[0]
    began = time.perf_counter()
    second = next(reading, None)
    if second is None:  # a corpus of one batch: read it again
        again = Collector(subject, source, plan).read_shard(0, Evidence.empty(source, plan).counts)
        next(again)
        return counted / (time.perf_counter() - began)
    return second[0] / (time.perf_counter() - began)


def _largest_shard(plan: Plan) -> int:
    """Positions of the largest shard: no more rows than these can have sums of its own."""
    return max(
        sum(int(plan.sequences.length[batch].sum()) for batch in plan.layout.shard(i))
        for i in range(plan.layout.n_shards)
    )

"""What collecting evidence costs, against plain forward passes and against the published way.

    throughput  every collector on, against the trunk alone and against the whole model with its output embedding
    published   against one pass a layer, stopped there, with concatenate, topk and gather of whole sequences
    growth      peak memory against the number of features, and time against the number of tokens

Usage: python -m benchmarks.collection [throughput|published|growth ...] [--corpus corpus/...] [--model bundled]
       [--after BUILD]

With --after, throughput is what it is when the rankings are already those of this finished build.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch

from benchmarks.timing import seconds
from pellucid import Subject
from pellucid.exemplars.build import open_evidence
from pellucid.exemplars.collect import Collector, Evidence, Plan, make_plan
from pellucid.exemplars.corpus import prepare
from pellucid.exemplars.sequences import Layout, lay_out
from pellucid.features import MlpNeurons

KEPT = 20


class Stop(Exception):
    """Ends a forward pass at a layer."""


class Layers(MlpNeurons):
    """The neurons of the first few layers only."""

    def __init__(self, subject: Subject, n: int) -> None:
        super().__init__(subject)
        self._n = n

    @property
    def layers(self) -> range:
        """The first few."""
        return range(self._n)

    def reading(self, see):
        """Readings of the other layers are dropped."""
        return super().reading(
            lambda place, act, gate: see(place, act, gate) if place < self._n else None
        )


def plan_of(
    subject: Subject, corpus: str, n_tokens: int, work: Path, shard_batches: int = 8
) -> Plan:
    """A plan over the first tokens of a corpus."""
    prepared = prepare([corpus], subject.codec, n_tokens, 128, 0, work)
    layout = lay_out(prepared.sequences.length, shard_batches=shard_batches, seed=0)
    return make_plan(prepared.sequences, layout, 0, token_means=True)


def batches_of(plan: Plan, n: int) -> list[torch.Tensor]:
    """The ids of the first batches."""
    found = []
    for members in plan.layout.batches[:n]:
        width = int(plan.sequences.length[members].max())
        found.append(torch.from_numpy(plan.sequences.ids[members, :width].astype(np.int64)))
    return found


def throughput(subject: Subject, corpus: str, work: Path, rounds: int, after: Path | None) -> None:
    """Batch by batch in turn: the trunk, everything collected, the whole model."""
    plan = plan_of(subject, corpus, 4096 * (rounds + 9), work, shard_batches=rounds + 8)
    source = MlpNeurons(subject)
    evidence = Evidence.empty(source, plan)
    if after is not None:
        evidence.merge_counts(open_evidence(after).counts)
    reading = Collector(subject, source, plan).read_shard(0, evidence.counts)
    times: dict[str, list[float]] = {"trunk": [], "collected": [], "model": []}
    for i, ids in enumerate(batches_of(plan, rounds + 8)):
        with torch.inference_mode():
            trunk = seconds(lambda ids=ids: subject.trunk(ids))
            whole = seconds(lambda ids=ids: subject.model(ids, use_cache=False))
        collected = seconds(lambda: next(reading))
        if i >= 8:  # rankings fill up first
            for name, took in zip(times, (trunk, collected, whole), strict=True):
                times[name].append(took)
    trunk, collected, whole = (np.array(times[name]) for name in ("trunk", "collected", "model"))
    tokens = 4096 / np.median(trunk)
    print(f"trunk alone                     {tokens:7.0f} positions/s")
    for name, base in (("the trunk", trunk), ("the whole model", whole)):
        ratio = base / collected
        print(
            f"collecting, against {name:<15} x {np.median(ratio):.3f} of its throughput "
            f"({ratio.min():.3f} to {ratio.max():.3f}), all batches {base.sum() / collected.sum():.3f}"
        )


@torch.inference_mode()
def published_layer(subject: Subject, layer: int, batches: list[torch.Tensor], kept: dict) -> None:
    """One layer, as the published pipeline does it: stop there; whole sequences of both extremes."""
    for ids in batches:
        found = []

        def stop(_module, args, found=found):
            found.append(args[0])
            raise Stop

        handle = subject.downs[layer].register_forward_pre_hook(stop)
        try:
            subject.trunk(ids)
        except Stop:
            pass
        finally:
            handle.remove()
        acts = found[0]
        for name, values in (("high", acts.amax(1)), ("low", -acts.amin(1))):
            if name not in kept:
                kept[name] = (values, acts, ids)
                continue
            old_values, old_acts, old_ids = kept[name]
            values, stacked = torch.cat([old_values, values]), torch.cat([old_acts, acts])
            k = min(KEPT, len(values))
            best = values.topk(k, dim=0)
            whole = stacked.gather(0, best.indices[:, None, :].expand(-1, stacked.shape[1], -1))
            kept[name] = (best.values, whole, torch.cat([old_ids, ids])[: len(old_ids)])


def published(subject: Subject, corpus: str, work: Path, n_batches: int = 2) -> None:
    """All layers the published way, against all layers in one pass."""
    plan = plan_of(subject, corpus, 4096 * (n_batches + 9), work, shard_batches=n_batches + 8)
    source = MlpNeurons(subject)
    reading = Collector(subject, source, plan).read_shard(0, Evidence.empty(source, plan).counts)
    for _ in range(8):
        next(reading)
    ids = [x for x in batches_of(plan, n_batches + 8)[8:] if x.shape[1] == 128][:n_batches]
    ours = sum(seconds(lambda: next(reading)) for _ in range(len(ids)))
    theirs = 0.0
    for layer in range(subject.n_layers):
        kept: dict = {}
        warm = ids[0][: KEPT + 1]
        published_layer(subject, layer, [warm], kept)
        theirs += seconds(lambda layer=layer, kept=kept: published_layer(subject, layer, ids, kept))
    print(
        f"all {subject.n_layers} layers, {len(ids)} batches: {ours:.1f} s in one pass, {theirs:.1f} s "
        f"a pass a layer (x {theirs / ours:.1f})"
    )


def growth(corpus: str, model: str, work: Path) -> None:
    """A process for each size, since peak memory is a process's."""
    for n_layers, n_tokens in ((1, 40_000), (10, 40_000), (20, 40_000), (30, 40_000), (30, 80_000)):
        out = subprocess.run(
            [sys.executable, "-m", "benchmarks.collection", "one", "--corpus", corpus, "--model", model,
             "--work", str(work), "--layers", str(n_layers), "--tokens", str(n_tokens)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        print(out.stdout.strip(), flush=True)


def peak_bytes() -> int:
    """The most memory this process ever had. Not `getrusage`, which starts from the parent's."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x)
    return int(line.split()[1]) * 1024


def one(subject: Subject, corpus: str, work: Path, n_layers: int, n_tokens: int) -> None:
    """One size: seconds and peak memory."""
    plan = plan_of(subject, corpus, n_tokens, work)
    source = Layers(subject, n_layers)
    before = peak_bytes()
    evidence = Evidence.empty(source, plan)
    collector = Collector(subject, source, plan)
    layout: Layout = plan.layout
    began = time.perf_counter()
    for shard in range(layout.n_shards):
        for _, sums, _ in collector.read_shard(shard, evidence.counts):
            if sums is not None:
                evidence.add_sums(sums)
    took = time.perf_counter() - began
    peak = peak_bytes()
    features = 2 * n_layers * source.n_units
    print(
        f"{features:>7,} features, {plan.sequences.n_tokens:>7,} tokens: {took:6.1f} s, "
        f"{peak / 1e9:5.2f} GB at most, {before / 1e9:.2f} GB of it before"
    )


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=["throughput", "published", "growth"])
    parser.add_argument("--corpus", default="corpus/pellucid.jsonl.xz")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--work", type=Path, default=Path("build/bench-collection"))
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--layers", type=int, default=30)
    parser.add_argument("--tokens", type=int, default=40_000)
    args = parser.parse_args()
    subject = Subject.load(args.model) if set(args.what) - {"growth"} else None
    for what in args.what:
        if what == "growth":
            growth(args.corpus, args.model, args.work)
            continue
        assert subject is not None
        if what == "throughput":
            throughput(subject, args.corpus, args.work, args.rounds, args.after)
        elif what == "published":
            published(subject, args.corpus, args.work)
        else:
            one(subject, args.corpus, args.work, args.layers, args.tokens)


if __name__ == "__main__":
    main()

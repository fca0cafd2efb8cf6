"""What an atlas takes on disk: every column; and patterns by how many are kept, in how many bits, in which code.

Usage: python -m benchmarks.atlas_size [--tokens 1900000] [--layers 30]
       python -m benchmarks.atlas_size --atlas DIR [--read 200] [--model bundled] [--plot FILE.svg]

Without --atlas, made-up evidence as large as the bundled model's. With it, a real atlas, of whose sequences the
subject reads some again, for the patterns that are not stored. --plot draws the second table; it needs matplotlib,
which nothing else here does.
"""

import argparse
import importlib
import resource
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.synthetic_evidence import making, synthetic
from benchmarks.timing import seconds
from pellucid.atlas import Atlas, patterns, write_evidence
from pellucid.atlas.columns import FEATURES, schema_of
from pellucid.atlas.writer import write_table

KEPT = (5, 8, 10, 20)
LIMIT, TARGET = 430, 40e6
"""Bytes a feature and bytes in all, at most."""


class Sample(NamedTuple):
    """Real or made-up patterns, of every rank."""

    patterns: np.ndarray
    """[pattern, pos]"""
    peak: np.ndarray
    length: np.ndarray


def column_sizes(folder: Path) -> Iterator[tuple[str, int]]:
    """Bytes of every column of every Parquet file, and of what else there is."""
    for file in sorted(folder.iterdir()):
        rest = file.stat().st_size
        if file.suffix == ".parquet":
            metadata = pq.ParquetFile(file).metadata
            groups = [metadata.row_group(g) for g in range(metadata.num_row_groups)]
            for i in range(metadata.num_columns):
                chunks = [group.column(i) for group in groups]
                size = sum(chunk.total_compressed_size for chunk in chunks)
                rest -= size
                yield f"{file.stem}.{chunks[0].path_in_schema.split('.')[0]}", size
        yield f"{file.stem}, all else", rest


def print_columns(atlas: Atlas) -> int:
    """The first table; returns the bytes of everything but the patterns."""
    n, total, fixed = atlas.manifest.n_features, 0, 0
    print(f"\n{'column':<34} {'MB':>7} {'bytes a feature':>16}")
    for name, size in column_sizes(atlas.path / "evidence"):
        print(f"{name:<34} {size / 1e6:7.2f} {size / n:16.1f}")
        total += size
        fixed += 0 if name == "features.pattern" else size
    kept = atlas.manifest.encoding.n_patterns
    print(f"{f'in all, {kept} patterns':<34} {total / 1e6:7.2f} {total / n:16.1f}")
    return fixed


def runs(bits: int) -> Callable[[Sample], list[bytes]]:
    """The code that atlases have, with `2**bits - 1` levels."""

    def code(sample: Sample) -> list[bytes]:
        levels, _ = patterns.quantise(*sample, 2**bits - 1)
        data, start = patterns.pack(levels)
        return [data[a:b].tobytes() for a, b in pairwise(start)]

    return code


def plain(bits: int) -> Callable[[Sample], list[bytes]]:
    """Every position's level one after the other, two in a byte where they fit."""

    def code(sample: Sample) -> list[bytes]:
        levels, _ = patterns.quantise(*sample, 2**bits - 1)
        rows = [row[:n] for row, n in zip(levels, sample.length, strict=True)]
        if bits == 8:
            return [row.tobytes() for row in rows]
        padded = [np.pad(row, (0, len(row) % 2)) for row in rows]
        return [(row[::2] << 4 | row[1::2]).tobytes() for row in padded]

    return code


def bytes_a_pattern(codes: list[bytes]) -> float:
    """Bytes that one takes in a file, compressed."""
    columns = {"pattern": FEATURES["pattern"]}
    table = pa.table({"pattern": pa.array([[c] for c in codes], FEATURES["pattern"].type)})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "patterns.parquet"
        write_table(path, columns, [table.cast(schema_of(columns))])
        return path.stat().st_size / len(codes)


def print_patterns(sample: Sample, fixed: int, n_features: int) -> dict[str, list[float]]:
    """The second table; returns bytes a feature by code, for each number of patterns kept."""
    found: dict[str, list[float]] = {}
    rows = {f"runs, {bits} bits": (runs(bits), bits) for bits in (2, 3, 4)}
    rows |= {f"plain, {bits} bits": (plain(bits), bits) for bits in (4, 8)}
    print(
        f"\nbytes a feature (MB in all) by patterns kept; {LIMIT} and {TARGET / 1e6:.0f} MB at most"
    )
    print(f"{'code':<14} {'error':>7} {'each':>6}" + "".join(f"{k:>16}" for k in KEPT))
    for name, (code, bits) in rows.items():
        each = bytes_a_pattern(code(sample))
        sizes = found[name] = [fixed / n_features + k * each for k in KEPT]
        cells = [f"{size:6.0f} ({size * n_features / 1e6:5.1f})" for size in sizes]
        error = f"{0.5 / (2**bits - 1):.2%}"
        print(f"{name:<14} {error:>7} {each:6.1f}" + "".join(f"{cell:>16}" for cell in cells))
    return found


def plot(sizes: dict[str, list[float]], path: Path) -> None:
    """Draw the second table: a line a code, and what was asked."""
    matplotlib: Any = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "pellucid", "font.size": 10}
    plt: Any = importlib.import_module("matplotlib.pyplot")
    figure, axes = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    for (name, row), mark in zip(sizes.items(), "o^sx*", strict=False):
        axes.plot(KEPT, row, marker=mark, label=name)
    axes.axhline(LIMIT, color="0.4", linestyle="--", linewidth=1, label=f"asked: {LIMIT}")
    axes.set(xlabel="patterns kept", ylabel="bytes a feature", xticks=KEPT, ylim=(0, None))
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def print_sparsity(sample: Sample) -> None:
    """How many positions carry which level, of 15."""
    levels, ratio = patterns.quantise(*sample)
    counted = (np.arange(levels.shape[1]) < sample.length[:, None]).sum()
    counts = np.bincount(levels.ravel(), minlength=16)[1:]
    print(
        f"\nof {counted:,} positions, {counts.sum() / counted:.1%} are stored; by level, 1 to 15:"
    )
    print("  " + " ".join(f"{share:.2%}" for share in counts / counted))
    print(f"  {(ratio > 1).mean():.1%} of patterns hold an activation beyond their peak")


def read_again(atlas: Atlas, n_sequences: int, model: str) -> Sample:
    """The patterns of every exemplar that is in one of so many sequences."""
    from pellucid import Subject
    from pellucid.core.records import Conversation
    from pellucid.subject import capture

    subject = Subject.load(model)
    atlas.require_subject(subject.hash)
    table, stored = atlas.evidence.features, atlas.evidence.sequences
    sequence, start = table.lists("exemplar_sequence")
    peak = table.lists("exemplar_peak")[0]
    feature = np.repeat(np.arange(len(table)), np.diff(start))
    unit = feature // atlas.source.n_signs
    order = np.argsort(sequence, kind="stable")
    bounds = np.searchsorted(sequence[order], np.arange(len(stored) + 1))
    chosen = np.random.default_rng(0).choice(len(stored), min(n_sequences, len(stored)), False)
    rows, peaks, lengths = [], [], []
    for number in np.sort(chosen):
        ids = stored.get(int(number)).ids
        prompt = subject.read_prompt(Conversation(ids=tuple(ids.tolist())))
        acts = np.stack([layer.float().numpy() for layer in capture(subject, prompt)])
        here = order[bounds[number] : bounds[number + 1]]
        place, index = np.divmod(unit[here], atlas.source.n_units)
        found = np.zeros((len(here), atlas.manifest.seq_len), np.float16)
        found[:, : len(ids)] = acts[place, :, index]
        rows.append(found)
        peaks.append(peak[here])
        lengths.append(np.full(len(here), len(ids)))
    return Sample(np.concatenate(rows), np.concatenate(peaks), np.concatenate(lengths))


def print_times(atlas: Atlas) -> None:
    """Opening, and a card with its first five patterns, from nothing read."""
    feature = atlas.source.feature(atlas.source.n_features // 2)
    opened = seconds(lambda: Atlas.open(atlas.path))
    cold = seconds(lambda: Atlas.open(atlas.path).card(feature, 5))
    tails = seconds(lambda: Atlas.open(atlas.path).tail_quantiles(atlas.source.layers[0]))
    print(
        f"\nopened in {opened * 1000:.0f} ms; opened and the first card, 5 exemplars, in "
        f"{cold * 1000:.0f} ms; opened and all quantiles in {tails * 1000:.0f} ms"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokens", type=int, default=1_900_000)
    parser.add_argument("--layers", type=int, default=30)
    parser.add_argument("--atlas", type=Path)
    parser.add_argument("--read", type=int, default=200)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        if args.atlas is None:
            evidence = synthetic(n_layers=args.layers, n_tokens=args.tokens, n_patterns=5)
            path = Path(folder) / "atlas"
            took = seconds(lambda: write_evidence(path, evidence, making(evidence)))
            print(f"written in {took:.1f} s")
            first = evidence.exemplar_sequence[::40, :5]
            sample = Sample(
                evidence.patterns[::40].reshape(-1, evidence.patterns.shape[-1]),
                evidence.exemplar_peak[::40, :5].ravel(),
                evidence.sequences.length[first].ravel(),
            )
            del evidence
        else:
            path = args.atlas
            sample = read_again(Atlas.open(path), args.read, args.model)
        atlas = Atlas.open(path)
        fixed = print_columns(atlas)
        print_sparsity(sample)
        sizes = print_patterns(sample, fixed, atlas.manifest.n_features)
        if args.plot is not None:
            plot(sizes, args.plot)
        print_times(atlas)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of this process: {peak:.2f} GB")


if __name__ == "__main__":
    main()

"""How good an atlas's descriptions are: scores on untouched text beside what any description must beat, by layer.

Usage: python -m benchmarks.descriptions [--atlas DIR]

Prints the tables of docs/descriptions.md.
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from pellucid.atlas import Atlas
from pellucid.atlas.ready import bundled_atlas

COLUMNS = (
    "score",
    "score_random",
    "auroc",
    "average_precision",
    "unigram",
    "best_token",
    "shuffled",
)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--atlas", type=Path, default=bundled_atlas())
    args = parser.parse_args()
    atlas = Atlas.open(args.atlas)
    table = pq.read_table(args.atlas / "descriptions" / "descriptions.parquet")
    column = {name: np.array(table[name]) for name in (*COLUMNS, "score_valid", "score_low")}
    status = np.array(table["status"].to_pylist())
    kind = np.array(table["kind"].to_pylist())
    told = status == "described"
    n_layers = len(atlas.source.layers)
    layer = np.repeat(np.arange(n_layers), len(status) // n_layers)
    print("status:", ", ".join(f"{s} {int((status == s).sum()):,}" for s in np.unique(status)))
    print(f"\n| layer | {' | '.join(COLUMNS)} | beats the table | bare lists |")
    print("|---" * (len(COLUMNS) + 3) + "|")
    for place in [*range(n_layers), None]:
        own = told & (True if place is None else layer == place)
        means = " | ".join(f"{np.nanmean(column[name][own]):.3f}" for name in COLUMNS)
        beats = (column["score"][own] > column["unigram"][own]).mean()
        bare = (kind[own] == "words").mean()
        name = "all" if place is None else atlas.source.layers[place]
        print(f"| {name} | {means} | {beats:.1%} | {bare:.1%} |")
    score = column["score"][told]
    shares = [10, 25, 50, 75, 90, 95, 99]
    print("\nscore, percentiles:", ", ".join(f"{q}: {np.percentile(score, q):.2f}" for q in shares))
    print(f"interval above 0: {(column['score_low'][told] > 0).mean():.1%}")
    print(
        f"valid (chosen on) {np.nanmean(column['score_valid'][told]):.3f}, test {score.mean():.3f}"
    )
    print(f"|r|, as published scores are: {np.abs(score).mean():.3f}")
    print("\n| kind | share | score | beats the table |\n|---|---|---|---|")
    for name in np.unique(kind[told]):
        own = told & (kind == name)
        beats = (column["score"][own] > column["unigram"][own]).mean()
        print(
            f"| {name} | {own.sum() / told.sum():.1%} | {column['score'][own].mean():.3f} | {beats:.1%} |"
        )


if __name__ == "__main__":
    main()

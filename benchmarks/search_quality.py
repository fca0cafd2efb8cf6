"""Is what search finds really about the concept? Judged from exemplars, not from descriptions.

    pool    what readers read: for every query of queries.json the first ten features of each way of ranking that have
            no judgment yet, mixed, with their first five exemplars and without their descriptions
    score   nDCG@10 and the share of the first ten that fire on the concept, from judgments.json

Usage: python -m benchmarks.search_quality pool|score [--out build/search-quality]

judgments.json: query -> feature -> how many of the first five exemplars peak on the concept.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np

from pellucid.atlas import Atlas
from pellucid.atlas.ready import bundled_atlas
from pellucid.atlas.search import WEIGHTS, Searcher, Weights
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings
from pellucid.workspace.searching import open_searcher
from scripts.interest.sample import shown

HERE = Path(__file__).parent
WAYS = {
    "fused": None,
    "without peaks": WEIGHTS._replace(peaks=0.0),
    "peaks alone": Weights(vector=0.0, keywords=0.0, score=0.0, peaks=1.0),
    "vectors alone": Weights(vector=1.0, keywords=0.0, score=0.0, peaks=0.0),
    "BM25 alone": Weights(vector=0.0, keywords=1.0, score=0.0, peaks=0.0),
}
FIRES = 3
"""Of the first five exemplars, those that must peak on the concept."""


def found(searcher: Searcher, query: str) -> dict[str, list[str]]:
    """The first ten of every way."""
    out = {}
    for name, weights in WAYS.items():
        one = searcher if weights is None else Searcher(searcher.atlas, searcher.embedder, weights)
        out[name] = [hit.id for hit in one.search(query, k=10).hits]
    return out


def pool(
    searcher: Searcher, queries: list[str], judged: dict[str, dict[str, int]], out: Path
) -> None:
    """A file for readers for every query with something to judge."""
    out.mkdir(parents=True, exist_ok=True)
    for number, query in enumerate(queries):
        every = {id_ for ids in found(searcher, query).values() for id_ in ids}
        ids = sorted(every - judged.get(query, {}).keys())
        if not ids:
            continue
        random.Random(number).shuffle(ids)
        parts = [f"# {query}"]
        for id_ in ids:
            exemplars = searcher.atlas.exemplars(FeatureId.parse(id_), top=5)
            parts.append("\n".join([f"## {id_}", *(f"- {shown(one)}" for one in exemplars)]))
        (out / f"query.{number:02}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def score(searcher: Searcher, queries: list[str], judged: dict[str, dict[str, int]]) -> None:
    """The table."""
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in WAYS}
    for query in queries:
        known = judged[query]
        ideal = dcg(sorted(known.values(), reverse=True)[:10])
        for name, ids in found(searcher, query).items():
            missing = [id_ for id_ in ids if id_ not in known]
            if missing:
                raise SystemExit(
                    f"{query!r} has no judgment of {', '.join(missing)}: run pool, and judge"
                )
            gains = [known[id_] for id_ in ids]
            ndcg = dcg(gains) / ideal if ideal else float("nan")
            rows[name].append((ndcg, sum(gain >= FIRES for gain in gains) / 10))
    print("| | nDCG@10 | of the first ten, fire on the concept |\n|---|---|---|")
    for name, values in rows.items():
        ndcg, share = np.nanmean(np.array(values), axis=0)
        print(f"| {name} | {ndcg:.3f} | {10 * share:.1f} |")
    firsts = [round(10 * share) for _, share in rows["fused"]]
    for query, n in sorted(zip(queries, firsts, strict=True), key=lambda pair: -pair[1]):
        print(f"{n:>3} {query}")


def dcg(gains: list[int]) -> float:
    """Discounted cumulative gain. Source: Järvelin and Kekäläinen 2002."""
    return sum(gain / np.log2(rank + 2) for rank, gain in enumerate(gains))


def main() -> None:
    """Pool or score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["pool", "score"])
    parser.add_argument("--atlas", type=Path, default=bundled_atlas())
    parser.add_argument("--out", type=Path, default=Path("build/search-quality"))
    args = parser.parse_args()
    queries = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))["queries"]
    searcher = open_searcher(Atlas.open(args.atlas), Settings())
    judged = json.loads((HERE / "judgments.json").read_text(encoding="utf-8"))
    if args.what == "pool":
        pool(searcher, queries, judged, args.out)
    else:
        score(searcher, [query for query in queries if query in judged], judged)


if __name__ == "__main__":
    main()

"""How long search takes, and what int8 costs: over the bundled atlas's number of features, and over a larger one's.

Without `--atlas`, rows are made up: vectors around those of some phrases, a text for every feature. Queries are real
ones, embedded by MiniLM; no row was made from one. Medians over rounds, on all CPUs; the machine should be idle.
"""

import argparse
import os
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pyarrow as pa
from platformdirs import user_cache_path

from benchmarks.timing import seconds
from pellucid.atlas import Atlas, SourceInfo
from pellucid.atlas.index import Parts, Senses, Texts, Words
from pellucid.atlas.indexing import quantised
from pellucid.atlas.keywords import Keywords
from pellucid.atlas.search import Searcher
from pellucid.embedding.minilm import MiniLM

BUNDLED, LARGE = 92_160, 917_504
K = 50
N_WORDS = 40_000
"""Distinct words at which exemplars peak; 25,000 in the bundled atlas."""
NOISE = 1.0
"""Length of what is added at random to a phrase's vector."""
THINGS = (
    "months", "cities", "numbers", "negations", "colours", "animals", "verbs",
    "laws", "songs", "metals", "rivers", "gods", "tools", "meals",
)  # fmt: skip
PLACES = (
    "news", "code", "fiction", "French", "questions", "headlines",
    "recipes", "letters", "lists", "poems", "manuals", "tables",
)  # fmt: skip
QUERIES = (
    "months of the year",
    "European cities",
    "legal language",
    "chemical elements",
    "anger and insults",
    "import statements in Python",
    "numbers after a currency sign",
    "religious holidays",
    "negation",
    "names of musicians",
    "medical symptoms",
    "the end of a sentence",
)


class MadeUp:
    """An index in memory: every feature has a text, and every text a vector, of its own. The worst case."""

    def __init__(self, n: int, embedder: MiniLM) -> None:
        rng = np.random.default_rng(0)
        phrases = [f"{a} in {b}" for a in THINGS for b in PLACES]
        base = embedder.embed(phrases)
        of = rng.integers(0, len(phrases), n)
        self.said = [f"{phrases[i]} {rng.integers(n)} {rng.integers(500)}" for i in of]
        noise = NOISE / np.sqrt(base.shape[1])
        exact = base[of] + rng.standard_normal((n, base.shape[1]), np.float32) * np.float32(noise)
        exact /= np.linalg.norm(exact, axis=1, keepdims=True)
        self.exact = exact
        self._row = np.arange(n, dtype=np.int32)
        self.parts = Parts(*quantised(exact))
        start = np.arange(n + 1, dtype=np.int32)
        own = Texts(self._row, start, self._row, np.ones(n, np.float32))
        n_words = min(n, N_WORDS)
        self.senses = Senses(start[: n_words + 1], self._row[:n_words], own.weight[:n_words])
        five = rng.integers(0, n_words, 5 * n).astype(np.int32)
        peaks = Texts(self._row, 5 * start, five, np.full(5 * n, 0.2, np.float32))
        self._texts = {"fires": own, "promotes": own, "peaks": peaks}
        self._words = Words(Keywords.of(self.said), self._row)

    def texts(self, side: str) -> Texts:
        """One side; peaks are five parts each."""
        return self._texts[side]

    def words(self, _: str) -> Words:
        """Either side."""
        return self._words


def made_up(n: int, embedder: MiniLM) -> tuple[Searcher, MadeUp]:
    """A searcher over `n` made-up features."""
    index = MadeUp(n, embedder)
    source = SourceInfo("mlp", "mlp", tuple(range(32)), n // 64, ("pos", "neg"))
    searcher = object.__new__(Searcher)
    text = pa.array(index.said)
    parts: dict[str, Any] = {
        "atlas": SimpleNamespace(source=source),
        "embedder": embedder,
        "_folder": index,
        "_columns": dict.fromkeys(("description", "summary", "output"), text),
        "_score": np.random.default_rng(1).random(n, np.float32),
        "_uninteresting": np.random.default_rng(2).random(n) < 0.5,
    }
    searcher.__dict__.update(parts)
    return searcher, index


def measure(name: str, searcher: Searcher, rounds: int) -> None:
    """Medians of every part of a search."""
    side, embedder = searcher._fires, cast("MiniLM", searcher.embedder)
    vectors = embedder.embed(QUERIES)
    of = {query: vectors[i : i + 1] for i, query in enumerate(QUERIES)}
    known = SimpleNamespace(name="known", n_dims=vectors.shape[1], embed=lambda texts: of[texts[0]])
    took: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        query = QUERIES[turn % len(QUERIES)]
        parts = {
            "vectors": lambda q=query: searcher._cosines(side, of[q][0]),
            "keywords": lambda q=query: side.words.keywords.scores(q),
            "embedding": lambda q=query: embedder.embed([q]),
            "end to end": lambda q=query: searcher.search(q, interesting=True),
        }
        for part, function in parts.items():
            took.setdefault(part, []).append(seconds(function))
        searcher.__dict__["embedder"] = known
        took.setdefault("search without embedding", []).append(
            seconds(lambda q=query: searcher.search(q, interesting=True))
        )
        searcher.__dict__["embedder"] = embedder
    n, n_rows = len(side.texts.row), len(searcher._folder.parts.scale)
    print(f"{name}: {n:,} features, {n_rows:,} vectors, {os.cpu_count()} CPUs, {rounds} rounds")
    for part, values in took.items():
        low, mid, high = np.percentile(1e3 * np.array(values[1:]), [10, 50, 90])
        print(f"  {part:26} p50 {mid:7.1f} ms   p10 {low:7.1f}   p90 {high:7.1f}")


def recall(searcher: Searcher, exact: np.ndarray) -> float:
    """Share of the 50 nearest by float32 that are among the 50 nearest by int8, mean over queries."""
    kept: list[float] = []
    for query in searcher.embedder.embed(QUERIES):
        near = np.argpartition(-searcher._cosines(searcher._fires, query).told, K)[:K]
        true = np.argpartition(-(exact @ query), K)[:K]
        kept.append(len(set(near.tolist()) & set(true.tolist())) / K)
    return float(np.mean(kept))


def main() -> None:
    """Prints the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--atlas", help="an indexed atlas; its own texts, not made-up ones")
    parser.add_argument("--features", type=int, nargs="*", default=[BUNDLED, LARGE])
    parser.add_argument("--rounds", type=int, default=30)
    asked = parser.parse_args()
    embedder = MiniLM(user_cache_path("pellucid"), device="cpu")
    if asked.atlas:
        measure(asked.atlas, Searcher(Atlas.open(asked.atlas), embedder), asked.rounds)
        return
    for n in asked.features:
        searcher, index = made_up(n, embedder)
        measure("made up", searcher, asked.rounds)
        print(f"  recall@{K} against float32: {recall(searcher, index.exact):.4f}")


if __name__ == "__main__":
    main()

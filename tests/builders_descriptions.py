"""A small vocabulary and texts over it."""

import numpy as np

from pellucid.core.ids import FeatureId
from pellucid.descriptions.material import Pool, Texts
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import Case
from pellucid.descriptions.ports import Shown
from pellucid.descriptions.tokens import Reader

WORDS = (" rum", " wine", " Rum", " the", " of", " cook", "ing", "ed", " red", " blue", ".", "\n", " 4", "2", " table",
         " walk", ",", " in", " March", " oven")  # fmt: skip
ID = {text: i for i, text in enumerate(WORDS)}


def reader() -> Reader:
    return Reader(WORDS)


def texts_of(rows: list[list[str]], width: int = 12) -> Texts:
    """Rows of token texts; position 0 does not count."""
    ids = np.zeros((len(rows), width), np.int32)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = [ID[text] for text in row]
    reading, places = reader().read(ids)
    return Texts(
        reading,
        places,
        np.ones(len(rows), np.int32),
        np.array([len(row) for row in rows], np.int32),
    )


def random_rows(n: int, width: int, seed: int) -> list[list[str]]:
    random = np.random.default_rng(seed)
    return [[WORDS[i] for i in random.integers(len(WORDS), size=width)] for _ in range(n)]


def planted_case(truth: str, seed: int = 0, noise: float = 0.0) -> Case:
    """A feature that does what a sentence says, on 3 x 30 random sequences."""
    from pellucid.descriptions.simulate import RuleSimulator

    meaning = Meaning.of(reader())
    texts = texts_of(random_rows(90, 12, seed))
    random = np.random.default_rng(seed)
    pools = []
    for split in range(3):
        rows = np.arange(30 * split, 30 * (split + 1), dtype=np.int32)
        y = RuleSimulator(meaning).predict(truth, texts, rows)
        y = np.maximum(y + noise * random.normal(size=y.shape).astype(np.float32), 0)
        y[:, 0] = 0
        order = np.argsort(-y.max(1), kind="stable")
        pools.append(Pool(rows[order], np.ones(30, np.float32), y[order], 10))
    counts = np.bincount(texts.reading[:30].ravel() % len(WORDS), minlength=len(WORDS))
    shown = Shown(
        FeatureId("mlp", 0, 0, "pos"), texts, pools[0], None, counts.astype(np.int32), seed
    )
    return Case(shown, pools[1], pools[2], threshold=0.5)

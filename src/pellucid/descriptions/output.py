"""What a feature promotes, in words: a clause of its own with a score of its own.

The clause names the tokens whose logits the feature's output direction raises most, by a kind where one covers them.
Its score: the chance that a token the clause names is raised more than a token drawn from the vocabulary (AUROC).
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np
from jaxtyping import Float32, Int

from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.sentence import Item, Kind, Word

N_DRAWN = 2048
N_WORDS = 4
COVERED = 0.6
"""Share of the most raised tokens that a kind must cover to be named."""
RARE = 0.1
"""Kinds that cover more of the vocabulary than this say nothing."""


@dataclass(frozen=True)
class OutputSpace:
    """Directions to logits, without the model."""

    embedding: Float32[np.ndarray, "vocab d"]
    """The output embedding with the final norm's gain in it."""
    meaning: Meaning

    @cached_property
    def drawn(self) -> Int[np.ndarray, " drawn"]:
        """Tokens to compare with."""
        n = len(self.meaning.reader.texts)
        return np.random.default_rng(0).permutation(n)[:N_DRAWN]

    def clause(self, promoted: Int[np.ndarray, " shown"]) -> tuple[Item, ...]:
        """What the most raised tokens are called; nothing where they are no words."""
        reader = self.meaning.reader
        ids = [int(i) for i in promoted]
        named = Counter(kind for i in ids for kind in self._kinds_of.get(i, ()))
        best = max(named.items(), key=lambda k: (k[1], -self._size[k[0]]), default=("", 0))
        words = list(dict.fromkeys(w for w in (reader.word_of[i] for i in ids) if w is not None))
        shown = tuple(Word(w.text) for w in words[:N_WORDS])
        if best[1] >= COVERED * len(ids):
            return (Kind(best[0]),)
        return shown

    def score(self, items: tuple[Item, ...], direction: Float32[np.ndarray, " d"]) -> float:
        """The clause's AUROC; nan where it names no token."""
        n = len(self.meaning.reader.texts)
        ids = [self.meaning.ids_of(item) % n for item in items]
        if not ids or not any(len(x) for x in ids):
            return nan
        members = np.unique(np.concatenate(ids))[:N_DRAWN]
        ours = self.embedding[members] @ direction
        others = np.sort(self.embedding[self.drawn] @ direction)
        below = np.searchsorted(others, ours, "left") + np.searchsorted(others, ours, "right")
        return float(below.mean() / 2 / len(others))

    @cached_property
    def _size(self) -> dict[str, int]:
        return {phrase: len(ids) for phrase, ids in self.meaning.kinds.items()}

    @cached_property
    def _kinds_of(self) -> dict[int, list[str]]:
        n = len(self.meaning.reader.texts)
        found: dict[int, list[str]] = {}
        for phrase, ids in self.meaning.kinds.items():
            once = {int(i) % n for i in ids}
            if len(once) <= RARE * n:
                for i in once:
                    found.setdefault(i, []).append(phrase)
        return found


def output_text(items: tuple[Item, ...]) -> str:
    """The clause for people."""
    if not items:
        return ""
    texts = [str(item) for item in items]
    listed = texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
    return f"Promotes {listed}."

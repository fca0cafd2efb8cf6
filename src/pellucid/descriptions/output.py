"""What a feature promotes, in words: a clause of its own with a score of its own.

The clause names the tokens whose logits the feature's output direction raises most, by a kind where one covers them.
A kind is scored: the chance that a token of the kind, any in the vocabulary, is raised more than one drawn from it
(AUROC). Words are not: they list what is raised most, and nothing follows from them for other tokens.
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
        """AUROC of all members of the clause's kind; nan for a list of words, and for no clause."""
        kinds = [self._members(item) for item in items if isinstance(item, Kind)]
        if not kinds:
            return nan
        ours = self.embedding[np.concatenate(kinds)] @ direction
        others = np.sort(self._drawn_rows @ direction)
        below = np.searchsorted(others, ours, "left") + np.searchsorted(others, ours, "right")
        return float(below.mean() / 2 / len(others))

    def _members(self, kind: Kind) -> Int[np.ndarray, " member"]:
        """Tokens of a kind, each once, whether they begin a word or continue one."""
        found = self._met.get(kind)
        if found is None:
            n = len(self.meaning.reader.texts)
            found = self._met[kind] = np.unique(self.meaning.ids_of(kind) % n)
        return found

    @cached_property
    def _met(self) -> dict[Kind, Int[np.ndarray, " member"]]:
        return {}

    @cached_property
    def _drawn_rows(self) -> Float32[np.ndarray, "drawn d"]:
        return np.ascontiguousarray(self.embedding[self.drawn])

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

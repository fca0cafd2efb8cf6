"""Keyword search: BM25 over the distinct texts of a layer, by `bm25s`, as a share of what a text could reach.

Words are runs of letters and digits of any script, lower case, English plurals as their singulars. None is left out:
how common a word is, is what BM25 weighs it by, and features do fire on `not` and `the`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float, Float32, Int

if TYPE_CHECKING:
    from bm25s import BM25

_WORD = re.compile(r"\w+")


class Postings(NamedTuple):
    """Which texts each word is in, and what it adds to their scores: compressed columns, a column a word."""

    score: Float[np.ndarray, " posting"]
    text: Int[np.ndarray, " posting"]
    start: Int[np.ndarray, " _"]
    """One more than there are words."""


@dataclass(frozen=True)
class Keywords:
    """BM25 over some texts. `Keywords.of` makes one."""

    words: tuple[str, ...]
    postings: Postings
    n_texts: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Keywords":
        """Over these texts: seconds for 100,000."""
        from bm25s import BM25

        counted = [words_of(text) for text in texts]
        words = tuple(sorted({word for found in counted for word in found}))
        if not words:
            empty = np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64)
            return cls((), Postings(*empty), len(texts))
        number = {word: i for i, word in enumerate(words)}
        made = BM25()
        ids = [[number[word] for word in found] for found in counted]
        made.index((ids, number), create_empty_token=False, show_progress=False)
        found = (made.scores[name] for name in ("data", "indices", "indptr"))
        return cls(words, Postings(*found), len(texts))

    def scores(self, query: str) -> Float32[np.ndarray, " text"]:
        """Every text's score over the sum of the query's inverse document frequencies: 0 to 1."""
        asked = list(dict.fromkeys(words_of(query)))
        known = [self._number[word] for word in asked if word in self._number]
        if not known:
            return np.zeros(self.n_texts, np.float32)
        n_with = np.zeros(len(asked))
        n_with[: len(known)] = np.diff(self.postings.start)[known]
        most = np.log1p((self.n_texts - n_with + 0.5) / (n_with + 0.5)).sum()
        return (self._bm25.get_scores_from_ids(known) / most).astype(np.float32)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.words)}

    @cached_property
    def _bm25(self) -> "BM25":
        from bm25s import BM25

        made = BM25()
        made.scores = {
            "data": np.asarray(self.postings.score, np.float32),
            "indices": self.postings.text,
            "indptr": self.postings.start,
            "num_docs": self.n_texts,
        }
        made.nonoccurrence_array = None
        made.vocab_dict = self._number
        made.unique_token_ids_set = set(self._number.values())
        return made


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return [_singular(word) for word in _WORD.findall(text.lower())]


def _singular(word: str) -> str:
    """Harman's S stemmer (1991): `cities` and `city`, `months` and `month`; `grass` and `virus` as they are."""
    if len(word) < 4 or not word.endswith("s") or not word.isascii():
        return word
    if word.endswith("ies"):
        return word if word[-4] in "ae" else f"{word[:-3]}y"
    if word.endswith("es"):
        return word if word[-3] in "aeo" else word[:-1]
    return word if word[-2] in "us" else word[:-1]

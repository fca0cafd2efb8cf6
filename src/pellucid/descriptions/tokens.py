"""Tokens as a reader sees them: the text of each, and whether it continues a word.

A reading id is a token id, or token id + n_vocab where the token continues a word or a number: “ing” after “sail” is
another thing than “ing” after a space. Everything that depends on a single token is a table over reading ids.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Int, Int32, UInt8
from numba import njit

from pellucid.descriptions.sentence import Word

LINE, SENTENCE, AGAIN = np.uint8(1), np.uint8(2), np.uint8(4)
PLACE_BIT = {"line": LINE, "sentence": SENTENCE, "again": AGAIN}


@dataclass(frozen=True)
class Reader:
    """Reads token ids of one tokenizer."""

    texts: tuple[str, ...]
    """Of every token id; a leading space where it begins a word."""

    @property
    def n_reading(self) -> int:
        """Reading ids."""
        return 2 * len(self.texts)

    @cached_property
    def joins(self) -> Bool[np.ndarray, " vocab"]:
        """Tokens that continue what stands before them, if that is a letter or a digit."""
        return np.array([text[:1].isalnum() for text in self.texts])

    @cached_property
    def ends_open(self) -> Bool[np.ndarray, " vocab"]:
        """Tokens that end in a letter or a digit."""
        return np.array([text[-1:].isalnum() for text in self.texts])

    @cached_property
    def line_ends(self) -> Bool[np.ndarray, " vocab"]:
        """Tokens after which a line begins."""
        return np.array([text.rstrip(" \t").endswith("\n") for text in self.texts])

    @cached_property
    def sentence_ends(self) -> Bool[np.ndarray, " vocab"]:
        """Tokens after which a sentence begins."""
        stripped = [text.strip().rstrip("\"'”’)") for text in self.texts]
        return np.array([text[-1:] in (".", "!", "?") for text in stripped]) | self.line_ends

    @cached_property
    def word_of(self) -> tuple[Word | None, ...]:
        """How each reading id is named in quotes, in small letters; None for white space."""
        starts = [_word(text, piece=False) for text in self.texts]
        return (*starts, *(_word(text, piece=True) for text in self.texts))

    @cached_property
    def reading_of(self) -> dict[Word, Int32[np.ndarray, " _"]]:
        """The reading ids of each word, in any case."""
        found: dict[Word, list[int]] = defaultdict(list)
        for id_, word in enumerate(self.word_of):
            if word is not None:
                found[word].append(id_)
        return {word: np.array(ids, np.int32) for word, ids in found.items()}

    def ids_of(self, word: Word) -> Int32[np.ndarray, " _"]:
        """The reading ids that a word in quotes stands for; with capitals, those of the same case only."""
        low = Word(word.text.lower(), word.piece)
        ids = self.reading_of.get(low, np.zeros(0, np.int32))
        if low.text == word.text:
            return ids
        n = len(self.texts)
        return ids[np.array([self.texts[i % n].strip() == word.text for i in ids], bool)]

    def read(
        self, ids: Int[np.ndarray, "seq pos"]
    ) -> tuple[Int32[np.ndarray, "seq pos"], UInt8[np.ndarray, "seq pos"]]:
        """Reading ids, and the places (bits of `LINE`, `SENTENCE`, `AGAIN`) of every position."""
        ids = np.ascontiguousarray(ids, np.int32)
        reading = ids.copy()
        joined = self.joins[ids[:, 1:]] & self.ends_open[ids[:, :-1]]
        reading[:, 1:] += joined * np.int32(len(self.texts))
        places = np.zeros(ids.shape, np.uint8)
        places[:, 0] = LINE | SENTENCE
        places[:, 1:] |= self.line_ends[ids[:, :-1]] * LINE
        places[:, 1:] |= self.sentence_ends[ids[:, :-1]] * SENTENCE
        _mark_again(ids, places, AGAIN)
        return reading, places


def _word(text: str, *, piece: bool) -> Word | None:
    bare = text.strip()
    if not bare or "“" in bare or "”" in bare or "\ufffd" in bare:
        return None
    if piece and not text[0].isalnum():
        return None
    return Word(bare.lower(), piece)


@njit(cache=True, nogil=True)
def _mark_again(ids, places, bit):  # pragma: no cover - compiled
    for s in range(ids.shape[0]):
        for p in range(1, ids.shape[1]):
            for q in range(1, p):
                if ids[s, q] == ids[s, p]:
                    places[s, p] |= bit
                    break

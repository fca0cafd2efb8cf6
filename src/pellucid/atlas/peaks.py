"""The words at which a feature's first exemplars peak, for search: evidence that no description can get wrong.

A word is what the token at the peak belongs to: its neighbours count as far as letters and digits go on. Words are in
small letters; what is no word stays as it stands in the text.
"""

from itertools import pairwise

import numpy as np
from jaxtyping import Int

from pellucid.atlas.folder import EvidenceFolder
from pellucid.atlas.store import named

TOP = 5
"""Exemplars of a feature whose peaks count."""
_REACH = 5
"""Tokens on either side that may belong to a word."""


def peak_words(evidence: EvidenceFolder, top: int = TOP) -> list[list[str]]:
    """Of every feature, the word of each of its `top` first exemplars; none of a feature that never fired."""
    sequence, start = evidence.features.lists("exemplar_sequence")
    pos, _ = evidence.features.lists("exemplar_pos")
    words = _Words(evidence)
    with named(evidence.features.path):
        return [
            [words.at(int(sequence[i]), int(pos[i])) for i in range(a, min(a + top, b))]
            for a, b in pairwise(start)
        ]


class _Words:
    """Words of stored sequences; each sequence is read once."""

    def __init__(self, evidence: EvidenceFolder) -> None:
        self._evidence = evidence
        self._texts: dict[int, list[str]] = {}

    def at(self, sequence: int, pos: int) -> str:
        if sequence not in self._texts:
            ids: Int[np.ndarray, " pos"] = self._evidence.sequences.get(sequence).ids
            self._texts[sequence] = self._evidence.texts.texts(ids.tolist())
        return word_at(self._texts[sequence], pos)


def word_at(texts: list[str], pos: int) -> str:
    """The word that the token at `pos` belongs to, in small letters and without space around it; or what else it is."""
    word = texts[pos]
    for i in range(pos, max(pos - _REACH, 0), -1):
        if not (_is_word(texts[i][:1]) and _is_word(texts[i - 1][-1:])):
            break
        word = texts[i - 1] + word
    for i in range(pos + 1, min(pos + 1 + _REACH, len(texts))):
        if not (_is_word(word[-1:]) and _is_word(texts[i][:1])):
            break
        word += texts[i]
    return word.strip().lower() or word or " "


def _is_word(character: str) -> bool:
    return character.isalnum()

"""What the words of a sentence stand for, as reading ids: the lexicon applied to one vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float32, Int32

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.alike import alike
from pellucid.descriptions.sentence import Item, Like, Word
from pellucid.descriptions.tokens import Reader
from pellucid.descriptions.words import lexicon

_CONTINUED = "pieces that continue a word"
_DIGITS = "later digits of a number"


@dataclass(frozen=True)
class Meaning:
    """Kinds and topics over the reading ids of one vocabulary."""

    reader: Reader
    kinds: Mapping[str, Int32[np.ndarray, " _"]]
    """Reading ids of each kind, by its phrase; ascending."""
    alike: Mapping[str, Int32[np.ndarray, " _"]]
    """Reading ids of words of similar meaning, by the word."""
    topics: Mapping[str, Int32[np.ndarray, " _"]]
    """Reading ids of the words that speak for each topic."""

    @classmethod
    def of(cls, reader: Reader) -> "Meaning":
        """With the lexicon that comes with this package."""
        known = lexicon()
        n = len(reader.texts)
        starts: dict[str, list[int]] = {}
        for id_, text in enumerate(reader.texts):
            bare = text.strip()
            if bare and bare[0].isalnum():
                starts.setdefault(bare.lower(), []).append(id_)
        kinds: dict[str, Int32[np.ndarray, " _"]] = {}
        for kind in known.classes:
            kinds[kind.phrase] = _ids(starts, kind.words)
        for kind in known.patterns:
            found = [i for i, text in enumerate(reader.texts) if text and kind.matches(text)]
            both = np.array(found, np.int32)
            kinds[kind.phrase] = np.concatenate([both, both + n])
        letters = [i for i, text in enumerate(reader.texts) if text[:1].isalpha()]
        digits = [i for i, text in enumerate(reader.texts) if text[:1].isdigit()]
        kinds[_CONTINUED] = np.array(letters, np.int32) + n
        kinds[_DIGITS] = np.array(digits, np.int32) + n
        return cls(
            reader,
            {phrase: ids for phrase, ids in kinds.items() if len(ids)},
            {
                word: ids
                for word, others in alike().items()
                if len(ids := _ids(starts, frozenset((word, *others)))) > 1
            },
            {topic.name: _ids(starts, topic.words) for topic in known.topics},
        )

    def ids_of(self, item: Item) -> Int32[np.ndarray, " _"]:
        """The reading ids that an item stands for.

        Raises:
            InvalidRequest: The lexicon has no such kind.
        """
        found = self._met.get(item)
        if found is None:
            found = self._met[item] = self._ids_of(item)
        return found

    @cached_property
    def _met(self) -> dict[Item, Int32[np.ndarray, " _"]]:
        return {}

    def _ids_of(self, item: Item) -> Int32[np.ndarray, " _"]:
        if isinstance(item, Word):
            return self.reader.ids_of(item)
        if isinstance(item, Like):
            return self.alike.get(item.text, self.reader.ids_of(Word(item.text)))
        if item.phrase not in self.kinds:
            raise InvalidRequest(
                f"the lexicon has no {item.phrase!r}",
                why="the sentence was not made by these rules, or by those of another version",
                instead="describe the atlas again",
            )
        return self.kinds[item.phrase]

    def table(
        self, strong: tuple[Item, ...], weak: tuple[Item, ...], levels: tuple[float, float]
    ) -> Float32[np.ndarray, " reading"]:
        """The level of every reading id: what is named first beats what comes after."""
        table = np.zeros(self.reader.n_reading, np.float32)
        for items, level in ((weak, levels[1]), (strong, levels[0])):
            for item in items:
                table[self.ids_of(item)] = level
        return table


def _ids(starts: dict[str, list[int]], words: frozenset[str]) -> Int32[np.ndarray, " _"]:
    return np.array(sorted(i for word in words for i in starts.get(word.lower(), ())), np.int32)

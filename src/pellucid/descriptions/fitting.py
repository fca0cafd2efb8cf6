"""Which few items predict best: words, similar words and kinds, chosen by sums over the tokens that they cover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, Int64
from numba import njit

from pellucid.descriptions.greedy import best_items
from pellucid.descriptions.material import Texts
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import counted
from pellucid.descriptions.sentence import STRONG, WEAK, Item, Kind, Like, Word
from pellucid.descriptions.tokens import Reader

N_WORDS, N_KINDS = 40, 30
"""Items that are looked at closely."""
OPENS = 0.5
"""Share of a token's occurrences after which the word goes on, from which on it is named as a beginning."""
LEVELS = np.array([STRONG, WEAK], np.float32)


class Near(NamedTuple):
    """Items that are looked at closely, over the tokens that they cover."""

    items: list[Item]
    is_word: Bool[np.ndarray, " item"]
    local: Int64[np.ndarray, " token"]
    """Reading ids."""
    starts: Int64[np.ndarray, " _"]
    members: Int64[np.ndarray, " _"]
    """Places in `local`; those of item i are members[starts[i]:starts[i + 1]]."""


@dataclass
class Sums:
    """By reading id: positions, squares, and activations, each times what is predicted there so far."""

    a: Float64[np.ndarray, " reading"]
    b: Float64[np.ndarray, " reading"]
    c: Float64[np.ndarray, " reading"]
    near: Near | None = None


class Fitter:
    """Chooses items of one vocabulary.

    `frequency` says how often each reading id occurs in the train split: what is common there is common.
    """

    def __init__(self, meaning: Meaning, texts: Texts, train: Int32[np.ndarray, " seq"]) -> None:
        """`train` are the sequences of the train split."""
        self._meaning = meaning
        self.frequency, self._opening = _frequency(texts, train, meaning.reader)

    def fit(
        self,
        sums: Sums,
        *,
        n: float,
        total: float,
        spread: float,
        word_gain: float,
        kind_gain: float,
        most: int,
        levels: Float32[np.ndarray, " level"] = LEVELS,
        base: tuple[float, float, float] = (0.0, 0.0, 0.0),
        widest: float = 1.0,
    ) -> tuple[list[Item], list[Item]]:
        """Items named first, and items after “less on”.

        Args:
            sums: What to choose by; what was looked at closely is kept there for the next time.
            n: Positions.
            total: Of the activations.
            spread: Root of their summed squared deviations.
            word_gain: Correlation that a further word must add; from 1 on, none is taken.
            kind_gain: The same of kinds and similar words.
            most: Items.
            levels: What the two lists predict; with one level there is no second list.
            base: Sums of p, p² and p·y, where p is predicted already.
            widest: Largest share of all text that one item may be.
        """
        mean = total / n
        near = sums.near
        if near is None:
            words = self._best_words(sums, mean)
            near = sums.near = self._near(
                [*words, *self._likes(words), *self._best_kinds(sums, mean)]
            )
        if not near.items:
            return [], []
        items = near.items
        gains = np.where(near.is_word, word_gain, kind_gain)
        usable = np.flatnonzero(gains < 1)
        if widest < 1:
            usable = usable[[self._share_of(items[i]) <= widest for i in usable]]
        chosen, at, _ = best_items(
            sums.a[near.local], sums.b[near.local], sums.c[near.local], near.starts, near.members,
            usable, levels, np.array(base), n, total, gains * spread, most,
        )  # fmt: skip
        taken = [(items[i], level) for i, level in zip(chosen, at, strict=True) if i >= 0]
        strong = [item for item, level in taken if level == 0]
        weak = [item for item, level in taken if level == 1]
        return (strong, weak) if strong else (weak, [])

    def _near(self, items: list[Item]) -> Near:
        members = [self._meaning.ids_of(item) for item in items]
        starts = np.concatenate([[0], np.cumsum([len(m) for m in members])]).astype(np.int64)
        joined = np.concatenate(members) if members else np.zeros(0, np.int32)
        local, places = _localise(joined, self._scratch)
        is_word = np.array([isinstance(item, Word) for item in items], bool)
        return Near(items, is_word, local, starts, places)

    @cached_property
    def _scratch(self) -> Int64[np.ndarray, " reading"]:
        return np.full(self._meaning.reader.n_reading, -1, np.int64)

    def _best_words(self, sums: Sums, mean: float) -> list[Item]:
        index, words = self.words
        gain = _gains(index, sums.a, sums.c, mean, len(words))
        there = np.flatnonzero(gain > 0)
        if len(there) > N_WORDS:
            there = there[np.argpartition(-gain[there], N_WORDS)[:N_WORDS]]
        there = there[np.argsort(-gain[there], kind="stable")]
        return [words[i] for i in there]

    def _likes(self, words: list[Item]) -> list[Item]:
        """Similar words, of those words that stand for themselves too."""
        known = self._meaning.alike
        return [
            Like(word.text)
            for word in words
            if isinstance(word, Word)
            and not (word.piece or word.opens or len(word.text) < 3)
            and word.text in known
        ]

    def _best_kinds(self, sums: Sums, mean: float) -> list[Item]:
        kinds, starts, members = self._kind_index
        gain = _gains_of_kinds(starts, members, sums.a, sums.c, mean, len(kinds))
        best = np.argsort(-gain, kind="stable")[:N_KINDS]
        return [kinds[i] for i in best if gain[i] > 0]

    @cached_property
    def words(self) -> tuple[Int32[np.ndarray, " reading"], list[Word]]:
        """The number of every reading id's word, -1 where it has none, and the words."""
        number: dict[Word, int] = {}
        index = np.full(self._meaning.reader.n_reading, -1, np.int32)
        for id_, word in enumerate(self._meaning.reader.word_of):
            if word is not None:
                index[id_] = number.setdefault(word, len(number))
        known = index >= 0
        often = np.bincount(index[known], self.frequency[known], len(number))
        opening = np.bincount(index[known], self._opening[known], len(number))
        words = [
            replace(word, opens=word.text[-1].isalnum() and bool(o > OPENS * n))
            for word, n, o in zip(number, often, opening, strict=True)
        ]
        return index, words

    @cached_property
    def _kind_index(self) -> tuple[list[Item], Int64[np.ndarray, " _"], Int32[np.ndarray, " _"]]:
        """Kinds, and those of every reading id: of id e they are members[starts[e]:starts[e + 1]]."""
        kinds = self._meaning.kinds
        number = np.repeat(
            np.arange(len(kinds), dtype=np.int32), [len(ids) for ids in kinds.values()]
        )
        ids = np.concatenate(list(kinds.values()))
        order = np.argsort(ids, kind="stable")
        counts = np.bincount(ids, minlength=self._meaning.reader.n_reading)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return [Kind(phrase) for phrase in kinds], starts, number[order]

    def share(self, items: Sequence[Item]) -> float:
        """Of all text, what is one of these."""
        ids = np.unique(np.concatenate([self._meaning.ids_of(item) for item in items]))
        return float(self.frequency[ids].sum() / max(self.frequency.sum(), 1))

    def _share_of(self, item: Item) -> float:
        """The same of one item."""
        found = self._shares.get(item)
        if found is None:
            found = self._shares[item] = self.share([item])
        return found

    @cached_property
    def _shares(self) -> dict[Item, float]:
        return {}


def _frequency(
    texts: Texts, train: Int32[np.ndarray, " seq"], reader: Reader
) -> tuple[Float64[np.ndarray, " reading"], Float64[np.ndarray, " reading"]]:
    """How often each reading id occurs, and how often a word goes on after it."""
    mask = counted(texts, train)
    reading = texts.reading[train]
    goes_on = np.zeros_like(mask)
    goes_on[:, :-1] = mask[:, 1:] & (reading[:, 1:] >= len(reader.texts))
    n = reader.n_reading
    return (
        np.bincount(reading[mask], minlength=n).astype(np.float64),
        np.bincount(reading[mask & goes_on], minlength=n).astype(np.float64),
    )


@njit(cache=True, nogil=True)
def _held_back(of_a, of_c, mean):  # pragma: no cover - compiled
    for i in range(len(of_a)):
        above = of_c[i] - of_a[i] * mean
        of_c[i] = above / np.sqrt(of_a[i] + 1) if above > 0 else 0.0
    return of_c


@njit(cache=True, nogil=True)
def _gains(index, a, c, mean, n_words):  # pragma: no cover - compiled
    """How much each word, by itself, is above the mean: like a correlation, rare words held back."""
    of_a, of_c = np.zeros(n_words), np.zeros(n_words)
    for e in range(len(index)):
        if index[e] >= 0:
            of_a[index[e]] += a[e]
            of_c[index[e]] += c[e]
    return _held_back(of_a, of_c, mean)


@njit(cache=True, nogil=True)
def _gains_of_kinds(starts, members, a, c, mean, n_kinds):  # pragma: no cover - compiled
    """The same of kinds; most tokens are not there, and cost nothing."""
    of_a, of_c = np.zeros(n_kinds), np.zeros(n_kinds)
    for e in range(len(a)):
        if a[e] != 0:
            for m in range(starts[e], starts[e + 1]):
                of_a[members[m]] += a[e]
                of_c[members[m]] += c[e]
    return _held_back(of_a, of_c, mean)


@njit(cache=True, nogil=True)
def _localise(ids, scratch):  # pragma: no cover - compiled
    """The distinct ids in order of appearance, and the place of each among them; `scratch` is left as it was."""
    places = np.empty(len(ids), np.int64)
    local = np.empty(len(ids), np.int64)
    n = 0
    for i in range(len(ids)):
        e = ids[i]
        if scratch[e] < 0:
            scratch[e] = n
            local[n] = e
            n += 1
        places[i] = scratch[e]
    for i in range(n):
        scratch[local[i]] = -1
    return local[:n].copy(), places

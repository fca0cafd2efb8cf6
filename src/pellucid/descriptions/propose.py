"""The explainer by rules: sentences made from what a feature does to single tokens, to what they follow, and where.

Every candidate is found in closed form from sums over the train split's pool, mixed with the token's mean over the
whole split, so that tokens which are rare in the pool count too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Float64, Int32, Int64
from numba import njit

from pellucid.descriptions.greedy import best_items, correlate
from pellucid.descriptions.material import Texts
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import counted
from pellucid.descriptions.ports import Candidate, Shown
from pellucid.descriptions.sentence import (
    PLACES,
    STRONG,
    WEAK,
    Clause,
    Hypothesis,
    Item,
    Kind,
    Like,
    Word,
    render,
)
from pellucid.descriptions.simulate import TOPIC_DECAY, TOPIC_ENOUGH
from pellucid.descriptions.tokens import PLACE_BIT, Reader

VERSION = 2
"""Of the rules: another one, other sentences."""
GLOBAL_SHARE = 2.5
"""Weight of the whole train split beside the pool: it has more text, the pool has the extremes."""
N_WORDS, N_KINDS = 40, 30
"""Items that are looked at closely."""
OPENS = 0.5
"""Share of a token's occurrences after which the word goes on, from which on it is named as a beginning."""
PEAKS_HELD = 0.2
"""Share of the peaks from which on what they are on is named first."""
WIDE, WIDEST = 0.2, 0.4
"""Share of all text that may stand before, by one item and by all: what lets through more is no condition."""
LEVELS = np.array([STRONG, WEAK], np.float32)


class Settings(NamedTuple):
    """What makes a sentence longer, and what a longer one pays."""

    word_gain: float = 0.015
    """Correlation that a further word in quotes must add."""
    kind_gain: float = 0.012
    item_cost: float = 0.003
    list_cost: float = 0.02
    """What a bare list of words pays when the best candidate is chosen."""
    clause_cost: float = 0.02
    """What a condition, or a second clause, pays."""
    most: int = 8
    most_after: int = 4


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


@dataclass(frozen=True)
class Flat:
    """The counted positions of a pool, one after the other, and its totals."""

    e: Int32[np.ndarray, " n"]
    before: Int32[np.ndarray, " n"]
    then: Int32[np.ndarray, " n"]
    places: np.ndarray
    y: Float64[np.ndarray, " n"]
    w: Float64[np.ndarray, " n"]
    n: float
    total: float
    spread: float
    """Root of the summed squared deviations of the activations."""


class RuleExplainer:
    """Proposes sentences that `simulate.RuleSimulator` reads."""

    name = "rules"

    def __init__(
        self,
        meaning: Meaning,
        texts: Texts,
        train: Int32[np.ndarray, " seq"],
        settings: Settings = Settings(),
    ) -> None:
        """`train` are the sequences of the train split."""
        self._meaning = meaning
        self._settings = settings
        self._frequency, self._opening = _frequency(texts, train, meaning.reader)

    def propose(self, shown: Shown, k: int) -> Sequence[Candidate]:
        """See `Explainer.propose`."""
        flat = flatten(shown)
        if flat.spread == 0:
            return ()
        seen: dict[str, Candidate] = {}
        opening = self._opening_here(flat)
        for found in self._hypotheses(shown, flat):
            hypothesis = _spelled(found, opening)
            sentence = render(hypothesis)
            seen.setdefault(
                sentence,
                Candidate(sentence, detail=kind_of(hypothesis), cost=self._cost(hypothesis)),
            )
        return list(seen.values())[:k]

    def _opening_here(self, flat: Flat) -> Callable[[Word], bool]:
        """Whether, where this feature fires on a word, mostly a longer word begins."""
        n = self._meaning.reader.n_reading
        wy = flat.w * flat.y
        whole = np.bincount(flat.e, wy, n)
        goes_on = np.bincount(flat.e, wy * (flat.then >= n // 2), n)

        def opening(word: Word) -> bool:
            ids = self._meaning.ids_of(word)
            return bool(goes_on[ids].sum() > OPENS * whole[ids].sum())

        return opening

    def _cost(self, hypothesis: Hypothesis) -> float:
        items = hypothesis.items
        words = sum(isinstance(item, Word) for item in items)
        bare = words == len(items) and words > 2
        first, *others = hypothesis.clauses
        conditions = bool(first.after or first.place or first.topic)
        return (
            self._settings.item_cost * len(items)
            + self._settings.list_cost * bare
            + self._settings.clause_cost * (conditions + len(others))
        )

    def _hypotheses(self, shown: Shown, flat: Flat) -> Iterator[Hypothesis]:
        full, *others = self._plain(shown, flat)
        yield from (Hypothesis((clause,)) for clause in (full, *others) if clause.strong)
        follows = self._follows(flat, None, None)
        if follows is not None:
            yield Hypothesis((follows,))
        if not full.strong:
            return
        levels = self._levels(flat, full)
        yield from (
            Hypothesis((clause,)) for clause in self._conditional(shown, flat, full, levels)
        )
        rest = self._follows(flat, None, levels)
        yield from (Hypothesis((full, also)) for also in (follows, rest) if also is not None)

    def _plain(self, shown: Shown, flat: Flat) -> Iterator[Clause]:
        """Without a condition: the best first, then others, shorter or of other things, and what peaks are on."""
        s = self._settings
        sums = self._token_sums(shown, flat)
        found = [
            self._targets(sums, flat, settings)
            for settings in (
                s,
                s._replace(word_gain=9.0, most=4),
                s._replace(word_gain=9.0, kind_gain=0.0, most=1),
                s._replace(word_gain=0.04, kind_gain=0.004, most=6),
                s._replace(kind_gain=9.0),
            )
        ]
        yield from found
        peaked = (self._peaked(shown, clause) for clause in found[:2])
        yield from (clause for clause in peaked if clause is not None)

    def _conditional(
        self, shown: Shown, flat: Flat, full: Clause, levels: Float64[np.ndarray, " n"]
    ) -> Iterator[Clause]:
        """The same right after something, at a place, or in text about something."""
        peaked = self._peaked(shown, full)
        if peaked is not None:
            after = self._follows(flat, peaked, self._levels(flat, peaked))
            if after is not None:
                yield after
        after = self._follows(flat, full, levels)
        if after is not None:
            yield after
            again = self._refitted(flat, after, self._settings)
            if again is not None:
                yield again
        yield from self._narrowed(shown, flat, full, levels)

    def _levels(self, flat: Flat, clause: Clause) -> Float64[np.ndarray, " n"]:
        """What a clause predicts, whatever its condition."""
        table = self._meaning.table(clause.strong, clause.weak, (STRONG, WEAK))
        return table[flat.e].astype(np.float64)

    # Which tokens

    def _token_sums(self, shown: Shown, flat: Flat) -> Sums:
        n = self._meaning.reader.n_reading
        a = np.bincount(flat.e, flat.w, n)
        c = np.bincount(flat.e, flat.w * flat.y, n)
        if shown.token_means is not None:
            scale = GLOBAL_SHARE * flat.n / max(self._frequency.sum(), 1)
            more = self._frequency * scale
            a += more
            c += more * np.tile(shown.token_means, 2)
        return Sums(a, a, c)

    def _targets(self, sums: Sums, flat: Flat, s: Settings) -> Clause:
        n, total = float(sums.a.sum()), float(sums.c.sum())
        strong, weak = self._fit(sums, n, total, flat.spread, s.word_gain, s.kind_gain, s.most)
        return Clause.of(strong, weak)

    def _peaked(self, shown: Shown, clause: Clause) -> Clause | None:
        """The clause with what many of the peaks are on named first; None where it is already."""
        pool = shown.pool
        top = np.arange(pool.n_top)
        at = shown.texts.reading[pool.rows[top], pool.y[top].argmax(1)]
        strong, weak = list(clause.strong), list[Item]()
        for item in clause.weak:
            held = np.isin(at, self._meaning.ids_of(item)).mean()
            (strong if held >= PEAKS_HELD else weak).append(item)
        table = self._meaning.table(tuple(strong), tuple(weak), (STRONG, WEAK))
        index, words = self._word_index
        missing = index[at[table[at] == 0]]
        numbers, counts = np.unique(missing[missing >= 0], return_counts=True)
        strong += [words[i] for i in numbers[counts >= PEAKS_HELD * pool.n_top]]
        room = self._settings.most - len(strong)
        if len(strong) == len(clause.strong) or room < 0:
            return None
        return Clause.of(strong, weak[:room])

    def _fit(
        self,
        sums: Sums,
        n: float,
        total: float,
        spread: float,
        word_gain: float,
        kind_gain: float,
        most: int,
        levels: np.ndarray = LEVELS,
        base: tuple[float, float, float] = (0.0, 0.0, 0.0),
        widest: float = 1.0,
    ) -> tuple[list[Item], list[Item]]:
        mean = total / n
        near = sums.near
        if near is None:
            words = self._words(sums, mean)
            near = sums.near = self._near([*words, *self._likes(words), *self._kinds(sums, mean)])
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

    def _words(self, sums: Sums, mean: float) -> list[Item]:
        index, words = self._word_index
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

    def _kinds(self, sums: Sums, mean: float) -> list[Item]:
        kinds, starts, members = self._kind_index
        gain = _gains_of_kinds(starts, members, sums.a, sums.c, mean, len(kinds))
        best = np.argsort(-gain, kind="stable")[:N_KINDS]
        return [kinds[i] for i in best if gain[i] > 0]

    @cached_property
    def _word_index(self) -> tuple[Int32[np.ndarray, " reading"], list[Word]]:
        number: dict[Word, int] = {}
        index = np.full(self._meaning.reader.n_reading, -1, np.int32)
        for id_, word in enumerate(self._meaning.reader.word_of):
            if word is not None:
                index[id_] = number.setdefault(word, len(number))
        known = index >= 0
        often = np.bincount(index[known], self._frequency[known], len(number))
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

    # After what, where, about what

    def _follows(
        self, flat: Flat, clause: Clause | None, levels: Float[np.ndarray, " n"] | None
    ) -> Clause | None:
        """The clause only right after something; without one, whatever follows, where `levels` predict nothing yet."""
        n = self._meaning.reader.n_reading
        base = (0.0, 0.0, 0.0)
        if clause is None:
            free = np.ones(len(flat.e)) if levels is None else (levels == 0).astype(np.float64)
            p = WEAK * free if levels is not None else free
            if levels is not None:
                base = _base(flat, levels)
                p = free
        else:
            assert levels is not None
            p = levels
        a = np.bincount(flat.before, flat.w * p, n)
        b = np.bincount(flat.before, flat.w * p * p, n)
        c = np.bincount(flat.before, flat.w * p * flat.y, n)
        s = self._settings
        after, _ = self._fit(
            Sums(a, b, c), flat.n, flat.total, flat.spread, s.word_gain, s.kind_gain, s.most_after,
            LEVELS[:1], base, WIDE,
        )  # fmt: skip
        if not after or self._share(after) > WIDEST:
            return None
        clause = clause or Clause()
        return Clause.of(clause.strong, clause.weak, after)

    def _share(self, items: Sequence[Item]) -> float:
        """Of all text, what is one of these."""
        ids = np.unique(np.concatenate([self._meaning.ids_of(item) for item in items]))
        return float(self._frequency[ids].sum() / max(self._frequency.sum(), 1))

    def _share_of(self, item: Item) -> float:
        """The same of one item."""
        found = self._shares.get(item)
        if found is None:
            found = self._shares[item] = self._share([item])
        return found

    @cached_property
    def _shares(self) -> dict[Item, float]:
        return {}

    def _refitted(self, flat: Flat, clause: Clause, s: Settings) -> Clause | None:
        """Other targets under the same condition."""
        after = self._meaning.table(clause.after, (), (1.0, 0.0))[flat.before] > 0
        n = self._meaning.reader.n_reading
        a = np.bincount(flat.e[after], flat.w[after], n)
        c = np.bincount(flat.e[after], (flat.w * flat.y)[after], n)
        strong, weak = self._fit(
            Sums(a, a, c), flat.n, flat.total, flat.spread, s.word_gain, s.kind_gain, 5
        )
        return Clause.of(strong, weak, clause.after) if strong else None

    def _narrowed(
        self, shown: Shown, flat: Flat, clause: Clause, levels: Float[np.ndarray, " n"]
    ) -> Iterator[Clause]:
        """The clause only at a place, and only in text about something."""
        now = correlate(*_base(flat, levels), flat.n, flat.total)
        for place in PLACES:
            there = levels * ((flat.places & PLACE_BIT[place]) > 0)
            if correlate(*_base(flat, there), flat.n, flat.total) > now + 0.01 * flat.spread:
                yield replace(clause, place=place)
        names, starts, members = self._topic_index
        if not names:
            return
        pool = shown.pool
        grid = np.zeros_like(pool.y, np.float64)
        grid[counted(shown.texts, pool.rows)] = levels
        sums = np.zeros((len(names), 3))
        _topic_sums(
            shown.texts.reading, shown.texts.stop, pool.rows, pool.weight.astype(np.float64), grid,
            pool.y.astype(np.float64), starts, members, sums,
        )  # fmt: skip
        scores = [correlate(p, pp, py, flat.n, flat.total) for p, pp, py in sums]
        best = int(np.argmax(scores))
        if scores[best] > now + 0.01 * flat.spread:
            yield replace(clause, topic=names[best])

    @cached_property
    def _topic_index(self) -> tuple[list[str], np.ndarray, np.ndarray]:
        """Topics by reading id: the topics of id e are members[starts[e]:starts[e + 1]]."""
        topics = self._meaning.topics
        pairs = [(e, t) for t, ids in enumerate(topics.values()) for e in ids]
        pairs.sort()
        counts = np.bincount([e for e, _ in pairs], minlength=self._meaning.reader.n_reading)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return list(topics), starts, np.array([t for _, t in pairs], np.int64)


def _spelled(hypothesis: Hypothesis, opening: Callable[[Word], bool]) -> Hypothesis:
    """With a dash behind the words that longer ones mostly begin with, where the feature fires."""

    def item(one: Item) -> Item:
        if not isinstance(one, Word) or not one.text[-1].isalnum():
            return one
        return replace(one, opens=opening(one))

    def all_of(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(map(item, items))

    return Hypothesis(
        tuple(replace(c, strong=all_of(c.strong), weak=all_of(c.weak)) for c in hypothesis.clauses)
    )


def kind_of(hypothesis: Hypothesis) -> str:
    """Of what make a sentence is: words, class, mixed, after, place, topic, several."""
    clause, *others = hypothesis.clauses
    if others:
        return "several"
    if clause.topic is not None:
        return "topic"
    if clause.place is not None:
        return "place"
    if clause.after:
        return "after"
    named = (*clause.strong, *clause.weak)
    kinds = sum(isinstance(item, Kind | Like) for item in named)
    return "words" if kinds == 0 else "class" if kinds == len(named) else "mixed"


def flatten(shown: Shown) -> Flat:
    """The counted positions of the pool."""
    texts, pool = shown.texts, shown.pool
    mask = counted(texts, pool.rows)
    reading = texts.reading[pool.rows]
    before, then = np.roll(reading, 1, axis=1), np.roll(reading, -1, axis=1)
    w = np.repeat(pool.weight, mask.sum(1)).astype(np.float64)
    y = pool.y[mask].astype(np.float64)
    n, total = float(w.sum()), float((w * y).sum())
    spread = float(np.sqrt(max((w * y * y).sum() - total * total / max(n, 1), 0)))
    return Flat(
        reading[mask], before[mask], then[mask], texts.places[pool.rows][mask], y, w, n, total, spread
    )  # fmt: skip


def _base(flat: Flat, levels: Float[np.ndarray, " n"]) -> tuple[float, float, float]:
    wp = flat.w * levels
    return float(wp.sum()), float((wp * levels).sum()), float((wp * flat.y).sum())


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
def _gains(index, a, c, mean, n_words):  # pragma: no cover - compiled
    """How much each word, by itself, is above the mean: like a correlation, rare words held back."""
    of_a, of_c = np.zeros(n_words), np.zeros(n_words)
    for e in range(len(index)):
        if index[e] >= 0:
            of_a[index[e]] += a[e]
            of_c[index[e]] += c[e]
    for i in range(n_words):
        above = of_c[i] - of_a[i] * mean
        of_c[i] = above / np.sqrt(of_a[i] + 1) if above > 0 else 0.0
    return of_c


@njit(cache=True, nogil=True)
def _gains_of_kinds(starts, members, a, c, mean, n_kinds):  # pragma: no cover - compiled
    """The same of kinds; most tokens are not there, and cost nothing."""
    of_a, of_c = np.zeros(n_kinds), np.zeros(n_kinds)
    for e in range(len(a)):
        if a[e] != 0:
            for m in range(starts[e], starts[e + 1]):
                of_a[members[m]] += a[e]
                of_c[members[m]] += c[e]
    for i in range(n_kinds):
        above = of_c[i] - of_a[i] * mean
        of_c[i] = above / np.sqrt(of_a[i] + 1) if above > 0 else 0.0
    return of_c


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


@njit(cache=True, nogil=True)
def _topic_sums(
    reading, stop, rows, weight, levels, y, starts, members, sums
):  # pragma: no cover - compiled
    """For every topic the sums of p, p², p·y, where p is the level times how much the text is about the topic."""
    n_topics = len(sums)
    heard = np.zeros(n_topics)
    for i in range(len(rows)):
        s = rows[i]
        heard[:] = 0
        for q in range(stop[s]):
            level = levels[i, q]
            if level > 0:
                w, value = weight[i], y[i, q]
                for t in range(n_topics):
                    p = level * min(heard[t] / TOPIC_ENOUGH, 1.0)
                    sums[t, 0] += w * p
                    sums[t, 1] += w * p * p
                    sums[t, 2] += w * p * value
            e = reading[s, q]
            for t in range(n_topics):
                heard[t] *= TOPIC_DECAY
            for m in range(starts[e], starts[e + 1]):
                heard[members[m]] += 1

"""The explainer by rules: sentences made from what a feature does to single tokens, to what they follow, and where.

Every candidate is found in closed form from sums over the train split's pool, mixed with the token's mean over the
whole split, so that tokens which are rare in the pool count too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Float64, Int32
from numba import njit

from pellucid.descriptions.fitting import LEVELS, OPENS, Fitter, Sums
from pellucid.descriptions.flat import GLOBAL_SHARE, Flat, flatten, sums_of
from pellucid.descriptions.greedy import correlate
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
from pellucid.descriptions.tokens import PLACE_BIT

VERSION = 2
"""Of the rules: another one, other sentences."""
PEAKS_HELD = 0.2
"""Share of the peaks from which on what they are on is named first."""
WIDE, WIDEST = 0.2, 0.4
"""Share of all text that may stand before, by one item and by all: what lets through more is no condition."""


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
        self._fitter = Fitter(meaning, texts, train)

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
            scale = GLOBAL_SHARE * flat.n / max(self._fitter.frequency.sum(), 1)
            more = self._fitter.frequency * scale
            a += more
            c += more * np.tile(shown.token_means, 2)
        return Sums(a, a, c)

    def _targets(self, sums: Sums, flat: Flat, s: Settings) -> Clause:
        strong, weak = self._fitter.fit(
            sums,
            n=float(sums.a.sum()),
            total=float(sums.c.sum()),
            spread=flat.spread,
            word_gain=s.word_gain,
            kind_gain=s.kind_gain,
            most=s.most,
        )
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
        index, words = self._fitter.words
        missing = index[at[table[at] == 0]]
        numbers, counts = np.unique(missing[missing >= 0], return_counts=True)
        strong += [words[i] for i in numbers[counts >= PEAKS_HELD * pool.n_top]]
        room = self._settings.most - len(strong)
        if len(strong) == len(clause.strong) or room < 0:
            return None
        return Clause.of(strong, weak[:room])

    # After what, where, about what

    def _follows(
        self, flat: Flat, clause: Clause | None, levels: Float[np.ndarray, " n"] | None
    ) -> Clause | None:
        """The clause only right after something; without one, whatever follows, where `levels` predict nothing yet."""
        n = self._meaning.reader.n_reading
        base = (0.0, 0.0, 0.0)
        if levels is None:
            p = np.ones(len(flat.e))
        elif clause is None:
            p, base = (levels == 0).astype(np.float64), sums_of(flat, levels)
        else:
            p = levels
        a = np.bincount(flat.before, flat.w * p, n)
        b = np.bincount(flat.before, flat.w * p * p, n)
        c = np.bincount(flat.before, flat.w * p * flat.y, n)
        s = self._settings
        after, _ = self._fitter.fit(
            Sums(a, b, c),
            n=flat.n,
            total=flat.total,
            spread=flat.spread,
            word_gain=s.word_gain,
            kind_gain=s.kind_gain,
            most=s.most_after,
            levels=LEVELS[:1],
            base=base,
            widest=WIDE,
        )
        if not after or self._fitter.share(after) > WIDEST:
            return None
        clause = clause or Clause()
        return Clause.of(clause.strong, clause.weak, after)

    def _refitted(self, flat: Flat, clause: Clause, s: Settings) -> Clause | None:
        """Other targets under the same condition."""
        after = self._meaning.table(clause.after, (), (1.0, 0.0))[flat.before] > 0
        n = self._meaning.reader.n_reading
        a = np.bincount(flat.e[after], flat.w[after], n)
        c = np.bincount(flat.e[after], (flat.w * flat.y)[after], n)
        strong, weak = self._fitter.fit(
            Sums(a, a, c),
            n=flat.n,
            total=flat.total,
            spread=flat.spread,
            word_gain=s.word_gain,
            kind_gain=s.kind_gain,
            most=5,
        )
        return Clause.of(strong, weak, clause.after) if strong else None

    def _narrowed(
        self, shown: Shown, flat: Flat, clause: Clause, levels: Float[np.ndarray, " n"]
    ) -> Iterator[Clause]:
        """The clause only at a place, and only in text about something."""
        now = correlate(*sums_of(flat, levels), flat.n, flat.total)
        for place in PLACES:
            there = levels * ((flat.places & PLACE_BIT[place]) > 0)
            if correlate(*sums_of(flat, there), flat.n, flat.total) > now + 0.01 * flat.spread:
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

"""A description in under 15 words, for lists and rows."""

from collections.abc import Iterator
from dataclasses import replace

from pellucid.descriptions.sentence import Clause, Hypothesis, Item, Kind, Like, parse, render

MOST_WORDS = 14


def summarise(sentence: str) -> str:
    """The sentence without its beginning, with fewer of its parts where it is too long: at most `MOST_WORDS` words.

    Raises:
        InvalidRequest: It is no sentence by rules.
    """
    text = ""
    for shorter in _shorter(parse(sentence)):
        text = render(shorter).removeprefix("Fires on ").removesuffix(".")
        if len(text.split()) <= MOST_WORDS:
            return text
    return " ".join(text.split()[:MOST_WORDS])


def _shorter(hypothesis: Hypothesis) -> Iterator[Hypothesis]:
    """The whole, then its first clause with ever less of it."""
    yield hypothesis
    first = hypothesis.clauses[0]
    shortened = [replace(first, weak=first.weak[:n], strong=first.strong[:m]) for n, m in
                 ((2, 5), (1, 4), (0, 4), (0, 3), (0, 2), (0, 1))]  # fmt: skip
    lean = [_lean(clause) for clause in shortened]
    one = replace(lean[-1], after=first.after[:1])
    bare = replace(one, place=None, topic=None)
    for clause in (*shortened, *lean, one, bare):
        yield Hypothesis((clause,))


def _lean(clause: Clause) -> Clause:
    return replace(clause, strong=_first(clause.strong), after=clause.after[:2])


def _first(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Kinds before words: they say more."""
    kinds = tuple(i for i in items if isinstance(i, Kind | Like))
    return (kinds or items)[:2]

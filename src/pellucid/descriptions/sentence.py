"""Sentences that say what a feature fires on: rendered from a hypothesis, and read back into the same hypothesis.

    Fires on “rum” and “brandy”, less on words for drinks.
    Fires on numbers right after “$” or currency signs; also on month names.
    Fires on whatever follows “of”.
    Fires on “bank” in text about finance.
    Fires on month names and words like “rain” or “snow”.

A word in quotes stands for its tokens at the start of a word, in any case if it is written in small letters; “conc-”
says that longer words begin with it; “-ing” stands for tokens that continue a word; what follows “words like” for words
of similar meaning. Anything else is the phrase of a kind in the lexicon.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pellucid.core.errors import InvalidRequest

STRONG, WEAK = 1.0, 0.4
"""What a sentence predicts for what it names first, and for what comes after “less on”."""

Place = Literal["line", "sentence", "again"]
PLACES: dict[Place, str] = {
    "line": "at the start of a line",
    "sentence": "at the start of a sentence",
    "again": "that came up before in the text",
}
ANYTHING = "whatever follows"
_START, _ALSO, _LESS = "Fires on ", "; also on ", ", less on "
_AFTER, _TOPIC = " right after ", " in text about "
_LIKE = "words like "


@dataclass(frozen=True, slots=True)
class Word:
    """A word in quotes, or a piece of one."""

    text: str
    piece: bool = False
    """It continues a word."""
    opens: bool = False
    """Mostly, a word goes on after it."""

    def __str__(self) -> str:
        return f"“{'-' * self.piece}{self.text}{'-' * self.opens}”"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of the lexicon, by its phrase."""

    phrase: str

    def __str__(self) -> str:
        return self.phrase


@dataclass(frozen=True, slots=True)
class Like:
    """A word and those of similar meaning; see `alike`."""

    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


Item = Word | Kind | Like


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a feature fires on. In each list, what is alike comes last, as it is written."""

    strong: tuple[Item, ...] = ()
    """Empty: anything that the condition lets through."""
    weak: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    """Only right after one of these."""
    topic: str | None = None
    place: Place | None = None

    @classmethod
    def of(
        cls,
        strong: Iterable[Item] = (),
        weak: Iterable[Item] = (),
        after: Iterable[Item] = (),
        topic: str | None = None,
        place: Place | None = None,
    ) -> "Clause":
        """With the items of each list in the order in which they are written."""
        return cls(_ordered(strong), _ordered(weak), _ordered(after), topic, place)


def _ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    """Words, then kinds, then what is alike, and otherwise as they were."""
    return tuple(sorted(items, key=lambda item: (Word, Kind, Like).index(type(item))))


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a sentence says; predicts the largest that one of its clauses predicts."""

    clauses: tuple[Clause, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is named."""
        return tuple(i for c in self.clauses for i in (*c.strong, *c.weak, *c.after))


def render(hypothesis: Hypothesis) -> str:
    """The sentence."""
    return _START + _ALSO.join(_clause(clause) for clause in hypothesis.clauses) + "."


def parse(sentence: str) -> Hypothesis:
    """What a sentence says.

    Raises:
        InvalidRequest: It is no sentence of this form.
    """
    if not sentence.startswith(_START) or not sentence.endswith("."):
        raise InvalidRequest(
            f"{sentence[:80]!r} is no description by rules",
            why="it does not read “Fires on … .”",
            instead="use an LLM simulator for descriptions by others",
        )
    return Hypothesis(tuple(_read(part) for part in _split(sentence[len(_START) : -1], _ALSO)))


def _clause(clause: Clause) -> str:
    if not clause.strong:
        text = f"{ANYTHING} {_listed(clause.after, 'or')}"
    else:
        text = _listed(clause.strong, "and")
        if clause.weak:
            text += _LESS + _listed(clause.weak, "and")
        if clause.after:
            text += _AFTER + _listed(clause.after, "or")
    if clause.place is not None:
        text += f" {PLACES[clause.place]}"
    if clause.topic is not None:
        text += _TOPIC + clause.topic
    return text


def _listed(items: tuple[Item, ...], word: str) -> str:
    texts = [str(item) for item in items if not isinstance(item, Like)]
    if likes := [str(item) for item in items if isinstance(item, Like)]:
        texts.append(_LIKE + _joined(likes, "or"))
    return _joined(texts, word)


def _joined(texts: list[str], word: str) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def _read(text: str) -> Clause:
    text, topic = _cut(text, _TOPIC)
    place: Place | None = next(
        (p for p, words in PLACES.items() if text.endswith(f" {words}")), None
    )
    if place is not None:
        text = text[: -len(PLACES[place]) - 1]
    if text.startswith(f"{ANYTHING} "):
        return Clause(after=_items(text[len(ANYTHING) + 1 :], "or"), topic=topic, place=place)
    text, after = _cut(text, _AFTER)
    text, weak = _cut(text, _LESS)
    return Clause(
        _items(text, "and"),
        _items(weak, "and") if weak else (),
        _items(after, "or") if after else (),
        topic,
        place,
    )


def _cut(text: str, at: str) -> tuple[str, str | None]:
    parts = _split(text, at)
    return (text, None) if len(parts) == 1 else (parts[0], at.join(parts[1:]))


def _items(text: str, word: str) -> tuple[Item, ...]:
    first, likes = _cut(text, _LIKE)
    if likes is None:
        return tuple(_item(part) for part in _apart(first, word))
    others = _apart(first.removesuffix(f" {word} "), word) if first else []
    return (*map(_item, others), *(Like(part[1:-1]) for part in _apart(likes, "or")))


def _apart(text: str, word: str) -> list[str]:
    *most, last = _split(text, ", ")
    return [*most, *_split(last, f" {word} ")]


def _item(part: str) -> Item:
    quoted = re.fullmatch("“(-?)([^”]+)”", part)
    return Kind(part) if quoted is None else _word(quoted[2], piece=bool(quoted[1]))


def _word(text: str, *, piece: bool) -> Word:
    opens = len(text) > 1 and text[-1] == "-" and text[-2].isalnum()
    return Word(text[:-1] if opens else text, piece, opens)


def _split(text: str, at: str) -> list[str]:
    """At every `at` that is outside of quotes."""
    parts, depth, start, i = [], 0, 0, 0
    while i < len(text):
        if text[i] == "“":
            depth = 1
        elif text[i] == "”":
            depth = 0
        elif not depth and text.startswith(at, i):
            parts.append(text[start:i])
            i += len(at)
            start = i
            continue
        i += 1
    parts.append(text[start:])
    return parts

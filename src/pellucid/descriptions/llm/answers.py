"""Judgements out of what language models answer, found by the characters where they stand."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import exp
from typing import Any, TypeVar

from pellucid.core.errors import PellucidError, UnparseableReply
from pellucid.descriptions.llm.excerpts import harmless
from pellucid.llm import Answer, Ask, ChatModel, Place

ATTEMPTS = 3
"""For replies that cannot be read; each after the first with some temperature and another seed."""
HEADING, UNKNOWN = "piece\tjudgement", "?"
_LINE = re.compile(r"^[ \t]*(\d+)[ \t]*[:|.)][ \t]*(\d+)[ \t]*$", re.M)
_SHOWN = str.maketrans({"\n": "⏎", "\t": "⇥", "\r": "⏎", "\0": "∅"})
Out = TypeVar("Out")


def or_raise(found: Out | PellucidError) -> Out:
    """What was found; an error is raised."""
    if isinstance(found, PellucidError):
        raise found
    return found


def taken(model: ChatModel, asks: Sequence[Ask], take: Callable[[Answer, int], Out]) -> list[Out]:
    """`take(answer, i)` of the reply to every question; one that cannot be read is asked again.

    Raises:
        UpstreamFailed: The model does not answer.
        UnparseableReply: It answers nothing that can be read.
    """
    out: dict[int, Out] = {}
    for attempt in range(ATTEMPTS):
        left = [i for i in range(len(asks)) if i not in out]
        again = [
            replace(asks[i], temperature=0.7, seed=asks[i].seed + attempt) if attempt else asks[i]
            for i in left
        ]
        for i, answer in zip(left, model.reply(again) if left else (), strict=True):
            try:
                out[i] = take(or_raise(answer), i)
            except UnparseableReply:
                if attempt == ATTEMPTS - 1:
                    raise
    return [out[i] for i in range(len(asks))]


def shown(piece: str) -> str:
    """A token's text on one line."""
    return harmless(piece).translate(_SHOWN) or "∅"


def numbered(texts: Sequence[str]) -> str:
    """Pieces, one a line, from 1."""
    return "\n".join(f"{n}|{shown(piece)}" for n, piece in enumerate(texts, 1))


def listed(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Pieces with a question mark each, and the characters where these stand."""
    text, slots = HEADING, list[int]()
    for piece in texts:
        text += f"\n{shown(piece)}\t"
        slots.append(len(text))
        text += UNKNOWN
    return text, slots


def at_slot(places: Sequence[Place], slot: int) -> Mapping[str, float]:
    """What else could stand at a character.

    Raises:
        UnparseableReply: No token is known there.
    """
    for place in places:
        if place.start <= slot < place.start + len(place.text):
            return place.alternatives
    raise UnparseableReply("a judgement is missing from what the model read", repr(places)[:500])


def expected(alternatives: Mapping[str, float], top: int) -> float:
    """The judgement expected, of those from 0 to `top` that are among the alternatives.

    Raises:
        UnparseableReply: None is.
    """
    weight = value = 0.0
    known = {t: v for t, v in alternatives.items() if t.strip().isdecimal()}
    most = max(known.values(), default=0.0)
    for text, log in known.items():
        if int(text) <= top:
            p = exp(log - most)
            weight += p
            value += p * int(text)
    if weight == 0:
        raise UnparseableReply("no judgement is likely", repr(dict(alternatives))[:500])
    return value / weight


def by_line(answer: Answer, n: int, top: int) -> list[float]:
    """A judgement a line, the expected one where the alternatives are known.

    Raises:
        UnparseableReply: Lines are missing, or a judgement is out of range.
    """
    found = list(_LINE.finditer(answer.text))
    if [int(m[1]) for m in found] != list(range(1, n + 1)):
        raise UnparseableReply(f"{len(found)} judgements for {n} pieces", answer.text[:1000])
    if any(int(m[2]) > top for m in found):
        raise UnparseableReply(f"a judgement above {top}", answer.text[:1000])
    if "".join(place.text for place in answer.places) != answer.text:
        return [float(m[2]) for m in found]
    return [expected(at_slot(answer.places, m.start(2)), top) for m in found]


def numbers(text: str, n: int, top: int) -> list[float]:
    """A JSON list of so many numbers, by itself or as the one value of an object, with or without words around it.

    Raises:
        UnparseableReply: There is no such list.
    """
    for part in (text, *re.findall(r"\[[^\[\]]*\]", text)):
        try:
            value: Any = json.loads(part)
        except ValueError:
            continue
        if isinstance(value, dict) and len(value) == 1:
            (value,) = value.values()
        if (
            isinstance(value, list)
            and len(value) == n
            and all(type(v) in (int, float) and 0 <= v <= top for v in value)
        ):
            return [float(v) for v in value]
    raise UnparseableReply(f"no list of {n} numbers from 0 to {top}", text[:1000])

"""A conversation that comes in from outside: read off the event loop, and refused in plain words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from fastapi import Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from pellucid.core.errors import InvalidRequest
from pellucid.journal import ConversationDocument

_SHOWN = 3
"""Mistakes that are told."""
_LONGEST = 60
"""Characters of a field's name that are shown."""
_PARTS = {
    "turns": "turn",
    "runs": "answer",
    "tokens": "token",
    "top": "alternative",
    "interventions": "intervention",
    "features": "feature",
}
_WORDS = {
    "json_invalid": "is not JSON, or is cut off: {error}",
    "missing": "is missing",
    "extra_forbidden": "is no field that is known here",
    "literal_error": "is not {expected}",
    "string_type": "is not a text",
    "string_too_long": "has more than {max_length:,} characters",
    "string_too_short": "has fewer than {min_length:,} characters",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_type": "is not a number",
    "float_parsing": "is not a number",
    "finite_number": "is not a finite number",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "greater_than": "is not greater than {gt}",
    "greater_than_equal": "is less than {ge}",
    "less_than": "is not less than {lt}",
    "less_than_equal": "is greater than {le}",
    "tuple_type": "is not a list",
    "model_type": "is not an object with fields",
    "model_attributes_type": "is not an object with fields",
    "timezone_aware": "is a time without its zone",
}
"""What is wrong, by Pydantic's name for it; the rest is told in Pydantic's words."""


async def document_of(request: Request) -> ConversationDocument:
    """The conversation in the request's body.

    Raises:
        InvalidRequest: It is none, in which place and why.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind.startswith("application/") or not kind.endswith("json"):
        raise InvalidRequest(
            "the file cannot be imported",
            why="it was not sent as JSON",
            instead="send it as application/json",
        )
    return await run_in_threadpool(parsed, await request.body())


def parsed(body: bytes) -> ConversationDocument:
    """The conversation that a document holds.

    Raises:
        InvalidRequest: It holds none, in which place and why.
    """
    try:
        return ConversationDocument.model_validate_json(body)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=False)
        raise InvalidRequest(
            "the file cannot be imported",
            why=_told(mistakes),
            instead="choose a file that an export of a conversation gave",
        ) from None


def _told(mistakes: Sequence[Any]) -> str:
    """Where and why, without repeating what was sent."""
    shown = [_sentence(one) for one in mistakes[:_SHOWN]]
    more = len(mistakes) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _sentence(mistake: Any) -> str:
    loc, kind, context = mistake["loc"], mistake["type"], mistake.get("ctx", {})
    place = ", ".join(_parts(loc))
    field = loc[-1][:_LONGEST] if loc and isinstance(loc[-1], str) else ""
    if kind == "value_error":  # a sentence of our own
        said = f"{place or field}: {context['error']}" if loc else str(context["error"])
    else:
        subject = f"the field {field}" if field else "it"
        words = _WORDS.get(kind)
        wrong = _decapitalised(mistake["msg"]) if words is None else words.format(**context)
        said = f"{place}: {subject} {wrong}" if place else f"{subject} {wrong}"
    path = ".".join(str(part)[:_LONGEST] for part in loc)
    return f"{said} ({path})" if place else said


def _parts(loc: Sequence[str | int]) -> Iterator[str]:
    """The parts of a conversation that a path leads through, counted from 1."""
    for name, number in pairwise(loc):
        if isinstance(number, int):
            yield f"{_PARTS.get(str(name), name)} {number + 1}"


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]

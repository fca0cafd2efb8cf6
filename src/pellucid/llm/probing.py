"""What an endpoint can do, by trying: four short calls."""

from collections.abc import Callable
from contextlib import suppress
from typing import Literal, TypeVar

from pellucid.core.errors import InvalidRequest, PellucidError, UnparseableReply
from pellucid.llm.port import Answer, Ask, Capabilities, Forced, Message, Place

Out = TypeVar("Out")
Way = Literal["chat", "echo"]
_HELLO = (Message("user", "Write the number 10 and nothing else."),)
_JSON = (Message("user", 'Write this JSON object and nothing else: {"value": 10}'),)
_DIGITS = tuple(str(n) for n in range(11))
_FORCED = Forced(_HELLO, "One is\t1\nTen is\t10", _DIGITS)


def probe(
    reply: Callable[[Ask], Answer], read: Callable[[Forced, str], tuple[Place, ...]]
) -> Capabilities:
    """Tries each thing once.

    Raises:
        UpstreamFailed: It does not answer at all.
        InvalidRequest: There is no such model.
    """
    with suppress(UnparseableReply):  # it answers
        reply(Ask(_HELLO, 8))
    top = _tried(lambda: reply(Ask(_HELLO, 8, top=20)))
    as_json = _tried(lambda: reply(Ask(_JSON, 24, json=True)))
    ways: tuple[Way, ...] = ("chat", "echo")
    for way in ways:
        places = _tried(lambda way=way: read(_FORCED, way))
        if places is not None and all(place.alternatives for place in places):
            ten = any(p.text.strip() == "10" for p in places)
            return Capabilities(way, _has_top(top), _is_json(as_json), ten)
    ten = top is None or not top.places or any(p.text.strip() == "10" for p in top.places)
    return Capabilities(None, _has_top(top), _is_json(as_json), ten)


def _tried(do: Callable[[], Out]) -> Out | None:
    """None where it is refused, or what comes is something else."""
    try:
        return do()
    except (InvalidRequest, UnparseableReply):
        return None
    except PellucidError as error:
        if error.__cause__ is not None and getattr(error.__cause__, "status_code", 0) in (500, 501):
            return None  # some servers fail over what they do not know
        raise


def _has_top(answer: Answer | None) -> bool:
    return answer is not None and any(len(p.alternatives) > 1 for p in answer.places)


def _is_json(answer: Answer | None) -> bool:
    return answer is not None and answer.text.strip().startswith("{")

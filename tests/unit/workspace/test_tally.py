"""How replies ended, counted, whatever ends them."""

from collections.abc import Callable, Generator, Iterable
from typing import Any

import pytest

from pellucid.core.errors import InvalidRequest, PellucidError, StoreFailed
from pellucid.core.records import Token
from pellucid.workspace import ReplyDone, Started, Written
from pellucid.workspace.tally import Tally

NONE = {"end": 0, "length": 0, "stopped": 0, "failed": 0, "refused": 0}
STARTED = Started.model_construct()
WRITTEN = Written(token=Token(pos=3, id=7, text="x", role="assistant", marker=False, logprob=-1.0))


def done(finish: Any) -> ReplyDone:
    return ReplyDone(finish=finish, n_tokens=1, seconds=1.0, touched=None)


def counted(tally: Tally, steps: Iterable[Any]) -> Generator[Any, None, None]:
    """A reply of these events and errors, counted."""

    def reply(*_: Any) -> Generator[Any, None, None]:
        for step in steps:
            if isinstance(step, Exception):
                raise step
            yield step

    counting: Callable[..., Any] = tally.counting(reply)
    return counting(None, None)


@pytest.mark.parametrize("finish", ["end", "length"])
def test_a_whole_reply_ends_as_it_says(finish: str) -> None:
    tally = Tally()
    events = [STARTED, WRITTEN, WRITTEN, done(finish)]
    assert list(counted(tally, events)) == events
    assert tally.replies == NONE | {finish: 1}
    assert tally.tokens == 2


@pytest.mark.parametrize(
    ("steps", "ended"),
    [
        ([InvalidRequest("x")], "refused"),
        ([RuntimeError("x")], "failed"),
        ([STARTED, RuntimeError("x")], "failed"),
        ([STARTED, WRITTEN, StoreFailed("x")], "failed"),
    ],
)
def test_a_reply_that_breaks_has_failed_or_was_never_begun(steps: list[Any], ended: str) -> None:
    tally = Tally()
    with pytest.raises((RuntimeError, PellucidError)):
        list(counted(tally, steps))
    assert tally.replies == NONE | {ended: 1}


@pytest.mark.parametrize("n", [1, 2])
def test_a_reply_that_is_left_was_stopped(n: int) -> None:
    tally = Tally()
    reply = counted(tally, [STARTED, WRITTEN, done("end")])
    for _ in range(n):
        next(reply)
    reply.close()
    assert tally.replies == NONE | {"stopped": 1}
    assert tally.tokens == n - 1


def test_a_reply_that_is_left_at_its_end_had_ended() -> None:
    tally = Tally()
    reply = counted(tally, [STARTED, done("end")])
    assert [next(reply), next(reply)][1].type == "done"
    reply.close()
    assert tally.replies == NONE | {"end": 1}

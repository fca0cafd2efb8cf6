"""The line: order, turns, room, and letting go."""

import asyncio
import threading
import time
from collections.abc import Generator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.core.errors import Busy, InvalidRequest
from pellucid.workspace import OVER, Job, Line, Queued


def ticket(name: str, served: list[str]) -> Any:
    def work() -> Generator[str]:
        served.append(name)
        yield name

    return work


async def drain(job: Job[Any]) -> list[Any]:
    found: list[Any] = []
    while (update := await job.next()) is not OVER:
        found.append(update)
    return found


async def served_order(clients: list[str]) -> list[str]:
    """Names like `a0` in the order in which questions of these clients are answered."""
    served: list[str] = []
    line = Line(limit=100)
    counts: dict[str, int] = {}
    jobs: list[Job[str]] = []
    for client in clients:
        number = counts[client] = counts.get(client, -1) + 1
        jobs.append(line.join(client, ticket(f"{client}{number}", served)))
    line.start(lambda: None)
    for job in jobs:
        await drain(job)
    line.close()
    return served


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        ("aaa", ["a0", "a1", "a2"]),
        ("abc", ["a0", "b0", "c0"]),
        ("aaab", ["a0", "b0", "a1", "a2"]),
        ("aaabbc", ["a0", "b0", "c0", "a1", "b1", "a2"]),
    ],
)
def test_clients_take_turns(clients: str, expected: list[str]) -> None:
    assert asyncio.run(served_order(list(clients))) == expected


@given(st.lists(st.sampled_from("abcd"), max_size=20))
def test_nothing_is_lost_and_nobody_waits_for_two_of_another(clients: list[str]) -> None:
    served = asyncio.run(served_order(clients))
    assert sorted(served) == sorted(f"{c}{clients[:i].count(c)}" for i, c in enumerate(clients))
    for client in set(clients):
        mine = [i for i, name in enumerate(served) if name[0] == client]
        assert [served[i] for i in mine] == [f"{client}{k}" for k in range(len(mine))]
        for i, j in pairwise(mine):
            between = [name[0] for name in served[i + 1 : j]]
            assert len(between) == len(set(between))


async def test_positions_come_down_to_0_and_then_the_answer() -> None:
    line = Line(limit=9)
    line.start(lambda: None)
    go = threading.Event()

    def patient() -> Generator[str]:
        go.wait(5)
        yield "first"

    first = line.join("a", patient)
    while await first.next() != Queued(position=0):
        pass
    jobs = [line.join(name, ticket(name, [])) for name in "bc"]
    go.set()
    assert await drain(jobs[1]) == [*(Queued(position=p) for p in (2, 1, 0)), "c"]
    line.close()


async def test_a_full_line_says_when_to_come_back() -> None:
    line = Line(limit=1)
    job = line.join("a", ticket("a", []))
    with pytest.raises(Busy) as caught:
        line.join("b", ticket("b", []))
    assert caught.value.retry_after_s >= 1
    job.cancel()
    line.join("b", ticket("b", []))
    line.close()


async def test_nobody_takes_more_than_half_the_line() -> None:
    line = Line(limit=4)
    for _ in range(2):
        line.join("greedy", ticket("g", []))
    with pytest.raises(Busy, match="your questions"):
        line.join("greedy", ticket("g", []))
    line.join("modest", ticket("m", []))
    assert len(line) == 3
    line.close()


async def test_leaving_moves_the_others_up() -> None:
    line = Line(limit=9)
    served: list[str] = []
    jobs = [line.join(name, ticket(name, served)) for name in "abc"]
    jobs[0].cancel()
    jobs[0].cancel()
    assert await drain(jobs[0]) == [Queued(position=0)]
    line.start(lambda: None)
    await drain(jobs[2])
    assert served == ["b", "c"]
    line.close()


async def test_cancelling_closes_the_generator_in_the_worker() -> None:
    closed_in: list[str] = []
    line = Line(limit=9)

    def endless() -> Generator[int]:
        try:
            yield from range(10**9)
        finally:
            closed_in.append(threading.current_thread().name)

    job = line.join("a", endless)
    line.start(lambda: None)
    while await job.next() != 5:
        pass
    job.cancel()
    while await job.next() is not OVER:
        pass
    assert closed_in == ["pellucid-model"]
    assert await line.join("a", ticket("next", [])).result() == "next"
    line.close()


async def test_a_failure_reaches_its_reader_and_nobody_else() -> None:
    def fails() -> Generator[int]:
        yield 1
        raise InvalidRequest("no")

    line = Line(limit=9)
    bad, good = line.join("a", fails), line.join("b", ticket("fine", []))
    line.start(lambda: None)
    with pytest.raises(InvalidRequest):
        await bad.result()
    assert await good.result() == "fine"
    line.close()


async def test_closing_tells_everyone_and_refuses_the_rest() -> None:
    line = Line(limit=9)
    started = threading.Event()

    def endless() -> Generator[int]:
        started.set()
        while True:
            yield 0

    running, waiting = line.join("a", endless), line.join("b", ticket("b", []))
    line.start(lambda: None)
    await asyncio.to_thread(started.wait, 5)
    await asyncio.to_thread(line.close)
    for job in (running, waiting):
        with pytest.raises(Busy):
            await job.result()
    with pytest.raises(Busy):
        line.join("c", ticket("c", []))


async def test_closing_does_not_wait_for_what_cannot_be_stopped() -> None:
    line, loaded = Line(limit=9), threading.Event()

    def load() -> None:
        loaded.wait(20)

    line.start(load)
    waiting = line.join("a", ticket("a", []))
    await asyncio.wait_for(asyncio.to_thread(line.close), 2)
    with pytest.raises(Busy):
        await waiting.result()
    loaded.set()


async def test_a_withdrawn_question_has_no_result() -> None:
    line = Line(limit=9)
    job = line.join("a", ticket("a", []))
    job.cancel()
    with pytest.raises(Busy):
        await job.result()


def test_a_reader_whose_loop_is_gone_stops_the_work() -> None:
    line = Line(limit=9)

    async def join() -> Job[int]:
        def endless() -> Generator[int]:
            while True:
                yield 0

        return line.join("a", endless)

    asyncio.run(join())
    line.start(lambda: None)
    while not line.is_idle:
        time.sleep(0.01)
    line.close()

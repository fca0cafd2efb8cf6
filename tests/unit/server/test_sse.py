"""Streams: what is sent while nothing happens, and what a connection that ends takes along."""

import asyncio
from collections.abc import Generator
from typing import Any

from pellucid.server.sse import EventStream
from pellucid.workspace import Line, Queued


async def frames_of(
    line: Line, work: Any, ping_s: float, disconnect_after: int | None
) -> list[bytes]:
    sent: list[bytes] = []
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))
        if disconnect_after is not None and len(sent) > disconnect_after:
            gone.set()
            await asyncio.sleep(0)

    response = EventStream(line.join("client", work), "request", ping_s)
    scope = {"type": "http", "asgi": {"spec_version": "2.3"}}
    await response(scope, receive, send)  # pyright: ignore[reportArgumentType]
    return sent


def test_a_quiet_stream_is_kept_alive() -> None:
    async def scenario() -> list[bytes]:
        line = Line(limit=1)

        def slow() -> Generator[Queued]:
            import time

            time.sleep(0.2)
            yield Queued(position=7)

        line.start(lambda: None)
        try:
            return await frames_of(line, slow, 0.03, None)
        finally:
            line.close()

    sent = asyncio.run(scenario())
    assert sent.count(b": ping\n\n") >= 3
    assert b'event: queued\ndata: {"type":"queued","position":7}\n' in b"".join(sent)


def test_a_connection_that_ends_cancels_its_job() -> None:
    closed: list[bool] = []

    async def scenario() -> None:
        line = Line(limit=1)

        def endless() -> Generator[Queued]:
            try:
                while True:
                    yield Queued(position=1)
            finally:
                closed.append(True)

        line.start(lambda: None)
        await frames_of(line, endless, 10, disconnect_after=5)
        await asyncio.to_thread(line.close)

    asyncio.run(scenario())
    assert closed == [True]

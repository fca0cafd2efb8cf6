"""Server-sent events: one job of the line as one response, cancelled when nobody reads it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from itertools import count
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from pellucid.server.errors import problem_of
from pellucid.server.schemas.problems import ErrorEvent
from pellucid.workspace import Job, Over

PING_S = 15.0
_HEADERS: Mapping[str, str] = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


class EventStream(StreamingResponse):
    """The updates of a job; closing the connection cancels it."""

    media_type = "text/event-stream"

    def __init__(self, job: Job[Any], request_id: str | None, ping_s: float = PING_S) -> None:
        """A comment is sent after every `ping_s` seconds without an event."""
        self._cancel: Callable[[], None] = job.cancel
        super().__init__(_frames(job, request_id, ping_s), headers=_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the job or the connection ends; the job never outlives either."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._cancel()


async def _frames(
    job: Job[Any], request_id: str | None, ping_s: float
) -> AsyncGenerator[bytes, None]:
    ids = count()
    while True:
        try:
            async with asyncio.timeout(ping_s):
                update = await job.next()
        except TimeoutError:
            yield KEEPALIVE_COMMENT
            continue
        except Exception as error:  # the route's edge: the stream has begun, so it ends in an event
            event = ErrorEvent(problem=problem_of(error, request_id))
            yield _frame("error", event, next(ids))
            return
        if isinstance(update, Over):
            return
        yield _frame(update.type, update, next(ids))


def _frame(name: str, event: BaseModel, number: int) -> bytes:
    return format_sse_event(data_str=event.model_dump_json(), event=name, id=str(number))

"""Questions with one result: the request waits for it, and takes the question along when it goes away."""

import asyncio
from typing import TypeVar

from fastapi import Request

from pellucid.workspace import Job

T = TypeVar("T")


async def result_of(job: Job[T], request: Request) -> T:
    """The job's result; a client that goes away takes its question along."""
    watch = asyncio.create_task(_cancel_when_gone(job, request))
    try:
        return await job.result()
    finally:
        watch.cancel()
        job.cancel()


async def _cancel_when_gone(job: Job[T], request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    job.cancel()

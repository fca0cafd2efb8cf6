"""Errors on the wire: RFC 9457 problem documents."""

from typing import Literal

from pydantic import BaseModel


class Problem(BaseModel):
    """What went wrong, why, and what to do instead."""

    type: str
    """`urn:pellucid:error:<code>`."""
    title: str
    status: int
    code: str
    """Stable; `docs/errors/<code>.md` says more."""
    detail: str
    """`what`, `why` and `instead` in one line."""
    what: str
    why: str
    instead: str
    retry_after_s: float | None = None
    """Only with `busy`."""
    request_id: str | None = None
    """Stands in the server's log."""


class ErrorEvent(BaseModel):
    """The last event of a stream that failed."""

    type: Literal["error"] = "error"
    problem: Problem

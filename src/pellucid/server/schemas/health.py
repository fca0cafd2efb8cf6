"""Whether the server answers."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """The server is up; more about the subject, and why it failed, says `GET /api/subject`."""

    status: Literal["ok", "loading", "failed"]
    """`ok`: the subject answers questions; `loading`: they wait; `failed`: there is none."""
    version: str
    queue: int
    """Questions that wait, the one being answered not counted."""
    ahead: tuple[int, ...]
    """For each question of the client that asks, in its order, while it waits: how many come before it."""

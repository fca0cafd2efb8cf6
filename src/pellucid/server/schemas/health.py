"""Whether the server answers."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """The server is up; whether the subject is too, `GET /api/subject` says."""

    status: Literal["ok"] = "ok"
    version: str

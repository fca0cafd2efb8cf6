"""Asking for a reply, and the events of its stream."""

from typing import Annotated

from pydantic import Field, RootModel

from pellucid.core.interventions import Intervention
from pellucid.core.records import Record
from pellucid.journal import Sampling
from pellucid.server.schemas.conversations import Text
from pellucid.server.schemas.problems import ErrorEvent
from pellucid.workspace import Queued, ReplyDone, Started, Written

MAX_INTERVENTIONS = 200


class ReplyRequest(Record):
    """With `content`: a user turn and its answer. Without: the last user turn, answered again."""

    content: Text | None = Field(default=None, min_length=1)
    settings: Sampling = Sampling()
    interventions: tuple[Intervention, ...] = Field(default=(), max_length=MAX_INTERVENTIONS)


class ReplyStreamEvent(
    RootModel[
        Annotated[Queued | Started | Written | ReplyDone | ErrorEvent, Field(discriminator="type")]
    ]
):
    """One event of a reply: `queued`, `started`, `token`, `done` or `error`. Deltas only."""

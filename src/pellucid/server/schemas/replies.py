"""Asking for a reply, and the events of its stream."""

from typing import Annotated, Any, cast

from pydantic import Discriminator, Field, RootModel, Tag

from pellucid.core.interventions import Intervention
from pellucid.core.records import Record
from pellucid.journal import Sampling, Text
from pellucid.server.schemas.problems import ErrorEvent
from pellucid.workspace import GivenText, GivenTokens, Queued, ReplyDone, Started, Written

MAX_INTERVENTIONS = 200
_Number = Annotated[int, Field(ge=0, lt=2**31)]


class TextStart(Record):
    """The reply begins with this text, literally; the subject continues it."""

    text: Text = Field(min_length=1)

    def given(self) -> GivenText:
        """The same for the workspace."""
        return GivenText(self.text)


class TokensStart(Record):
    """The reply begins with the tokens of another answer to the same question; the subject continues them."""

    run_id: str = Field(max_length=64, description="A run of the turn that is answered")
    pos: _Number = Field(
        description="All that the run read and wrote before this position is read again, token by token; the "
        "position is one of its reply, or the one behind its last token where the reply was cut"
    )
    token_id: _Number | None = Field(
        default=None, description="The token at `pos`, instead of the run's"
    )

    def given(self) -> GivenTokens:
        """The same for the workspace."""
        return GivenTokens(self.run_id, self.pos, self.token_id)


def _kind(value: Any) -> str:
    """Which of the two a start is meant to be, so that what is wrong with it is said once."""
    named = cast("dict[Any, Any]", value) if isinstance(value, dict) else {}
    return "text" if isinstance(value, TextStart) or "text" in named else "tokens"


Start = Annotated[
    Annotated[TextStart, Tag("text")] | Annotated[TokensStart, Tag("tokens")],
    Discriminator(_kind),
]


class ReplyRequest(Record):
    """With `content`: a user turn and its answer. Without: the last user turn, answered again."""

    content: Text | None = Field(default=None, min_length=1)
    settings: Sampling = Sampling()
    interventions: tuple[Intervention, ...] = Field(default=(), max_length=MAX_INTERVENTIONS)
    start: Start | None = Field(
        default=None, description="What the reply begins with; tokens go without `content`"
    )


class ReplyStreamEvent(
    RootModel[
        Annotated[Queued | Started | Written | ReplyDone | ErrorEvent, Field(discriminator="type")]
    ]
):
    """One event of a reply: `queued`, `started`, `token`, `done` or `error`. Deltas only."""

"""A conversation as one JSON document without ids: what an export gives, and all that an import takes.

Version 1 is fixed: a document that this version wrote can be read by every later one.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    FailFast,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from pellucid.core.interventions import Intervention
from pellucid.core.records import Record, Role
from pellucid.journal.conversations import newest_finished
from pellucid.journal.records import MAX_TEXT, Finish, RunState, Sampling, Text, Title

FORMAT = "pellucid conversation"
VERSION = 1

_ENDS: dict[RunState, tuple[Finish | None, ...]] = {
    "running": (None,),
    "failed": (None,),
    "stopped": ("stopped",),
    "done": ("end", "length"),
}
_Id = Annotated[int, Field(ge=0, lt=2**31)]
_TokenText = Annotated[str, StringConstraints(max_length=100_000)]
_Reply = Annotated[str, StringConstraints(max_length=10_000_000)]
_Hash = Annotated[str, StringConstraints(min_length=1, max_length=128)]
_Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))
]


class DocumentAlternative(Record):
    """A token that could have been written; see `Alternative`."""

    id: _Id
    text: _TokenText
    logprob: float


class DocumentToken(Record):
    """A token of a run; see `Token`."""

    pos: int
    id: _Id
    text: _TokenText
    role: Role
    marker: bool
    logprob: float | None
    top: Annotated[tuple[DocumentAlternative, ...], FailFast()]


class DocumentRun(Record):
    """A run with all its tokens; see `RunDetail`."""

    state: RunState
    """A run that is `running` becomes `stopped` by being imported."""
    finish: Finish | None
    reply: _Reply
    settings: Sampling
    interventions: Annotated[tuple[Intervention, ...], FailFast()]
    subject: _Hash
    atlas: _Hash | None
    given_from: int = Field(ge=0)
    reply_from: int = Field(ge=0)
    n_prompt: int = Field(ge=1)
    created_at: _Moment
    tokens: Annotated[tuple[DocumentToken, ...], FailFast()]

    @field_validator("interventions")
    @classmethod
    def _features(cls, interventions: tuple[Intervention, ...]) -> tuple[Intervention, ...]:
        if any(one.query is not None for one in interventions):
            raise ValueError("interventions of a run name features, not a concept in query")
        return interventions

    @model_validator(mode="after")
    def _whole(self) -> "DocumentRun":
        if self.finish not in _ENDS[self.state]:
            raise ValueError(f"a run that is {self.state} does not finish so")
        if any(token.pos != place for place, token in enumerate(self.tokens)):
            raise ValueError("the positions of tokens are not 0, 1, 2 and so on")
        if not self.given_from <= self.reply_from <= self.n_prompt <= len(self.tokens):
            raise ValueError(
                "given_from, reply_from, n_prompt and the number of tokens must not decrease in this order"
            )
        end = len(self.tokens) - 1
        if any(token.marker for token in self.tokens[self.reply_from : max(self.n_prompt, end)]):
            raise ValueError("a marker stands in the reply; only its last token written can be one")
        if not self._says_what_its_tokens_say():
            raise ValueError("reply is not what the tokens from reply_from on say")
        return self

    def _says_what_its_tokens_say(self) -> bool:
        """The marker before a reply may have swallowed the white space that the reply was given to begin with."""
        spoken = "".join(t.text for t in self.tokens[self.reply_from :] if not t.marker)
        if not self.reply.endswith(spoken):
            return False
        swallowed = self.reply.removesuffix(spoken)
        header = self.tokens[self.reply_from - 1].text if self.reply_from else ""
        return header.endswith(swallowed)


class DocumentTurn(Record):
    """A turn with its runs, oldest first; see `Turn`."""

    role: Literal["user", "assistant"]
    content: _Reply
    created_at: _Moment
    runs: Annotated[tuple[DocumentRun, ...], FailFast()]

    @model_validator(mode="after")
    def _whole(self) -> "DocumentTurn":
        if self.role == "assistant":
            if self.content != newest_finished(self.runs):
                raise ValueError("content is not the reply of the newest run that is over")
        elif self.runs:
            raise ValueError("a user turn has no runs")
        elif not 1 <= len(self.content) <= MAX_TEXT:
            raise ValueError(f"a question has 1 to {MAX_TEXT:,} characters")
        return self


class ConversationDocument(Record):
    """A conversation, whole: everything that the journal keeps of it but ids."""

    format: Literal["pellucid conversation"]
    version: Literal[1]
    title: Title
    system: Text | None
    created_at: _Moment
    turns: Annotated[tuple[DocumentTurn, ...], FailFast()]

    @field_validator("format", mode="before")
    @classmethod
    def _format(cls, value: Any) -> Any:
        if value != FORMAT:
            raise ValueError(f"this is no {FORMAT}: import what an export gave")
        return value

    @field_validator("version", mode="before")
    @classmethod
    def _version(cls, value: Any) -> Any:
        if value != VERSION:
            raise ValueError(f"only version {VERSION} can be read here: update Pellucid")
        return value

    @field_validator("turns")
    @classmethod
    def _pairs(cls, turns: tuple[DocumentTurn, ...]) -> tuple[DocumentTurn, ...]:
        roles = [turn.role for turn in turns]
        if roles != ["user", "assistant"] * (len(roles) // 2):
            raise ValueError("turns do not come in pairs, the user's and then the assistant's")
        return turns

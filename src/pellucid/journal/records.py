"""What the journal keeps, as the values that pass to the page. All frozen."""

from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import Field, StringConstraints

from pellucid.core.interventions import Intervention
from pellucid.core.records import Record, Token

RunState = Literal["running", "done", "stopped", "failed"]
"""`stopped`: cut short by a person, a closed connection, or the end of the process."""

Finish = Literal["end", "length", "stopped"]
"""Why a reply ended: the subject ended it, it reached its length, or it was stopped."""

MAX_TEXT = 400_000
"""Characters of a question or a system message."""

Title = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]


class Answer(Protocol):
    """Whatever stands for a run among those of its turn."""

    @property
    def state(self) -> RunState: ...
    @property
    def reply(self) -> str: ...


class Sampling(Record):
    """How a reply is sampled."""

    max_new_tokens: int = Field(default=256, ge=1, le=1_000_000)
    temperature: float = Field(default=0.7, ge=0, le=100)
    """0 is greedy."""
    seed: int = Field(default=0, ge=0, lt=2**53)
    """Same seed, same subject, same prompt: same reply. Exact in JSON."""


class RunSummary(Record):
    """One answer to a conversation, without its tokens."""

    id: str
    turn_id: str
    state: RunState
    reply: str
    """The whole turn, what it was given to begin with included, without markers; while running, what was committed."""
    interventions: tuple[Intervention, ...]
    settings: Sampling
    finish: Finish | None
    """None while running, and where the run failed."""
    created_at: datetime


class RunDetail(RunSummary):
    """One answer with every token the subject read and wrote."""

    conversation_id: str
    subject: str
    """Hash of the subject that ran."""
    atlas: str | None
    """Hash of the evidence in the atlas that strengths were multiples of; None where no intervention had one but 0."""
    given_from: int
    """Tokens before this are a system turn that the template added by itself."""
    reply_from: int
    """Where the reply begins. Tokens from here up to `n_prompt` were given; `n_prompt` where none was."""
    n_prompt: int
    """How many of `tokens` were read before the first was written."""
    tokens: tuple[Token, ...]


class Turn(Record):
    """One turn of a conversation."""

    id: str
    role: Literal["user", "assistant"]
    content: str
    """Of an assistant turn: the reply of its newest finished run, empty where none has finished."""
    created_at: datetime
    runs: tuple[RunSummary, ...] = ()
    """Every answer given at this place, oldest first; empty for user turns."""


class ConversationSummary(Record):
    """A conversation as it stands in a list."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime


class ConversationDetail(ConversationSummary):
    """A conversation with all its turns."""

    system: str | None
    """None: whatever the chat template adds by itself."""
    turns: tuple[Turn, ...]


class FeatureSet(Record):
    """Some features under a name."""

    id: str
    name: str
    """No two sets have the same."""
    features: tuple[str, ...]
    """Feature ids, each once."""
    note: str | None
    created_at: datetime
    updated_at: datetime


class JournalFacts(Record):
    """Where conversations are kept, and how much that is."""

    place: str
    """The SQLite file, or the database's URL without password."""
    n_conversations: int
    bytes: int | None
    """What the file and its write-ahead log take on the disk; null for other databases."""


class Begun(Record):
    """Where a new run was put."""

    run_id: str
    turn_id: str
    user_turn_id: str | None
    """The user turn that was added; None where the last one was answered again."""

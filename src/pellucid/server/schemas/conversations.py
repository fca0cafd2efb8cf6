"""What is asked about conversations."""

from pydantic import Field

from pellucid.core.records import Record
from pellucid.journal import Text, Title


class NewConversation(Record):
    """A conversation to begin; without a title it takes one from its first question."""

    title: Title | None = None
    system: Text | None = Field(default=None, description="null: the chat template's own default")


class ConversationChange(Record):
    """Only what is given changes."""

    title: Title | None = None
    system: Text | None = Field(default=None, description="null: the chat template's own default")


class CopyRequest(Record):
    """How much of a conversation to copy, and what the copy is called."""

    before: str | None = Field(
        default=None,
        max_length=64,
        description="A turn's id: the copy has all turns before it, and of an assistant turn the place for its "
        "answer; null: all turns",
    )
    title: Title | None = Field(default=None, description="null: the original's")

"""What is asked about conversations."""

from typing import Annotated

from pydantic import Field, StringConstraints

from pellucid.core.records import Record

Title = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=400_000)]


class NewConversation(Record):
    """A conversation to begin; without a title it takes one from its first question."""

    title: Title | None = None
    system: Text | None = Field(default=None, description="null: the chat template's own default")


class ConversationChange(Record):
    """Only what is given changes."""

    title: Title | None = None
    system: Text | None = Field(default=None, description="null: the chat template's own default")

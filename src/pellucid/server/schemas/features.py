"""What is asked about a feature."""

from typing import Annotated

from pydantic import Field, StringConstraints

from pellucid.core.records import Record

MAX_TEXT = 20_000
MAX_EXEMPLARS = 1_000
MAX_NEIGHBOURS = 100
MAX_HITS = 1_000
MAX_LIKE = 1_000
MAX_QUERY = 20_000


class FeatureText(Record):
    """A text to read for a feature."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
    as_message: bool = Field(
        default=False,
        description="read it as a user's message, through the chat template; otherwise as a document",
    )

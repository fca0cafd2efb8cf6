"""What is asked about a feature."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from pellucid.core.ids import FeatureId, Sign
from pellucid.core.records import Record

MAX_TEXT = 20_000
MAX_EXEMPLARS = 1_000
MAX_NEIGHBOURS = 100
MAX_HITS = 1_000
MAX_LIKE = 1_000
MAX_QUERY = 20_000


def _id(text: str) -> str:
    FeatureId.parse(text)
    return text


FeatureName = Annotated[str, StringConstraints(max_length=200), AfterValidator(_id)]
"""A feature's id, as in `mlp.12.3047.pos`."""


class FeatureText(Record):
    """A text to read for a feature."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
    as_message: bool = Field(
        default=False,
        description="read it as a user's message, through the chat template; otherwise as a document",
    )


class ExampleText(Record):
    """A text to find the features that fire on it."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
    k: int = Field(default=20, ge=1, le=MAX_HITS, description="features at most")
    sign: Sign | None = Field(default=None, description="only this one")
    layers: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}:[0-9]{1,6}$")] | None = Field(
        default=None, description="A:B, from A up to before B"
    )
    min_score: float | None = Field(
        default=None, allow_inf_nan=False, description="least score of a description"
    )
    everything: bool = Field(default=False, description="also what seems not to matter to a user")

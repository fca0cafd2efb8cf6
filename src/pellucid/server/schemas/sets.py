"""What is asked about sets of features."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from pellucid.core.records import Record
from pellucid.server.schemas.features import FeatureName

MAX_FEATURES = 20_000
MAX_NOTE = 10_000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Features = Annotated[tuple[FeatureName, ...], Field(min_length=1, max_length=MAX_FEATURES)]
Note = Annotated[str, StringConstraints(max_length=MAX_NOTE)]


class NewFeatureSet(Record):
    """Features to keep under a name that no other set has; one that comes twice is kept once."""

    name: Name
    features: Features
    note: Note | None = None


class FeatureSetChange(Record):
    """Only what is given changes; a note of null is taken away."""

    name: Name | None = Field(default=None, description="null: as it is")
    features: Features | None = Field(
        default=None, description="All of them anew; null: as they are"
    )
    note: Note | None = None

    def values(self) -> dict[str, Any]:
        """What changes."""
        given = self.model_dump(include=self.model_fields_set)
        return {key: value for key, value in given.items() if value is not None or key == "note"}

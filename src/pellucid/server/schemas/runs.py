"""Questions about a run, and the events of an explanation."""

from typing import Annotated

from pydantic import Field, RootModel, field_validator

from pellucid.core.ids import FeatureId
from pellucid.core.records import Match, Method, Record
from pellucid.server.schemas.problems import ErrorEvent
from pellucid.workspace import Estimated, Measured, Queued, WhyDone

MAX_SITES = 5_000
MAX_MEASURED = 500
MAX_FEATURES = 20_000
MAX_RANDOM_SETS = 1_000
MAX_DAMAGE_SETS = 50
MAX_FOLLOWED = 500
_ID = Annotated[int, Field(ge=0, lt=2**31)]


class WhyRequest(Record):
    """Which token to explain; `contrast_id` asks why it rather than another."""

    pos: _ID
    contrast_id: _ID | None = None
    method: Method = "corrected"
    top: int = Field(default=50, ge=1, le=MAX_SITES)
    measure: int = Field(default=20, ge=0, le=MAX_MEASURED)


class WhyStreamEvent(
    RootModel[
        Annotated[Queued | Estimated | Measured | WhyDone | ErrorEvent, Field(discriminator="type")]
    ]
):
    """One event of an explanation: `queued`, `estimate`, `measured`, `done` or `error`."""


class ActiveRequest(Record):
    """A half-open range of positions."""

    start: _ID
    end: _ID
    top: int = Field(default=50, ge=1, le=MAX_SITES)


class NamedSite(Record):
    """One unit at one position."""

    id: str
    pos: _ID

    @field_validator("id")
    @classmethod
    def _is_id(cls, text: str) -> str:
        FeatureId.parse(text)
        return text


class JointRequest(Record):
    """Which sites to set to 0 together, for which token."""

    pos: _ID
    contrast_id: _ID | None = None
    sites: tuple[NamedSite, ...] = Field(min_length=1, max_length=MAX_SITES)


class RunFiringRequest(Record):
    """Which features to follow along a run."""

    features: tuple[str, ...] = Field(min_length=1, max_length=MAX_FOLLOWED)

    @field_validator("features")
    @classmethod
    def _ids(cls, features: tuple[str, ...]) -> tuple[str, ...]:
        return _are_ids(features)


class ShiftRequest(Record):
    """The run to compare with, which counts as the one before."""

    other: str = Field(max_length=64)


class DamageRequest(Record):
    """How many random sets to compare the run's interventions with."""

    n: int = Field(default=3, ge=0, le=MAX_DAMAGE_SETS)
    seed: int = Field(default=0, ge=0, lt=2**31)


class VerifyRequest(Record):
    """Which features to suppress, where, for which token."""

    pos: _ID
    contrast_id: _ID | None = None
    features: tuple[str, ...] = Field(min_length=1, max_length=MAX_FEATURES)
    positions: str = Field(
        default="all",
        description="`prompt`, `all`, `generated`, or a half-open range `A:B`",
        pattern=r"^(prompt|all|generated|[0-9]{1,9}:[0-9]{1,9})$",
    )
    n: int = Field(default=50, ge=2, le=MAX_RANDOM_SETS)
    match: Match = "activation"

    @field_validator("features")
    @classmethod
    def _ids(cls, features: tuple[str, ...]) -> tuple[str, ...]:
        return _are_ids(features)


def _are_ids(features: tuple[str, ...]) -> tuple[str, ...]:
    for text in features:
        FeatureId.parse(text)
    return features

"""Questions about a run, and the events of an explanation."""

from typing import Annotated

from pydantic import Field, RootModel

from pellucid.core.records import Match, Method, Record
from pellucid.server.schemas.features import FeatureName
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
    """Of the token, in the run."""
    contrast_id: _ID | None = None
    """A token that could have stood there instead."""
    method: Method = "corrected"
    """How effects are estimated."""
    top: int = Field(default=50, ge=1, le=MAX_SITES)
    """Sites at most, the largest estimates first."""
    measure: int = Field(default=20, ge=0, le=MAX_MEASURED)
    """How many of them are measured as well."""


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
    """The first position that is not looked at."""
    top: int = Field(default=50, ge=1, le=MAX_SITES)
    """Sites at most, the most outstanding first."""


class NamedSite(Record):
    """One unit at one position."""

    id: FeatureName
    """A feature of the unit, as in `mlp.12.3047.pos`."""
    pos: _ID


class JointRequest(Record):
    """Which sites to set to 0 together, for which token."""

    pos: _ID
    """Of the token, in the run."""
    contrast_id: _ID | None = None
    """A token that could have stood there instead."""
    sites: tuple[NamedSite, ...] = Field(min_length=1, max_length=MAX_SITES)


class RunFiringRequest(Record):
    """Which features to follow along a run."""

    features: tuple[FeatureName, ...] = Field(min_length=1, max_length=MAX_FOLLOWED)
    """Their ids, as in `mlp.12.3047.pos`."""


class ShiftRequest(Record):
    """The run to compare with, which counts as the one before."""

    other: str = Field(max_length=64)
    """Its id."""


class DamageRequest(Record):
    """How many random sets to compare the run's interventions with."""

    n: int = Field(default=3, ge=0, le=MAX_DAMAGE_SETS)
    """Random sets."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    """Of the draw of random sets."""


class VerifyRequest(Record):
    """Which features to suppress, where, for which token."""

    pos: _ID
    """Of the token, in the run."""
    contrast_id: _ID | None = None
    """A token that could have stood there instead."""
    features: tuple[FeatureName, ...] = Field(min_length=1, max_length=MAX_FEATURES)
    """Their ids, as in `mlp.12.3047.pos`."""
    positions: str = Field(
        default="all",
        description="`prompt`, `all`, `generated`, or a half-open range `A:B`",
        pattern=r"^(prompt|all|generated|[0-9]{1,9}:[0-9]{1,9})$",
    )
    n: int = Field(default=50, ge=2, le=MAX_RANDOM_SETS)
    """Random sets to compare with."""
    match: Match = "activation"
    """What a random feature shares with its model: layer, sign and decile of activation, or layer and sign."""

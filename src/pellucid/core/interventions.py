"""Interventions as people write them: which features, where, and to what value.

A list of these is what `--interventions FILE` holds, what the page sends, and what the journal keeps.
"""

import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Record

SignRule = Literal["own", "any"]
"""`own`: a feature is acted on only where its own sign is active; `any`: everywhere."""

Direction = Literal["suppress", "strengthen"]
"""What an intervention does to a concept in words."""

STRENGTHS: dict[Direction, float] = {"suppress": 0.0, "strengthen": 0.5}
"""Multiples of the tail quantile where none is asked for."""

MAX_K = 2_000
"""Units that a concept may name."""
MAX_WORDS = 20_000
"""Characters of a concept, and of the name that is made of it."""

_RANGE = re.compile(r"([0-9]+):([0-9]+)")


class Intervention(Record):
    """Set the activations of some features at some positions to a value.

    With `value` (a raw activation) it holds whatever the activation is; with `strength` it follows `sign_rule`.
    """

    name: str | None = Field(default=None, max_length=MAX_WORDS)
    features: tuple[str, ...] | None = None
    """Feature ids; or else `query`."""
    query: str | None = Field(default=None, max_length=MAX_WORDS)
    """A concept in words; needs an atlas with descriptions."""
    k: int | None = Field(default=None, ge=1, le=MAX_K)
    """How many features a query selects."""
    strength: float | None = None
    """Value as a multiple of each feature's tail quantile; 0 suppresses and needs no atlas."""
    value: float | None = None
    """Raw activation."""
    quantile: float | None = Field(default=None, gt=0, lt=0.5)
    """Tail the strength refers to; default 1e-5."""
    positions: str = "prompt"
    """`prompt`, `all`, `generated`, or a half-open range `A:B`; position 0 only where a range names it."""
    sign_rule: SignRule = "own"

    @field_validator("features")
    @classmethod
    def _ids(cls, features: tuple[str, ...] | None) -> tuple[str, ...] | None:
        try:
            for text in features or ():
                FeatureId.parse(text)
        except InvalidRequest as error:
            raise ValueError(str(error)) from error
        return features

    @field_validator("query")
    @classmethod
    def _query(cls, query: str | None) -> str | None:
        if query is not None and not query.strip():
            raise ValueError("the concept in query is empty; name it in a word or a sentence")
        return query

    @field_validator("positions")
    @classmethod
    def _positions(cls, positions: str) -> str:
        if positions in ("prompt", "all", "generated"):
            return positions
        match = _RANGE.fullmatch(positions)
        if match is None or int(match[1]) >= int(match[2]):
            raise ValueError(
                f"positions {positions!r}: write prompt, all, generated, or A:B with A < B"
            )
        return positions

    @model_validator(mode="after")
    def _whole(self) -> "Intervention":
        if (self.features is None) == (self.query is None):
            raise ValueError("give either features or query")
        if (self.strength is None) == (self.value is None):
            raise ValueError("give either strength or value")
        return self

    def feature_ids(self) -> tuple[FeatureId, ...]:
        """The features named, in order."""
        return tuple(FeatureId.parse(text) for text in self.features or ())

    def range(self) -> tuple[int, int] | None:
        """The half-open range `positions` names, or None where it is a word."""
        match = _RANGE.fullmatch(self.positions)
        return (int(match[1]), int(match[2])) if match else None

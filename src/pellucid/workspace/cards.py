"""A feature's card: what the atlas says about it. No subject is needed, and no torch."""

from functools import lru_cache
from typing import Any

from pellucid.atlas import Atlas, DescriptionRecord, FeatureCard
from pellucid.atlas.alike import ExemplarPlaces
from pellucid.core.ids import SIGNS, FeatureId
from pellucid.core.records import Record


class Card(FeatureCard):
    """Everything the atlas says about a feature, and how exactly it says it."""

    other: str | None
    """The other sign of the same unit; None where units have one."""
    n_exemplars: int
    """Of these, `exemplars` holds as many as were asked for."""
    n_patterns: int
    """How many of the first exemplars have their activations stored."""
    pattern_error: float
    """A stored activation is off by at most this share of the exemplar's peak; below that share it is null."""
    n_tokens: int
    """How many tokens rates and quantiles are over."""
    atlas: str
    """Hash of the atlas."""
    told: DescriptionRecord | None = None
    """The description with all its scores, and whether it matters; None where the atlas has no descriptions."""


class AlikeFeature(Record):
    """A feature that fires where another one does."""

    id: str
    shared: int
    """Of the other one's exemplars: at the same token of the same text."""
    description: str | None = None
    summary: str | None = None
    score: float | None = None


class Neighbours(Record):
    """Features that fire alike."""

    n_exemplars: int
    """Of the feature asked about."""
    features: tuple[AlikeFeature, ...]
    """Most shared exemplars first; at least two."""


_places = lru_cache(maxsize=1)(ExemplarPlaces.of)


def card(atlas: Atlas, feature: FeatureId, top: int) -> Card:
    """The card with its first `top` exemplars.

    Raises:
        NotFound: The atlas has no such feature.
        StoreMismatch: A file is damaged.
    """
    found = atlas.card(feature)
    encoding = atlas.manifest.encoding
    other = FeatureId(
        feature.source, feature.layer, feature.index, "neg" if feature.sign == "pos" else "pos"
    )
    fields: dict[str, Any] = {name: getattr(found, name) for name in FeatureCard.model_fields}
    fields["exemplars"] = found.exemplars[:top]
    return Card(
        **fields,
        other=str(other) if len(atlas.source.signs) == len(SIGNS) else None,
        n_exemplars=len(found.exemplars),
        n_patterns=encoding.n_patterns,
        pattern_error=encoding.pattern_error,
        n_tokens=atlas.manifest.n_tokens,
        atlas=atlas.manifest.hash,
        told=atlas.description(feature),
    )


def neighbours(atlas: Atlas, feature: FeatureId, top: int) -> Neighbours:
    """Features whose exemplars are at the same tokens.

    Raises:
        NotFound: The atlas has no such feature.
        StoreMismatch: A file is damaged.
    """
    places = _places(atlas)
    return Neighbours(
        n_exemplars=len(places.of_feature(feature)),
        features=tuple(
            _alike(atlas, one.feature, one.shared) for one in places.alike(feature, top=top)
        ),
    )


def _alike(atlas: Atlas, feature: FeatureId, shared: int) -> AlikeFeature:
    told = atlas.description(feature)
    if told is None:
        return AlikeFeature(id=str(feature), shared=shared)
    return AlikeFeature(
        id=str(feature),
        shared=shared,
        description=told.description,
        summary=told.summary,
        score=told.score,
    )

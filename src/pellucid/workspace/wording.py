"""Rows about features, each with what the atlas says the feature fires on."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pellucid.atlas import Atlas
from pellucid.core.ids import FeatureId
from pellucid.core.records import Active, Effect, Record

Row = TypeVar("Row", Effect, Active)


class Wording(Record):
    """What an atlas says a feature fires on, and how well that predicts its activations; all None where nothing."""

    id: str
    description: str | None = None
    summary: str | None = None
    score: float | None = None


def worded(atlas: Atlas | None, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with description, summary and score; unchanged without an atlas."""
    if atlas is None:
        return tuple(rows)
    found = {one.id: one for one in wordings(atlas, (row.id for row in rows))}
    return tuple(row.model_copy(update=_words(found[row.id])) for row in rows)


def wordings(atlas: Atlas | None, ids: Iterable[str]) -> tuple[Wording, ...]:
    """What the atlas says about each of these, in order."""
    names = list(ids)
    known = {name: _wording(atlas, name) for name in dict.fromkeys(names)}
    return tuple(known[name] for name in names)


def _wording(atlas: Atlas | None, name: str) -> Wording:
    if atlas is None or atlas.descriptions is None:
        return Wording(id=name)
    feature = FeatureId.parse(name)
    if feature.source != atlas.source.name or atlas.source.place(feature) is None:
        return Wording(id=name)
    known = atlas.description(feature)
    if known is None:
        return Wording(id=name)
    return Wording(id=name, description=known.description, summary=known.summary, score=known.score)


def _words(wording: Wording) -> dict[str, Any]:
    return wording.model_dump(exclude={"id"})

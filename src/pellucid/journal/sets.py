"""Sets of features under names."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.journal.conversations import new_id, now
from pellucid.journal.database import Database
from pellucid.journal.records import FeatureSet
from pellucid.journal.tables import feature_sets


class FeatureSets:
    """Named sets of features in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[FeatureSet]:
        """Every set, by name."""
        query = select(feature_sets).order_by(func.lower(feature_sets.c.name), feature_sets.c.name)
        with self._database.read() as connection:
            return [FeatureSet(**row) for row in connection.execute(query).mappings()]

    def create(self, name: str, features: Sequence[str], note: str | None = None) -> FeatureSet:
        """A new set; `features` are ids, and one that comes twice is kept once.

        Raises:
            InvalidRequest: There is a set of this name.
        """
        at = now()
        made = FeatureSet(
            id=new_id(), name=name, features=once(features), note=note, created_at=at, updated_at=at
        )
        with self._database.write() as connection:
            try:
                connection.execute(insert(feature_sets).values(**made.model_dump()))
            except IntegrityError as error:
                raise _name_taken() from error
        return made

    def change(self, set_id: str, values: Mapping[str, Any]) -> FeatureSet:
        """The set with `name`, `features` or `note` changed.

        Raises:
            NotFound: There is none with this id.
            InvalidRequest: Another set has the name.
        """
        changed = {**values, "updated_at": now()}
        if "features" in values:
            changed["features"] = once(values["features"])
        with self._database.write() as connection:
            where = feature_sets.c.id == set_id
            try:
                connection.execute(update(feature_sets).where(where).values(**changed))
            except IntegrityError as error:
                raise _name_taken() from error
            return _read_set(connection, set_id)

    def delete(self, set_id: str) -> None:
        """Forget the set.

        Raises:
            NotFound: There is none with this id.
        """
        with self._database.write() as connection:
            where = feature_sets.c.id == set_id
            if connection.execute(delete(feature_sets).where(where)).rowcount == 0:
                raise _no_set(set_id)


def once(features: Sequence[str]) -> tuple[str, ...]:
    """Each id where it comes first."""
    return tuple(dict.fromkeys(features))


def _read_set(connection: Connection, set_id: str) -> FeatureSet:
    query = select(feature_sets).where(feature_sets.c.id == set_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise _no_set(set_id)
    return FeatureSet(**row)


def _no_set(set_id: str) -> NotFound:
    return NotFound(
        f"there is no set {set_id!r}",
        why="it may have been deleted, in another tab perhaps",
        instead="choose one from the list",
    )


def _name_taken() -> InvalidRequest:
    return InvalidRequest(
        "there is a set of this name",
        why="sets are told apart by their names",
        instead="choose another name, or change that set",
    )

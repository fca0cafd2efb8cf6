"""The journal's tables, as the code reads and writes them; `migrations.py` makes them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 32
metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A UTC time, kept as whole microseconds since 1970: the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Microseconds since 1970."""
        return None if value is None else round(value.timestamp() * 1e6)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time, aware."""
        return None if value is None else datetime.fromtimestamp(value / 1e6, UTC)


def _owned_by(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("title", Text, nullable=False),
    Column("system", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)
turns = Table(
    "turns",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("conversation_id", String(ID_LENGTH), _owned_by("conversations"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "place"),
)
runs = Table(
    "runs",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("turn_id", String(ID_LENGTH), _owned_by("turns"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("reply", Text, nullable=False),
    Column("interventions", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("finish", String(16)),
    Column("subject", String(128), nullable=False),
    Column("given_from", Integer, nullable=False),
    Column("n_prompt", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("atlas", String(128)),
    Column("reply_from", Integer, nullable=False),
    UniqueConstraint("turn_id", "place"),
)
pieces = Table(
    "pieces",
    metadata,
    Column("run_id", String(ID_LENGTH), _owned_by("runs"), primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""A run's tokens, zlib-compressed JSON in pieces: committing more costs the same at any length."""
feature_sets = Table(
    "feature_sets",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("features", JSON, nullable=False),
    Column("note", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

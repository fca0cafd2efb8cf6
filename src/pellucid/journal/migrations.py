"""The journal's schema, as an append-only list of named steps.

A step is never edited once released: it keeps its own picture of the tables as they were then.
`tests/unit/journal/test_database.py` checks that all steps together make exactly the tables of `tables.py`,
but for the default that a column needs which comes to rows that are there.
"""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Index, MetaData, Table, UniqueConstraint

from pellucid.core.errors import StoreMismatch

Step = Callable[[Connection], None]


def _conversations_turns_and_runs(connection: Connection) -> None:
    tables = MetaData()
    key = sa.String(32)

    def owner(table: str) -> sa.ForeignKey:
        return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")

    Table(
        "conversations",
        tables,
        Column("id", key, primary_key=True),
        Column("title", sa.Text, nullable=False),
        Column("system", sa.Text),
        Column("created_at", sa.BigInteger, nullable=False),
        Column("updated_at", sa.BigInteger, nullable=False),
        Index("ix_conversations_updated_at", "updated_at"),
    )
    Table(
        "turns",
        tables,
        Column("id", key, primary_key=True),
        Column("conversation_id", key, owner("conversations"), nullable=False),
        Column("place", sa.Integer, nullable=False),
        Column("role", sa.String(16), nullable=False),
        Column("content", sa.Text, nullable=False),
        Column("created_at", sa.BigInteger, nullable=False),
        UniqueConstraint("conversation_id", "place"),
    )
    Table(
        "runs",
        tables,
        Column("id", key, primary_key=True),
        Column("turn_id", key, owner("turns"), nullable=False),
        Column("place", sa.Integer, nullable=False),
        Column("state", sa.String(16), nullable=False),
        Column("reply", sa.Text, nullable=False),
        Column("interventions", sa.JSON, nullable=False),
        Column("settings", sa.JSON, nullable=False),
        Column("finish", sa.String(16)),
        Column("subject", sa.String(128), nullable=False),
        Column("given_from", sa.Integer, nullable=False),
        Column("n_prompt", sa.Integer, nullable=False),
        Column("created_at", sa.BigInteger, nullable=False),
        UniqueConstraint("turn_id", "place"),
        Index("ix_runs_state", "state"),
    )
    Table(
        "pieces",
        tables,
        Column("run_id", key, owner("runs"), primary_key=True),
        Column("first", sa.Integer, primary_key=True),
        Column("data", sa.LargeBinary, nullable=False),
    )
    tables.create_all(connection)


def _the_atlas_of_a_run(connection: Connection) -> None:
    connection.execute(sa.text("ALTER TABLE runs ADD COLUMN atlas VARCHAR(128)"))


def _where_a_reply_begins(connection: Connection) -> None:
    connection.execute(sa.text("ALTER TABLE runs ADD COLUMN reply_from INTEGER NOT NULL DEFAULT 0"))
    connection.execute(sa.text("UPDATE runs SET reply_from = n_prompt"))


def _sets_of_features(connection: Connection) -> None:
    sets = Table(
        "feature_sets",
        MetaData(),
        Column("id", sa.String(32), primary_key=True),
        Column("name", sa.String(200), nullable=False),
        Column("features", sa.JSON, nullable=False),
        Column("note", sa.Text),
        Column("created_at", sa.BigInteger, nullable=False),
        Column("updated_at", sa.BigInteger, nullable=False),
        UniqueConstraint("name"),
    )
    sets.create(connection)


STEPS: tuple[tuple[str, Step], ...] = (
    ("0001_conversations_turns_and_runs", _conversations_turns_and_runs),
    ("0002_the_atlas_of_a_run", _the_atlas_of_a_run),
    ("0003_where_a_reply_begins", _where_a_reply_begins),
    ("0004_sets_of_features", _sets_of_features),
)
"""Every step ever released, in order. Add at the end; change nothing above."""

_log = Table("migrations", MetaData(), Column("name", sa.String(80), primary_key=True))


def migrate(connection: Connection) -> list[str]:
    """Bring the database up to this version; the names of the steps taken.

    Raises:
        StoreMismatch: The database was made by a newer version.
    """
    _log.create(connection, checkfirst=True)
    done = set(connection.execute(sa.select(_log.c.name)).scalars())
    if unknown := done - {name for name, _ in STEPS}:
        raise StoreMismatch(
            "the journal was written by a newer version of Pellucid",
            found=max(unknown),
            wanted=STEPS[-1][0],
            instead="update Pellucid, or set PELLUCID_DATA_DIR to another directory",
        )
    taken: list[str] = []
    for name, step in STEPS:
        if name not in done:
            step(connection)
            connection.execute(sa.insert(_log).values(name=name))
            taken.append(name)
    return taken

"""A journal that cannot be written for a while, by what SQLite itself says then."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from pellucid.journal.database import Database


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """No page more than the database has: what needs one fails."""
    with _told_at_begin(database, "max_page_count=1"):
        yield


@contextmanager
def unwritable(database: Database) -> Iterator[None]:
    """Not even what would fit into the pages that are there can be written."""
    with _told_at_begin(database, "query_only=1"):
        yield


@contextmanager
def _told_at_begin(database: Database, pragma: str) -> Iterator[None]:
    def tell(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA {pragma}")

    event.listen(database.engine, "begin", tell)
    try:
        yield
    finally:
        event.remove(database.engine, "begin", tell)
        database.engine.dispose()  # connections made from now on know nothing of it

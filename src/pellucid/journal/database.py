"""One database: how it is opened, and how its failures are named."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from pellucid.core.errors import InvalidRequest, NotFound, StoreFailed, StoreMismatch

BUSY_TIMEOUT_MS = 5_000
_NOT_A_DATABASE = (
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CORRUPT,
)
_ELSEWHERE = "free some space, or set PELLUCID_DATA_DIR to a directory that can be written"


class Database:
    """Connections to one database; every failure leaves it as a `PellucidError`."""

    def __init__(self, url: str | URL) -> None:
        """Opens nothing yet.

        Raises:
            InvalidRequest: `url` is not a database URL, or its driver is missing.
        """
        try:
            self.url = make_url(url)
            self.engine = create_engine(self.url, hide_parameters=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise InvalidRequest(
                "the journal's URL cannot be used",
                why=str(error).splitlines()[0],
                instead="write it as SQLAlchemy does, as in sqlite:////path/to/journal.sqlite",
            ) from error
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _prepare_sqlite(self.engine)

    @classmethod
    def at(cls, path: Path) -> "Database":
        """The SQLite database at `path`; its directory is made.

        Raises:
            StoreFailed: The directory cannot be made.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailed(
                f"the journal's directory {path.parent} cannot be made",
                why=error.strerror or type(error).__name__,
                instead=_ELSEWHERE,
            ) from error
        return cls(URL.create("sqlite", database=str(path)))

    @property
    def place(self) -> str:
        """The SQLite file, or the URL without what may be secret in it."""
        path = self._file
        if path is not None:
            return str(path.absolute())
        url = self.url
        known = URL.create(url.drivername, url.username, None, url.host, url.port, url.database)
        return known.render_as_string()

    def n_bytes(self) -> int | None:
        """What the SQLite file and its write-ahead log take on the disk; None for other databases."""
        path = self._file
        if path is None:
            return None
        return _size(path) + _size(path.with_name(f"{path.name}-wal"))

    @property
    def _file(self) -> Path | None:
        named = self.url.database if self.is_sqlite else None
        return Path(named) if named and not named.startswith((":", "file:")) else None

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A consistent view of the database.

        Raises:
            StoreFailed: It cannot be read.
            StoreMismatch: It is damaged or no database.
        """
        with _named_failures("read"), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A transaction, committed at the end and undone on any error.

        Raises:
            InvalidRequest: The database has no way to keep a text, such as one with NUL.
            NotFound: What was to be written to was deleted meanwhile.
            StoreFailed: It cannot be written, most often because the disk is full.
            StoreMismatch: It is damaged or no database.
        """
        engine = self.engine.execution_options(pellucid_writes=True)
        with _named_failures("written"), engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection; the object can be used again."""
        self.engine.dispose()


@contextmanager
def _named_failures(verb: str) -> Generator[None]:
    try:
        yield
    except IntegrityError as error:
        raise NotFound(
            "the conversation was deleted or changed meanwhile", instead="load it again"
        ) from error
    except DataError as error:
        raise InvalidRequest(
            "the journal cannot keep this text",
            why=str(error.orig),
            instead="leave out characters that are none, such as NUL",
        ) from error
    except SQLAlchemyError as error:
        reason = str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
        code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
        if code in _NOT_A_DATABASE:
            raise StoreMismatch(
                "the journal is damaged",
                found=reason,
                wanted="a database made by Pellucid",
                instead="move the file away: a new one is made at the next start",
            ) from error
        raise StoreFailed(
            f"the journal could not be {verb}", why=reason, instead=_ELSEWHERE
        ) from error


def _prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, foreign keys, cases of every script, and transactions that take the write lock at once."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function("lower", 1, _lower, deterministic=True)

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("pellucid_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _lower(text: str | None) -> str | None:
    """SQLite's own `lower` knows ASCII only."""
    return None if text is None else text.lower()

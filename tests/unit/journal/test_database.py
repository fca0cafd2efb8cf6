"""Opening a journal, bringing it up to date, and what a disk does to it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DataError, OperationalError

from pellucid.core.errors import InvalidRequest, NotFound, StoreFailed, StoreMismatch
from pellucid.core.settings import Settings
from pellucid.journal import Journal, migrations
from pellucid.journal import database as database_module
from pellucid.journal.database import Database
from pellucid.journal.journal import FILE_NAME
from pellucid.journal.tables import metadata
from tests.unit.journal.conftest import make_run


def test_sqlite_runs_with_a_write_ahead_log_and_foreign_keys(journal: Journal) -> None:
    with journal.database.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def described(engine: Engine, but: str = "") -> dict[str, dict[str, Any]]:
    """Everything that a database says about its tables, without the columns' defaults."""
    found = inspect(engine)

    def sorted_(parts: Sequence[Any]) -> list[dict[str, Any]]:
        return sorted(map(dict, parts), key=str)

    return {
        name: {
            "columns": [
                {**column, "type": str(column["type"]), "default": None}
                for column in found.get_columns(name)
            ],
            "key": found.get_pk_constraint(name),
            "unique": sorted_(found.get_unique_constraints(name)),
            "foreign": sorted_(found.get_foreign_keys(name)),
            "indexes": sorted_(found.get_indexes(name)),
        }
        for name in found.get_table_names()
        if name != but
    }


def test_all_steps_together_make_the_tables_the_code_uses(journal: Journal) -> None:
    wanted = create_engine("sqlite://")
    metadata.create_all(wanted)
    assert described(journal.database.engine, but="migrations") == described(wanted)
    wanted.dispose()


def test_steps_are_taken_once_and_in_order(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(settings).close()

    def later(connection: object) -> None:
        connection.execute(text("ALTER TABLE turns ADD COLUMN note TEXT"))  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("0002_later", later)))
    opened = Journal.open(settings)
    with opened.database.write() as connection:
        assert migrations.migrate(connection) == []
    opened.close()


def test_runs_of_an_older_journal_were_given_nothing_to_begin_with(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", migrations.STEPS[:2])
        database = Database.at(settings.data_dir / FILE_NAME)
        with database.write() as connection:
            migrations.migrate(connection)
            connection.execute(text("INSERT INTO conversations VALUES ('c', '', NULL, 0, 0)"))
            connection.execute(text("INSERT INTO turns VALUES ('t', 'c', 0, 'user', 'hi', 0)"))
            values = "'r', 't', 0, 'done', 'hi', '[]', '{}', 'end', 's', 1, 7, 0, NULL"
            connection.execute(text(f"INSERT INTO runs VALUES ({values})"))
        database.close()
    opened = Journal.open(settings)
    run = opened.runs.get("r")
    assert (run.given_from, run.reply_from, run.n_prompt) == (1, 7, 7)
    opened.close()


def test_a_step_that_fails_changes_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(settings).close()

    def broken(connection: object) -> None:
        connection.execute(text("CREATE TABLE half (id TEXT)"))  # type: ignore[attr-defined]
        connection.execute(text("CREATE nonsense"))  # type: ignore[attr-defined]

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("0002_broken", broken)))
        with pytest.raises(StoreFailed):
            Journal.open(settings)
    opened = Journal.open(settings)
    assert not inspect(opened.database.engine).has_table("half")
    opened.close()


def test_a_journal_from_a_newer_version_is_refused_and_left_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, ("0099_future", lambda _: None)))
        Journal.open(settings).close()
    with pytest.raises(StoreMismatch, match="0099_future"):
        Journal.open(settings)


def test_a_file_that_is_no_database_is_refused(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreMismatch, match="damaged"):
        Journal.open(settings)


def test_a_path_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match="cannot be made"):
        Journal.open(Settings(data_dir=tmp_path / "file" / "data"))
    (tmp_path / "data" / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreFailed, match="unable to open"):
        Journal.open(Settings(data_dir=tmp_path / "data"))


def test_a_disk_that_cannot_be_written_fails_that_write_alone(journal: Journal) -> None:
    made = journal.conversations.create("kept")
    with sqlite3.connect(journal.database.url.database or "") as other:
        other.execute("PRAGMA user_version")
    with journal.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreFailed, match="readonly"):
        journal.conversations.create("lost")
    assert journal.conversations.get(made.id).title == "kept"
    with journal.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    journal.conversations.create("back")
    other.close()


def test_what_a_person_wrote_is_in_no_error(journal: Journal) -> None:
    made = journal.conversations.create()
    with journal.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreFailed) as caught:
        journal.runs.begin(make_run(made.id, content="very private"))
    assert isinstance(caught.value.__cause__, OperationalError)
    assert "very private" not in str(caught.value)
    assert "very private" not in str(caught.value.__cause__)


def test_a_conflict_means_that_something_changed_meanwhile(journal: Journal) -> None:
    with pytest.raises(NotFound), journal.database.write() as connection:
        connection.execute(
            text("INSERT INTO turns VALUES ('t', 'no conversation', 0, 'user', 'hi', 0)")
        )


def test_a_text_that_a_database_cannot_keep_is_refused(journal: Journal) -> None:
    with pytest.raises(InvalidRequest, match="NUL"), journal.database.write():
        raise DataError(None, None, ValueError("text fields cannot contain NUL (0x00) bytes"))


def test_another_database_can_be_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    opened = Journal.open(Settings(data_dir=tmp_path / "unused", journal_url=url))
    assert opened.database.is_sqlite
    assert opened.facts().place == str(tmp_path / "other.sqlite")
    assert not (tmp_path / "unused").exists()
    opened.close()


def test_a_database_in_memory_takes_no_disk() -> None:
    opened = Journal(Database("sqlite://"))
    assert (opened.facts().place, opened.facts().bytes) == ("sqlite://", None)
    opened.close()


def test_where_another_database_is_is_said_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_driver = create_engine("sqlite://")
    monkeypatch.setattr(database_module, "create_engine", lambda *_, **__: no_driver)
    database = Database("postgresql+psycopg://me:secret@host:5432/talk?sslpassword=secret")
    assert database.place == "postgresql+psycopg://me@host:5432/talk"
    assert database.n_bytes() is None


def test_a_file_that_is_gone_takes_no_disk(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "never.sqlite")
    assert (database.place, database.n_bytes()) == (str(tmp_path / "never.sqlite"), 0)


@pytest.mark.parametrize(
    "url", ["nonsense", "nodriver://x", "postgresql+nodriver://x", "oracle://x"]
)
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequest, match="URL"):
        Database(url)

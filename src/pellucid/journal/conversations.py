"""Conversations and their turns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from pellucid.core.errors import NotFound
from pellucid.journal.database import Database
from pellucid.journal.ends import NONE_WAITS, Ends, Waiting, as_it_ended
from pellucid.journal.records import (
    Answer,
    ConversationDetail,
    ConversationSummary,
    RunSummary,
    Turn,
)
from pellucid.journal.tables import conversations, runs, turns

TITLE_LENGTH = 60


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id nobody can guess, 32 hexadecimal digits."""
    return uuid4().hex


class Conversations:
    """Conversations in one database."""

    def __init__(self, database: Database, ends: Ends) -> None:
        self._database = database
        self._ends = ends

    def all(self, text: str = "") -> list[ConversationSummary]:
        """Conversations with `text` in title, questions or replies, case aside; the one changed last first."""
        query = select(
            conversations.c.id,
            conversations.c.title,
            conversations.c.created_at,
            conversations.c.updated_at,
        ).order_by(conversations.c.updated_at.desc(), conversations.c.id)
        if text:
            query = query.where(_holds(text))
        with self._database.read() as connection:
            return [ConversationSummary(**row) for row in connection.execute(query).mappings()]

    def count(self) -> int:
        """How many there are."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(conversations)).scalar_one()

    def create(self, title: str = "", system: str | None = None) -> ConversationDetail:
        """A new conversation; without a title it takes one from its first question."""
        at = now()
        values = {"id": new_id(), "title": title, "system": system}
        with self._database.write() as connection:
            connection.execute(insert(conversations).values(**values, created_at=at, updated_at=at))
            return read_conversation(connection, values["id"] or "")

    def get(self, conversation_id: str) -> ConversationDetail:
        """The conversation with all its turns.

        Raises:
            NotFound: There is none with this id.
        """
        waiting = self._ends.settle()
        with self._database.read() as connection:
            return read_conversation(connection, conversation_id, waiting)

    def change(self, conversation_id: str, values: Mapping[str, str | None]) -> ConversationDetail:
        """The conversation with `title` or `system` changed.

        Raises:
            NotFound: There is none with this id.
        """
        waiting = self._ends.settle()
        with self._database.write() as connection:
            where = conversations.c.id == conversation_id
            connection.execute(
                update(conversations).where(where).values(**values, updated_at=now())
            )
            return read_conversation(connection, conversation_id, waiting)

    def delete(self, conversation_id: str) -> None:
        """Forget the conversation with its turns and runs.

        Raises:
            NotFound: There is none with this id.
        """
        with self._database.write() as connection:
            where = conversations.c.id == conversation_id
            if connection.execute(delete(conversations).where(where)).rowcount == 0:
                raise _no_conversation(conversation_id)

    def delete_all(self) -> None:
        """Forget every conversation with its turns and runs."""
        with self._database.write() as connection:
            connection.execute(delete(conversations))


def read_conversation(
    connection: Connection, conversation_id: str, waiting: Waiting = NONE_WAITS
) -> ConversationDetail:
    """The conversation, read inside a transaction, its runs with the ends that wait to be written.

    Raises:
        NotFound: There is none with this id.
    """
    query = select(conversations).where(conversations.c.id == conversation_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise _no_conversation(conversation_id)
    mine = turns.c.conversation_id == conversation_id
    turn_rows = connection.execute(select(turns).where(mine).order_by(turns.c.place)).mappings()
    run_rows = connection.execute(
        select(runs).join(turns).where(mine).order_by(runs.c.turn_id, runs.c.place)
    ).mappings()
    by_turn: defaultdict[str, list[RunSummary]] = defaultdict(list)
    for run in run_rows:
        summary = RunSummary(**summary_fields(run))
        by_turn[summary.turn_id].append(as_it_ended(summary, waiting))
    return ConversationDetail(
        **row, turns=tuple(_turn(turn, by_turn[turn["id"]]) for turn in turn_rows)
    )


def summary_fields(row: RowMapping) -> dict[str, Any]:
    """The columns of a run that its summary shows."""
    return {name: row[name] for name in RunSummary.model_fields}


def title_from(content: str) -> str:
    """A title made of the first words of a question."""
    line = " ".join(content.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def newest_finished(runs: Iterable[Answer]) -> str:
    """The reply of the last run that is over; empty where none is."""
    finished = [run.reply for run in runs if run.state in ("done", "stopped")]
    return finished[-1] if finished else ""


def _holds(text: str) -> ColumnElement[bool]:
    """Of a conversation: whether `text`, taken literally, is anywhere in what its list or its turns show."""
    of_it = turns.c.conversation_id == conversations.c.id
    asked = select(turns.c.id).where(of_it, turns.c.content.icontains(text, autoescape=True))
    answered = (
        select(runs.c.id)
        .select_from(runs.join(turns))
        .where(of_it, runs.c.reply.icontains(text, autoescape=True))
    )
    in_title = conversations.c.title.icontains(text, autoescape=True)
    return or_(in_title, asked.exists(), answered.exists())


def _turn(row: RowMapping, of_turn: Sequence[RunSummary]) -> Turn:
    content = row["content"] if row["role"] == "user" else newest_finished(of_turn)
    return Turn(
        id=row["id"],
        role=row["role"],
        content=content,
        created_at=row["created_at"],
        runs=tuple(of_turn),
    )


def _no_conversation(conversation_id: str) -> NotFound:
    return NotFound(
        f"there is no conversation {conversation_id!r}",
        why="it may have been deleted, in another tab perhaps",
        instead="choose one from the list",
    )

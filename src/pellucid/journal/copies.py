"""Copies: a conversation, or its beginning, as another one that can go on otherwise."""

from typing import Any

from sqlalchemy import Connection, Table, insert, literal, select

from pellucid.core.errors import NotFound
from pellucid.journal.conversations import new_id, now, read_conversation
from pellucid.journal.database import Database
from pellucid.journal.ends import Ends
from pellucid.journal.records import ConversationDetail, Turn
from pellucid.journal.tables import conversations, pieces, runs, turns

STOPPED = {"state": "stopped", "finish": "stopped"}
"""What a run is that nobody writes any more."""


class Copies:
    """Copies of conversations in one database; whatever is in one has an id of its own."""

    def __init__(self, database: Database, ends: Ends) -> None:
        self._database = database
        self._ends = ends

    def make(
        self, conversation_id: str, before: str | None = None, title: str | None = None
    ) -> ConversationDetail:
        """A new conversation with all turns before one of them, and their runs; None: with all turns.

        An assistant turn named by `before` is in it too, but without runs: its question can be answered anew.
        A run that is being written is copied as it stands, stopped.

        Raises:
            NotFound: There is no such conversation, or it has no such turn.
            StoreFailed: The journal cannot be written.
        """
        self._ends.settle()
        at = now()
        with self._database.write() as connection:
            original = read_conversation(connection, conversation_id)
            kept = _turns_before(original, before)
            copy_id = _copied(
                connection,
                conversations,
                original.id,
                title=original.title if title is None else title,
                created_at=at,
                updated_at=at,
            )
            for turn in kept:
                _copy_turn(connection, turn, copy_id)
            return read_conversation(connection, copy_id)


def _turns_before(conversation: ConversationDetail, before: str | None) -> tuple[Turn, ...]:
    if before is None:
        return conversation.turns
    for place, turn in enumerate(conversation.turns):
        if turn.id == before:
            emptied = (turn.model_copy(update={"runs": ()}),) if turn.role == "assistant" else ()
            return conversation.turns[:place] + emptied
    raise NotFound(
        f"the conversation has no turn {before!r}",
        why="it may be a turn of another conversation, or of the original of this one",
        instead="load the conversation again, and name a turn by its id there",
    )


def _copy_turn(connection: Connection, turn: Turn, conversation_id: str) -> None:
    turn_id = _copied(connection, turns, turn.id, conversation_id=conversation_id)
    for run in turn.runs:
        stopped = STOPPED if run.state == "running" else {}
        run_id = _copied(connection, runs, run.id, turn_id=turn_id, **stopped)
        tokens = select(literal(run_id), pieces.c.first, pieces.c.data)
        connection.execute(
            insert(pieces).from_select(
                ["run_id", "first", "data"], tokens.where(pieces.c.run_id == run.id)
            )
        )


def _copied(connection: Connection, table: Table, row_id: str, **changed: Any) -> str:
    """The id of a copy of a row, in which some columns are other ones."""
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
    values: dict[str, Any] = {**row, "id": new_id(), **changed}
    connection.execute(insert(table).values(**values))
    return values["id"]

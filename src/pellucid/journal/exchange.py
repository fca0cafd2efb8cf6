"""Conversations out of the journal as documents, and back into it."""

from typing import Any

from sqlalchemy import Connection, insert, select

from pellucid.core.records import Token
from pellucid.journal.conversations import new_id, now, read_conversation
from pellucid.journal.copies import STOPPED
from pellucid.journal.database import Database
from pellucid.journal.documents import (
    FORMAT,
    VERSION,
    ConversationDocument,
    DocumentRun,
    DocumentTurn,
)
from pellucid.journal.ends import Ends
from pellucid.journal.pieces import add_tokens, tokens_of
from pellucid.journal.records import ConversationDetail, RunSummary
from pellucid.journal.tables import conversations, runs, turns

_OF_A_RUN = tuple(name for name in DocumentRun.model_fields if name != "tokens")


class Exchange:
    """Documents of the conversations of one database."""

    def __init__(self, database: Database, ends: Ends) -> None:
        self._database = database
        self._ends = ends

    def export(self, conversation_id: str) -> ConversationDocument:
        """The conversation as a document.

        Raises:
            NotFound: There is none with this id.
        """
        self._ends.settle()
        with self._database.read() as connection:
            conversation = read_conversation(connection, conversation_id)
            document: dict[str, Any] = {
                "format": FORMAT,
                "version": VERSION,
                "title": conversation.title,
                "system": conversation.system,
                "created_at": conversation.created_at,
                "turns": [
                    {
                        "role": turn.role,
                        "content": turn.content,
                        "created_at": turn.created_at,
                        "runs": [_run_out(connection, run) for run in turn.runs],
                    }
                    for turn in conversation.turns
                ],
            }
        return ConversationDocument.model_validate(document)

    def take_in(self, document: ConversationDocument) -> ConversationDetail:
        """A new conversation that is what the document says; ids are new, runs that were being written are stopped.

        Raises:
            StoreFailed: The journal cannot be written; nothing is kept.
        """
        conversation_id = new_id()
        with self._database.write() as connection:
            connection.execute(
                insert(conversations).values(
                    id=conversation_id,
                    title=document.title,
                    system=document.system,
                    created_at=document.created_at,
                    updated_at=now(),
                )
            )
            for place, turn in enumerate(document.turns):
                _turn_in(connection, turn, conversation_id, place)
            return read_conversation(connection, conversation_id)


def _run_out(connection: Connection, run: RunSummary) -> dict[str, Any]:
    row = connection.execute(select(runs).where(runs.c.id == run.id)).mappings().one()
    tokens = [token.model_dump() for token in tokens_of(connection, run.id)]
    return {**{name: row[name] for name in _OF_A_RUN}, "tokens": tokens}


def _turn_in(connection: Connection, turn: DocumentTurn, conversation_id: str, place: int) -> None:
    turn_id = new_id()
    connection.execute(
        insert(turns).values(
            id=turn_id,
            conversation_id=conversation_id,
            place=place,
            role=turn.role,
            content=turn.content if turn.role == "user" else "",
            created_at=turn.created_at,
        )
    )
    for number, run in enumerate(turn.runs):
        run_id = new_id()
        values = run.model_dump(mode="json", include={"settings", "interventions"})
        same = {name: getattr(run, name) for name in _OF_A_RUN if name not in values}
        stopped = STOPPED if run.state == "running" else {}
        connection.execute(
            insert(runs).values(
                **{**same, **values, **stopped}, id=run_id, turn_id=turn_id, place=number
            )
        )
        tokens = [Token.model_validate(token.model_dump()) for token in run.tokens]
        add_tokens(connection, run_id, tokens)

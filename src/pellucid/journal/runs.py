"""Runs: one answer each, kept token by token while it is written."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.interventions import Intervention
from pellucid.core.records import Token
from pellucid.journal.conversations import (
    new_id,
    now,
    read_conversation,
    summary_fields,
    title_from,
)
from pellucid.journal.database import Database
from pellucid.journal.ends import Ends, Part, as_it_ended
from pellucid.journal.pieces import add_tokens, tokens_of
from pellucid.journal.records import (
    Begun,
    ConversationDetail,
    Finish,
    RunDetail,
    RunState,
    RunSummary,
    Sampling,
)
from pellucid.journal.tables import conversations, runs, turns

COMMIT_TOKENS = 16
COMMIT_S = 1.0


@dataclass(frozen=True, slots=True)
class NewRun:
    """What a run starts from."""

    conversation_id: str
    content: str | None
    """The user turn to add; None answers the last one again."""
    settings: Sampling
    interventions: tuple[Intervention, ...]
    subject: str
    """Hash of the subject."""
    prompt: Sequence[Token]
    given_from: int = 0
    """Tokens of the prompt before this were added by the template itself."""
    reply_from: int | None = None
    """Where in the prompt the reply begins; None: behind it."""
    reply: str = ""
    """What the reply was given to begin with."""
    atlas: str | None = None
    """Hash of the evidence in the atlas that strengths were multiples of."""


class Runs:
    """Runs in one database."""

    def __init__(self, database: Database, ends: Ends) -> None:
        self._database = database
        self._ends = ends

    def begin(self, new: NewRun) -> Begun:
        """Write down that a run has started: its turns, its prompt, its settings, all or nothing.

        Raises:
            NotFound: There is no such conversation.
            InvalidRequest: There is no user turn to answer.
            StoreFailed: The journal cannot be written.
        """
        self._ends.settle()
        with self._database.write() as connection:
            conversation = read_conversation(connection, new.conversation_id)
            user_turn_id = None
            if new.content is not None:
                user_turn_id = _add_turn(connection, conversation, 0, "user", new.content)
            turn_id = _turn_to_answer(connection, conversation, user_turn_id)
            run_id = _add_run(connection, turn_id, new)
            values: dict[str, Any] = {"updated_at": now()}
            if not conversation.title and new.content is not None:
                values["title"] = title_from(new.content)
            connection.execute(
                update(conversations).where(conversations.c.id == conversation.id).values(**values)
            )
        return Begun(run_id=run_id, turn_id=turn_id, user_turn_id=user_turn_id)

    def get(self, run_id: str) -> RunDetail:
        """The run with all its tokens.

        Raises:
            NotFound: There is none with this id.
        """
        waiting = self._ends.settle()
        query = select(runs, turns.c.conversation_id).join(turns).where(runs.c.id == run_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                raise _no_run(run_id)
            tokens = tokens_of(connection, run_id)
        summary = RunSummary(**summary_fields(row))
        ended = as_it_ended(summary, waiting)
        if ended is not summary:
            tokens += waiting[run_id].tokens
        return RunDetail(
            **dict(ended),
            conversation_id=row["conversation_id"],
            subject=row["subject"],
            atlas=row["atlas"],
            given_from=row["given_from"],
            reply_from=row["reply_from"],
            n_prompt=row["n_prompt"],
            tokens=tokens,
        )

    def require(self, run_id: str) -> None:
        """Refuse an id that no run has, without reading the run.

        Raises:
            NotFound: There is none with this id.
        """
        with self._database.read() as connection:
            if connection.scalar(select(1).where(runs.c.id == run_id)) is None:
                raise _no_run(run_id)

    def append(self, run_id: str, tokens: Sequence[Token]) -> None:
        """Commit more of a running reply.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        self._ends.write(run_id, Part(tuple(tokens), "running", None))

    def finish(
        self, run_id: str, tokens: Sequence[Token], state: RunState, finish: Finish | None
    ) -> None:
        """Commit the last of a reply, and how it ended; where that fails, it is shown at once and written later.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        self._ends.finish(run_id, Part(tuple(tokens), state, finish))

    def stop_orphans(self) -> int:
        """Mark every run that no process is writing any more as stopped; how many there were."""
        with self._database.write() as connection:
            orphans = update(runs).where(runs.c.state == "running")
            return connection.execute(orphans.values(state="stopped", finish="stopped")).rowcount


@dataclass(slots=True)
class RunWriter:
    """Commits a reply while it grows: every 16 tokens or every second, whichever comes first."""

    runs: Runs
    run_id: str
    n_tokens: int = 0
    """Of the reply, committed or not."""
    _waiting: list[Token] = field(default_factory=list[Token])
    _committed_at: float = field(default_factory=time.monotonic)

    def add(self, token: Token) -> None:
        """One more token.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        self._waiting.append(token)
        self.n_tokens += 1
        late = time.monotonic() - self._committed_at >= COMMIT_S
        if late or len(self._waiting) >= COMMIT_TOKENS:
            self.runs.append(self.run_id, self._waiting)
            self._waiting = []
            self._committed_at = time.monotonic()

    def finish(self, state: RunState, finish: Finish | None) -> None:
        """Commit the rest, and how the run ended.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        self.runs.finish(self.run_id, self._waiting, state, finish)
        self._waiting = []


def _no_run(run_id: str) -> NotFound:
    return NotFound(
        f"there is no run {run_id!r}",
        why="its conversation may have been deleted",
        instead="load the conversation again",
    )


def _turn_to_answer(
    connection: Connection, conversation: ConversationDetail, user_turn_id: str | None
) -> str:
    if user_turn_id is not None:
        return _add_turn(connection, conversation, 1, "assistant", "")
    if not conversation.turns:
        raise InvalidRequest(
            "there is nothing to answer",
            why="the conversation has no turn yet",
            instead="send content",
        )
    return conversation.turns[-1].id  # turns come in pairs: the last is the assistant's


def _add_turn(
    connection: Connection, conversation: ConversationDetail, after: int, role: str, content: str
) -> str:
    turn_id = new_id()
    connection.execute(
        insert(turns).values(
            id=turn_id,
            conversation_id=conversation.id,
            place=len(conversation.turns) + after,
            role=role,
            content=content,
            created_at=now(),
        )
    )
    return turn_id


def _add_run(connection: Connection, turn_id: str, new: NewRun) -> str:
    run_id = new_id()
    earlier = select(func.count()).select_from(runs).where(runs.c.turn_id == turn_id)
    connection.execute(
        insert(runs).values(
            id=run_id,
            turn_id=turn_id,
            place=connection.execute(earlier).scalar_one(),
            state="running",
            reply=new.reply,
            interventions=[one.model_dump(mode="json") for one in new.interventions],
            settings=new.settings.model_dump(mode="json"),
            subject=new.subject,
            atlas=new.atlas,
            given_from=new.given_from,
            reply_from=len(new.prompt) if new.reply_from is None else new.reply_from,
            n_prompt=len(new.prompt),
            created_at=now(),
        )
    )
    add_tokens(connection, run_id, new.prompt)
    return run_id

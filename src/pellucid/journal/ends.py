"""How runs ended: written down, or remembered while the database takes nothing.

A run whose end cannot be written, on a full disk for instance, must not seem to be going on. Its end, with the tokens
not committed before, waits in memory: readers see it at once, and it is written when the database can be written again.
A process that ends before that leaves a run that the next start marks as stopped.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import update

from pellucid.core.errors import NotFound, PellucidError
from pellucid.core.records import Token
from pellucid.journal.database import Database
from pellucid.journal.pieces import add_tokens, text_of
from pellucid.journal.records import Finish, RunState, RunSummary
from pellucid.journal.tables import runs

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens of a run that are to be committed, and how the run stands with them."""

    tokens: tuple[Token, ...]
    state: RunState
    finish: Finish | None


Waiting = Mapping[str, Part]
"""Ends not yet written, by run."""
NONE_WAITS: Waiting = MappingProxyType({})


class Ends:
    """Ends of runs of one database; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: Waiting = NONE_WAITS
        self._changing = threading.Lock()
        self._writing = threading.Lock()

    def write(self, run_id: str, part: Part) -> None:
        """Commit a part of a run.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        text = text_of(part.tokens)
        values = {"state": part.state, "finish": part.finish, "reply": runs.c.reply + text}
        with self._database.write() as connection:
            change = update(runs).where(runs.c.id == run_id).values(**values)
            if connection.execute(change).rowcount == 0:
                raise NotFound(
                    "the run was deleted while it was written", instead="ask again elsewhere"
                )
            if part.tokens:
                add_tokens(connection, run_id, part.tokens)

    def finish(self, run_id: str, part: Part) -> None:
        """Commit the last part of a run; where that fails, it is remembered, and written later.

        Raises:
            NotFound: The run was deleted meanwhile.
            StoreFailed: The journal cannot be written.
        """
        try:
            self.write(run_id, part)
        except NotFound:
            raise
        except PellucidError:
            with self._changing:
                self._waiting = {**self._waiting, run_id: part}
            raise

    def settle(self) -> Waiting:
        """Write what waits, as far as the database takes it; what waits still."""
        if self._waiting and self._writing.acquire(blocking=False):  # else another thread is at it
            try:
                for run_id, part in self._waiting.items():
                    self._settle(run_id, part)
            finally:
                self._writing.release()
        return self._waiting

    def _settle(self, run_id: str, part: Part) -> None:
        try:
            self.write(run_id, part)
        except NotFound:
            pass  # deleted meanwhile: there is nothing to be said of it any more
        except PellucidError as error:
            _log.warning("the end of run %s cannot be written yet: %s", run_id, error.code)
            return
        with self._changing:
            self._waiting = {run: end for run, end in self._waiting.items() if run != run_id}


def as_it_ended(run: RunSummary, waiting: Waiting) -> RunSummary:
    """The run as the database has it, or with the end that waits to be written.

    `waiting` was taken before the run was read: an end that was written in between is not added twice, since the run
    is not running any more.
    """
    part = waiting.get(run.id)
    if part is None or run.state != "running":
        return run
    ended = {"state": part.state, "finish": part.finish, "reply": run.reply + text_of(part.tokens)}
    return run.model_copy(update=ended)

"""The one line in front of the model: first come, first served, and fair between clients.

Clients take turns; each client's own questions keep their order. Work is a generator that one
worker thread drives; leaving the line, or closing the stream that reads a job, closes that
generator, so that whatever it holds (hooks, steering, a running reply) is let go of. Where work
takes long to its next update, it yields None in between: told to nobody, a place to be closed at.
"""

import asyncio
import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Hashable
from contextlib import closing
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from pellucid.core.errors import Busy
from pellucid.workspace.events import Queued

T = TypeVar("T")
Work = Callable[[], Generator[T | None, None, None]]

_log = logging.getLogger(__name__)
_FIRST_GUESS_S = 5.0
_LONGEST_ADVICE_S = 60.0


class Over(Enum):
    """Marks the end of a job's updates."""

    OVER = "over"


OVER: Final = Over.OVER


class Job(Generic[T]):
    """One question in the line, and what becomes of it."""

    def __init__(self, line: "Line", client: Hashable, work: Work[T]) -> None:
        """Made by `Line.join`, on the event loop that will read the updates."""
        self.client = client
        self._line = line
        self._work = work
        self._cancelled = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._updates: asyncio.Queue[Queued | T | BaseException | Over] = asyncio.Queue()
        self._position: int | None = None

    async def next(self) -> "Queued | T | Over":
        """The next update, `OVER` after the last.

        Raises:
            PellucidError: The work failed.
        """
        update = await self._updates.get()
        if isinstance(update, BaseException):
            raise update
        return update

    async def result(self) -> T:
        """The last update, for work that has one result.

        Raises:
            PellucidError: The work failed, or the job was cancelled.
        """
        found: T | Over = OVER
        while (update := await self.next()) is not OVER:
            if not isinstance(update, Queued):
                found = update
        if found is OVER:
            raise Busy("the question was withdrawn", retry_after_s=1)
        return found

    def cancel(self) -> None:
        """Leave the line, or stop at the next update; does nothing where the job is over."""
        self._cancelled.set()
        self._line.leave(self)

    def moved(self, position: int) -> None:
        """Tell the reader its place in line, where that is news."""
        if position != self._position:
            self._position = position
            self.tell(Queued(position=position))

    def tell(self, update: "Queued | T | BaseException | Over") -> None:
        """Hand an update to the reader; safe from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._updates.put_nowait, update)
        except RuntimeError:  # the loop is closed: nobody reads any more
            self._cancelled.set()

    def run(self) -> None:
        """Do the work, in the worker thread."""
        try:
            with closing(self._work()) as updates:
                for update in updates:
                    if update is not None:
                        self.tell(update)
                    if self._cancelled.is_set():
                        break
        except Exception as error:  # the job's edge: its reader gets whatever went wrong
            self.tell(error)
        finally:
            self.tell(OVER)


class Line:
    """Jobs waiting for one worker thread."""

    def __init__(self, limit: int) -> None:
        """At most `limit` jobs wait besides the running one, and half as many of one client."""
        self._limit = limit
        self._share = max(1, limit // 2)
        self._changed = threading.Condition()
        self._waiting: OrderedDict[Hashable, deque[Job[Any]]] = OrderedDict()
        self._running: Job[Any] | None = None
        self._occupied = False
        self._closed = False
        self._answers = False
        self._usual_s = _FIRST_GUESS_S
        self._thread: threading.Thread | None = None

    def start(self, before: Callable[[], None]) -> None:
        """Start the worker thread, which first does `before` (jobs may join meanwhile)."""
        self._occupied = True
        self._thread = threading.Thread(
            target=self._serve, args=(before,), name="pellucid-model", daemon=True
        )
        self._thread.start()

    def join(self, client: Hashable, work: Work[T]) -> Job[T]:
        """Stand in line; to be called on the event loop that reads the updates.

        Raises:
            Busy: The line is full, the client has half of it, or the process is ending.
        """
        job = Job(self, client, work)
        with self._changed:
            waiting = len(self)
            if self._closed:
                raise Busy("the server is shutting down", retry_after_s=_FIRST_GUESS_S)
            if waiting >= self._limit:
                raise Busy(f"{waiting} questions are waiting already", self._advice_s(waiting))
            if len(self._waiting.get(client, ())) >= self._share:
                raise Busy(f"{self._share} of your questions are waiting", self._advice_s(waiting))
            self._waiting.setdefault(client, deque()).append(job)
            self._announce()
            self._changed.notify()
        return job

    def leave(self, job: Job[Any]) -> None:
        """Take a waiting job out of the line; a running one notices by itself."""
        with self._changed:
            own = self._waiting.get(job.client)
            if own is None or job not in own:
                return
            own.remove(job)
            if not own:
                del self._waiting[job.client]
            job.tell(OVER)
            self._announce()

    def close(self, timeout_s: float = 10.0) -> None:
        """Cancel everything, take no more, and wait for the worker to let go of what it answers."""
        with self._changed:
            self._closed = True
            leaving = self._in_order()
            self._waiting.clear()
            if self._running is not None:
                leaving.insert(0, self._running)
            for job in leaving:
                job.tell(Busy("the server is shutting down", retry_after_s=_FIRST_GUESS_S))
                job.tell(OVER)
                job.cancel()
            self._changed.notify_all()
        if self._thread is not None and timeout_s > 0 and self._answers:
            self._thread.join(timeout_s)

    def __len__(self) -> int:
        """Jobs waiting, the running one not counted."""
        return sum(len(own) for own in self._waiting.values())

    @property
    def waiting(self) -> int:
        """The same, for other threads."""
        with self._changed:
            return len(self)

    def ahead_of(self, client: Hashable) -> tuple[int, ...]:
        """Of each waiting job of the client, in its order: how many come before it, the running one included."""
        with self._changed:
            places = enumerate(self._in_order(), self._occupied)
            return tuple(place for place, job in places if job.client == client)

    @property
    def is_answering(self) -> bool:
        """Whether a job runs."""
        with self._changed:
            return self._running is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._changed:
            return not self._occupied and not self._waiting

    def _serve(self, before: Callable[[], None]) -> None:
        before()
        self._answers = True
        while (job := self._take()) is not None:
            started = time.monotonic()
            job.run()
            self._usual_s += 0.3 * (time.monotonic() - started - self._usual_s)

    def _take(self) -> Job[Any] | None:
        with self._changed:
            self._running, self._occupied = None, False
            self._changed.wait_for(lambda: self._closed or bool(self._waiting))
            if self._closed:
                return None
            client, own = next(iter(self._waiting.items()))
            job = own.popleft()
            if own:
                self._waiting.move_to_end(client)
            else:
                del self._waiting[client]
            self._running, self._occupied = job, True
            job.moved(0)
            self._announce()
            return job

    def _in_order(self) -> list[Job[Any]]:
        """Waiting jobs in the order they would be served if nobody else came."""
        rounds = [list(own) for own in self._waiting.values()]
        longest = max((len(own) for own in rounds), default=0)
        return [own[turn] for turn in range(longest) for own in rounds if turn < len(own)]

    def _announce(self) -> None:
        for place, job in enumerate(self._in_order()):
            job.moved(place + self._occupied)

    def _advice_s(self, waiting: int) -> float:
        return min(max(1.0, self._usual_s * waiting), _LONGEST_ADVICE_S)

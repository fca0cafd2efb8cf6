"""Counts of what was written since the start, for whoever watches a server. Nothing of what was written."""

import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from typing import Literal, get_args

from pellucid.core.errors import PellucidError
from pellucid.journal import Finish
from pellucid.workspace.bench import Bench
from pellucid.workspace.events import ReplyDone, ReplyEvent, Written
from pellucid.workspace.replies import ReplyAsked

Ended = Literal[Finish, "failed", "refused"]
"""How a reply ended; `refused`: what was asked for would not do, and nothing was written."""

Reply = Callable[[Bench, ReplyAsked], Generator[ReplyEvent, None, None]]


class Tally:
    """Tokens and replies; counted in the worker thread, read by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens = 0
        self._replies: Counter[Ended] = Counter()

    @property
    def tokens(self) -> int:
        """Written in all replies."""
        with self._lock:
            return self._tokens

    @property
    def replies(self) -> Mapping[Ended, int]:
        """How many ended in each way."""
        with self._lock:
            return {ended: self._replies[ended] for ended in get_args(Ended)}

    def counting(self, reply: Reply) -> Reply:
        """The same, counted."""

        def counted(bench: Bench, asked: ReplyAsked) -> Generator[ReplyEvent, None, None]:
            ended: Ended = "refused"
            begun = False
            try:
                with closing(reply(bench, asked)) as events:
                    for event in events:
                        begun, ended = True, self._seen(event)
                        yield event
            except Exception as error:
                ended = "refused" if isinstance(error, PellucidError) and not begun else "failed"
                raise
            finally:
                with self._lock:
                    self._replies[ended] += 1

        return counted

    def _seen(self, event: ReplyEvent) -> Ended:
        """What the reply has come to where nothing more happens."""
        if isinstance(event, Written):
            with self._lock:
                self._tokens += 1
        return event.finish if isinstance(event, ReplyDone) else "stopped"

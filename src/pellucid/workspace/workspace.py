"""The composition root: one journal, one subject, one line in front of it."""

from collections.abc import Callable, Generator, Hashable
from typing import TypeVar

from pellucid.core.errors import TooLarge
from pellucid.core.records import Verification
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.workspace import questions, replies
from pellucid.workspace.engine import installed_engine
from pellucid.workspace.events import ActiveSites, ReplyEvent, WhyEvent
from pellucid.workspace.line import Job, Line
from pellucid.workspace.loading import Loading
from pellucid.workspace.ports import Engine, SubjectPort

T = TypeVar("T")
Asked = TypeVar("Asked")

WAIT_S = 10.0
"""How long closing waits for the model to finish the token it is at."""


class Workspace:
    """Everything a front end needs; every question is one `Job` in the line."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        *,
        model: str = "bundled",
        engine: Callable[[], Engine] = installed_engine,
    ) -> None:
        """Loads nothing yet; `engine` is called in the worker thread."""
        self.settings = settings
        self.journal = journal
        self.loading = Loading(settings, model, engine)
        self.line = Line(settings.max_queue)

    @classmethod
    def open(cls, settings: Settings, *, model: str = "bundled") -> "Workspace":
        """A workspace on the journal that `settings` names.

        Raises:
            StoreFailed: The journal cannot be opened.
            StoreMismatch: The journal is damaged or from a newer version.
        """
        return cls(settings, Journal.open(settings), model=model)

    def start(self) -> None:
        """Begin loading the subject; questions may be asked at once and wait for it."""
        self.line.start(self.loading.load)

    def stop_answering(self, *, wait: bool = True) -> None:
        """Cancel every question, waiting or running, and take no more."""
        self.line.close(WAIT_S if wait else 0)

    def close(self) -> None:
        """Stop answering and close the journal."""
        self.stop_answering()
        self.journal.close()

    def reply(self, client: Hashable, asked: replies.ReplyAsked) -> Job[ReplyEvent]:
        """Answer a conversation.

        Raises:
            Busy: The line is full.
            TooLarge: More new tokens than the settings allow.
        """
        wanted, limit = asked.settings.max_new_tokens, self.settings.max_new_tokens
        if wanted > limit:
            raise TooLarge(
                "the reply would be too long, in tokens",
                wanted,
                limit,
                instead=f"ask for at most {limit:,} new tokens",
            )
        return self._ask(client, replies.reply, asked)

    def why(self, client: Hashable, asked: questions.WhyAsked) -> Job[WhyEvent]:
        """Explain a token of a run.

        Raises:
            Busy: The line is full.
        """
        return self._ask(client, questions.why, asked)

    def active(self, client: Hashable, asked: questions.ActiveAsked) -> Job[ActiveSites]:
        """What stands out in a range of a run.

        Raises:
            Busy: The line is full.
        """
        return self._ask(client, questions.active, asked)

    def verify(self, client: Hashable, asked: questions.VerifyAsked) -> Job[Verification]:
        """Suppress features in a run, beside random sets.

        Raises:
            Busy: The line is full.
        """
        return self._ask(client, questions.verify, asked)

    def _ask(
        self,
        client: Hashable,
        answer: Callable[[Engine, SubjectPort, Journal, Asked], Generator[T | None, None, None]],
        asked: Asked,
    ) -> Job[T]:
        def work() -> Generator[T | None, None, None]:
            engine, subject = self.loading.ready()
            return answer(engine, subject, self.journal, asked)

        return self.line.join(client, work)

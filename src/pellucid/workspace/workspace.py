"""The composition root: one journal, one subject, one line in front of it."""

from collections.abc import Callable, Generator, Hashable
from functools import lru_cache
from typing import TypeAlias, TypeVar

from pellucid.atlas import Atlas
from pellucid.atlas.search import Searcher, SearchResult
from pellucid.core.errors import TooLarge
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.workspace import cards, replies, searching
from pellucid.workspace.atlases import Atlases
from pellucid.workspace.bench import Bench
from pellucid.workspace.concepts import Concepts, ConceptSearch, concepts_of
from pellucid.workspace.engine import installed_engine
from pellucid.workspace.events import ReplyEvent
from pellucid.workspace.line import Job, Line
from pellucid.workspace.loading import Loading
from pellucid.workspace.ports import Engine, SubjectPort
from pellucid.workspace.tally import Tally

T = TypeVar("T")
Asked = TypeVar("Asked")
Question: TypeAlias = Callable[[Bench, Asked], Generator[T | None, None, None]]
"""A function that answers what is asked with what is at hand; where it gives None it can be left."""

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
        search: Callable[[Atlas, Settings], ConceptSearch] | None = None,
    ) -> None:
        """Loads nothing yet; `engine` is called in the worker thread, `search` where a concept is looked up."""

        def searcher(atlas: Atlas) -> Searcher:
            return searching.open_searcher(atlas, settings)

        def searched(atlas: Atlas) -> ConceptSearch:
            return self._searcher(atlas) if search is None else search(atlas, settings)

        self._searcher = lru_cache(maxsize=1)(searcher)
        self._search = lru_cache(maxsize=1)(searched)
        self.settings = settings
        self.journal = journal
        self._atlases = Atlases(settings.atlas, model)
        self.loading = Loading(settings, model, engine, self._require_atlas)
        self.line = Line(settings.max_queue)
        self.tally = Tally()

    @classmethod
    def open(cls, settings: Settings, *, model: str = "bundled") -> "Workspace":
        """A workspace on the journal that `settings` names.

        Raises:
            StoreFailed: The journal cannot be opened.
            StoreMismatch: The journal is damaged or from a newer version.
            PellucidError: The atlas named cannot be opened.
        """
        opened = cls(settings, Journal.open(settings), model=model)
        if opened._atlases.is_named:
            opened._atlases.of(None)
        return opened

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

    # Without the subject

    @property
    def atlas(self) -> Atlas | None:
        """The subject's atlas; None where there is none.

        Raises:
            PellucidError: It cannot be opened, or which one it is is not known yet.
        """
        return self._atlases.of(self._subject)

    def card(self, feature: FeatureId, top: int) -> cards.Card:
        """What the atlas says about a feature, with its first `top` exemplars.

        Raises:
            NotFound: There is no atlas, or it has no such feature.
            PellucidError: The atlas cannot be opened, or is damaged.
        """
        return cards.card(self.needed_atlas(), feature, top)

    def neighbours(self, feature: FeatureId, top: int) -> cards.Neighbours:
        """Features that fire where this one does.

        Raises:
            NotFound: There is no atlas, or it has no such feature.
            PellucidError: The atlas cannot be opened, or is damaged.
        """
        return cards.neighbours(self.needed_atlas(), feature, top)

    def needed_atlas(self) -> Atlas:
        """The subject's atlas.

        Raises:
            NotFound: There is none.
            PellucidError: It cannot be opened, or which one it is is not known yet.
        """
        return self._atlases.needed(self._subject)

    def found(self, asked: searching.SearchAsked) -> SearchResult:
        """Features by meaning, or like others.

        Raises:
            NotFound: There is no atlas, or it lacks a feature named.
            Unsupported: It has no descriptions, or no index of them.
            InvalidRequest: There is nothing to look for.
            PellucidError: The atlas cannot be opened, is damaged, or the embedder would not do.
        """
        return searching.found(self._searcher(self.needed_atlas()), asked)

    def concepts(self) -> Concepts:
        """What finds concepts in words in the subject's atlas.

        Raises:
            NotFound: There is no atlas.
            Unsupported: It has no descriptions.
            PellucidError: It cannot be opened, or is damaged.
        """
        atlas = self.needed_atlas()
        return concepts_of(atlas, self._search(atlas), self.settings)

    # Questions, in the line

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
        return self.ask(client, self.tally.counting(replies.reply), asked)

    def ask(self, client: Hashable, question: Question[Asked, T], asked: Asked) -> Job[T]:
        """Ask the subject something else: `question` answers on its thread, in the line.

        Raises:
            Busy: The line is full.
        """

        def work() -> Generator[T | None, None, None]:
            engine, subject = self.loading.ready()
            bench = Bench(
                engine,
                subject,
                self.journal,
                lambda: self.atlas,
                self.needed_atlas,
                self.concepts,
            )
            return question(bench, asked)

        return self.line.join(client, work)

    @property
    def _subject(self) -> str | None:
        """Hash of the subject, once it is loaded."""
        facts = self.loading.facts
        return None if facts is None else facts.hash

    def _require_atlas(self, subject: SubjectPort) -> None:
        """An atlas that was named must be the subject's; a ready-made one is, or is not taken."""
        if self._atlases.is_named:
            self._atlases.of(subject.hash)

"""Loading the subject, and what is known about it meanwhile."""

import logging
import threading
from collections.abc import Callable
from typing import Literal

from pellucid.core.errors import PellucidError, UpstreamFailed
from pellucid.core.imports import HEAVY
from pellucid.core.records import Record
from pellucid.core.settings import Settings
from pellucid.workspace.ports import Engine, ProgressPort, SubjectPort

_log = logging.getLogger(__name__)


class LoadProgress(Record):
    """How far one stage of loading is."""

    stage: str
    done: int | None
    total: int | None
    """None where it is not known, as the others."""
    unit: str | None
    detail: str | None


class SubjectFacts(Record):
    """What is known about a loaded subject."""

    name: str
    hash: str
    family: str
    n_layers: int
    d_model: int
    d_mlp: int
    n_features: int
    """Two for every neuron: one a sign."""
    n_context: int
    dtype: str
    device: str
    has_chat_template: bool


class Loading:
    """The subject: loading, ready or failed. Written by the worker thread, read by any."""

    def __init__(
        self,
        settings: Settings,
        model: str,
        engine: Callable[[], Engine],
        accept: Callable[[SubjectPort], None] = lambda _: None,
    ) -> None:
        """Loads nothing yet; `accept` raises where the subject would not do."""
        self._settings = settings
        self._model = model
        self._engine = engine
        self._accept = accept
        self._lock = threading.Lock()
        self._progress: LoadProgress | None = None
        self._failure: PellucidError | None = None
        self._ready: tuple[Engine, SubjectPort] | None = None
        self._facts: SubjectFacts | None = None

    def load(self) -> None:
        """Load the subject; a failure is kept, and raised by `ready`."""
        try:
            self._note(LoadProgress(stage="import", done=None, total=None, unit=None, detail=None))
            with HEAVY:
                engine = self._engine()
            subject = engine.load(self._model, settings=self._settings, progress=self._follow)
            self._accept(subject)
            facts = _facts(subject)
        except PellucidError as error:
            _log.warning("the model could not be loaded: %s", error)
            self._fail(error)
        except Exception as error:  # the job's edge: the page must learn of it, whatever it is
            _log.exception("the model could not be loaded")
            self._fail(
                UpstreamFailed(
                    "the model could not be loaded",
                    why=type(error).__name__,
                    instead="see the log, and run pellucid doctor",
                )
            )
        else:
            with self._lock:
                self._ready, self._facts, self._progress = (engine, subject), facts, None

    def ready(self) -> tuple[Engine, SubjectPort]:
        """The engine and its subject.

        Raises:
            PellucidError: Why it could not be loaded.
        """
        with self._lock:
            if self._ready is not None:
                return self._ready
            if self._failure is not None:
                raise self._failure.with_traceback(None)
        raise AssertionError("questions are answered after loading, by the same thread")

    @property
    def state(self) -> Literal["loading", "ready", "failed"]:
        """Where loading stands."""
        with self._lock:
            if self._ready is not None:
                return "ready"
            return "loading" if self._failure is None else "failed"

    @property
    def progress(self) -> LoadProgress | None:
        """How far it is; None when it is over."""
        with self._lock:
            return self._progress

    @property
    def failure(self) -> PellucidError | None:
        """Why it failed."""
        with self._lock:
            return self._failure

    @property
    def facts(self) -> SubjectFacts | None:
        """What was loaded."""
        with self._lock:
            return self._facts

    def _follow(self, progress: ProgressPort) -> None:
        self._note(
            LoadProgress(
                stage=progress.stage,
                done=progress.done if progress.total else None,
                total=progress.total or None,
                unit=progress.unit or None,
                detail=progress.detail or None,
            )
        )

    def _note(self, progress: LoadProgress) -> None:
        with self._lock:
            self._progress = progress

    def _fail(self, error: PellucidError) -> None:
        with self._lock:
            self._failure, self._progress = error, None


def _facts(subject: SubjectPort) -> SubjectFacts:
    return SubjectFacts(
        name=subject.name,
        hash=subject.hash,
        family=subject.kind,
        n_layers=subject.n_layers,
        d_model=subject.d_model,
        d_mlp=subject.d_mlp,
        n_features=2 * subject.n_neurons,
        n_context=subject.n_context,
        dtype=subject.dtype,
        device=subject.device,
        has_chat_template=subject.has_chat_template,
    )

"""A server on the fake engine: called in process, or really listening on loopback."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.server.run import Server, listen
from pellucid.workspace import Workspace
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import FakeSubject


class LiveServer:
    """uvicorn in a thread, on a free port of loopback."""

    def __init__(self, settings: Settings, workspace: Workspace) -> None:
        self.workspace = workspace
        self._listener = listen(settings.host, 0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._answers = threading.Event()
        self._server = Server(settings, workspace, self._answers.set)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],))

    def start(self) -> "LiveServer":
        self._thread.start()
        assert self._answers.wait(20)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()
        assert not self._thread.is_alive()

    def is_answering(self) -> bool:
        """Whether it is at a question that its client still wants answered."""
        running = self.workspace.line._running
        return running is not None and not running._cancelled.is_set()

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=headers, timeout=20, trust_env=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache")


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def serve(model: FakeModel) -> Generator[Callable[..., LiveServer]]:
    """Start servers; all are stopped at the end."""
    running: list[LiveServer] = []

    def start(settings: Settings, **rest: Any) -> LiveServer:
        engine = rest.pop("engine", model.engine)
        workspace = Workspace(settings, Journal.open(settings), engine=engine, **rest)
        running.append(LiveServer(settings, workspace))
        return running[-1].start()

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def server(serve: Callable[..., LiveServer], settings: Settings) -> LiveServer:
    return serve(settings)


@pytest.fixture
def http(server: LiveServer) -> Generator[httpx.Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def another_model(serve: Callable[..., LiveServer], settings: Settings) -> Generator[httpx.Client]:
    """A server on the same journal, with another model."""
    model = FakeModel(subject=FakeSubject(hash="0" * 64))
    with serve(settings, engine=model.engine).client() as client:
        yield client


def eventually(holds: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait until it holds, and fail where it does not."""
    until = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.005)

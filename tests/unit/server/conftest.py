"""The application in process, without its lifespan: no model, and a journal of its own."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.server.app import create_app
from pellucid.workspace import Workspace
from tests.integration.fake_engine import FakeModel

Call = Callable[..., httpx.Response]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    opened = Workspace(settings, Journal.open(settings), engine=FakeModel().engine)
    yield opened
    opened.close()


@pytest.fixture
def app(settings: Settings, workspace: Workspace) -> FastAPI:
    made = create_app(settings, workspace)
    made.state.workspace = workspace
    return made


def call(app: Any, method: str, path: str, **rest: Any) -> httpx.Response:
    """One request, on an event loop of its own."""
    base = rest.pop("base", "http://127.0.0.1:8000")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, **rest)

    return asyncio.run(ask())


@pytest.fixture
def http(app: FastAPI) -> Call:
    return lambda method, path, **rest: call(app, method, path, **rest)

"""The application: `create_app(settings)` and its lifespan."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from pellucid._version import __version__
from pellucid.core.settings import Settings
from pellucid.server import errors, page, reference
from pellucid.server.description import describe, problems
from pellucid.server.metrics import Metrics
from pellucid.server.routes import (
    atlas,
    concepts,
    conversations,
    features,
    health,
    journal,
    metrics,
    replies,
    runs,
    sets,
    subject,
)
from pellucid.server.security import Guard, check_exposure
from pellucid.workspace import Workspace

_DESCRIPTION = (
    "See which neurons made a language model say what it said, and change them. "
    "Streams are server-sent events; errors are problem documents."
)

COMPRESSED_FROM = 1_024
"""Bytes of an answer, at least, that are worth it."""


def create_app(settings: Settings, workspace: Workspace | None = None) -> FastAPI:
    """The server as an ASGI application; its lifespan starts and closes the workspace.

    Without `workspace` the lifespan opens one: the bundled model, and the journal of `settings`.

    Raises:
        InvalidRequest: `host` is not loopback and there is no token.
    """
    check_exposure(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        opened = workspace
        if opened is None:
            opened = await run_in_threadpool(Workspace.open, settings)
        app.state.workspace = opened
        opened.start()
        try:
            yield
        finally:
            await run_in_threadpool(opened.close)

    app = FastAPI(
        title="Pellucid",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    api = APIRouter(prefix="/api", responses=problems(401, 403))
    nouns = (
        health,
        metrics,
        subject,
        atlas,
        features,
        concepts,
        conversations,
        replies,
        runs,
        sets,
        journal,
    )
    for noun in nouns:
        api.include_router(noun.router)
    app.include_router(api)
    errors.install(app)
    reference.install(app, asks_for_token=settings.token is not None)
    page.install(app)
    app.state.metrics = Metrics(lambda: getattr(app.state, "workspace", None))
    # Inside the guard; it leaves event streams, fonts and what is compressed already as they are.
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=6)
    app.add_middleware(Guard, settings=settings, metrics=app.state.metrics)
    app.openapi = partial(describe, app)
    return app

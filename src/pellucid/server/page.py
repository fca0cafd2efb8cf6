"""The page: the built files of `web/`, or a plain word about how to build them."""

from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
_NOT_BUILT = (
    "Pellucid's server is running, but its page was not built.\n"
    "In a checkout: run `make web`, then start again. The API is under /api.\n"
)


def install(app: FastAPI, static: Path = STATIC) -> None:
    """Serve `static`, whose index stands for every path that no file and no route has."""
    if (static / "index.html").is_file():
        app.frontend("/", directory=static, fallback="index.html")
        return

    async def not_built(_: Request) -> Response:
        return PlainTextResponse(_NOT_BUILT, 503)

    app.add_route("/", not_built, methods=["GET"], include_in_schema=False)

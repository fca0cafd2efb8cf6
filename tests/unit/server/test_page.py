"""The page and its files."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from pellucid.core.settings import Settings
from pellucid.server import errors, page
from pellucid.server.metrics import Metrics
from pellucid.server.security import Guard
from tests.unit.server.conftest import call


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Pellucid</title>")
    (tmp_path / "assets" / "a-1.js").write_text("1")
    return tmp_path


def an_app(static: Path) -> FastAPI:
    app = FastAPI(openapi_url=None)
    errors.install(app)
    page.install(app, static)
    app.add_middleware(Guard, settings=Settings(), metrics=Metrics(lambda: None))
    return app


@pytest.mark.parametrize("path", ["/", "/c/abc", "/c/abc?token=x"])
def test_every_address_of_the_page_is_the_page(static: Path, path: str) -> None:
    response = call(an_app(static), "GET", path, headers={"accept": "text/html"})
    assert (response.status_code, response.text) == (200, "<title>Pellucid</title>")
    assert response.headers["cache-control"] == "no-cache"


def test_hashed_files_may_be_kept_forever(static: Path) -> None:
    response = call(an_app(static), "GET", "/assets/a-1.js")
    assert (response.status_code, response.text) == (200, "1")
    assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize("path", ["/assets/none.js", "/%2e%2e/secret", "/assets/../../secret"])
def test_a_file_that_is_not_there_is_not_found(static: Path, path: str) -> None:
    response = call(an_app(static), "GET", path)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_without_a_built_page_it_is_said_how_to_build_one(tmp_path: Path) -> None:
    response = call(an_app(tmp_path), "GET", "/")
    assert response.status_code == 503
    assert "make web" in response.text

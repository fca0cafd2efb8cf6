"""What is compressed on the wire, and what is left as it is."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from pellucid.core.settings import Settings
from pellucid.server import page
from pellucid.server.app import create_app
from pellucid.workspace import Workspace
from tests.unit.server.conftest import Call, call

SCRIPT = "let a = 1;\n" * 5_000


@pytest.fixture
def with_page(
    settings: Settings, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FastAPI:
    (tmp_path / "page" / "assets").mkdir(parents=True)
    (tmp_path / "page" / "index.html").write_text("<title>Pellucid</title>")
    (tmp_path / "page" / "assets" / "a-1.js").write_text(SCRIPT)
    (tmp_path / "page" / "assets" / "a-1.woff2").write_bytes(b"0" * 5_000)
    install = page.install
    monkeypatch.setattr(page, "install", lambda app: install(app, tmp_path / "page"))
    return create_app(settings, workspace)


def test_a_script_goes_compressed_and_still_carries_the_guards_headers(with_page: FastAPI) -> None:
    response = call(with_page, "GET", "/assets/a-1.js")
    assert response.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in response.headers["vary"].lower()
    assert response.num_bytes_downloaded < len(SCRIPT) / 10
    assert response.text == SCRIPT
    assert "immutable" in response.headers["cache-control"]
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_json_goes_compressed_and_what_is_small_or_already_compressed_does_not(
    with_page: FastAPI, http: Call
) -> None:
    large = http("GET", "/api/openapi.json")
    assert large.headers["content-encoding"] == "gzip"
    assert large.json()["info"]["title"] == "Pellucid"
    assert "nosniff" in large.headers["x-content-type-options"]
    assert "content-encoding" not in http("GET", "/api/health").headers
    assert "content-encoding" not in call(with_page, "GET", "/assets/a-1.woff2").headers


def test_who_takes_no_gzip_gets_none(with_page: FastAPI) -> None:
    plain = call(with_page, "GET", "/assets/a-1.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.num_bytes_downloaded == len(SCRIPT)

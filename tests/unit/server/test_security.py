"""Who gets in, and what every answer carries."""

from typing import Any

import pytest
from fastapi import FastAPI

from pellucid.core.errors import InvalidRequest
from pellucid.core.settings import Settings
from pellucid.server.app import create_app
from pellucid.server.run import address, with_token
from pellucid.server.security import is_loopback
from pellucid.workspace import Workspace
from tests.unit.server.conftest import Call, call

TOKEN = "correct horse/battery+staple"


@pytest.fixture
def guarded(settings: Settings, workspace: Workspace) -> FastAPI:
    made = create_app(settings.model_copy(update={"token": TOKEN, "host": "0.0.0.0"}), workspace)
    made.state.workspace = workspace
    return made


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000", "127.0.0.1"]
)
def test_loopback_names_are_let_in(http: Call, host: str) -> None:
    assert http("GET", "/api/conversations", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example:8000", "127.0.0.1.evil.example", "evil.example@127.0.0.1.x", "", "[", "0"],
)
def test_a_rebinding_host_is_refused(http: Call, host: str) -> None:
    response = http("GET", "/api/conversations", headers={"host": host})
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"origin": "http://127.0.0.1:8000"}, 201),
        ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, 201),
        ({"origin": "http://127.0.0.1:9000"}, 403),
        ({"origin": "http://localhost:8000"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_another_sites_page_is_refused(http: Call, headers: dict[str, str], status: int) -> None:
    assert http("POST", "/api/conversations", json={}, headers=headers).status_code == status


def test_no_origin_is_ever_allowed_by_cors(http: Call) -> None:
    origin = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    response = http("OPTIONS", "/api/conversations", headers=origin)
    assert response.status_code == 403
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/nothing", "/api/conversations/x"])
def test_every_answer_carries_the_guards_headers(http: Call, path: str) -> None:
    headers = http("GET", path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert len(headers["x-request-id"]) == 16
    assert headers["cache-control"] == ("no-store" if path.startswith("/api/") else "no-cache")


def test_the_token_is_asked_for_everywhere_but_at_the_health_check(guarded: FastAPI) -> None:
    assert call(guarded, "GET", "/api/health").status_code == 200
    for path in ("/api/conversations", "/api/subject", "/api/openapi.json", "/api/metrics"):
        response = call(guarded, "GET", path)
        assert (response.status_code, response.json()["code"]) == (401, "unauthorized")
        assert response.headers["www-authenticate"] == "Bearer"
    assert call(guarded, "GET", "/").status_code == 401
    assert call(guarded, "GET", "/assets/x.js").status_code == 401


@pytest.mark.parametrize("given", ["wrong", "", TOKEN + "x", "ünïcode"])
def test_a_wrong_token_is_refused(guarded: FastAPI, given: str) -> None:
    headers = {"authorization": f"Bearer {given}".encode()}
    assert call(guarded, "GET", "/api/subject", headers=headers).status_code == 401
    assert call(guarded, "GET", "/", params={"token": given}).status_code == 401


def test_the_bearer_token_lets_a_script_in(guarded: FastAPI) -> None:
    headers = {"authorization": f"bearer {TOKEN}"}
    assert call(guarded, "GET", "/api/subject", headers=headers).status_code == 200


def test_the_printed_address_lets_the_page_in_once_and_for_all(guarded: FastAPI) -> None:
    url = address(Settings(host="0.0.0.0", token=TOKEN), 8000)
    response = call(guarded, "GET", url + "&c=1&token=")
    assert response.status_code == 401
    response = call(guarded, "GET", url + "&c=1")
    assert (response.status_code, response.headers["location"]) == (303, "/?c=1")
    cookie = response.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    headers = {"cookie": cookie.split(";")[0]}
    assert call(guarded, "GET", "/api/subject", headers=headers).status_code == 200
    assert call(guarded, "GET", "/", headers=headers).status_code != 401
    again = call(guarded, "GET", url + "&c=1", headers=headers)
    assert (again.status_code, again.headers["location"]) == (303, "/?c=1")
    forged = {"cookie": cookie.split(";")[0] + "x"}
    assert call(guarded, "GET", "/api/subject", headers=forged).status_code == 401


def test_the_redirect_stays_here(guarded: FastAPI) -> None:
    for path in ("//evil.example/", "/\\evil.example/", "/%5cevil.example"):
        base = "http://127.0.0.1:8000" + path
        response = call(guarded, "GET", base, params={"token": TOKEN})
        assert response.status_code == 303
        assert response.headers["location"].startswith("/evil"), path


def test_a_token_in_the_address_does_not_open_the_api(guarded: FastAPI) -> None:
    assert call(guarded, "GET", "/api/subject", params={"token": TOKEN}).status_code == 401


def test_broken_cookies_are_no_cookies(guarded: FastAPI) -> None:
    for cookie in ("\x00=;;;", "a=b; =; ;;", 'x="'):
        headers = {"cookie": cookie.encode()}
        assert call(guarded, "GET", "/api/subject", headers=headers).status_code == 401


def test_other_machines_are_not_served_without_a_token(settings: Settings) -> None:
    open_to_all = settings.model_copy(update={"host": "0.0.0.0"})
    with pytest.raises(InvalidRequest, match="PELLUCID_TOKEN"):
        create_app(open_to_all)
    made = with_token(open_to_all)
    assert made.token is not None
    assert len(made.token) >= 32
    assert with_token(settings).token is None


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_loopback_is_known(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


def test_a_body_over_the_limit_is_refused(settings: Settings, workspace: Workspace) -> None:
    app = create_app(settings.model_copy(update={"max_body_bytes": 100}), workspace)
    app.state.workspace = workspace

    async def pieces() -> Any:
        for _ in range(5):
            yield b" " * 30

    json_type = {"content-type": "application/json"}
    assert call(app, "POST", "/api/conversations", json={"title": "x"}).status_code == 201
    for body in (b" " * 101, pieces()):
        response = call(app, "POST", "/api/conversations", content=body, headers=json_type)
        assert (response.status_code, response.json()["code"]) == (413, "too_large")
    lying = json_type | {"content-length": "-5"}
    assert call(app, "POST", "/api/conversations", content=b"{}", headers=lying).status_code == 413


@pytest.mark.parametrize(("n_bytes", "status"), [(150, 422), (201, 413)])
def test_an_import_has_a_limit_of_its_own(
    settings: Settings, workspace: Workspace, n_bytes: int, status: int
) -> None:
    limits = {"max_body_bytes": 100, "max_import_bytes": 200}
    app = create_app(settings.model_copy(update=limits), workspace)
    app.state.workspace = workspace
    headers = {"content-type": "application/json"}
    body = b"{}".ljust(n_bytes)
    response = call(app, "POST", "/api/conversations/import", content=body, headers=headers)
    assert response.status_code == status

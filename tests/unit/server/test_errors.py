"""Every error is a problem document, and every code has a page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from pellucid.core.errors import Busy, PellucidError, StoreMismatch
from pellucid.server import errors
from pellucid.server.errors import STATUS, problem_of
from tests.unit.server.conftest import Call, call

DOCS = Path(__file__).parents[3] / "docs" / "errors"


def tree(kind: type[PellucidError] = PellucidError) -> Iterator[type[PellucidError]]:
    for child in kind.__subclasses__():
        if child.__module__ == "pellucid.core.errors":
            yield child
            yield from tree(child)


def test_every_error_has_a_status() -> None:
    assert set(STATUS) == set(tree())


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    codes = (
        {kind.code for kind in tree()} | set(errors.CODE_OF_STATUS.values()) | {"internal_error"}
    )
    assert {path.stem for path in DOCS.glob("*.md")} == codes


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.stem)
def test_a_page_says_symptom_cause_and_fix(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {path.stem}\n")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.M) == ["Symptom", "Cause", "Fix"]


def test_a_problem_says_what_why_and_what_instead() -> None:
    problem = problem_of(StoreMismatch("a is b", found="a", wanted="b", instead="do c"))
    assert problem.status == 409
    assert problem.detail == "a is b; found a, wanted b; do c"
    assert problem.type == "urn:pellucid:error:store_mismatch"
    assert problem_of(Busy("full", 3.2)).retry_after_s == 3.2


def test_an_error_of_a_later_kind_has_the_status_of_its_parent() -> None:
    class TooBusy(Busy):
        pass

    assert problem_of(TooBusy("x", 1)).status == 503


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api/conversations/none", 404, "not_found"),
        ("DELETE", "/api/conversations/none", 404, "not_found"),
        ("GET", "/api/runs/none", 404, "not_found"),
        ("GET", "/api/runs/" + "x" * 65, 422, "invalid_request"),
        ("PUT", "/api/conversations", 405, "method_not_allowed"),
        ("GET", "/api/runs/none/why", 405, "method_not_allowed"),
    ],
)
def test_refusals_are_problems_too(
    http: Call, method: str, path: str, status: int, code: str
) -> None:
    response = http(method, path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"title": 1}', b'{"x": 1}'])
def test_a_body_that_is_not_as_described_is_refused(http: Call, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = http("POST", "/api/conversations", content=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_what_was_sent_is_not_repeated(http: Call) -> None:
    response = http("POST", "/api/conversations", json={"title": ["<b>secret</b>"]})
    assert "secret" not in response.text
    assert "title" in response.json()["why"]


def test_a_field_that_is_none_is_named_in_short(app: FastAPI) -> None:
    response = call(app, "POST", "/api/conversations", json={"x" * 200_000: 1})
    assert response.status_code == 422
    assert "xxx: Extra inputs" in response.json()["why"]
    assert len(response.text) < 2_000


def test_an_unexpected_error_keeps_its_internals(
    app: FastAPI, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(app.state.workspace.journal.conversations, "all", broken)
    response = call(app, "GET", "/api/conversations")
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert "secret" not in response.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert response.headers["x-request-id"] in caplog.text
    assert "nosniff" in response.headers["x-content-type-options"]

"""Conversations from outside: read in another thread, and refused in plain words."""

import json
import threading
from typing import Any

import pytest

from pellucid.core.errors import InvalidRequest
from pellucid.journal import ConversationDocument, Journal
from pellucid.server import imports
from pellucid.server.imports import parsed
from tests.unit.journal.conftest import answered
from tests.unit.server.conftest import Call


@pytest.fixture
def document(workspace: Any) -> dict[str, Any]:
    journal: Journal = workspace.journal
    made = journal.conversations.create("Title")
    answered(journal, made.id, "first", "one")
    return json.loads(journal.exchange.export(made.id).model_dump_json())


def test_a_document_is_read_off_the_event_loop(
    http: Call, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def watch(body: bytes) -> ConversationDocument:
        threads.append(threading.current_thread())
        return parsed(body)

    monkeypatch.setattr(imports, "parsed", watch)
    response = http("POST", "/api/conversations/import", json=document)
    assert response.status_code == 201, response.text
    assert [thread is threading.main_thread() for thread in threads] == [False]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("title",), "x" * 201, "the field title has more than 200 characters"),
        (("mood",), 1, "the field mood is no field that is known here"),
        (("format",), "x", "format: this is no pellucid conversation: import what an export gave"),
        (("version",), 2, "version: only version 1 can be read here: update Pellucid"),
        (("turns",), {}, "the field turns is not a list"),
        (("turns",), [1, 2], "turn 1: it is not an object with fields (turns.0)"),
        (("turns", 0, "role"), "system", "turn 1: the field role is not 'user' or 'assistant' (turns.0.role)"),
        (("turns", 1, "content"), "forged", "turn 2: content is not the reply of the newest run"),
        (("turns", 1, "runs", 0, "n_prompt"), "x", "turn 2, answer 1: the field n_prompt is not a whole number"),
        (("turns", 1, "runs", 0, "settings", "temperature"), -1, "answer 1: the field temperature is less than 0"),
        (("turns", 1, "runs", 0, "tokens", 2, "id"), 2**31, "token 3: the field id is not less than 2147483648"),
        (("title",), "\ud800", "it is not JSON, or is cut off: "),
        (("turns", 1, "runs", 0, "tokens", 2, "logprob"), float("nan"), "the field logprob is not a finite number"),
        (("turns", 1, "runs", 0, "tokens", 2, "top", 1, "text"), None, "alternative 2: the field text is not a text"),
        (("turns", 0, "created_at"), "2026-01-01T00:00:00", "the field created_at is a time without its zone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    document: dict[str, Any], path: tuple[str | int, ...], value: Any, words: str
) -> None:
    parsed(json.dumps(document).encode())
    place: Any = document
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with pytest.raises(InvalidRequest) as caught:
        parsed(json.dumps(document).encode())
    assert words in caught.value.why


def test_what_is_missing_is_said_and_only_the_first_mistakes_are() -> None:
    with pytest.raises(InvalidRequest, match="the field format is missing") as caught:
        parsed(b"{}")
    assert caught.value.why.endswith("; and 3 more")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_said(body: bytes) -> None:
    with pytest.raises(InvalidRequest, match="not JSON"):
        parsed(body)


def test_what_is_not_one_conversation_is_said() -> None:
    with pytest.raises(InvalidRequest, match="it is not an object with fields"):
        parsed(b"[]")


def test_what_is_not_sent_as_json_is_refused(http: Call, document: dict[str, Any]) -> None:
    for headers in ({}, {"content-type": "text/plain"}):
        body = json.dumps(document).encode()
        response = http("POST", "/api/conversations/import", content=body, headers=headers)
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
        assert "application/json" in response.json()["instead"]

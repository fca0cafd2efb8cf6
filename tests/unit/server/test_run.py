"""Serving: addresses, ports, logs, and an end in order."""

import json
import logging
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from pellucid.core.errors import InvalidRequest, StoreMismatch
from pellucid.core.settings import Settings
from pellucid.journal.journal import FILE_NAME
from pellucid.server import logs, run
from pellucid.server.run import address, listen, serve
from tests.unit.server.conftest import Call


@pytest.mark.parametrize(
    ("host", "token", "url"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:80/"),
        ("::1", None, "http://[::1]:80/"),
        ("0.0.0.0", "a b&c", "http://127.0.0.1:80/?token=a+b%26c"),
        ("box.example", "t", "http://box.example:80/?token=t"),
    ],
)
def test_the_address_is_one_a_browser_can_open(host: str, token: str | None, url: str) -> None:
    assert address(Settings(host=host, token=token), 80) == url


def test_a_port_that_is_taken_is_said() -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(InvalidRequest, match="--port"):
            listen("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(InvalidRequest):
        listen("192.0.2.1", 0)
    with pytest.raises(InvalidRequest):
        listen("no such host", 0)


def test_a_journal_that_cannot_be_opened_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreMismatch):
        serve(Settings(data_dir=tmp_path), open_browser=False)


def test_it_serves_says_where_opens_the_page_logs_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    announced, opened = threading.Event(), threading.Event()
    urls: list[str] = []
    servers: list[run.Server] = []
    init = run.Server.__init__

    def remember(self: run.Server, *arguments: object) -> None:
        servers.append(self)
        init(self, *arguments)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(run.Server, "__init__", remember)
    monkeypatch.setattr(run.webbrowser, "open", lambda _: opened.set())
    thread = threading.Thread(
        target=serve,
        args=(Settings(data_dir=tmp_path, log_level="info"),),
        kwargs={
            "model": str(tmp_path),
            "announce": lambda url: (urls.append(url), announced.set()),
        },
    )
    thread.start()
    assert announced.wait(20)
    assert opened.wait(20)
    with httpx.Client(base_url=urls[0], trust_env=False) as http:
        assert http.get("/api/health").json()["status"] in ("loading", "failed")
        until = time.monotonic() + 60
        while http.get("/api/subject").json()["state"] == "loading":
            assert time.monotonic() < until
            time.sleep(0.1)
        assert http.get("/api/subject").json()["state"] == "failed"
        assert http.get("/api/health").json()["status"] == "failed"
    servers[0].should_exit = True
    thread.join(20)
    assert not thread.is_alive()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    health = [line for line in lines if line.get("path") == "/api/health"]
    assert [(line["method"], line["status"]) for line in health] == [("GET", 200)] * 2


def test_a_request_is_one_line_with_its_id_and_nothing_of_what_was_written(
    http: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("info")
    made = http("POST", "/api/conversations", json={"title": "private title"})
    found = http("GET", "/api/conversations", params={"q": "private query"})
    refused = http("POST", "/api/conversations", json={"title": ["private list"]})
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    assert [
        (line["request_id"], line["method"], line["path"], line["status"]) for line in lines
    ] == [
        (made.headers["x-request-id"], "POST", "/api/conversations", 201),
        (found.headers["x-request-id"], "GET", "/api/conversations", 200),
        (refused.headers["x-request-id"], "POST", "/api/conversations", 422),
    ]
    assert {line["logger"] for line in lines} == {"pellucid.requests"}
    assert all(line["seconds"] >= 0 and line["level"] == "info" for line in lines)
    assert "private" not in said


def test_requests_are_not_logged_where_only_warnings_are_wanted(
    http: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(Settings().log_level)
    assert http("GET", "/api/health").status_code == 200
    assert capsys.readouterr().err == ""


def test_a_log_line_is_json_with_a_request_id_and_no_message_of_an_error() -> None:
    try:
        raise RuntimeError("private words")
    except RuntimeError:
        record = logging.LogRecord("pellucid", 40, "f", 1, "failed %s", ("x",), sys.exc_info())
    record.request_id = "abc"
    line = json.loads(logs.JsonLines().format(record))
    assert (line["message"], line["error"], line["request_id"]) == (
        "failed x",
        "RuntimeError",
        "abc",
    )
    assert "private" not in json.dumps(line)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> object:
    loggers = [logging.getLogger(name) for name in ("pellucid", "uvicorn.error")]
    before = [(one.handlers[:], one.level, one.propagate) for one in loggers]
    yield
    for one, (handlers, level, propagate) in zip(loggers, before, strict=True):
        one.handlers[:], one.propagate = handlers, propagate
        one.setLevel(level)

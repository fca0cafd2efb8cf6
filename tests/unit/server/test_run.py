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


def test_it_serves_says_where_opens_the_page_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
        args=(Settings(data_dir=tmp_path),),
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

"""Reading event streams as a page does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

Event = dict[str, Any]


def events_of(response: httpx.Response) -> Iterator[Event]:
    """The data of each event; its name and its number are checked on the way."""
    number, name, ident = 0, "", ""
    data: Event = {}
    for line in _lines(response):
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            ident = value
        elif field == "data":
            data = json.loads(value)
        elif line == "" and name:
            assert data["type"] == name
            assert ident == str(number)
            number, name = number + 1, ""
            yield data


def _lines(response: httpx.Response) -> Iterator[str]:
    """Lines as the format has them: httpx would also split at what Unicode calls a line end."""
    rest = b""
    for piece in response.iter_bytes():
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode()


def post(http: httpx.Client, path: str, body: Any) -> httpx.Response:
    """A POST of any JSON, half characters among it."""
    headers = {"content-type": "application/json"}
    return http.post(path, content=json.dumps(body), headers=headers)


@contextmanager
def stream(http: httpx.Client, path: str, **body: Any) -> Iterator[Iterator[Event]]:
    """The events of a POST; leaving the block closes the connection."""
    with http.stream("POST", path, json=body) as response:
        if response.status_code != 200:
            response.read()
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("text/event-stream")
        yield events_of(response)


def ask(http: httpx.Client, conversation: str, **body: Any) -> list[Event]:
    """A whole reply."""
    with stream(http, f"/api/conversations/{conversation}/replies", **body) as events:
        return list(events)


def begin(http: httpx.Client, **body: Any) -> str:
    """A new conversation's id."""
    response = http.post("/api/conversations", json=body)
    assert response.status_code == 201, response.text
    return response.json()["id"]


def of_type(events: list[Event], name: str) -> list[Event]:
    """Only the events of one type."""
    return [event for event in events if event["type"] == name]

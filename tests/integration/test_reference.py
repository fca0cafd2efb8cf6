"""The examples on the page about the API, run: whatever it shows, the API takes."""

import json
import re
import shlex
from html import unescape
from itertools import pairwise

import httpx
import pytest

from tests.integration.conftest import LiveServer


@pytest.fixture
def examples(http: httpx.Client) -> list[list[str]]:
    """The commands, in words."""
    page = http.get("/api/docs").text
    return [
        shlex.split(unescape(one)) for one in re.findall(r"<pre><code>(.*?)</code></pre>", page)
    ]


def test_every_example_is_taken(
    server: LiveServer, http: httpx.Client, examples: list[list[str]]
) -> None:
    assert len(examples) > 30
    refused: list[object] = []
    for example in examples:
        *options, url = example
        assert url.startswith(f"{server.url}/api/")
        given = dict(pairwise(options))
        method = given.get("-X", "POST" if "-d" in given else "GET")
        body = json.loads(given["-d"]) if "-d" in given else None
        response = http.request(method, url, json=body)
        if response.status_code not in (200, 201, 204, 404):
            refused.append((example, response.text))
    assert refused == []

"""The API's description for people."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi import FastAPI

from pellucid.core.settings import Settings
from pellucid.server import reference
from pellucid.server.app import create_app
from pellucid.server.meanings import meanings
from tests.unit.server.conftest import Call, call

_VOID = {"meta"}


class Page(HTMLParser):
    """What a browser would make of it: tags that close in order, ids, links, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(Settings()).openapi()


@pytest.fixture(scope="module")
def page(document: dict[str, Any]) -> Page:
    return Page(reference.render(document, "http://127.0.0.1:8000/"))


def test_it_is_served_as_a_page_that_the_policy_lets_be(http: Call) -> None:
    response = http("GET", "/api/docs")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "http://127.0.0.1:8000/api/health" in response.text


def test_it_has_no_script_and_no_file_of_its_own(page: Page) -> None:
    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe", "object"}
    assert {link for link in page.links if not link.startswith("#")} == {"openapi.json"}


def test_every_route_field_and_record_is_on_it(document: dict[str, Any], page: Page) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert page.text.count(f"{method.upper()} {path}") >= 2, "in the contents and itself"
            for parameter in operation.get("parameters", ()):
                assert parameter["name"] in page.text
    for name, schema in document["components"]["schemas"].items():
        assert name in page.ids
        for field in schema.get("properties", {}):
            assert field in page.text


def test_every_link_leads_to_one_place(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_errors_stand_with_their_codes(page: Page) -> None:
    assert "404 not_found" in page.text
    assert "503 busy" in page.text
    assert "507 store_failed" in page.text


def test_markup_in_descriptions_names_and_defaults_is_text() -> None:
    nasty = "<script>alert('x')</script> & <b>`<i>`</b>"
    field = {"type": "string", "description": nasty, "default": nasty, "pattern": nasty}
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Nasty"}}}
    operation = {
        "description": nasty,
        "tags": [nasty],
        "parameters": [{"name": nasty, "in": "query", "required": True, "schema": field}],
        "requestBody": {"content": answer},
        "responses": {"200": {"content": answer, "description": nasty}},
    }
    record = {
        "type": "object",
        "description": nasty,
        "properties": {nasty: field},
        "required": [nasty],
    }
    made = reference.render(
        {
            "info": {"title": nasty, "version": nasty, "description": nasty},
            "paths": {f"/api/{nasty}": {"post": operation}},
            "components": {"schemas": {"Nasty": record}},
        },
        f"http://{nasty}/",
    )
    page = Page(made)
    assert not page.tags & {"script", "b", "i"}
    assert "alert('x')" in page.text


def test_what_fields_mean_is_what_their_docstrings_say(document: dict[str, Any]) -> None:
    said = meanings()
    assert said["Health"]["queue"].startswith("Questions that wait")
    assert said["RunDetail"]["reply"] == said["RunSummary"]["reply"], "inherited"
    fields = document["components"]["schemas"]["WhyRequest"]["properties"]
    assert fields["pos"]["description"] == "Of the token, in the run."
    assert fields["top"]["description"] == said["WhyRequest"]["top"]


def test_examples_send_a_token_only_where_one_is_asked_for(
    app: FastAPI, settings: Settings, document: dict[str, Any]
) -> None:
    bearer = "Authorization: Bearer $PELLUCID_TOKEN"
    closed = create_app(settings.model_copy(update={"token": "secret"}), app.state.workspace)
    response = call(closed, "GET", "/api/docs", headers={"authorization": "Bearer secret"})
    examples = re.findall(r"<pre><code>(.*?)</code></pre>", response.text)
    assert len(examples) == sum(len(one) for one in document["paths"].values())
    assert all(bearer in Page(one).text for one in examples)
    assert "secret" not in response.text
    assert bearer not in call(app, "GET", "/api/docs").text
    assert call(closed, "GET", "/api/docs").status_code == 401

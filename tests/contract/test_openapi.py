"""The API's description is what the code says, and says what a client needs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pellucid.server.openapi import main, render

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "openapi.json"
SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(render())


def test_the_description_kept_is_the_codes_own() -> None:
    assert KEPT.read_text() == render(), "run: python -m pellucid.server.openapi"


def test_it_is_the_same_whatever_else_is_imported() -> None:
    """Records elsewhere may have the names of the API's own."""
    names = (f"{path.relative_to(SOURCE).with_suffix('')}" for path in SOURCE.rglob("*.py"))
    modules = [name.replace("/", ".") for name in names if "__" not in name]
    script = (
        "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]; "
        "from pellucid.server.openapi import render; print(render(), end='')"
    )
    command = [sys.executable, "-W", "ignore", "-c", script, *modules]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert printed == render()


def test_it_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    main(tmp_path / "openapi.json")
    assert (tmp_path / "openapi.json").read_text() == render()


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                names.add(node["$ref"].removeprefix("#/components/schemas/"))
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    collect(document)
    assert names <= document["components"]["schemas"].keys()


@pytest.mark.parametrize(
    ("stream", "types"),
    [
        ("ReplyStreamEvent", {"queued", "started", "token", "done", "error"}),
        ("WhyStreamEvent", {"queued", "estimate", "measured", "done", "error"}),
    ],
)
def test_streams_are_described_event_by_event(
    document: dict[str, Any], stream: str, types: set[str]
) -> None:
    assert document["components"]["schemas"][stream]["discriminator"]["mapping"].keys() == types


def test_what_is_always_sent_is_required_and_what_may_be_left_out_is_not(
    document: dict[str, Any],
) -> None:
    schemas = document["components"]["schemas"]
    assert "top" in schemas["Token"]["required"]
    assert "effect" not in schemas["Effect"]["required"]
    assert "positions" not in schemas["Intervention"].get("required", [])
    assert schemas["WhyRequest"]["required"] == ["pos"]


def test_every_operation_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], (method, path)
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (path, status)

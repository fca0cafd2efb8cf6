"""The API's description for people: one page made of the OpenAPI document, without script and without other files."""

import json
import re
from collections.abc import Iterator
from functools import partial
from html import escape
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from pellucid.server.errors import CODE_OF_STATUS, STATUS
from pellucid.server.examples import Schema, command, name_of, resolved, whole

PATH = "/api/docs"
_LIMITS = {
    "minLength": "at least {:,} characters",
    "maxLength": "at most {:,} characters",
    "minItems": "at least {:,}",
    "maxItems": "at most {:,}",
    "minimum": "at least {:,}",
    "maximum": "at most {:,}",
    "exclusiveMinimum": "more than {:,}",
    "exclusiveMaximum": "less than {:,}",
    "pattern": "like {}",
}
_ABOUT = (
    "Errors are problem documents (`Problem`) with `what`, `why` and `instead`. Streams are server-sent events whose "
    "`event` is the `type` of their data; closing a request stops the model within a token.",
    "Questions to the model wait in one line, in which clients take turns. `X-Pellucid-Client` names the client; "
    "without it, the address does.",
)
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; background: Canvas; color: CanvasText; }
h2, h3 { margin-top: 2.5rem; }
h3 { font-size: 1.05rem; border-top: 1px solid GrayText; padding-top: 1rem; overflow-wrap: anywhere; }
code, pre { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .75rem; border: 1px solid GrayText; border-radius: 4px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; overflow-wrap: anywhere; }
th { font-weight: 600; }
nav ul { columns: 20rem; list-style: none; padding: 0; }
summary { cursor: pointer; }
"""


def install(app: FastAPI, *, asks_for_token: bool) -> None:
    """Serve the page at `/api/docs`; its examples send a token where one is asked for."""

    def read_reference(request: Request) -> HTMLResponse:
        base = str(request.base_url)
        return HTMLResponse(render(app.openapi(), base, token=asks_for_token))

    app.add_api_route(PATH, read_reference, include_in_schema=False)


def render(document: dict[str, Any], base: str, *, token: bool = False) -> str:
    """The page, for a server whose address is `base`."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    by_tag: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            (tag, *_) = operation.get("tags", ["other"])
            by_tag.setdefault(tag, []).append((method.upper(), path, operation))
    title = escape(f"{document['info']['title']} {document['info']['version']}: HTTP API")
    example = partial(command, schemas=schemas, base=base, token=token)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>",
        *(_prose(text) for text in (document["info"]["description"], *_ABOUT)),
        '<p>For programs: <a href="openapi.json">openapi.json</a>.</p><nav>',
        *_contents(by_tag),
        "</nav><main>",
    ]
    for tag, operations in by_tag.items():
        parts.append(f"<h2>{escape(tag.capitalize())}</h2>")
        for method, path, operation in operations:
            parts += _operation(method, path, operation, schemas)
            shown = escape(example(method, path, operation))
            parts.append(f"<p>For example:</p><pre><code>{shown}</code></pre></section>")
    parts.append("<h2>Records</h2>")
    for name, schema in schemas.items():
        parts.append(f'<section id="{_anchor(name)}"><h3><code>{escape(name)}</code></h3>')
        parts += [_prose(schema.get("description", "")), *_fields(schema), "</section>"]
    return "".join([*parts, "</main></body></html>"])


def _contents(by_tag: dict[str, list[tuple[str, str, Schema]]]) -> Iterator[str]:
    yield "<ul>"
    for operations in by_tag.values():
        for method, path, _ in operations:
            name = escape(f"{method} {path}")
            yield f'<li><a href="#{_anchor(method, path)}"><code>{name}</code></a></li>'
    yield "</ul>"


def _operation(
    method: str, path: str, operation: Schema, schemas: dict[str, Schema]
) -> Iterator[str]:
    yield f'<section id="{_anchor(method, path)}"><h3><code>{escape(f"{method} {path}")}</code></h3>'
    yield _prose(operation.get("description", ""))
    if parameters := operation.get("parameters"):
        rows = [
            _row(p["name"], {**p["schema"], "description": p.get("description", "")}, place)
            for p in parameters
            for place in [f"{p['in']}, required" if p["required"] else p["in"]]
        ]
        yield f"<p>Parameters:</p>{_table(rows)}"
    if "requestBody" in operation:
        (content,) = operation["requestBody"]["content"].values()
        yield f"<p>Takes {_kind(content['schema'])}:</p>"
        yield from _fields(resolved(content["schema"], schemas))
    errors: list[str] = []
    for status, response in operation["responses"].items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            errors.append(f"<code>{escape(status)}</code> {escape(_codes(int(status)))}")
            continue
        yield f"<p>Gives <code>{escape(status)}</code>"
        for media, content in response.get("content", {}).items():
            yield f", {escape(media)}: {_kind(content['schema'])}</p>"
            fields = "".join(_fields(resolved(content["schema"], schemas)))
            yield f"<details><summary>Its fields</summary>{fields}</details>" if fields else ""
        yield "" if response.get("content") else " and nothing else.</p>"
    yield f"<p>Errors: {'; '.join(errors)}.</p>" if errors else ""


def _codes(status: int) -> str:
    """The codes of the errors that have a status."""
    codes = {kind.code for kind, one in STATUS.items() if one == status}
    codes |= {code for one, code in CODE_OF_STATUS.items() if one == status}
    return " or ".join(sorted(codes)) or HTTPStatus(status).phrase


def _fields(schema: Schema) -> Iterator[str]:
    """A record's fields; of another schema, what it is."""
    fields: dict[str, Schema] = schema.get("properties", {})
    required = schema.get("required", ())
    if fields:
        rows = [
            _row(name, field, "required" if name in required else "")
            for name, field in fields.items()
        ]
        yield _table(rows)
    elif "oneOf" in schema or "anyOf" in schema or "enum" in schema:
        yield f"<p>{_kind(schema)}</p>"


def _table(rows: list[str]) -> str:
    return f"<table><tr><th>Name</th><th>Type</th><th>Meaning</th></tr>{''.join(rows)}</table>"


def _row(name: str, schema: Schema, notes: str) -> str:
    said = [note for note in (notes, *_limits(schema)) if note]
    if schema.get("default") is not None:
        said.append(f"default `{json.dumps(schema['default'], ensure_ascii=False)}`")
    meaning = _prose(schema.get("description", "")) + _prose(", ".join(said))
    return (
        f"<tr><td><code>{escape(name)}</code></td><td>{_kind(schema)}</td><td>{meaning}</td></tr>"
    )


def _limits(schema: Schema) -> Iterator[str]:
    for one in (schema, *schema.get("anyOf", ())):
        for name, words in _LIMITS.items():
            if name in one:
                yield words.format(f"`{one[name]}`" if name == "pattern" else whole(one[name]))


def _kind(schema: Schema) -> str:
    """The type that a schema describes, with links to records."""
    if "$ref" in schema:
        name = name_of(schema["$ref"])
        return f'<a href="#{_anchor(name)}">{escape(name)}</a>'
    for way in ("anyOf", "oneOf"):
        if way in schema:
            return " or ".join(_kind(one) for one in schema[way])
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " or ".join(f"<code>{escape(json.dumps(one))}</code>" for one in values)
    if "prefixItems" in schema:
        return f"[{', '.join(_kind(one) for one in schema['prefixItems'])}]"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    inner = schema.get("additionalProperties")
    if schema.get("type") == "object" and isinstance(inner, dict):
        return f"object of {_kind(inner)}"  # pyright: ignore[reportUnknownArgumentType]
    return escape("time" if schema.get("format") == "date-time" else schema.get("type", "anything"))


def _prose(text: str) -> str:
    """Paragraphs of plain text, in which backticks mark code."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return "".join(f"<p>{one}</p>" for one in marked.split("\n\n") if one.strip())


def _anchor(*names: str) -> str:
    return re.sub(r"[^a-zA-Z0-9]+", "-", "-".join(names)).strip("-")

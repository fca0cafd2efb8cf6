"""The API's description: what routes add to it, and how it is tidied.

Event streams are described by the schema of one event's `data`; errors by `Problem`.
"""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from pellucid.server.meanings import meanings
from pellucid.server.schemas.problems import Problem

Responses = dict[int | str, dict[str, Any]]
PROBLEM_JSON = "application/problem+json"
_LEFT_OUT_WHEN_NULL = {("Effect", "effect"), ("Source", "hash"), ("BatchLayout", "threads")}


def problems(*statuses: int) -> Responses:
    """Responses of a route that are problem documents."""
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses
    }


def stream_of(event: type[BaseModel]) -> Responses:
    """The response of a route that streams events."""
    return {200: {"model": event, "description": "A stream; the schema is that of each `data`"}}


def body_of(record: type[BaseModel]) -> dict[str, Any]:
    """The body of a route that reads it by itself, as a record that some other route gives."""
    schema = {"$ref": f"#/components/schemas/{record.__name__}"}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}, "required": True}}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of `app`, with keys in one order whatever the order of routes."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        for path in document["paths"].values():
            for operation in path.values():
                _mark_problems(operation["responses"])
        _require_what_is_always_sent(document)
        _say_what_fields_mean(document)
        app.openapi_schema = json.loads(json.dumps(document, sort_keys=True))
    return app.openapi_schema or {}


def _mark_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            schema = {"$ref": "#/components/schemas/Problem"}
            response["content"] = {PROBLEM_JSON: {"schema": schema}}
        for content in response.get("content", {}).values():
            if "$ref" in content.get("schema", {}):
                content["schema"] = {"$ref": content["schema"]["$ref"]}


def _require_what_is_always_sent(document: dict[str, Any]) -> None:
    """A field with a default may be left out of a request, but is always in an answer."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    asked: set[str] = set()
    for path in document["paths"].values():
        for operation in path.values():
            _collect(operation.get("requestBody", {}), schemas, asked)
    for name in schemas.keys() - asked:
        fields = schemas[name].get("properties", {})
        always = [field for field in fields if (name, field) not in _LEFT_OUT_WHEN_NULL]
        if always:
            schemas[name]["required"] = sorted(always)


def _say_what_fields_mean(document: dict[str, Any]) -> None:
    said = meanings()
    for name, schema in document["components"]["schemas"].items():
        for field, meaning in said.get(name, {}).items():
            if field in schema.get("properties", {}):
                schema["properties"][field].setdefault("description", meaning)


def _collect(node: Any, schemas: dict[str, Any], found: set[str]) -> None:
    """The names of all schemas that `node` leads to."""
    if isinstance(node, list):
        for item in node:  # pyright: ignore[reportUnknownVariableType]
            _collect(item, schemas, found)
    elif isinstance(node, dict):
        for key, value in node.items():  # pyright: ignore[reportUnknownVariableType]
            if key == "$ref" and (name := str(value).rsplit("/", 1)[-1]) not in found:  # pyright: ignore[reportUnknownArgumentType]
                found.add(name)
                _collect(schemas[name], schemas, found)
            _collect(value, schemas, found)

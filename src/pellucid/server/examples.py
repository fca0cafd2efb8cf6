"""Examples of requests: what each operation of the API takes at least, as a command for a shell."""

import json
import shlex
from typing import Any

Schema = dict[str, Any]

_VALUES: dict[str, Any] = {
    "content": "Where does the Danube end?",
    "text": "rivers",
    "q": "rivers",
    "name": "Rivers",
    "title": "Rivers",
    "feature_id": "mlp.12.3047.pos",
    "features": "mlp.12.3047.pos",
    "id": "mlp.12.3047.pos",
    "before": "TURN_ID",
    "other": "RUN_ID",
    "end": 1,
}
"""By the name of a field; of what is not here, the type says enough."""
_OF_TYPE: dict[str, Any] = {"string": "text", "integer": 0, "number": 0, "boolean": False}
_PLACE = "#/components/schemas/"


def command(
    method: str, path: str, operation: Schema, schemas: dict[str, Schema], base: str, *, token: bool
) -> str:
    """A call of curl; ids that only a journal has stand in capitals, a token in `PELLUCID_TOKEN`."""
    streams = "text/event-stream" in str(operation["responses"])
    parts = ["curl", "-N"] if streams else ["curl"]
    if method.upper() not in ("GET", "POST"):
        parts += ["-X", method.upper()]
    if token:
        parts += ["-H", '"Authorization: Bearer $PELLUCID_TOKEN"']
    body = body_of(operation, schemas)
    if body is not None:
        data = json.dumps(body, ensure_ascii=False)
        parts += ["-H", "'Content-Type: application/json'", "-d", shlex.quote(data)]
    elif method.upper() == "POST":
        parts += ["-X", "POST"]
    return " ".join([*parts, shlex.quote(base.rstrip("/") + path_of(path, operation))])


def path_of(path: str, operation: Schema) -> str:
    """The path with something in its places, and with what its query needs."""
    asked: list[str] = []
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        place = f"{{{name}}}"
        if parameter["in"] == "path":
            number = parameter["schema"].get("type") == "integer"
            path = path.replace(place, str(_VALUES.get(name, 0 if number else name.upper())))
        elif parameter["in"] == "query" and (parameter["required"] or name == "q"):
            asked.append(f"{name}={_VALUES.get(name, name)}")
    return path + (f"?{'&'.join(asked)}" if asked else "")


def body_of(operation: Schema, schemas: dict[str, Schema]) -> Any:
    """A body of the operation, with what is required in it; None where it takes none."""
    asked = operation.get("requestBody")
    if asked is None:
        return None
    return _example(asked["content"]["application/json"]["schema"], schemas, "")


def _example(schema: Schema, schemas: dict[str, Schema], name: str) -> Any:
    schema = resolved(schema, schemas)
    for way in ("anyOf", "oneOf"):
        if way in schema:
            return _example(schema[way][0], schemas, name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        fields: dict[str, Schema] = schema.get("properties", {})
        wanted = (
            schema.get("required") or sorted(fields, key=lambda field: field not in _VALUES)[:1]
        )
        return {field: _example(fields[field], schemas, field) for field in wanted}
    if kind == "array":
        least = schema.get("minItems", 0)
        return [_example(schema["items"], schemas, name)] * least
    if schema.get("format") == "date-time":
        return "2026-01-01T12:00:00Z"
    return _VALUES.get(name, whole(schema.get("minimum", _OF_TYPE[str(kind)])))


def whole(value: Any) -> Any:
    """A number as people write it: the OpenAPI document has limits of whole numbers with a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def resolved(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """The schema, or the one that it refers to."""
    reference = schema.get("$ref")
    return schema if reference is None else schemas[name_of(reference)]


def name_of(reference: str) -> str:
    """The name of the record that a reference leads to."""
    return reference.removeprefix(_PLACE)

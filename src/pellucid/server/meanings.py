"""What the fields of records mean: the docstrings under them, read from the source when the API is described."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pydantic import BaseModel

_OURS = "pellucid."
_API = "pellucid.server."


def meanings() -> dict[str, dict[str, str]]:
    """By a record's name, by a field's: its docstring; nothing where there is no source.

    Of records of one name the API's own counts, whatever else this process has imported; where neither is, none does.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for cls in _records():
        found.setdefault(cls.__name__, {})[cls.__module__] = _of_class(cls)
    chosen = {name: _the_one(by_module) for name, by_module in found.items()}
    return {name: fields for name, fields in chosen.items() if fields is not None}


def _the_one(by_module: dict[str, dict[str, str]]) -> dict[str, str] | None:
    own = [fields for module, fields in by_module.items() if module.startswith(_API)]
    some = own if len(by_module) > 1 else list(by_module.values())
    return some[0] if len(some) == 1 else None


def _records(cls: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for child in cls.__subclasses__():
        if child.__module__.startswith(_OURS):
            yield child
        yield from _records(child)


def _of_class(cls: type[BaseModel]) -> dict[str, str]:
    """Its own fields' docstrings and those that it inherits."""
    fields: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        if one.__module__.startswith(_OURS):
            fields |= _in_module(one.__module__).get(one.__name__, {})
    return fields


@cache
def _in_module(name: str) -> dict[str, dict[str, str]]:
    try:
        tree = ast.parse(inspect.getsource(sys.modules[name]))
    except OSError:
        return {}
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name: dict(_docstrings(node)) for node in classes}


def _docstrings(cls: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(cls.body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield field.target.id, inspect.cleandoc(str(text.value.value))

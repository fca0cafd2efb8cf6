"""Prompts are files: turns under headings of `=== role`, with $names for what is filled in."""

import hashlib
import re
from functools import cache
from importlib import resources
from string import Template
from typing import cast

from pellucid.llm.port import Message, Role

_PACKAGE = "pellucid.descriptions.llm"
_HEADING = re.compile(r"^=== (system|user|assistant)$", re.M)


def prompt(name: str, **fields: object) -> tuple[Message, ...]:
    """The turns of a prompt, filled in."""
    return tuple(
        Message(role, template.substitute({key: str(value) for key, value in fields.items()}))
        for role, template in _turns(name)
    )


def prompts_hash() -> str:
    """Of all prompts: another one, other answers."""
    files = sorted(resources.files(_PACKAGE).joinpath("prompts").iterdir(), key=lambda f: f.name)
    text = "".join(f"{f.name}\n{f.read_text(encoding='utf-8')}" for f in files if f.is_file())
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _turns(name: str) -> tuple[tuple[Role, Template], ...]:
    file = resources.files(_PACKAGE).joinpath("prompts", f"{name}.md")
    _, *parts = _HEADING.split(file.read_text(encoding="utf-8"))
    return tuple(
        (cast(Role, role), Template(text.strip("\n")))
        for role, text in zip(parts[::2], parts[1::2], strict=True)
    )

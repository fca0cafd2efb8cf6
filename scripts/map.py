"""Writes docs/map.md, one line for every module, out of the modules' own first sentences: `python -m scripts.map`."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "pellucid"
TARGET = ROOT / "docs" / "map.md"
LINE = 110
"""A first paragraph up to so many characters is given whole, a longer one by its first sentence."""
HEAD = """\
# Map

Every module, by room, top down: imports point down only. Written by `make docs` from the modules' own first
sentences; to change a line, change the module's docstring. What to touch for what: [CONTRIBUTING](../CONTRIBUTING.md).
"""


def render() -> str:
    """The document as it is kept in the repository."""
    parts = [HEAD, "## pellucid", *_lines(PACKAGE.glob("*.py"))]
    for room in rooms():
        parts += ["", f"## pellucid/{room}", *_lines((PACKAGE / room).rglob("*.py"))]
    return "\n".join(parts) + "\n"


def rooms() -> list[str]:
    """Those that are folders, top down, as import-linter is told them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "rooms")
    found = [room.strip() for layer in layers for room in layer.split("|")]
    return [room for room in found if (PACKAGE / room).is_dir()]


def _lines(paths: Iterable[Path]) -> list[str]:
    found = sorted(paths, key=lambda path: (path.parent.as_posix(), path.name))
    return [f"- `{path.relative_to(PACKAGE).as_posix()}` {first_sentence(path)}" for path in found]


def first_sentence(path: Path) -> str:
    """What a module says that it is.

    Raises:
        ValueError: It says nothing.
    """
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not said:
        raise ValueError(f"{path} has no docstring")
    paragraph = " ".join(said.split("\n\n")[0].split())
    whole = len(paragraph) <= LINE
    return paragraph if whole else re.split(r"(?<=[.?!])\s(?=[A-Z])", paragraph)[0]


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")

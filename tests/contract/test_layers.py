"""Imports point down, and nothing loads torch that does not need it."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "transformers", "numpy", "fastapi", "uvicorn", "sqlalchemy")


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after `code`."""
    script = f"{code}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_every_import_contract_holds(root: Path) -> None:
    # In a process of its own: it reconfigures logging.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*command, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["why", "--help"]])
def test_the_command_line_explains_itself_without_torch(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom pellucid.cli.main import cli\n"
        f"try: cli({arguments!r})\nexcept SystemExit as end: assert not end.code, end.code"
    )
    assert not modules_after(code) & set(HEAVY)


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("pellucid", HEAVY),
        ("pellucid.core.settings", HEAVY),
        ("pellucid.journal", ("torch", "transformers", "fastapi")),
        ("pellucid.workspace", ("torch", "transformers", "fastapi")),
        ("pellucid.server.app", ("torch", "transformers")),
        ("pellucid.server.run", ("torch", "transformers")),
    ],
)
def test_a_room_loads_only_what_it_needs(module: str, without: tuple[str, ...]) -> None:
    assert not modules_after(f"import {module}") & set(without)

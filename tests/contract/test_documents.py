"""What the documents say is there, and what is there is documented."""

import json
import re
from pathlib import Path

import click

from pellucid.cli.main import cli
from pellucid.core import errors
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.server.errors import CODE_OF_STATUS
from scripts.map import render

_VARIABLE = re.compile(r"\bPELLUCID_[A-Z0-9]+(?:_[A-Z0-9]+)*\b")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")

PROSE = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")


def documents(root: Path) -> list[Path]:
    return [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "tests").rglob("*.md")]


def test_the_map_is_what_the_modules_say(root: Path) -> None:
    assert (root / "docs/map.md").read_text() == render(), "run: make docs"


def test_every_setting_has_its_row_and_every_row_its_setting(root: Path) -> None:
    rows = re.findall(r"^\| `(PELLUCID_\w+)`", (root / "docs/settings.md").read_text(), re.M)
    assert sorted(rows) == sorted(f"PELLUCID_{name.upper()}" for name in Settings.model_fields)


def test_the_journal_is_where_the_documents_say(root: Path, tmp_path: Path) -> None:
    (named,) = re.findall(r"`(\S+)` in the data directory", (root / "docs/settings.md").read_text())
    Journal.open(Settings(data_dir=tmp_path)).close()
    assert (tmp_path / named).is_file()


def test_every_variable_that_is_read_or_named_is_documented(root: Path) -> None:
    documented = set(_VARIABLE.findall((root / "docs/settings.md").read_text()))
    places = [
        *(root / "src/pellucid").rglob("*.py"),
        *(root / "tests").rglob("*.py"),
        *(root / "web/src").rglob("*.ts*"),
        *(root / "web").glob("*.ts"),
        *(root / "docs").rglob("*.md"),
        root / "Makefile",
        root / "README.md",
        root / "CONTRIBUTING.md",
    ]
    named = {name for path in places for name in _VARIABLE.findall(path.read_text())}
    assert named == documented


def test_every_command_is_in_the_readme(root: Path) -> None:
    readme = (root / "README.md").read_text()
    assert [name for name in cli.commands if f"`{name}`" not in readme] == []


def test_every_command_and_every_flag_is_in_the_reference(root: Path) -> None:
    text = (root / "docs/cli.md").read_text()
    commands = {
        words: command
        for name, top in cli.commands.items()
        for words, command in (
            {f"{name} {sub}": command for sub, command in top.commands.items()}
            if isinstance(top, click.Group)
            else {name: top}
        ).items()
    }
    sections = re.findall(r"^## `pellucid ([a-z -]+?)(?: [A-Z]+)?`$", text, re.M)
    assert sorted(sections) == sorted(commands)
    flags = {
        flag
        for command in commands.values()
        for parameter in command.params
        for flag in parameter.opts
    }
    documented = set(re.findall(r"--[a-z][a-z-]*", text)) - {"--help"}
    assert {flag for flag in flags if flag.startswith("--")} == documented


def test_every_route_is_in_the_reference(root: Path) -> None:
    text = (root / "docs/api.md").read_text()
    paths = json.loads((root / "docs/openapi.json").read_text())["paths"]
    routes = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert set(re.findall(r"^\| `([A-Z]+) (/\S+)` \|", text, re.M)) == routes


def codes(cls: type[errors.PellucidError] = errors.PellucidError) -> set[str]:
    return {code for sub in cls.__subclasses__() for code in {sub.code} | codes(sub)}


def test_every_error_code_has_its_page_and_every_page_its_code(root: Path) -> None:
    pages = {path.stem for path in (root / "docs/errors").glob("*.md")}
    assert pages == codes() | set(CODE_OF_STATUS.values()) | {"internal_error"}


def test_every_error_page_says_symptom_cause_and_fix(root: Path) -> None:
    for path in (root / "docs/errors").glob("*.md"):
        parts = re.findall(r"^# \w+$|^\*\*(?:Symptom|Cause|Fix)\.\*\*", path.read_text(), re.M)
        assert parts == [f"# {path.stem}", "**Symptom.**", "**Cause.**", "**Fix.**"], path.name


def test_every_class_of_error_is_in_the_tree_drawn_at_the_top() -> None:
    drawn = re.findall(r"^[├└]── (\w+)", errors.__doc__ or "", re.M)
    assert sorted(drawn) == sorted(cls.__name__ for cls in errors.PellucidError.__subclasses__())


def test_every_link_between_documents_leads_somewhere(root: Path) -> None:
    broken = [
        (path.relative_to(root).as_posix(), target)
        for path in documents(root)
        for groups in _LINK.findall(path.read_text())
        for target in groups
        if target and "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps_and_say_what_they_must(root: Path) -> None:
    paths = sorted((root / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in paths] == [f"{n + 1:04}" for n in range(len(paths))]
    for path in paths:
        parts = re.findall(r"^# \d+|^\*\*([A-Z][^*]+)\.\*\*", path.read_text(), re.M)
        assert parts == ["", "Context", "Choice", "Cost", "When to revisit"], path.name


def test_every_path_that_is_named_exists(root: Path) -> None:
    text = "".join((root / name).read_text() for name in PROSE)
    named = re.findall(
        r"`((?:src|tests|web|docs|scripts|benchmarks|requirements)/[^`\s<*]*)`", text
    )
    to_run = re.findall(r"tests/[\w/.]+", " ".join(re.findall(r'ARGS="([^"]*)"', text)))
    assert named and to_run
    assert [path for path in named + to_run if not (root / path).exists()] == []


def test_every_test_that_a_module_names_exists(root: Path) -> None:
    sources = "".join(path.read_text() for path in (root / "src").rglob("*.py"))
    named = set(re.findall(r"[\w/]*\btest_\w+\.py\b", sources))
    assert named
    assert [path for path in named if not (root / path).is_file()] == []


def test_the_changelog_opens_with_what_is_not_released(root: Path) -> None:
    assert re.findall(r"^## (.+)$", (root / "CHANGELOG.md").read_text(), re.M)[0] == "Unreleased"

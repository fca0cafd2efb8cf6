"""The README's examples work, and its commands and numbers are those of the bundled model."""

import re
import shlex
from pathlib import Path

import pytest

from pellucid.cli.main import cli

_NUMBER = re.compile(r"[+-]\d+\.\d+")
"""What may differ in its last digits between machines; ids and words may not."""


def fences(root: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (root / "README.md").read_text(), re.M | re.S)


def numbers(line: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(line)]


def commands(root: Path) -> list[list[str]]:
    """Every `pellucid` command line in the README's shell fences, in words."""
    lines = "\n".join(fences(root, "console")).replace("\\\n", " ").splitlines()
    found = [re.search(r"^\$ \S*(pellucid .+)", line) for line in lines]
    return [shlex.split(match[1], comments=True)[1:] for match in found if match]


def test_every_command_line_can_be_read(root: Path) -> None:
    assert commands(root)
    for name, *rest in commands(root):
        cli.commands[name].make_context(name, rest)


@pytest.mark.bundled
def test_the_python_example_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = fences(root, "python")
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    shown = re.findall(r"^# > (.*)$", example, re.M)
    assert shown
    for line, expected in zip(printed[: len(shown)], shown, strict=True):
        assert _NUMBER.sub("?", line) == _NUMBER.sub("?", expected)
        assert numbers(line) == pytest.approx(numbers(expected), abs=0.02)


@pytest.mark.bundled
def test_the_table_shown_is_what_the_command_prints(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    (shown,) = (text for text in fences(root, "console") if "pellucid why" in text)
    arguments = next(words for words in commands(root) if words[0] == "why")
    with pytest.raises(SystemExit) as end:
        cli(arguments)
    assert not end.value.code
    printed = rows(capsys.readouterr().out)
    assert rows(shown).keys() == printed.keys()
    for site, (nats, told) in rows(shown).items():
        assert nats == pytest.approx(printed[site][0], abs=0.02), site
        assert told == printed[site][1]


def rows(text: str) -> dict[tuple[str, str], tuple[float, str]]:
    """Of every feature row: its id and position, the nats, and the first of its score and words."""
    found = re.findall(r"^(mlp\.\S+)\s+(\d+) .*?([+-]\d+\.\d{3})\s+(\S+ .{12})", text, re.M)
    return {(feature, pos): (float(nats), told) for feature, pos, nats, told in found}

"""Where output goes: one JSON object for scripts, tables for people, and progress on stderr for both."""

import io
import json
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from pellucid import __version__
from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.status import Status

    from pellucid.subject import Progress

_SLOW_STAGES = ("download", "convert")


class Output:
    """The real stdout and stderr of one command, and for whom they are. `speaking` makes one."""

    def __init__(self, stream: TextIO, *, as_json: bool) -> None:
        """Write answers to `stream`."""
        self.as_json = as_json
        self._stream = stream
        self._status: Status | None = None
        self._said: set[str] = set()

    @cached_property
    def screen(self) -> "Console":
        """Stdout, for people."""
        return _console(self._stream)

    @cached_property
    def notes(self) -> "Console":
        """Stderr."""
        return _console(sys.stderr)

    def answer(self, data: Mapping[str, Any]) -> None:
        """One JSON object on one line; a number that is not finite is an error, never invalid JSON."""
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
        self.quiet()
        self._stream.write(text + "\n")
        self._stream.flush()

    def show(self, *parts: "RenderableType") -> None:
        """Print for people, one part after the other."""
        self.quiet()
        for part in parts:
            self.screen.print(part)

    def note(self, *parts: "RenderableType") -> None:
        """Print for people on stderr, one part after the other."""
        self.quiet()
        for part in parts:
            self.notes.print(part)

    def stream(self, text: str) -> None:
        """Text as it comes."""
        from pellucid.cli.text import harmless

        self.quiet()
        self._stream.write(harmless(text))
        self._stream.flush()

    def stage(self, text: str) -> None:
        """What is going on: a live line on a terminal, nothing elsewhere."""
        if not self.notes.is_terminal:
            return
        from rich.text import Text

        from pellucid.cli.text import harmless

        line = Text(harmless(text))  # as a string it would be read as markup
        if self._status is None:
            self._status = self.notes.status(line)
            self._status.start()
        else:
            self._status.update(line)

    def loading(self, progress: "Progress") -> None:
        """How far loading is; where nobody watches, one line for each stage that may take minutes."""
        from pellucid.cli.text import harmless

        share = f" {progress.done:,}/{progress.total:,} {progress.unit}" if progress.total else ""
        text = f"{progress.stage}{share}  {progress.detail}".rstrip()
        self.stage(text)
        if not self.notes.is_terminal and progress.stage in _SLOW_STAGES:
            if progress.stage not in self._said:
                self.notes.print(harmless(text), soft_wrap=True)
            self._said.add(progress.stage)

    def quiet(self) -> None:
        """End the live line."""
        if self._status is not None:
            self._status.stop()
            self._status = None


@contextmanager
def speaking(*, as_json: bool) -> Generator[Output, None, None]:
    """Keeps stdout for the answer: whatever anybody else writes to stdout meanwhile goes to stderr.

    Subprocesses and C libraries too, where stdout is a real file descriptor.
    """
    stdout = sys.stdout
    stdout.flush()
    if not _is_real(stdout):
        with redirect_stdout(sys.stderr), _ending(Output(stdout, as_json=as_json)) as out:
            yield out
        return
    saved = os.dup(1)
    os.dup2(2, 1)
    try:
        with (
            redirect_stdout(sys.stderr),
            open(saved, "w", encoding="utf-8", errors="backslashreplace", closefd=False) as stream,
            _ending(Output(stream, as_json=as_json)) as out,
        ):
            yield out
    finally:
        os.dup2(saved, 1)
        os.close(saved)


@contextmanager
def _ending(out: Output) -> Generator[Output, None, None]:
    try:
        yield out
    finally:
        out.quiet()


def _is_real(stream: TextIO) -> bool:
    try:
        return stream.fileno() == 1
    except (OSError, ValueError, io.UnsupportedOperation):
        return False


def _console(stream: TextIO) -> "Console":
    """Plain where it is no terminal, and where NO_COLOR is set."""
    from rich.console import Console

    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or 100)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def provenance_of(settings: Settings, subject: str | None = None) -> dict[str, Any]:
    """`provenance` where no subject is loaded: the settings as they are, and its hash where known."""
    return {
        "pellucid": __version__,
        "subject": subject,
        "atlas": None,
        "seed": 0,
        "dtype": settings.dtype,
        "device": settings.device,
    }

"""Where output goes: one JSON object for scripts, tables for people, and progress on stderr for both."""

import io
import json
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO

from pellucid import __version__
from pellucid.core.records import Provenance

if TYPE_CHECKING:
    from rich.console import Console

    from pellucid.subject import Progress, Subject

Report = Callable[["Progress"], None]


@contextmanager
def reserved_stdout() -> Generator[TextIO, None, None]:
    """Yields the real stdout; whatever anybody else writes to stdout meanwhile goes to stderr.

    Subprocesses and C libraries too, where stdout is a real file descriptor.
    """
    stdout = sys.stdout
    stdout.flush()
    try:
        real = stdout.fileno() == 1
    except (OSError, ValueError, io.UnsupportedOperation):
        real = False
    if not real:
        with redirect_stdout(sys.stderr):
            yield stdout
        return
    saved = os.dup(1)
    os.dup2(2, 1)
    try:
        with (
            redirect_stdout(sys.stderr),
            open(saved, "w", encoding="utf-8", closefd=False) as stream,  # noqa: PTH123
        ):
            yield stream
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def write_json(stdout: TextIO, data: Mapping[str, Any]) -> None:
    """One object on one line. A number that is not finite is an error, never invalid JSON."""
    stdout.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
    stdout.flush()


def provenance(subject: "Subject", seed: int = 0) -> dict[str, Any]:
    """What a result was made with."""
    return Provenance(
        pellucid=__version__,
        subject=subject.hash,
        atlas=None,
        seed=seed,
        dtype=subject.dtype,
        device=subject.device,
    ).model_dump()


def console(*, stderr: bool = False) -> "Console":
    """A place for people to read; plain where it is no terminal, and where NO_COLOR is set."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", 0) or 100)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def progress_report(*, seconds_matter: bool = True) -> Generator[Report, None, None]:
    """A callback for `Progress`: a live line on a terminal; otherwise a line where minutes may pass."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        said: set[str] = set()

        def line(progress: "Progress") -> None:
            if progress.stage in ("download", "convert") and progress.stage not in said:
                said.add(progress.stage)
                screen.print(f"{progress.stage}: {progress.detail}", soft_wrap=True)

        yield line
        return
    with screen.status("starting" if seconds_matter else "") as status:

        def live(progress: "Progress") -> None:
            share = f" {progress.done:,}/{progress.total:,} {progress.unit}" if progress.total else ""
            status.update(f"{progress.stage}{share}  {progress.detail}")

        yield live

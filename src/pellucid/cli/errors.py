"""What a person sees when a command fails: one line on stderr, and the exit code.

0   done
1   something failed that the input is not to blame for
2   bad input: the line says what, why, and what to do instead
130 interrupted
"""

import os
import traceback
from collections.abc import Callable

import click
from pydantic import ValidationError

from pellucid.cli.text import harmless
from pellucid.core.errors import (
    Busy,
    ForeignStore,
    InvalidRequest,
    NotFound,
    PellucidError,
    StoreFailed,
    StoreMismatch,
    TooLarge,
    UnparseableReply,
    Unsupported,
    UpstreamFailed,
)

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130

EXIT_CODES: dict[type[PellucidError], int] = {
    InvalidRequest: BAD_INPUT,
    NotFound: BAD_INPUT,
    Unsupported: BAD_INPUT,
    TooLarge: BAD_INPUT,
    Busy: FAILED,
    UpstreamFailed: FAILED,
    UnparseableReply: FAILED,
    StoreFailed: FAILED,
    StoreMismatch: FAILED,
    ForeignStore: BAD_INPUT,
    PellucidError: FAILED,
}


def exit_code(error: PellucidError) -> int:
    """The code of the nearest class in the table."""
    return next(EXIT_CODES[cls] for cls in type(error).__mro__ if cls in EXIT_CODES)


def guarded(command: Callable[[], object]) -> int:
    """Runs a whole command line; returns its exit code, and never raises."""
    try:
        result = command()
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted", INTERRUPTED)
    except click.ClickException as error:
        return _say(_usage(error), BAD_INPUT)
    except PellucidError as error:
        return _say(str(error), exit_code(error))
    except (
        BrokenPipeError
    ):  # the reader of our output has left: nothing to say, nobody to say it to
        return FAILED
    except (SystemExit, GeneratorExit):
        raise
    except (
        BaseException
    ) as error:  # the edge: whatever it is, even a panic in Rust, it becomes one line
        if os.environ.get("PELLUCID_DEBUG"):
            traceback.print_exc()
        hint = "set PELLUCID_DEBUG=1 to see where"
        return _say(f"{type(error).__name__}: {error or 'no message'}; {hint}", FAILED)
    return result if isinstance(result, int) else 0


def explain(error: ValidationError) -> str:
    """A validation error in one line: where, what, and how many more."""
    first, *others = error.errors(include_url=False, include_input=False)
    where = "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in first["loc"]).lstrip(".")
    what = first["msg"].removeprefix("Value error, ")
    more = f" (and {len(others)} more)" if others else ""
    return f"{where}: {what}{more}" if where else f"{what}{more}"


def _usage(error: click.ClickException) -> str:
    """Click's message, without its usage block; the help page is one command away."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "pellucid"
    what = error.format_message().rstrip(".")
    return f"{what[:1].lower()}{what[1:]}; see {command} --help"


def _say(line: str, code: int) -> int:
    click.echo(harmless(f"pellucid: {' '.join(line.split())}"), err=True)
    return code

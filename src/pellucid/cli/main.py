"""The `pellucid` command: a group whose every failure becomes one line and an exit code."""

import sys
import warnings
from collections.abc import Sequence
from typing import Any

import click

from pellucid import __version__
from pellucid.cli.active import active
from pellucid.cli.ask import ask
from pellucid.cli.atlas import atlas
from pellucid.cli.doctor import doctor
from pellucid.cli.errors import INTERRUPTED, guarded
from pellucid.cli.search import search
from pellucid.cli.show import show
from pellucid.cli.up import up
from pellucid.cli.verify import verify
from pellucid.cli.why import why


class Guarded(click.Group):
    """Click's own handling prints a usage block and knows none of our errors."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "pellucid",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command line; exits unless `standalone_mode` is off."""
        run_group = super().main
        code = guarded(
            lambda: run_group(args, prog_name, complete_var, standalone_mode=False, **extra)
        )
        if standalone_mode:
            sys.exit(code)
        return code

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; click would print an empty line for an interruption."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("pellucid: interrupted", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None


@click.group(
    cls=Guarded,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pellucid", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """See which neurons made a language model say what it said, and change them.

    Everything runs on this machine, on a small bundled chat model unless --model names another.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (up, ask, why, active, verify, search, show, atlas, doctor):
    cli.add_command(command)


def run() -> None:
    """The entry point."""
    if not sys.warnoptions:  # what libraries warn of is for their developers
        warnings.simplefilter("ignore")
    cli()

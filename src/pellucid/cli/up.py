"""`pellucid up`: the interface and the API, on this machine."""

from typing import Any

import click

from pellucid.cli.errors import INTERRUPTED
from pellucid.cli.options import refuse_sae, subject_options
from pellucid.core.settings import Settings


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Default: a free one.")
@click.option(
    "--host", metavar="NAME", help="Default: this machine only; others need the token shown."
)
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@subject_options
def up(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    port: int | None,
    host: str | None,
    no_browser: bool,
) -> None:
    """Serve the interface and open it in the browser.

    Goes on until it is interrupted. With --json, the object on stdout says where it listens.
    """
    refuse_sae(settings, "the page")
    flags: dict[str, Any] = {"port": port, "host": host}
    settings = settings.model_copy(update={k: v for k, v in flags.items() if v is not None})
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.server.run import serve

        def announce(url: str) -> None:
            if as_json:
                out.answer({"url": url, "provenance": provenance_of(settings)})
            else:
                out.stream(f"Pellucid is at {url}\nCtrl-C ends it.\n")

        serve(settings, model=model, open_browser=not no_browser, announce=announce)
    raise click.exceptions.Exit(INTERRUPTED)  # nothing else ends it in order

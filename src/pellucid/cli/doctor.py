"""`pellucid doctor`: what is installed, where things are kept, what will work, what is missing."""

import click

from pellucid.cli.options import subject_options
from pellucid.core.settings import Settings


@click.command()
@subject_options
def doctor(*, model: str, settings: Settings, as_json: bool) -> None:
    """Say what is installed, where things are kept, and what is missing.

    Changes nothing, fetches nothing, and loads no model. Exits with 0 whatever it finds.
    """
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as out:
        out.stage("looking")
        from pellucid.cli.checks import examine, subject_hash, table

        checks = examine(model, settings)
        if as_json:
            known = subject_hash(model, settings)
            out.answer(
                {
                    "checks": [check._asdict() for check in checks],
                    "provenance": provenance_of(settings, known),
                }
            )
            return
        out.show(table(checks))

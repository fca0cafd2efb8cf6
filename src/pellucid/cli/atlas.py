"""`pellucid atlas`: what is known about all features of a model: summary, building, checking."""

from pathlib import Path

import click

from pellucid.cli.atlas_build import build, check
from pellucid.cli.atlas_describe import describe
from pellucid.cli.atlas_index import index
from pellucid.cli.atlas_options import atlas_options
from pellucid.cli.atlas_simulator import train_simulator
from pellucid.core.settings import Settings


@click.group()
def atlas() -> None:
    """Build, check or summarise an atlas: what is known about every feature of a model."""


@atlas.command()
@atlas_options
def info(*, directory: Path, settings: Settings, as_json: bool) -> None:
    """Say what an atlas is about, what it was made from, and how large it is. Loads no model."""
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as out:
        from pellucid.atlas import Atlas

        manifest = Atlas.open(directory).manifest
        if as_json:
            made_with = provenance_of(settings, manifest.subject) | {"atlas": manifest.hash}
            data = manifest.model_dump(mode="json") | {"path": str(directory.resolve())}
            out.answer({"manifest": data, "provenance": made_with})
            return
        from pellucid.cli import cards

        out.show(*cards.summary(manifest, directory))


atlas.add_command(build)
atlas.add_command(check)
atlas.add_command(index)
atlas.add_command(describe)
atlas.add_command(train_simulator)

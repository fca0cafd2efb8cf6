"""`pellucid show`: what is known about one feature."""

from pathlib import Path

import click

from pellucid.cli.atlas_options import atlas_options
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings


@click.command()
@click.argument("feature", metavar="ID")
@click.option(
    "--top",
    type=click.IntRange(min=0),
    metavar="N",
    help="Exemplars shown; default: 5, with --json all.",
)
@atlas_options
def show(
    *, feature: str, top: int | None, directory: Path, settings: Settings, as_json: bool
) -> None:
    """Show what is known about the feature ID, as in mlp.12.3047.pos.

    How often and how strongly it fires, the texts in which it fires most, and the tokens that it
    makes more and less likely. Loads no model.
    """
    id_ = FeatureId.parse(feature)
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as out:
        from pellucid.atlas import Atlas

        atlas = Atlas.open(directory)
        manifest = atlas.manifest
        card = atlas.card(id_, top if top is not None or as_json else 5)
        if as_json:
            made_with = provenance_of(settings, manifest.subject) | {"atlas": manifest.hash}
            out.answer(card.model_dump(mode="json") | {"provenance": made_with})
            return
        from pellucid.cli import cards

        out.show(*cards.card(card, manifest, out.screen.width))

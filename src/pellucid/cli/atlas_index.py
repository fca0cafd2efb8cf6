"""`pellucid atlas index`: makes an atlas's descriptions searchable."""

import click

from pellucid.cli.atlas_options import atlas_of
from pellucid.cli.options import subject_options
from pellucid.core.settings import Settings


@click.command()
@click.argument("atlas_dir", metavar="[DIR]", required=False)
@subject_options
def index(*, model: str, settings: Settings, as_json: bool, atlas_dir: str | None) -> None:
    """Embed the descriptions of an atlas, and store them for search.

    By the embedder that PELLUCID_EMBEDDER names; only that one searches what it indexed. Every distinct
    text is embedded once. Loads no subject.
    """
    directory = atlas_of(atlas_dir, settings, model)
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as out:
        from pellucid.atlas.indexing import make_index
        from pellucid.descriptions.parts import parts_of, senses_of
        from pellucid.embedding import open_embedder

        embedder = open_embedder(settings, out.stage)
        manifest = make_index(
            directory,
            embedder,
            lambda done, total: out.stage(f"embedding {done:,} of {total:,} parts"),
            parts_of,
            senses_of,
        )
        if as_json:
            made_with = provenance_of(settings, manifest.subject)
            made_with |= {"atlas": manifest.hash, "embedder": embedder.name}
            data = manifest.model_dump(mode="json") | {"path": str(directory.resolve())}
            out.answer({"manifest": data, "provenance": made_with})
            return
        from pellucid.cli import cards

        out.show(*cards.summary(manifest, directory))

"""Flags of the commands that read an atlas and no subject: they start without torch."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pellucid.cli.options import read_settings
from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.settings import Settings

_OPTIONS = (
    click.option(
        "--model",
        default="bundled",
        show_default=True,
        metavar="NAME",
        help="Whose ready-made atlas; only bundled has one.",
    ),
    click.option(
        "--atlas", metavar="DIR", help="Atlas directory; default: the bundled model's, ready-made."
    ),
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="One JSON object on stdout, everything else on stderr.",
    ),
)


def atlas_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags; the command gets `directory`, `settings` and `as_json`."""

    @functools.wraps(command)
    def with_atlas(*, model: str, atlas: str | None, as_json: bool, **rest: Any) -> None:
        settings = read_settings()
        directory = atlas_of(atlas, settings, model)
        command(directory=directory, settings=settings, as_json=as_json, **rest)

    for option in reversed(_OPTIONS):
        with_atlas = option(with_atlas)
    return with_atlas


def atlas_of(named: str | None, settings: Settings, model: str) -> Path:
    """The directory that a command names, else the one that the settings name, else the ready-made atlas.

    Raises:
        InvalidRequest: None is to be read.
        NotFound: There is no ready-made one.
    """
    atlas = named if named is not None else settings.atlas
    if atlas == "none":
        raise InvalidRequest(
            "atlas none leaves nothing to read", instead="name an atlas's directory"
        )
    if not atlas.strip():
        raise InvalidRequest(
            "DIR, PELLUCID_ATLAS or --atlas is empty", instead="name an atlas's directory"
        )
    if atlas != "auto":
        return Path(atlas).expanduser()
    from pellucid.atlas.ready import bundled_atlas

    found = bundled_atlas() if model == "bundled" else None
    if found is None:
        raise NotFound(
            f"{model} has no ready-made atlas here",
            instead="make one with pellucid atlas build, and name its directory with --atlas",
        )
    return found

"""Flags that every command shares: which subject, which atlas, and for whom the output is."""

import functools
from collections.abc import Callable
from typing import Any

import click

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.settings import Settings

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on stdout, everything else on stderr."
)

_OPTIONS = (
    click.option(
        "--model",
        default="bundled",
        show_default=True,
        metavar="NAME",
        help="bundled, a directory, or a hub id.",
    ),
    click.option("--atlas", metavar="DIR", help="Atlas directory, or none."),
    click.option(
        "--source", default="mlp", show_default=True, metavar="NAME", help="mlp, or NAME=PATH of an SAE."
    ),
    click.option("--device", metavar="NAME", help="cpu, cuda, cuda:1; default: a GPU where there is one."),
    json_option,
)


def subject_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags; the command gets `model`, `settings` and `as_json`."""

    @functools.wraps(command)
    def with_subject(
        *, model: str, atlas: str | None, source: str, device: str | None, as_json: bool, **rest: Any
    ) -> None:
        if atlas is not None and atlas != "none":
            raise Unsupported(
                f"--atlas {atlas} cannot be opened",
                "this version reads no atlas",
                "leave --atlas out, or write --atlas none",
            )
        if source != "mlp":
            raise Unsupported(
                f"--source {source} cannot be opened",
                "this version reads the neurons of the MLPs only",
                "leave --source out",
            )
        if not model:
            raise InvalidRequest("--model is empty", instead="name bundled, a directory, or a hub id")
        overrides = {} if device is None else {"device": device}
        command(model=model, settings=read_settings(**overrides), as_json=as_json, **rest)

    for option in reversed(_OPTIONS):
        with_subject = option(with_subject)
    return with_subject


def read_settings(**overrides: Any) -> Settings:
    """The settings of the environment, the only place that reads them.

    Raises:
        InvalidRequest: A variable holds what it cannot.
    """
    from pydantic import ValidationError

    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = "PELLUCID_" + "_".join(str(x) for x in first["loc"]).upper()
        raise InvalidRequest(
            f"{name} cannot be used", why=first["msg"], instead="change or unset it"
        ) from error

"""Flags that every command shares: which subject, which atlas, and for whom the output is."""

import functools
import re
from collections.abc import Callable
from typing import Any

import click
from pydantic import ValidationError

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.settings import Settings

MAX_SEED = 2**63 - 1
_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,3})?")

_OPTIONS = (
    click.option(
        "--model",
        default="bundled",
        show_default=True,
        metavar="NAME",
        help="bundled, a directory, or a hub id.",
    ),
    click.option(
        "--atlas",
        metavar="DIR",
        help="Atlas directory, or none; default: the ready-made one where it is this model's.",
    ),
    click.option(
        "--source",
        metavar="NAME",
        help="mlp (default), or NAME=PATH of an SAE that SAELens wrote: its latents are NAME.15.7.pos.",
    ),
    click.option(
        "--device", metavar="NAME", help="cpu, cuda, cuda:1; default: a GPU where there is one."
    ),
    click.option(
        "--dtype",
        type=click.Choice(["auto", "float32", "bfloat16"]),
        help="Of the weights; default: float32 on the CPU, bfloat16 on a GPU.",
    ),
    click.option("--threads", type=click.IntRange(1, 4096), help="CPU threads of the subject."),
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="One JSON object on stdout, everything else on stderr.",
    ),
)


def subject_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags; the command gets `model`, `settings` and `as_json`."""

    @functools.wraps(command)
    def with_subject(
        *,
        model: str,
        atlas: str | None,
        source: str | None,
        device: str | None,
        dtype: str | None,
        threads: int | None,
        as_json: bool,
        **rest: Any,
    ) -> None:
        if not model.strip():
            raise InvalidRequest(
                "--model is empty", instead="name bundled, a directory, or a hub id"
            )
        if atlas is not None and not atlas.strip():
            raise InvalidRequest("--atlas is empty", instead="name an atlas's directory, or none")
        flags = {
            "atlas": atlas,
            "source": source,
            "device": device,
            "dtype": dtype,
            "threads": threads,
        }
        settings = read_settings(**{k: v for k, v in flags.items() if v is not None})
        command(model=model, settings=settings, as_json=as_json, **rest)

    for option in reversed(_OPTIONS):
        with_subject = option(with_subject)
    return with_subject


def read_settings(**flags: Any) -> Settings:
    """The settings of the environment, the only place that reads them; flags go before variables.

    Raises:
        InvalidRequest: A flag or a variable holds what it cannot.
    """
    try:
        settings = Settings(**flags)
    except ValidationError as error:
        first = error.errors()[0]
        name = _name("_".join(str(x) for x in first["loc"]), flags)
        why = first["msg"].lower()
        raise InvalidRequest(f"{name} cannot be used", why=why, instead="change it") from error
    if _DEVICE.fullmatch(settings.device) is None:
        raise InvalidRequest(
            f"{_name('device', flags)} names no device",
            why=f"it is {settings.device!r}",
            instead="write cpu, cuda, or cuda:1",
        )
    return settings


def _name(field: str, flags: dict[str, Any]) -> str:
    return f"--{field}" if field in flags else f"PELLUCID_{field.upper()}"


def refuse_sae(settings: Settings, what: str) -> None:
    """Refuses an SAE where only neurons are read.

    Raises:
        Unsupported: The source is an SAE.
    """
    if settings.sae is not None:
        raise Unsupported(
            f"--source {settings.source} cannot be opened here",
            f"{what} is about the neurons of the MLPs only",
            "leave --source out",
        )

"""The intervention flags: clamps, files, and concepts in words."""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import click
from pydantic import TypeAdapter, ValidationError

from pellucid.cli.conversation import FILE
from pellucid.cli.errors import explain
from pellucid.cli.files import parse_json, read_text
from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention

_LIST = TypeAdapter(list[Intervention])
_SHAPE = "give a list of {features, strength or value, positions}"

FILE_OPTION = click.option(
    "--interventions",
    type=FILE,
    metavar="FILE",
    help="JSON list of {features, strength or value, positions}.",
)
_OPTIONS = (
    FILE_OPTION,
    click.option(
        "--clamp",
        multiple=True,
        metavar="ID=VALUE",
        help="Hold a feature at a raw activation; repeatable.",
    ),
    click.option(
        "--suppress", multiple=True, metavar="TEXT", help="Suppress a concept (needs an atlas)."
    ),
    click.option(
        "--strengthen", multiple=True, metavar="TEXT", help="Strengthen a concept (needs an atlas)."
    ),
    click.option("--k", type=click.IntRange(min=1), help="Features a concept selects."),
    click.option(
        "--strength",
        type=float,
        metavar="X",
        help="Multiple of each feature's tail quantile, where an intervention does not say itself.",
    ),
    click.option(
        "--positions",
        metavar="WHERE",
        help="prompt (default), all, generated, or A:B, where an intervention does not say itself.",
    ),
    click.option(
        "--sign-rule",
        type=click.Choice(["own", "any"]),
        help="Act only where a feature's own sign is active (default), or everywhere.",
    ),
)


def intervention_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags; the command gets `interventions`, those of the file first."""

    @functools.wraps(command)
    def with_interventions(
        *,
        interventions: Path | None,
        clamp: tuple[str, ...],
        suppress: tuple[str, ...],
        strengthen: tuple[str, ...],
        k: int | None,
        strength: float | None,
        positions: str | None,
        sign_rule: str | None,
        **rest: Any,
    ) -> None:
        if strength is not None:
            _finite(str(strength), "--strength")
        _refuse_concepts(suppress, strengthen, k)
        flags = {"positions": positions, "sign_rule": sign_rule, "strength": strength}
        defaults = {key: value for key, value in flags.items() if value is not None}
        found = [
            *(read_interventions(interventions, defaults) if interventions else ()),
            *(parse_clamp(text, positions) for text in clamp),
        ]
        if strength is not None and not interventions:
            raise InvalidRequest(
                "--strength changes nothing",
                why="it holds for the features of --interventions, and there are none",
                instead="use --clamp ID=VALUE, or --interventions FILE",
            )
        if defaults and not found:
            flag = "--positions" if positions is not None else "--sign-rule"
            raise InvalidRequest(
                f"{flag} places nothing",
                why="there is no intervention",
                instead="add --clamp or --interventions, or leave it out",
            )
        command(interventions=tuple(found), **rest)

    for option in reversed(_OPTIONS):
        with_interventions = option(with_interventions)
    return with_interventions


def read_interventions(
    path: Path, defaults: Mapping[str, str | float] | None = None
) -> tuple[Intervention, ...]:
    """The interventions of a file; `defaults` hold for the fields an entry leaves out.

    A default strength holds where an entry has neither strength nor value.

    Raises:
        InvalidRequest: The file does not hold a list of interventions.
        Unsupported: An entry names a concept in words.
    """
    data = parse_json(read_text(path), str(path), _SHAPE)
    if not isinstance(data, list):
        raise InvalidRequest(f"{path} holds no interventions", why="it is no list", instead=_SHAPE)
    entries = cast("list[Any]", data)
    try:
        found = _LIST.validate_python([_with_defaults(entry, defaults or {}) for entry in entries])
    except ValidationError as error:
        raise InvalidRequest(
            f"{path} holds no interventions", why=explain(error), instead=_SHAPE
        ) from error
    for index, entry in enumerate(found):
        if entry.query is not None:
            raise _no_words(f"{path}[{index}] names a concept in words")
    return tuple(found)


def parse_clamp(text: str, positions: str | None = None) -> Intervention:
    """The intervention that `ID=VALUE` means.

    Raises:
        InvalidRequest: No id, no number, or a number that is not finite.
    """
    feature, equals, number = text.rpartition("=")
    if not equals:
        raise InvalidRequest(
            f"--clamp {text} has no value", instead="write ID=VALUE, as in mlp.12.3047.pos=4.5"
        )
    value = _finite(number, f"--clamp {text}")
    FeatureId.parse(feature)
    extra: dict[str, Any] = {} if positions is None else {"positions": positions}
    try:
        return Intervention(features=(feature,), value=value, **extra)
    except ValidationError as error:
        raise InvalidRequest(f"--clamp {text} cannot be placed", why=explain(error)) from error


def parse_features(ids: str | None, path: Path | None) -> tuple[FeatureId, ...]:
    """The features of `--features` or `--features-file`, each once.

    Raises:
        InvalidRequest: Neither, both, none in them, or something that is no id.
    """
    if (ids is None) == (path is None):
        raise InvalidRequest(
            "give --features or --features-file"
            if ids is None
            else "--features and --features-file are both given",
            instead="name the features to verify in one of them",
        )
    lines: Sequence[str] = (
        ids.split(",") if ids is not None else read_text(path or Path()).splitlines()
    )
    found: dict[FeatureId, None] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found[FeatureId.parse(line.strip())] = None
        except InvalidRequest as error:
            where = f"{path}, line {number}: " if path is not None else "--features: "
            raise InvalidRequest(where + error.what, instead=error.instead) from error
    if not found:
        raise InvalidRequest("no feature is named", instead="write ids such as mlp.12.3047.pos")
    return tuple(found)


def _with_defaults(entry: Any, defaults: Mapping[str, str | float]) -> Any:
    if not isinstance(entry, dict):
        return entry
    given = cast("dict[str, Any]", entry)
    said = given.keys() | ({"strength"} if "value" in given else set[str]())
    return given | {key: value for key, value in defaults.items() if key not in said}


def _refuse_concepts(suppress: tuple[str, ...], strengthen: tuple[str, ...], k: int | None) -> None:
    if suppress or strengthen:
        flag, text = ("--suppress", suppress[0]) if suppress else ("--strengthen", strengthen[0])
        raise _no_words(f"{flag} {text!r} names a concept in words")
    if k is not None:
        raise InvalidRequest(
            "--k changes nothing",
            why="it holds for --suppress and --strengthen, and there are none",
            instead="name features in --interventions FILE",
        )


def _no_words(what: str) -> Unsupported:
    return Unsupported(
        what,
        "finding its features takes an atlas with descriptions, and none is open",
        "name features by id, with --clamp ID=VALUE or --interventions FILE",
    )


def _finite(number: str, where: str) -> float:
    try:
        value = float(number)
    except ValueError as error:
        raise InvalidRequest(
            f"{where}: {number!r} is no number", instead="write one such as 4.5"
        ) from error
    if not math.isfinite(value):
        raise InvalidRequest(
            f"{where} is not finite",
            why="the subject would compute nothing but NaN",
            instead="write a finite number",
        )
    return value

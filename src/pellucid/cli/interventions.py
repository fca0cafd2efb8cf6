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
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import MAX_K, STRENGTHS, Intervention

_LIST = TypeAdapter(list[Intervention])
_SHAPE = "give a list of {features or query, strength or value, positions}"

FILE_OPTION = click.option(
    "--interventions",
    type=FILE,
    metavar="FILE",
    help="JSON list of {features or query, strength or value, positions}.",
)
WORD_OPTIONS = (
    click.option(
        "--suppress",
        multiple=True,
        metavar="TEXT",
        help="Suppress the features described like this; repeatable (needs an atlas).",
    ),
    click.option(
        "--strengthen",
        multiple=True,
        metavar="TEXT",
        help="Strengthen the features described like this; repeatable (needs an atlas).",
    ),
    click.option(
        "--k",
        type=click.IntRange(1, MAX_K),
        metavar="N",
        help="Units each concept selects; default: 50 to suppress, 5 to strengthen in the bundled model.",
    ),
    click.option(
        "--strength",
        type=float,
        metavar="X",
        help="Multiple of each feature's tail quantile; default: 0 for --suppress, 0.5 for --strengthen.",
    ),
)
_OPTIONS = (
    FILE_OPTION,
    click.option(
        "--clamp",
        multiple=True,
        metavar="ID=VALUE",
        help="Hold a feature at a raw activation; repeatable.",
    ),
    *WORD_OPTIONS,
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
    """Adds the flags; the command gets `interventions`: those of the file, then clamps, then concepts in words."""

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
        check_strength(strength, used=bool(interventions or suppress or strengthen))
        flags = {"positions": positions, "sign_rule": sign_rule, "strength": strength}
        defaults = {key: value for key, value in flags.items() if value is not None}
        found = [
            *(read_interventions(interventions, defaults) if interventions else ()),
            *(parse_clamp(text, positions) for text in clamp),
            *parse_words(suppress, strengthen, k, defaults),
        ]
        if defaults and not found:
            flag = next(iter(defaults)).replace("_", "-")
            raise InvalidRequest(
                f"--{flag} changes nothing",
                why="there is no intervention",
                instead="add --suppress, --strengthen, --clamp or --interventions, or leave it out",
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
    return tuple(found)


def parse_words(
    suppress: Sequence[str],
    strengthen: Sequence[str],
    k: int | None = None,
    flags: Mapping[str, str | float] | None = None,
) -> tuple[Intervention, ...]:
    """The interventions that `--suppress` and `--strengthen` mean; `flags` hold for all of them.

    Raises:
        InvalidRequest: A text is empty, or `k` is for none.
    """
    if k is not None and not (suppress or strengthen):
        raise InvalidRequest(
            "--k changes nothing",
            why="it holds for --suppress and --strengthen, and there are none",
            instead="leave it out, or name a concept",
        )
    found: list[Intervention] = []
    for direction, texts in zip(STRENGTHS, (suppress, strengthen), strict=True):
        for text in texts:
            if not text.strip():
                raise InvalidRequest(
                    f"--{direction} names an empty concept",
                    instead="name it in a word or a sentence",
                )
            fields: dict[str, Any] = {"strength": STRENGTHS[direction], **(flags or {})}
            try:
                found.append(Intervention(query=text, k=k, **fields))
            except ValidationError as error:
                raise InvalidRequest(
                    f"--{direction} {text!r} cannot be placed", why=explain(error)
                ) from error
    return tuple(found)


def check_strength(strength: float | None, *, used: bool) -> None:
    """Refuses one that is not finite, or that nothing uses."""
    if strength is None:
        return
    _finite(str(strength), "--strength")
    if not used:
        raise InvalidRequest(
            "--strength changes nothing",
            why="it holds for concepts and for the features of a file, and there are none",
            instead="use --strengthen TEXT, --clamp ID=VALUE, or --interventions FILE",
        )


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

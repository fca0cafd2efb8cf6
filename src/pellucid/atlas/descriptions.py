"""The layer `descriptions/` of an atlas: a sentence for every feature, its scores, and whether it matters to a user.

One row a feature, in feature order, one row group a layer of the subject. Made from the evidence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from jaxtyping import Bool, Float32

from pellucid.atlas.columns import DESCRIPTIONS as COLUMNS
from pellucid.atlas.columns import schema_of
from pellucid.atlas.evidence import SourceInfo
from pellucid.atlas.layers import write_layer
from pellucid.atlas.manifest import Manifest, read_manifest
from pellucid.atlas.store import Table, mismatch, named
from pellucid.atlas.writer import write_table
from pellucid.core.records import Record

LAYER = "descriptions"
TABLE_FILE, ABOUT_FILE = "descriptions.parquet", "descriptions.json"

Status = Literal["described", "dead", "undefined", "unparseable", "error", "insufficient"]
"""Whether there is a description, and if not, why."""
STATUSES: tuple[Status, ...] = (
    "described",
    "dead",
    "undefined",
    "unparseable",
    "error",
    "insufficient",
)
Numbers = Float32[np.ndarray, " feature"]


@dataclass(frozen=True)
class Descriptions:
    """The layer in memory, in feature order. Texts are empty and numbers NaN where there is nothing to say."""

    description: Sequence[str]
    """What the feature fires on: a sentence."""
    summary: Sequence[str]
    """The same in under 15 words."""
    status: Sequence[str]
    kind: Sequence[str]
    """Of what make the sentence is: words, class, mixed, after, place, topic, several; llm if by a language model."""
    score: Numbers
    """r_text on the test split, with the interval of its bootstrap."""
    score_low: Numbers
    score_high: Numbers
    score_valid: Numbers
    """On the split that the sentence was chosen on."""
    score_random: Numbers
    """On random sequences only."""
    auroc: Numbers
    average_precision: Numbers
    unigram: Numbers
    """Baselines on the same material: a table over the vocabulary, the best token, another feature's sentence."""
    best_token: Numbers
    shuffled: Numbers
    peaks: Numbers
    """Share of the first five exemplars whose peak the sentence names: on train, unlike all scores."""
    output: Sequence[str]
    """What the feature promotes, in words."""
    output_score: Numbers
    """How well that holds for all tokens of the kind it names; NaN where it lists what is raised most."""
    interest: Numbers
    """Probability that the description matters to a user."""
    interesting: Bool[np.ndarray, " feature"]
    reasons: Sequence[Sequence[str]]
    """What pulled the verdict its way, the weightiest first."""


class DescriptionRecord(Record):
    """What an atlas says about one feature in words; None where it says nothing."""

    description: str | None
    summary: str | None
    status: Status
    kind: str | None
    score: float | None
    """How well the description predicts activations on text it was not written from; at most 1."""
    score_low: float | None
    """2.5th percentile over test sequences drawn again."""
    score_high: float | None
    score_valid: float | None
    score_random: float | None
    auroc: float | None
    average_precision: float | None
    unigram: float | None
    best_token: float | None
    shuffled: float | None
    peaks: float | None
    """Share of the first five exemplars whose peak the description names."""
    output: str | None
    """What the feature promotes, in words."""
    output_score: float | None
    """How well that holds for all tokens of the kind it names; None where it lists what is raised most."""
    interest: float | None
    """Probability that the description matters to a user, 0 to 1."""
    interesting: bool | None
    """Whether that is past the threshold; None where nothing judged it."""
    reasons: tuple[str, ...]


def write_descriptions(
    directory: Path, descriptions: Descriptions, about: Mapping[str, Any]
) -> Manifest:
    """Puts the descriptions into the atlas in `directory`; those there before, and an index of them, go.

    `about` is JSON: how many are by whom, how each was made and judged, seed, interest_threshold, versions.

    Raises:
        StoreFailed: The disk is full, or `directory` cannot be written.
        StoreMismatch: The atlas is damaged.
        ValueError: The descriptions are not of as many features as the atlas has, or say what they cannot.
    """
    manifest = read_manifest(directory)
    source = manifest.source.info
    _require_consistent(descriptions, source.n_features)
    text = json.dumps(dict(about), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)

    def write(work: Path) -> None:
        size = source.n_units * source.n_signs
        starts = range(0, source.n_features, size)
        groups = (_group(descriptions, slice(at, at + size)) for at in starts)
        write_table(work / TABLE_FILE, COLUMNS, groups)
        (work / ABOUT_FILE).write_text(text + "\n", encoding="utf-8")

    made_from = {"evidence": manifest.layers.evidence.hash}
    return write_layer(directory, LAYER, made_from, write, without=("index",))


def _require_consistent(descriptions: Descriptions, n_features: int) -> None:
    for field in fields(descriptions):
        found = len(getattr(descriptions, field.name))
        if found != n_features:
            raise ValueError(f"{field.name} is of {found} features, the atlas has {n_features}")
    unknown = set(descriptions.status) - set(STATUSES)
    if unknown:
        raise ValueError(f"status is one of {', '.join(STATUSES)}, not {sorted(unknown)}")


def _group(descriptions: Descriptions, rows: slice) -> pa.Table:
    arrays = [
        pa.array(getattr(descriptions, name)[rows], column.type) for name, column in COLUMNS.items()
    ]
    return pa.Table.from_arrays(arrays, schema=schema_of(COLUMNS))


class DescriptionsFolder:
    """The folder `descriptions` of an atlas; each file is opened when it is first needed."""

    def __init__(self, folder: Path, source: SourceInfo) -> None:
        self._folder = folder
        self._source = source

    @cached_property
    def table(self) -> Table:
        """One row a feature, one row group a layer."""
        source = self._source
        return Table(self._folder / TABLE_FILE, COLUMNS, source.n_features, len(source.layers))

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the descriptions were made with, and the protocol of their scores.

        Raises:
            StoreMismatch: The file is damaged.
        """
        path = self._folder / ABOUT_FILE
        with named(path):
            data = json.loads(path.read_bytes())
        if not isinstance(data, dict):
            raise mismatch(path, type(data).__name__, "a JSON object")
        return data

    def texts(self, name: str) -> list[str]:
        """One column of texts, whole."""
        with named(self.table.path):
            return self.table.column(name).to_pylist()

    def values(self, name: str) -> list[Any]:
        """One column, whole, as Python's own values."""
        with named(self.table.path):
            return self.table.column(name).to_pylist()

    def flags(self, name: str) -> Bool[np.ndarray, " feature"]:
        """One column of booleans, whole."""
        with named(self.table.path):
            return np.array(self.table.column(name).to_pylist(), bool)

    def record(self, place: int) -> DescriptionRecord:
        """The feature with this number.

        Raises:
            StoreMismatch: The file is damaged.
        """
        row = self.table.row(*divmod(place, self._source.n_units * self._source.n_signs))
        with named(self.table.path):
            told: dict[str, Any] = {
                name: _told(value) for name, value in row.items() if name != "reasons"
            }
            if told["interest"] is None and not row["reasons"]:
                told["interesting"] = None
            return DescriptionRecord(**told, reasons=tuple(row["reasons"]))


def _told(value: Any) -> Any:
    """None for an empty text and for NaN."""
    return None if value == "" or value != value else value

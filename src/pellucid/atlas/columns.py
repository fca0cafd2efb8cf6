"""The tables of an atlas: names, types and encodings of their columns, in one place.

Encodings are chosen by measurement (`benchmarks/atlas_size.py`): numbers whose low bits are noise are split by byte.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from jaxtyping import Float32, Shaped

KEPT_BITS = 12
"""Significant bits of numbers that are estimates anyway."""
ROUNDING_ERROR = 2.0**-KEPT_BITS

SPLIT, DELTA, LENGTHS, PLAIN = (
    "BYTE_STREAM_SPLIT",
    "DELTA_BINARY_PACKED",
    "DELTA_LENGTH_BYTE_ARRAY",
    "PLAIN",
)


class Column(NamedTuple):
    """One column: its type, and how Parquet encodes it (None: by dictionary)."""

    type: pa.DataType
    encoding: str | None


def _list(type_: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", type_, nullable=False))


FEATURES: dict[str, Column] = {
    "id": Column(pa.string(), "DELTA_BYTE_ARRAY"),
    "layer": Column(pa.int32(), DELTA),
    "index": Column(pa.int32(), DELTA),
    "sign": Column(pa.string(), None),
    "extreme": Column(pa.float32(), SPLIT),
    "rate": Column(pa.float32(), SPLIT),
    "quantiles": Column(_list(pa.float32()), SPLIT),
    "exemplar_sequence": Column(_list(pa.int32()), SPLIT),
    "exemplar_pos": Column(_list(pa.int32()), SPLIT),
    "exemplar_peak": Column(_list(pa.float32()), SPLIT),
    "exemplar_gate": Column(_list(pa.int8()), None),
    "pattern": Column(_list(pa.binary()), LENGTHS),
    "pattern_ratio": Column(_list(pa.float32()), None),
}
UNITS: dict[str, Column] = {
    "layer": Column(pa.int32(), DELTA),
    "index": Column(pa.int32(), DELTA),
    "mean": Column(pa.float32(), SPLIT),
    "std": Column(pa.float32(), SPLIT),
    "sink": Column(pa.float32(), SPLIT),
    "histogram_low": Column(pa.float32(), SPLIT),
    "histogram_high": Column(pa.float32(), SPLIT),
    "histogram": Column(_list(pa.int64()), SPLIT),
    "raised_ids": Column(_list(pa.int32()), SPLIT),
    "raised": Column(_list(pa.float32()), SPLIT),
    "lowered_ids": Column(_list(pa.int32()), SPLIT),
    "lowered": Column(_list(pa.float32()), SPLIT),
}
DOCUMENTS: dict[str, Column] = {
    "document": Column(pa.int32(), DELTA),
    "corpus": Column(pa.string(), None),
    "record": Column(pa.int32(), DELTA),
    "licence": Column(pa.string(), None),
}
VOCABULARY: dict[str, Column] = {
    "id": Column(pa.int32(), DELTA),
    "bytes": Column(pa.binary(), LENGTHS),
}
DESCRIPTIONS: dict[str, Column] = {
    "description": Column(pa.string(), None),
    "summary": Column(pa.string(), None),
    "status": Column(pa.string(), None),
    "kind": Column(pa.string(), None),
    "score": Column(pa.float32(), SPLIT),
    "score_low": Column(pa.float32(), SPLIT),
    "score_high": Column(pa.float32(), SPLIT),
    "score_valid": Column(pa.float32(), SPLIT),
    "score_random": Column(pa.float32(), SPLIT),
    "auroc": Column(pa.float32(), SPLIT),
    "average_precision": Column(pa.float32(), SPLIT),
    "unigram": Column(pa.float32(), SPLIT),
    "best_token": Column(pa.float32(), SPLIT),
    "shuffled": Column(pa.float32(), SPLIT),
    "peaks": Column(pa.float32(), SPLIT),
    "output": Column(pa.string(), None),
    "output_score": Column(pa.float32(), SPLIT),
    "interest": Column(pa.float32(), SPLIT),
    "interesting": Column(pa.bool_(), PLAIN),
    "reasons": Column(_list(pa.string()), None),
}


def schema_of(columns: dict[str, Column]) -> pa.Schema:
    """The Arrow schema; no column holds nulls."""
    return pa.schema([pa.field(name, c.type, nullable=False) for name, c in columns.items()])


def leaf(name: str, column: Column) -> str:
    """The name that Parquet gives the column's values."""
    return f"{name}.list.element" if pa.types.is_list(column.type) else name


def rounded(
    values: Float32[np.ndarray, "..."], bits: int = KEPT_BITS
) -> Float32[np.ndarray, "..."]:
    """The nearest numbers with so many significant bits: off by at most 2**-bits of themselves, smaller under zstd."""
    drop = 24 - bits
    raw = np.ascontiguousarray(values, np.float32).view(np.uint32)
    up = raw + np.uint32(1 << (drop - 1))
    kept = (up >> np.uint32(drop)) << np.uint32(drop)
    return kept.view(np.float32)


def list_array(values: Shaped[np.ndarray, "row item"], type_: pa.DataType) -> pa.Array:
    """Every row as a list of all its items."""
    n, k = values.shape
    flat = pa.array(np.ascontiguousarray(values).reshape(-1), type_.value_type)
    return pa.ListArray.from_arrays(pa.array(np.arange(n + 1) * k, pa.int32()), flat, type=type_)


def ragged_array(
    values: Shaped[np.ndarray, "row item"], keep: Shaped[np.ndarray, "row item"], type_: pa.DataType
) -> pa.Array:
    """Every row as a list of the items kept."""
    start = np.concatenate(([0], np.cumsum(keep.sum(axis=1))))
    flat = pa.array(values[keep], type_.value_type)
    return pa.ListArray.from_arrays(pa.array(start, pa.int32()), flat, type=type_)

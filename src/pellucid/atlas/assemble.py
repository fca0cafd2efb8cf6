"""From evidence to the tables that are stored: one row group a layer of the subject."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pyarrow as pa
from jaxtyping import Int, UInt

from pellucid.atlas import patterns
from pellucid.atlas.columns import (
    DOCUMENTS,
    FEATURES,
    UNITS,
    VOCABULARY,
    Column,
    list_array,
    ragged_array,
    rounded,
    schema_of,
)
from pellucid.atlas.evidence import Evidence
from pellucid.atlas.manifest import Corpus


class Kept(NamedTuple):
    """Which sequences and documents are stored: those that an exemplar is from, numbered anew in their order."""

    sequences: Int[np.ndarray, " kept"]
    """Rows of `Evidence.sequences`, ascending."""
    documents: Int[np.ndarray, " kept_doc"]
    """Rows of `Evidence.documents`, ascending."""

    @classmethod
    def of(cls, evidence: Evidence) -> "Kept":
        """What the exemplars refer to."""
        named = np.unique(evidence.exemplar_sequence)
        sequences = named[named >= 0]
        return cls(sequences, np.unique(evidence.sequences.document[sequences]))


def features(evidence: Evidence, kept: Kept) -> Iterator[pa.Table]:
    """`features.parquet`, one table a layer."""
    size = evidence.source.n_units * evidence.source.n_signs
    for at in range(0, evidence.source.n_features, size):
        yield _features(evidence, kept, slice(at, at + size))


def _features(evidence: Evidence, kept: Kept, rows: slice) -> pa.Table:
    source = evidence.source
    ids = [source.feature(place) for place in range(rows.start, rows.stop)]
    sequence = evidence.exemplar_sequence[rows]
    there = sequence >= 0
    peak = evidence.exemplar_peak[rows]
    n_patterns = evidence.patterns.shape[1]
    first = there[:, :n_patterns]
    code, ratio = _patterns(evidence, rows, first)
    columns: dict[str, Any] = {
        "id": [str(id_) for id_ in ids],
        "layer": [id_.layer for id_ in ids],
        "index": [id_.index for id_ in ids],
        "sign": [id_.sign for id_ in ids],
        "extreme": evidence.extreme[rows],
        "rate": rounded(evidence.rate[rows]),
        "quantiles": _list(FEATURES, "quantiles", rounded(evidence.quantiles[rows])),
        "exemplar_gate": evidence.exemplar_gate[rows],
        "exemplar_sequence": np.searchsorted(kept.sequences, sequence),
        "exemplar_pos": evidence.exemplar_pos[rows],
        "exemplar_peak": peak,
        "pattern": code,
        "pattern_ratio": ratio,
    }
    for name in ("exemplar_sequence", "exemplar_pos", "exemplar_peak", "exemplar_gate"):
        columns[name] = ragged_array(columns[name], there, FEATURES[name].type)
    return _table(FEATURES, columns)


def _patterns(evidence: Evidence, rows: slice, first: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """The code and the ratio of every pattern, as lists."""
    n_patterns = first.shape[1]
    sequence = evidence.exemplar_sequence[rows, :n_patterns][first]
    coded = patterns.encode(
        evidence.patterns[rows][first],
        evidence.exemplar_peak[rows, :n_patterns][first],
        evidence.sequences.length[sequence],
    )
    each = pa.BinaryArray.from_buffers(
        pa.binary(),
        len(sequence),
        [None, pa.py_buffer(coded.start.astype(np.int32).tobytes()), pa.py_buffer(coded.data)],
    )
    start = pa.array(np.concatenate(([0], np.cumsum(first.sum(axis=1)))), pa.int32())
    type_ = FEATURES["pattern"].type
    ratios = pa.array(coded.ratio, pa.float32())
    return (
        pa.ListArray.from_arrays(start, each, type=type_),
        pa.ListArray.from_arrays(start, ratios, type=FEATURES["pattern_ratio"].type),
    )


def units(evidence: Evidence) -> Iterator[pa.Table]:
    """`units.parquet`, one table a layer."""
    for place in range(len(evidence.source.layers)):
        yield _units(evidence, place)


def _units(evidence: Evidence, place: int) -> pa.Table:
    source = evidence.source
    rows = slice(place * source.n_units, (place + 1) * source.n_units)
    positive = slice(rows.start * source.n_signs, rows.stop * source.n_signs, source.n_signs)
    edges = evidence.histogram_edges[rows]
    columns: dict[str, Any] = {
        "layer": np.full(source.n_units, source.layers[place], np.int32),
        "index": np.arange(source.n_units, dtype=np.int32),
        "mean": rounded(evidence.mean[rows]),
        "std": rounded(evidence.std[rows]),
        "sink": rounded(evidence.sink[rows]),
        "histogram_low": edges[:, 0],
        "histogram_high": edges[:, -1],
        "histogram": evidence.histogram[rows],
        "raised_ids": evidence.promoted_ids[positive],
        "raised": rounded(evidence.promoted[positive]),
        "lowered_ids": evidence.suppressed_ids[positive],
        "lowered": rounded(evidence.suppressed[positive]),
    }
    for name in ("histogram", "raised_ids", "raised", "lowered_ids", "lowered"):
        columns[name] = _list(UNITS, name, columns[name])
    return _table(UNITS, columns)


def documents(evidence: Evidence, kept: Kept, corpora: tuple[Corpus, ...]) -> pa.Table:
    """`documents.parquet`."""
    corpus = evidence.documents.corpus[kept.documents]
    return _table(
        DOCUMENTS,
        {
            "document": np.arange(len(kept.documents)),
            "corpus": [corpora[i].name for i in corpus],
            "record": evidence.documents.record[kept.documents],
            "licence": [corpora[i].licence for i in corpus],
        },
    )


def vocabulary(evidence: Evidence) -> pa.Table:
    """`vocabulary.parquet`."""
    ids = np.arange(len(evidence.vocabulary))
    return _table(VOCABULARY, {"id": ids, "bytes": evidence.vocabulary})


def sequences(evidence: Evidence, kept: Kept) -> dict[str, UInt[np.ndarray, "..."]]:
    """The tensors of `sequences.safetensors`: ids end to end, and where each sequence starts."""
    length = evidence.sequences.length[kept.sequences]
    start = np.concatenate(([0], np.cumsum(length, dtype=np.int64)))
    inside = np.arange(evidence.sequences.ids.shape[1]) < length[:, None]
    small = len(evidence.vocabulary) <= 1 << 16
    ids = evidence.sequences.ids[kept.sequences][inside].astype(np.uint16 if small else np.uint32)
    document = np.searchsorted(kept.documents, evidence.sequences.document[kept.sequences])
    sums = [crc32(ids[a:b].tobytes()) for a, b in pairwise(start)]
    return {
        "ids": ids,
        "start": start.astype(np.uint64),
        "fresh_from": evidence.sequences.fresh_from[kept.sequences].astype(np.uint32),
        "document": document.astype(np.uint32),
        "crc32": np.array(sums, np.uint32),
    }


def _list(columns: dict[str, Column], name: str, values: np.ndarray) -> pa.Array:
    return list_array(values, columns[name].type)


def _table(columns: dict[str, Column], values: dict[str, Any]) -> pa.Table:
    arrays = [
        v if isinstance(v, pa.Array) else pa.array(v, column.type)
        for (name, column) in columns.items()
        for v in [values[name]]
    ]
    return pa.Table.from_arrays(arrays, schema=schema_of(columns))

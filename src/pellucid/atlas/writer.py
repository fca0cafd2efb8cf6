"""Writes the evidence of an atlas: whole or not at all, and the same bytes for the same evidence."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import safetensors.numpy

from pellucid.atlas import assemble
from pellucid.atlas.columns import (
    DOCUMENTS,
    FEATURES,
    ROUNDING_ERROR,
    UNITS,
    VOCABULARY,
    Column,
    leaf,
    schema_of,
)
from pellucid.atlas.evidence import Evidence
from pellucid.atlas.files import FileInfo, storing, write_atomically
from pellucid.atlas.manifest import (
    MANIFEST,
    Dims,
    Encoding,
    Layer,
    Layers,
    Making,
    Manifest,
    Source,
)
from pellucid.atlas.patterns import LEVELS, PATTERN_ERROR

EVIDENCE = "evidence"
FEATURES_FILE, UNITS_FILE = "features.parquet", "units.parquet"
DOCUMENTS_FILE, VOCABULARY_FILE = "documents.parquet", "vocabulary.parquet"
SEQUENCES_FILE = "sequences.safetensors"
_ZSTD_LEVEL = 19
_PAGE_BYTES = 1 << 24
"""One page a column and row group: small pages compress worse."""


def write_evidence(directory: Path, evidence: Evidence, making: Making) -> Manifest:
    """An atlas that holds this evidence and nothing else; what was at `directory` before is replaced.

    A reader sees the old atlas, or none, or the new one: the manifest goes first and comes last.

    Raises:
        StoreFailed: The disk is full, or `directory` cannot be written.
        ValueError: The evidence contradicts itself.
    """
    require_consistent(evidence, making)
    with storing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=f".{EVIDENCE}-", dir=directory))
        try:
            _write_files(work, evidence, making)
            files = {path.name: FileInfo.of(path) for path in sorted(work.iterdir())}
            manifest = _manifest(evidence, making, files)
            _replace(directory, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        write_atomically(directory / MANIFEST, manifest.to_json().encode())
    return manifest


def require_consistent(evidence: Evidence, making: Making) -> None:
    """Checks what types and shapes do not say.

    Raises:
        ValueError: It does not hold.
    """
    source, there = evidence.source, evidence.exemplar_sequence >= 0
    n_units = source.n_features // source.n_signs
    sign = np.tile([1 if name == "pos" else -1 for name in source.signs], n_units)[:, None]
    peak = np.where(there, evidence.exemplar_peak, 0) * sign
    outward = min(
        peak.min(), (evidence.quantiles * sign).min(), (evidence.extreme * sign[:, 0]).min()
    )
    _require(outward >= 0, "a feature's activations are not of its sign")
    _require((there[:, 1:] <= there[:, :-1]).all(), "an exemplar stands behind a gap")
    _require((np.diff(peak, axis=1) <= 0).all(), "exemplars are not in the order of their peaks")
    if source.n_signs == 2:
        mirrored = np.allclose(evidence.promoted[1::2], -evidence.suppressed[0::2], rtol=1e-3)
        _require(mirrored, "what a .neg feature promotes is not what its .pos twin suppresses")
    length = evidence.sequences.length[evidence.exemplar_sequence]
    fits = (evidence.exemplar_pos < length) & (evidence.exemplar_pos > 0)
    _require(fits[there].all(), "an exemplar's position is outside its sequence")
    steps = np.diff(evidence.histogram_edges, axis=1)
    even = np.allclose(steps, steps.mean(axis=1, keepdims=True), rtol=1e-2, atol=1e-30)
    _require(even and bool((steps >= 0).all()), "histogram edges are not equally spaced")
    _require(evidence.n_tokens == making.tokens.total, "token counts of splits and evidence differ")
    for name in ("quantiles", "extreme", "rate", "mean", "std", "sink", "promoted", "suppressed"):
        _require(np.isfinite(getattr(evidence, name)).all(), f"{name} holds what is no number")


def _require(holds: bool | np.bool_, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"the evidence contradicts itself: {otherwise}")


def _write_files(work: Path, evidence: Evidence, making: Making) -> None:
    kept = assemble.Kept.of(evidence)
    write_table(work / FEATURES_FILE, FEATURES, assemble.features(evidence, kept))
    write_table(work / UNITS_FILE, UNITS, assemble.units(evidence))
    documents = assemble.documents(evidence, kept, making.corpora)
    write_table(work / DOCUMENTS_FILE, DOCUMENTS, [documents])
    write_table(work / VOCABULARY_FILE, VOCABULARY, [assemble.vocabulary(evidence)])
    tensors = assemble.sequences(evidence, kept)
    (work / SEQUENCES_FILE).write_bytes(safetensors.numpy.save(dict(tensors)))


def write_table(path: Path, columns: dict[str, Column], groups: Iterable[pa.Table]) -> None:
    """A Parquet file with one row group for each table."""
    options: dict[str, Any] = {
        "use_dictionary": [leaf(n, c) for n, c in columns.items() if c.encoding is None],
        "column_encoding": {leaf(n, c): c.encoding for n, c in columns.items() if c.encoding},
        "write_statistics": [n for n, c in columns.items() if not pa.types.is_list(c.type)],
    }
    with (
        path.open("wb") as file,
        pq.ParquetWriter(
            file,
            schema_of(columns),
            compression="zstd",
            compression_level=_ZSTD_LEVEL,
            write_page_checksum=True,
            store_schema=False,
            data_page_size=_PAGE_BYTES,
            **options,
        ) as writer,
    ):
        for table in groups:
            writer.write_table(table, row_group_size=max(len(table), 1))


def _manifest(evidence: Evidence, making: Making, files: dict[str, FileInfo]) -> Manifest:
    subject, source = making.subject, evidence.source
    made_from = {"subject": subject.hash, "corpus": making.corpus_hash}
    return Manifest(
        subject=subject.hash,
        subject_name=subject.name,
        dims=Dims(
            n_layers=subject.n_layers,
            d_model=subject.d_model,
            d_mlp=subject.d_mlp,
            d_vocab=subject.d_vocab,
        ),
        dtype=subject.dtype,
        source=Source(
            name=source.name,
            kind=source.kind,
            layers=source.layers,
            n_units=source.n_units,
            signs=source.signs,
            hash=source.hash,
        ),
        n_features=source.n_features,
        n_tokens=evidence.n_tokens,
        tokens=making.tokens,
        corpora=making.corpora,
        seed=making.seed,
        seq_len=making.seq_len,
        layout=making.layout,
        encoding=Encoding(
            levels=LEVELS,
            n_patterns=evidence.patterns.shape[1],
            n_exemplars=evidence.exemplar_sequence.shape[1],
            pattern_error=PATTERN_ERROR,
            rounding_error=ROUNDING_ERROR,
            tails=evidence.tails,
            reached=tuple(bool(x) for x in evidence.reached),
            n_bins=evidence.histogram.shape[1],
        ),
        versions=making.versions,
        layers=Layers(evidence=Layer.of(made_from, files)),
    ).sealed()


def _replace(directory: Path, work: Path) -> None:
    """Puts the new evidence where the old one was."""
    (directory / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(directory / EVIDENCE, ignore_errors=True)
    work.chmod(0o755)
    os.replace(work, directory / EVIDENCE)

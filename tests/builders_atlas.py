"""A small atlas of made-up evidence, consistent in itself; any part can be replaced."""

from pathlib import Path
from typing import Any

import numpy as np

from pellucid.atlas import (
    BatchLayout,
    Corpus,
    Documents,
    Evidence,
    Making,
    Manifest,
    SourceInfo,
    Splits,
    SubjectInfo,
    TrainSequences,
    write_evidence,
)

SUBJECT = "5b" * 32
N_TOKENS = 50_000
K, N_PATTERNS, N_BINS, N_OUTPUT, SEQ_LEN = 6, 3, 8, 4, 24
VOCABULARY = [bytes([i]) for i in range(256)] + [b" the", b" caf", "é".encode(), b"<|im_end|>"]
SPLIT_CHARACTER = "🙂".encode()
"""Stands, a byte a token, in sequence 0 from position 2 on."""


def make_evidence(*, seed: int = 0, n_layers: int = 2, n_units: int = 5, **over: Any) -> Evidence:
    """Evidence about `n_layers * n_units` neurons, both signs, from 12 sequences of 5 documents."""
    rng = np.random.default_rng(seed)
    source = SourceInfo("mlp", "mlp", tuple(range(n_layers)), n_units, ("pos", "neg"))
    n_seq, n = 12, source.n_features
    length = rng.integers(8, SEQ_LEN + 1, n_seq).astype(np.int32)
    ids = rng.integers(97, 123, (n_seq, SEQ_LEN)).astype(np.uint32)
    ids[0, 2:6] = list(SPLIT_CHARACTER)
    ids[1, 3:5] = [257, 258]
    ids[np.arange(SEQ_LEN) >= length[:, None]] = 0
    signs = np.tile([1, -1], n // 2).astype(np.float32)
    sequence = np.stack([rng.permutation(n_seq)[:K] for _ in range(n)]).astype(np.int32)
    peak = -np.sort(-rng.gamma(2, 3, (n, K)), axis=1).astype(np.float32) * signs[:, None]
    pos = (1 + rng.random((n, K)) * (length[sequence] - 1)).astype(np.int16)
    promoted = -np.sort(-rng.random((n // 2, N_OUTPUT)), axis=1).astype(np.float32)
    suppressed = np.sort(-rng.random((n // 2, N_OUTPUT)), axis=1).astype(np.float32)
    up = rng.integers(0, len(VOCABULARY), (n // 2, N_OUTPUT)).astype(np.int32)
    down = rng.integers(0, len(VOCABULARY), (n // 2, N_OUTPUT)).astype(np.int32)
    edges = np.linspace([-2.0] * (n // 2), [3.0] * (n // 2), N_BINS + 1, axis=1)
    fields: dict[str, Any] = {
        "source": source,
        "n_tokens": N_TOKENS,
        "quantiles": (peak[:, :1] * [0.3, 0.6, 1, 1, 1]).astype(np.float32),
        "reached": np.array([True, True, False, False, False]),
        "extreme": peak[:, 0].copy(),
        "rate": rng.random(n).astype(np.float32),
        "mean": rng.normal(size=n // 2).astype(np.float32),
        "std": rng.random(n // 2).astype(np.float32),
        "sink": rng.normal(0, 20, n // 2).astype(np.float32),
        "histogram": rng.integers(0, 9000, (n // 2, N_BINS)).astype(np.uint32),
        "histogram_edges": edges.astype(np.float32),
        "exemplar_sequence": sequence,
        "exemplar_pos": pos,
        "exemplar_peak": peak,
        "exemplar_gate": rng.choice([-1, 1], (n, K)).astype(np.int8),
        "patterns": _patterns(rng, peak, pos, length[sequence]),
        "promoted_ids": np.stack([up, down], 1).reshape(n, -1),
        "promoted": np.stack([promoted, -suppressed], 1).reshape(n, -1),
        "suppressed_ids": np.stack([down, up], 1).reshape(n, -1),
        "suppressed": np.stack([suppressed, -promoted], 1).reshape(n, -1),
        "sequences": TrainSequences(
            ids, length, np.ones(n_seq, np.int32), rng.integers(0, 5, n_seq).astype(np.int32)
        ),
        "documents": Documents(np.array([0, 0, 1, 1, 1], np.int32), np.arange(5, dtype=np.int32)),
        "vocabulary": VOCABULARY,
    }
    return Evidence(**(fields | over))


def _patterns(
    rng: np.random.Generator, peak: np.ndarray, pos: np.ndarray, length: np.ndarray
) -> np.ndarray:
    """Mostly small values of both signs, none beyond the peak, a huge one at position 0."""
    n = len(peak)
    share = rng.beta(0.3, 2, (n, N_PATTERNS, SEQ_LEN)) * rng.choice(
        [1, -1], (n, N_PATTERNS, SEQ_LEN), p=[0.7, 0.3]
    )
    values = share * peak[:, :N_PATTERNS, None]
    row, rank = np.indices((n, N_PATTERNS))
    values[row, rank, pos[:, :N_PATTERNS]] = peak[:, :N_PATTERNS]
    values[:, :, 0] = 500
    values[np.arange(SEQ_LEN) >= length[:, :N_PATTERNS, None]] = 0
    return values.astype(np.float16)


def make_making(**over: Any) -> Making:
    """What goes into a manifest beside the evidence."""
    fields: dict[str, Any] = {
        "subject": SubjectInfo(
            name="tiny",
            hash=SUBJECT,
            n_layers=2,
            d_model=4,
            d_mlp=5,
            d_vocab=len(VOCABULARY),
            dtype="float32",
        ),
        "corpora": tuple(
            Corpus(
                name=name,
                licence=licence,
                origin="tests",
                sha256=digit * 64,
                n_documents=5,
                n_tokens=N_TOKENS // 2,
            )
            for name, licence, digit in (("novels", "public domain", "1"), ("help", "MIT", "2"))
        ),
        "corpus_hash": "3c" * 32,
        "tokens": Splits(train=30_000, valid=10_000, test=10_000),
        "seed": 7,
        "seq_len": SEQ_LEN,
        "layout": BatchLayout(batch_tokens=256, shard_batches=4),
        "versions": {"pellucid": "0.0.0"},
    }
    return Making(**(fields | over))


def make_atlas(directory: Path, *, making: dict[str, Any] | None = None, **over: Any) -> Manifest:
    """A small atlas on disk."""
    return write_evidence(directory, make_evidence(**over), make_making(**(making or {})))

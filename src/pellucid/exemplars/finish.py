"""From collected evidence to an atlas: rankings become exemplars, sketches become quantiles and histograms."""

import importlib.metadata
import platform
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int, Int8

from pellucid._version import __version__
from pellucid.atlas import (
    BatchLayout,
    Documents,
    Making,
    Splits,
    SubjectInfo,
    TrainSequences,
)
from pellucid.atlas import Corpus as CorpusRecord
from pellucid.atlas import Evidence as AtlasEvidence
from pellucid.atlas.evidence import TAILS
from pellucid.exemplars import sketch
from pellucid.exemplars.collect import TRAIN, Evidence, Plan
from pellucid.exemplars.output_side import output_side
from pellucid.exemplars.prepared import Corpus
from pellucid.exemplars.ranking import Ranking, best_of, window_hashes
from pellucid.exemplars.survey import LayerCounts, LayerSums
from pellucid.features import FeatureSource, source_info
from pellucid.subject import Subject
from pellucid.subject.codec import Codec

N_PATTERNS = 5
N_BINS = 32
"""Bins of the histogram that an atlas keeps of each unit."""


class _Exemplars(NamedTuple):
    """Of one layer; arrays are [feature, k]."""

    sequence: Int[np.ndarray, "feature k"]
    pos: Int[np.ndarray, "feature k"]
    peak: Float[np.ndarray, "feature k"]
    gate: Int8[np.ndarray, "feature k"]
    patterns: Float[np.ndarray, "feature n_patterns pos"]


class _Numbers(NamedTuple):
    """Of one layer, in feature order or unit order."""

    quantiles: Float[np.ndarray, "feature tail"]
    extreme: Float[np.ndarray, " feature"]
    rate: Float[np.ndarray, " feature"]
    mean: Float[np.ndarray, " unit"]
    std: Float[np.ndarray, " unit"]
    sink: Float[np.ndarray, " unit"]
    histogram: Int[np.ndarray, "unit bin"]
    edges: Float[np.ndarray, "unit edge"]


def atlas_evidence(
    subject: Subject, source: FeatureSource, corpus: Corpus, plan: Plan, evidence: Evidence
) -> AtlasEvidence:
    """What an atlas holds, from everything that was collected."""
    sequences = plan.sequences
    windows = window_hashes(sequences.ids)
    train = np.flatnonzero(sequences.split == TRAIN)
    row_of = np.full(len(sequences.length), -1, np.int64)
    row_of[train] = np.arange(len(train))
    signs = np.array([1.0 if sign == "pos" else -1.0 for sign in source.signs], np.float32)
    exemplars = [
        _exemplars(counts.rankings[TRAIN], windows, row_of, signs) for counts in evidence.counts
    ]
    n = sequences.n_tokens
    numbers = [
        _numbers(counts, sums, n, len(sequences.length), signs)
        for counts, sums in zip(evidence.counts, evidence.sums, strict=True)
    ]
    up, raised, down, lowered = output_side(subject, source)
    found = _Exemplars(*(np.concatenate(column) for column in zip(*exemplars, strict=True)))
    told = _Numbers(*(np.concatenate(column) for column in zip(*numbers, strict=True)))
    corpora = corpora_of(corpus)
    return AtlasEvidence(
        source=source_info(source),
        n_tokens=n,
        quantiles=told.quantiles.astype(np.float32),
        reached=np.array([n * tail >= 1 for tail in TAILS]),
        extreme=told.extreme.astype(np.float32),
        rate=told.rate.astype(np.float32),
        mean=told.mean.astype(np.float32),
        std=told.std.astype(np.float32),
        sink=told.sink.astype(np.float32),
        histogram=told.histogram.astype(np.uint32),
        histogram_edges=told.edges.astype(np.float32),
        exemplar_sequence=found.sequence,
        exemplar_pos=found.pos,
        exemplar_peak=found.peak.astype(np.float32),
        exemplar_gate=found.gate,
        patterns=found.patterns,
        promoted_ids=up,
        promoted=raised,
        suppressed_ids=down,
        suppressed=lowered,
        sequences=TrainSequences(
            ids=sequences.ids[train],
            length=sequences.length[train],
            fresh_from=sequences.fresh_from[train],
            document=sequences.document[train],
        ),
        documents=_documents(corpus, corpora),
        vocabulary=vocabulary_of(subject.codec),
    )


def making_of(
    subject: Subject, corpus: Corpus, plan: Plan, *, seed: int, batch_tokens: int, threads: int
) -> Making:
    """What the atlas was made from and with."""
    counted = [plan.sequences.counted(split) for split in range(3)]
    return Making(
        subject=SubjectInfo(
            name=subject.name,
            hash=subject.hash,
            n_layers=subject.n_layers,
            d_model=subject.d_model,
            d_mlp=subject.d_mlp,
            d_vocab=subject.d_vocab,
            dtype=subject.dtype,
        ),
        corpora=tuple(corpora_of(corpus)),
        corpus_hash=corpus.hash,
        tokens=Splits(train=counted[0], valid=counted[1], test=counted[2]),
        seed=seed,
        seq_len=plan.sequences.ids.shape[1],
        layout=BatchLayout(
            batch_tokens=batch_tokens,
            shard_batches=plan.layout.shard_batches,
            threads=threads,
        ),
        versions={
            "pellucid": __version__,
            "torch": importlib.metadata.version("torch"),
            "transformers": importlib.metadata.version("transformers"),
            "numpy": np.__version__,
            "cpu": platform.machine(),
        },
    )


def _exemplars(
    ranking: Ranking,
    windows: np.ndarray,
    row_of: Int[np.ndarray, " seq"],
    signs: Float[np.ndarray, " sign"],
) -> _Exemplars:
    best = best_of(ranking, windows)
    sequence = np.where(best.sequence >= 0, row_of[np.maximum(best.sequence, 0)], -1)
    sign = np.tile(signs, len(best.sequence) // len(signs))
    first = best.slot[:, :N_PATTERNS].astype(np.int64)
    patterns = np.take_along_axis(ranking.pattern, first[:, :, None], axis=1).view(np.float16)
    patterns = np.where((best.sequence[:, :N_PATTERNS] >= 0)[..., None], patterns, np.float16(0))
    return _Exemplars(sequence, best.pos, best.magnitude * sign[:, None], best.gate, patterns)


def _numbers(
    counts: LayerCounts,
    sums: LayerSums,
    n: int,
    n_sequences: int,
    signs: Float[np.ndarray, " sign"],
) -> _Numbers:
    extremes = [counts.high if sign > 0 else -counts.low for sign in signs]
    quantiles = [
        sign * sketch.tail_quantiles(counts.sketch, extreme, n, TAILS, negative=bool(sign < 0))[0]
        for sign, extreme in zip(signs, extremes, strict=True)
    ]
    rates = [sketch.rates(counts.sketch, n, negative=bool(sign < 0)) for sign in signs]
    mean = sums.total / n
    histogram, edges = sketch.linear_histogram(counts.sketch, counts.low, counts.high, N_BINS)
    return _Numbers(
        quantiles=np.stack(quantiles, axis=1).reshape(-1, len(TAILS)),
        extreme=np.stack([s * e for s, e in zip(signs, extremes, strict=True)], axis=1).ravel(),
        rate=np.stack(rates, axis=1).ravel(),
        mean=mean,
        std=np.sqrt(np.maximum(sums.squares / n - mean**2, 0)),
        sink=sums.sink / max(n_sequences, 1),
        histogram=histogram,
        edges=edges,
    )


def corpora_of(corpus: Corpus) -> list[CorpusRecord]:
    """The collections that the corpus holds, by where they were published and under which licence."""
    keys, which = _collections(corpus)
    sequences = corpus.sequences
    counted = np.bincount(
        which[sequences.document],
        weights=sequences.length - sequences.fresh_from,
        minlength=len(keys),
    )
    documents = np.bincount(which, minlength=len(keys))
    shas = np.array(corpus.documents["sha"].to_pylist())
    import hashlib

    return [
        CorpusRecord(
            name=name,
            licence=licence,
            origin=package,
            sha256=hashlib.sha256("".join(sorted(shas[which == i])).encode()).hexdigest(),
            n_documents=int(documents[i]),
            n_tokens=int(counted[i]),
        )
        for i, (name, package, licence) in enumerate(keys)
    ]


def _collections(corpus: Corpus) -> tuple[list[tuple[str, str, str]], Int[np.ndarray, " doc"]]:
    """(name, package, licence) of every collection, and each document's."""
    table = corpus.documents
    rows = list(
        zip(
            (name.split("/")[0] for name in _names(table)),
            table["package"].to_pylist(),
            table["licence"].to_pylist(),
            strict=True,
        )
    )
    keys = sorted(set(rows))
    number = {key: i for i, key in enumerate(keys)}
    return keys, np.array([number[row] for row in rows], np.int64)


def _names(table: "object") -> list[str]:
    sources, corpora = table["source"].to_pylist(), table["corpus"].to_pylist()  # pyright: ignore
    return [source or corpus for source, corpus in zip(sources, corpora, strict=True)]


def _documents(corpus: Corpus, corpora: Sequence[CorpusRecord]) -> Documents:
    _, which = _collections(corpus)
    record = np.zeros(len(which), np.int64)
    for i in range(len(corpora)):
        own = which == i
        record[own] = np.arange(int(own.sum()))
    return Documents(corpus=which, record=record)


_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def vocabulary_of(codec: Codec) -> list[bytes]:
    """The bytes that every id stands for, parts of characters too."""
    names = codec.tokenizer.convert_ids_to_tokens(list(range(codec.n_vocab)))
    return [_bytes_of(codec, id_, name) for id_, name in enumerate(names)]


def _bytes_of(codec: Codec, id_: int, name: str | None) -> bytes:
    if name is None:
        return b""
    text = codec.piece(id_)
    if "\ufffd" not in text:
        return text.encode()
    byte = _BYTE.fullmatch(name)
    if byte is not None:
        return bytes([int(byte[1], 16)])
    if all(char in _BYTE_OF for char in name):
        return bytes(_BYTE_OF[char] for char in name)
    return text.encode()


def _byte_table() -> dict[str, int]:
    """Byte-level BPE writes bytes as printable characters.  Source: GPT-2, Radford et al. 2019."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in plain]
    return {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(others)}


_BYTE_OF = _byte_table()

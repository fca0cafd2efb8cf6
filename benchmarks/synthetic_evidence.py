"""Made-up evidence of any size, as hard to compress as the bundled model's: what the size benchmark writes.

Activations of a neuron over a text are a background of heavy-tailed noise around 0 with a few excursions towards the
peak; how loud the background is beside the peak differs between neurons, and that decides how sparse a pattern is.
"""

import numpy as np

from pellucid.atlas import (
    BatchLayout,
    Corpus,
    Documents,
    Evidence,
    Making,
    SourceInfo,
    Splits,
    SubjectInfo,
    TrainSequences,
)
from pellucid.atlas.evidence import TAILS

D_VOCAB, SEQ_LEN, N_BINS, N_OUTPUT = 49_152, 128, 32, 10
LOUDNESS, LOUDNESS_SPREAD, HEAVINESS = 0.05, 0.7, 1.8
"""Background over peak: median and spread (of its logarithm) over neurons; exponent on a normal variable.

With these about a fifth of all positions is stored. The bundled model's first five exemplars have a quarter stored
where they are from 60,000 tokens, and fewer where they are from more, since peaks grow.
"""


def synthetic(
    *,
    n_layers: int = 30,
    n_units: int = 1536,
    n_tokens: int = 1_900_000,
    k: int = 20,
    n_patterns: int = 20,
    seed: int = 0,
) -> Evidence:
    """Evidence about both signs of `n_layers * n_units` neurons."""
    rng = np.random.default_rng(seed)
    source = SourceInfo("mlp", "mlp", tuple(range(n_layers)), n_units, ("pos", "neg"))
    n, units = source.n_features, n_layers * n_units
    sequences, documents = _text(rng, int(0.6 * n_tokens))
    sign = np.tile(np.array([1, -1], np.float32), units)
    scale = rng.lognormal(0, 0.7, (n, 1))
    peak = np.sort(scale * (3 + rng.gamma(1.5, 1.0, (n, k))), axis=1)[:, ::-1] * sign[:, None]
    peak = peak.astype(np.float32)
    sequence = rng.integers(0, len(sequences.length), (n, k), dtype=np.int32)
    pos = (1 + rng.random((n, k)) * (sequences.length[sequence] - 1)).astype(np.int16)
    up = -np.sort(-rng.gamma(4, 0.1, (units, N_OUTPUT)), axis=1).astype(np.float32)
    down = np.sort(-rng.gamma(4, 0.1, (units, N_OUTPUT)), axis=1).astype(np.float32)
    up_ids, down_ids = rng.integers(0, D_VOCAB, (2, units, N_OUTPUT), dtype=np.int32)
    reach = rng.uniform(0.5, 1.0, (n, len(TAILS))).cumprod(axis=1)[:, ::-1]
    low = -rng.lognormal(0, 0.5, units)
    return Evidence(
        source=source,
        n_tokens=n_tokens,
        quantiles=(reach * peak[:, :1]).astype(np.float32),
        reached=np.array([n_tokens * tail >= 1 for tail in TAILS]),
        extreme=peak[:, 0].copy(),
        rate=rng.beta(5, 5, n).astype(np.float32),
        mean=rng.normal(0, 0.1, units).astype(np.float32),
        std=rng.lognormal(0, 0.5, units).astype(np.float32),
        sink=rng.normal(0, 5, units).astype(np.float32),
        histogram=_histogram(rng, units, n_tokens),
        histogram_edges=np.linspace(low, -low, N_BINS + 1, axis=1).astype(np.float32),
        exemplar_sequence=sequence,
        exemplar_pos=pos,
        exemplar_peak=peak,
        exemplar_gate=np.where(rng.random((n, k)) < 0.8, 1, -1).astype(np.int8),
        patterns=_patterns(rng, peak[:, :n_patterns], pos[:, :n_patterns]),
        promoted_ids=np.stack([up_ids, down_ids], 1).reshape(n, -1),
        promoted=np.stack([up, -down], 1).reshape(n, -1),
        suppressed_ids=np.stack([down_ids, up_ids], 1).reshape(n, -1),
        suppressed=np.stack([down, -up], 1).reshape(n, -1),
        sequences=sequences,
        documents=documents,
        vocabulary=[rng.bytes(4).hex().encode()[: 2 + i % 7] for i in range(D_VOCAB)],
    )


def _text(rng: np.random.Generator, n_tokens: int) -> tuple[TrainSequences, Documents]:
    """Sequences of random tokens: most of them full, the rest of any length."""
    n = n_tokens // 100
    length = np.where(rng.random(n) < 0.75, SEQ_LEN, rng.integers(8, SEQ_LEN, n)).astype(np.int32)
    ids = rng.integers(0, D_VOCAB, (n, SEQ_LEN), dtype=np.uint32)
    ids[np.arange(SEQ_LEN) >= length[:, None]] = 0
    document = np.arange(n, dtype=np.int32) // 2
    n_documents = int(document[-1]) + 1
    where = Documents(
        rng.integers(0, 20, n_documents).astype(np.int32), np.arange(n_documents, dtype=np.int32)
    )
    return TrainSequences(ids, length, np.ones(n, np.int32), document), where


def _histogram(rng: np.random.Generator, units: int, n_tokens: int) -> np.ndarray:
    """Counts of a bell whose width differs between units."""
    x = np.linspace(-1, 1, N_BINS)
    width = rng.uniform(0.1, 0.5, (units, 1))
    share = np.exp(-np.abs(x / width))
    counts = n_tokens * share / share.sum(axis=1, keepdims=True)
    return rng.poisson(counts).astype(np.uint32)


def _patterns(rng: np.random.Generator, peak: np.ndarray, pos: np.ndarray) -> np.ndarray:
    """Background noise below the peak, and the peak."""
    n, k = peak.shape
    out = np.empty((n, k, SEQ_LEN), np.float16)
    loud = rng.lognormal(np.log(LOUDNESS), LOUDNESS_SPREAD, (n, 1, 1)).astype(np.float32)
    for at in range(0, n, 4096):
        rows = slice(at, at + 4096)
        noise = rng.standard_normal(out[rows].shape, np.float32)
        share = np.clip(loud[rows] * np.sign(noise) * np.abs(noise) ** HEAVINESS, -1, 1)
        out[rows] = share * peak[rows, :, None]
    np.put_along_axis(out, pos[:, :, None].astype(np.int64), peak[:, :, None].astype(np.float16), 2)
    return out


def making(evidence: Evidence) -> Making:
    """A manifest's worth of facts."""
    train = int(0.6 * evidence.n_tokens)
    valid = (evidence.n_tokens - train) // 2
    corpora = tuple(
        Corpus(
            name=f"corpus_{i}",
            licence="MIT",
            origin="made up",
            sha256="0" * 64,
            n_documents=1,
            n_tokens=1,
        )
        for i in range(20)
    )
    return Making(
        subject=SubjectInfo(
            name="made up",
            hash="0" * 64,
            n_layers=len(evidence.source.layers),
            d_model=576,
            d_mlp=evidence.source.n_units,
            d_vocab=D_VOCAB,
            dtype="float32",
        ),
        corpora=corpora,
        corpus_hash="0" * 64,
        tokens=Splits(train=train, valid=valid, test=evidence.n_tokens - train - valid),
        seed=0,
        seq_len=SEQ_LEN,
        layout=BatchLayout(batch_tokens=4096, shard_batches=16),
        versions={},
    )

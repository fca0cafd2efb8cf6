"""From corpora as a person names them to sequences ready to be read.

1. Gather the first documents of every corpus, in an order fixed by seed and content (`gathering.py`).
2. Tokenise them in turn, mixed by weight, until enough positions count (`encoding.py`, `sequences.first_new`).
3. Cut behind the last position asked for; group near-duplicates; split by group (`duplicates.py`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from jaxtyping import Int, UInt

from pellucid.core.errors import InvalidRequest
from pellucid.exemplars.documents import REASONS, Document, Tally, named
from pellucid.exemplars.duplicates import groups_of, splits_of
from pellucid.exemplars.encoding import Encoded, Encoder, Row, separator_of
from pellucid.exemplars.gathering import gather, take
from pellucid.exemplars.prepared import SPLITS, Corpus, CorpusReport, hash_of
from pellucid.exemplars.readers import CorpusSpec
from pellucid.exemplars.sequences import Sequences, first_new, padded
from pellucid.subject.codec import Codec

__all__ = ["Corpus", "CorpusReport", "CorpusSpec", "prepare"]

_CHARS_A_TOKEN = 10
"""More than the characters a token of nearly any text; where it is too few, the corpora are read again."""


def prepare(
    specs: Sequence[CorpusSpec | str],
    codec: Codec,
    n_tokens: int,
    seq_len: int,
    seed: int,
    directory: Path,
) -> Corpus:
    """The corpus of `n_tokens` positions that count, written to `directory`; the same bytes every time.

    Args:
        specs: Corpora, as records or as a person names them: `PATH@WEIGHT`, `hf:NAME:CONFIG@WEIGHT`.
        codec: Of the subject that will read it.
        n_tokens: Positions that count; corpora that hold fewer are taken whole, and the report says so.
        seq_len: Most ids a sequence.
        seed: Of the order and of the splits.
        directory: Where it is written.

    Raises:
        InvalidRequest: No corpus, no text in any, or a size below 1 token.
        NotFound: A corpus that does not exist.
        StoreFailed: The disk is full.
    """
    if n_tokens < 1 or seq_len < 2 or not specs:
        raise InvalidRequest(
            "there is no corpus to prepare",
            why=f"{len(specs)} corpora, {n_tokens} tokens, sequences of {seq_len}",
            instead="name a corpus, at least 1 token, and sequences of at least 2",
        )
    parsed = [CorpusSpec.parse(spec) if isinstance(spec, str) else spec for spec in specs]
    parsed.sort(key=lambda spec: (spec.label, spec.name, spec.weight))
    taken, tally = _enough(parsed, codec, n_tokens, seq_len, seed)
    if not taken:
        met = (f"{REASONS[reason]}: {names[0]}" for reason, names in tally.named.items())
        raise InvalidRequest(
            f"there is no text in {', '.join(spec.label for spec in parsed)}",
            why=f"found {', '.join(met)}" if tally.named else "nothing is in it",
            instead="name files with text: JSONL with text or messages, Parquet, or plain UTF-8",
        )
    sequences = _cut(taken, n_tokens, seq_len)
    used = [taken[i].document for i in np.unique(sequences.document)]
    for i in sorted({*range(int(sequences.document.max()))} - {*sequences.document.tolist()}):
        tally.note("repeated", named(taken[i].document))
    sequences = _grouped(sequences, used, seed)
    settings = {
        "n_tokens": n_tokens,
        "seq_len": seq_len,
        "seed": seed,
        "separator": separator_of(codec),
        "corpora": [{"name": spec.label, "weight": spec.weight} for spec in parsed],
    }
    table = _table(used, sequences)
    report = _report(sequences, used, tally, n_tokens)
    corpus = Corpus(sequences, table, report, settings, hash_of(sequences, table, settings))
    corpus.save(directory)
    return corpus


def _enough(
    specs: Sequence[CorpusSpec], codec: Codec, n_tokens: int, seq_len: int, seed: int
) -> tuple[list[Encoded], Tally]:
    """Documents of at least `n_tokens` positions that count, or all there are."""
    n_chars = max(_CHARS_A_TOKEN * n_tokens, 1000)
    weights = sum(spec.weight for spec in specs)
    while True:
        tally = Tally()
        gathered = [
            gather(spec, int(n_chars * spec.weight / weights) + 1, seed, tally) for spec in specs
        ]
        encoder = Encoder(codec, seq_len, tally)
        taken: list[Encoded] = []
        n_read, stop = 0, n_tokens
        for encoded in take(gathered, encoder, tally):
            taken.append(encoded)
            n_read += encoded.n_read
            if n_read >= stop:
                missing = n_tokens - _counted(taken, seq_len)
                if missing <= 0:
                    return taken, tally
                stop = n_read + max(missing, n_tokens // 50)
        if not any(corpus.more for corpus in gathered) or _counted(taken, seq_len) >= n_tokens:
            return taken, tally
        n_chars *= 4


def _counted(taken: Sequence[Encoded], seq_len: int) -> int:
    _, length, fresh = _rows([row for encoded in taken for row in encoded.rows], seq_len)
    return int((length - fresh).sum())


def _rows(
    rows: Sequence[Row], seq_len: int
) -> tuple[UInt[np.ndarray, "seq pos"], Int[np.ndarray, " seq"], Int[np.ndarray, " seq"]]:
    """Ids, lengths, and the first position of each that counts."""
    ids = padded(rows, seq_len)
    length = np.array([len(row) for row in rows], dtype=np.int32)
    return ids, length, np.maximum(first_new(ids, length), 1).astype(np.int32)


def _cut(taken: Sequence[Encoded], n_tokens: int, seq_len: int) -> Sequences:
    """The sequences up to the last position asked for, without those that repeat another one from end to end.

    Documents have the numbers of `taken`; all are in one group and split.
    """
    ids, length, fresh = _rows([row for encoded in taken for row in encoded.rows], seq_len)
    document = np.repeat(np.arange(len(taken)), [len(encoded.rows) for encoded in taken])
    before = np.cumsum(length - fresh) - (length - fresh)
    length = np.minimum(length, fresh + np.maximum(n_tokens - before, 0)).astype(np.int32)
    keep = length > fresh
    ids, length, fresh = ids[keep], length[keep], fresh[keep]
    ids[np.arange(seq_len) >= length[:, None]] = 0
    return Sequences(
        ids=ids,
        length=length,
        fresh_from=fresh,
        document=document[keep].astype(np.int32),
        group=np.zeros(len(length), dtype=np.int32),
        split=np.zeros(len(length), dtype=np.uint8),
    )


def _grouped(sequences: Sequences, used: Sequence[Document], seed: int) -> Sequences:
    """With documents numbered as in `used`, and their groups and splits."""
    shas = [document.sha for document in used]
    order = np.argsort(shas)
    by_sha = groups_of([used[i].content for i in order])
    groups = np.empty(len(used), dtype=np.int32)
    groups[order] = order[by_sha]
    splits = splits_of(shas, groups, seed)
    document = np.unique(sequences.document, return_inverse=True)[1].astype(np.int32)
    return replace(sequences, document=document, group=groups[document], split=splits[document])


def _table(used: Sequence[Document], sequences: Sequences) -> pa.Table:
    first = np.unique(sequences.document, return_index=True)[1]
    columns: dict[str, pa.Array] = {"document": pa.array(np.arange(len(used), dtype=np.int32))}
    for name in ("corpus", "source", "category", "licence", "package"):
        values = [getattr(document.origin, name) for document in used]
        columns[name] = pa.array(values, pa.string())
    columns["sha"] = pa.array([document.sha for document in used], pa.string())
    columns["split"] = pa.array(sequences.split[first])
    columns["group"] = pa.array(sequences.group[first])
    return pa.table(columns)


def _report(
    sequences: Sequences, used: Sequence[Document], tally: Tally, n_tokens: int
) -> CorpusReport:
    counted = sequences.length - sequences.fresh_from
    tokens: dict[str, dict[str, int]] = {}
    licences: Counter[str] = Counter()
    for i, split, n in zip(
        sequences.document.tolist(), sequences.split.tolist(), counted.tolist(), strict=True
    ):
        origin = used[i].origin
        by_split = tokens.setdefault(origin.corpus, dict.fromkeys(SPLITS, 0))
        by_split[SPLITS[split]] += n
        licences[origin.licence] += n
    return CorpusReport(
        asked=n_tokens,
        n_tokens=sequences.n_tokens,
        n_sequences=len(sequences),
        n_documents=len(used),
        near_duplicates=len(used) - len(np.unique(sequences.group)),
        counts={str(reason): n for reason, n in sorted(tally.counts.items())},
        named={str(reason): names for reason, names in sorted(tally.named.items())},
        tokens=dict(sorted(tokens.items())),
        licences=dict(sorted(licences.items())),
    )

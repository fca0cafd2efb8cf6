"""A corpus made ready, as a directory: its sequences, its table of documents, and a report of what was taken."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pellucid.core.errors import NotFound, StoreMismatch
from pellucid.exemplars.documents import REASONS
from pellucid.exemplars.sequences import Sequences, write_bytes

DOCUMENTS, MANIFEST = "documents.parquet", "corpus.json"
SPLITS = ("train", "valid", "test")


@dataclass(frozen=True)
class CorpusReport:
    """What was taken from the corpora, and what was not."""

    asked: int
    """Positions asked for."""
    n_tokens: int
    """Positions that count; fewer than asked where the corpora hold no more."""
    n_sequences: int
    n_documents: int
    near_duplicates: int
    """Documents taken that are near-duplicates of another one."""
    counts: dict[str, int]
    """What was met beside whole documents, by the keys of `documents.REASONS`."""
    named: dict[str, list[str]]
    """The first few of each."""
    tokens: dict[str, dict[str, int]]
    """Positions that count, by corpus and split."""
    licences: dict[str, int]
    """Positions that count, by licence; empty where none is known."""

    @property
    def smaller(self) -> bool:
        """Whether the corpora hold less than was asked for."""
        return self.n_tokens < self.asked

    def lines(self) -> list[str]:
        """The report for people, one sentence a line."""
        out = [f"{self.n_tokens:,} tokens count, in {self.n_documents:,} documents"]
        if self.smaller:
            out.append(
                f"the corpora hold less than the {self.asked:,} tokens asked for: all is taken"
            )
        for corpus, by_split in self.tokens.items():
            parts = ", ".join(f"{split} {n:,}" for split, n in by_split.items())
            out.append(f"{corpus}: {parts}")
        if self.near_duplicates:
            out.append(f"{self.near_duplicates:,} documents are near-duplicates of another one")
        for reason, words in REASONS.items():
            if n := self.counts.get(reason):
                out.append(f"{n:,} {words}: {', '.join(self.named[reason])}{' ...' * (n > 5)}")
        return out


@dataclass(frozen=True)
class Corpus:
    """Sequences ready to be read, and what they are from."""

    sequences: Sequences
    documents: pa.Table
    """A row a document: document, corpus, source, category, licence, package, sha, split, group."""
    report: CorpusReport
    settings: dict[str, Any]
    """What it was made with: tokens asked, length, seed, separator, corpora and weights."""
    hash: str
    """Hexadecimal sha256 of all of the above but the report."""

    @classmethod
    def open(cls, directory: Path) -> "Corpus":
        """A corpus that `prepare` wrote, checked against its hash.

        Raises:
            NotFound: There is none.
            StoreMismatch: A file is damaged, or is of another corpus.
        """
        path = directory / MANIFEST
        try:
            made = json.loads(path.read_bytes())
            report = CorpusReport(**made["report"])
            sequences = Sequences.open(directory)
            documents = pq.read_table(directory / DOCUMENTS)
            found = hash_of(sequences, documents, made["settings"])
        except FileNotFoundError as error:
            raise NotFound(f"{directory} holds no corpus", instead="prepare it first") from error
        except (ValueError, KeyError, TypeError, pa.ArrowException) as error:
            why = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise _damaged(directory, why, "a corpus") from error
        if found != made["hash"]:
            raise _damaged(directory, found, made["hash"])
        return cls(sequences, documents, report, made["settings"], found)

    def save(self, directory: Path) -> None:
        """Write all files; the manifest comes last, and without it there is no corpus."""
        self.sequences.save(directory)
        buffer = io.BytesIO()
        pq.write_table(self.documents, buffer, compression="zstd")
        write_bytes(directory / DOCUMENTS, buffer.getvalue())
        made = {"hash": self.hash, "settings": self.settings, "report": asdict(self.report)}
        text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        write_bytes(directory / MANIFEST, text.encode())


def hash_of(sequences: Sequences, documents: pa.Table, settings: dict[str, Any]) -> str:
    """One hash of everything a build reads of a corpus; it does not depend on how files are compressed."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for field in fields(sequences):
        array = np.ascontiguousarray(getattr(sequences, field.name))
        digest.update(f"{field.name}:{array.dtype.str}:{array.shape}".encode())
        digest.update(array.tobytes())
    for column in documents.column_names:
        digest.update(json.dumps([column, documents[column].to_pylist()]).encode())
    return digest.hexdigest()


def _damaged(directory: Path, found: str, wanted: str) -> StoreMismatch:
    return StoreMismatch(
        f"the corpus in {directory} is damaged",
        found=found,
        wanted=wanted,
        instead="delete the directory and prepare the corpus again",
    )

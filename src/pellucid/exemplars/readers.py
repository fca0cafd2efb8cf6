"""Corpora read as documents: JSONL, Parquet, plain text, folders of them, and data sets of the Hugging Face hub.

What cannot be read is counted and named in a `Tally`, never fatal; a corpus that does not exist is an error.
"""

import codecs
import gzip
import hashlib
import importlib
import io
import json
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
from huggingface_hub.errors import HfHubHTTPError

from pellucid.core.errors import InvalidRequest, NotFound, Unsupported, UpstreamFailed
from pellucid.exemplars.documents import (
    RECORD_KEYS,
    Document,
    Origin,
    Tally,
    documents_of,
    texts_of,
)

HUB = "hf:"
SIDECAR = "sources.json"
"""Beside a JSONL or Parquet file: licence and package of each `source` that its records name."""
_LINES = (".jsonl", ".ndjson")
_DAMAGED = (OSError, EOFError, lzma.LZMAError, zlib.error, pa.ArrowException)
_WEIGHT = re.compile(r"@(\d+(?:\.\d*)?|\.\d+)$")


@dataclass(frozen=True, slots=True)
class CorpusSpec:
    """One corpus as a person names it: `PATH`, or `hf:NAME[:CONFIG[:SPLIT]]`, and `@WEIGHT` behind it."""

    name: str
    weight: float = 1.0
    """Its share of the tokens read is this over the sum of all weights, while it lasts."""

    @classmethod
    def parse(cls, text: str) -> "CorpusSpec":
        """The corpus that `text` names; a file whose very name ends in `@NUMBER` is that file.

        Raises:
            InvalidRequest: No name, or a weight of 0.
        """
        found = None if Path(text).exists() else _WEIGHT.search(text)
        name = text[: found.start()] if found else text
        weight = float(found.group(1)) if found else 1.0
        if not name.removeprefix(HUB) or weight == 0:
            raise InvalidRequest(
                f"the corpus {text!r} cannot be read",
                why="its weight is 0" if name else "it has no name",
                instead="write PATH, PATH@WEIGHT or hf:NAME:CONFIG@WEIGHT, with a weight above 0",
            )
        return cls(name, weight)

    @property
    def streamed(self) -> bool:
        """Whether it is read from the hub, from its beginning and only as far as needed."""
        return self.name.startswith(HUB)

    @property
    def label(self) -> str:
        """Its name without the path that leads to it."""
        return self.name.removeprefix(HUB) if self.streamed else Path(self.name).resolve().name


def fingerprint(spec: CorpusSpec) -> str | None:
    """Hexadecimal sha256 over the files of a corpus, names and bytes; None of one that is not here as files."""
    path = Path(spec.name)
    if spec.streamed or not path.exists():
        return None
    files = _files(path) if path.is_dir() else [(path.name, path), (SIDECAR, path.parent / SIDECAR)]
    digest = hashlib.sha256()
    for name, file in files:
        try:
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            found = type(error).__name__
        digest.update(f"{name}\0{found}\n".encode())
    return digest.hexdigest()


def read(spec: CorpusSpec, tally: Tally) -> Iterator[Document]:
    """The documents of a corpus, in an order that does not depend on the file system.

    Raises:
        NotFound: There is no such file, folder or data set.
        Unsupported: A hub name, and `datasets` is not installed.
        UpstreamFailed: The hub did not answer.
    """
    origin = Origin(spec.label, source=spec.label)
    if spec.streamed:
        yield from _hub(spec.label, origin, tally)
        return
    path = Path(spec.name)
    if path.is_dir():
        for name, file in _files(path):
            yield from _file(file, name, replace(origin, source=name), tally)
    elif path.is_file():
        yield from _file(path, path.name, origin, tally)
    else:
        raise NotFound(f"there is no corpus {spec.name}", instead="check the path")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every file in a folder that is not hidden, in the order of their paths."""
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = file.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            yield name, file


def _file(path: Path, name: str, origin: Origin, tally: Tally) -> Iterator[Document]:
    stem = path.name.removesuffix(".gz").removesuffix(".xz")
    try:
        if stem.endswith(_LINES):
            yield from _with_licences(_lines(path, name, origin, tally), path)
        elif stem.endswith(".parquet"):
            yield from _with_licences(_parquet(path, name, origin, tally), path)
        elif _is_text(path):
            with io.TextIOWrapper(cast("IO[bytes]", _open(path)), encoding="utf-8-sig") as stream:
                yield from texts_of(stream, origin, name, tally)
        else:
            tally.note("binary", name)
    except _DAMAGED as error:
        tally.note("broken", f"{name}: {_first_line(error)}")


def _lines(path: Path, name: str, origin: Origin, tally: Tally) -> Iterator[Document]:
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            where = f"{name} line {number}"
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError) as error:
                tally.note("broken", f"{where}: {_first_line(error)}")
                continue
            yield from documents_of(record, origin, where, tally)


def _parquet(path: Path, name: str, origin: Origin, tally: Tally) -> Iterator[Document]:
    with pq.ParquetFile(path) as file:
        row = 0
        wanted = [column for column in file.schema_arrow.names if column in RECORD_KEYS]
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(batch_size=1024, row_groups=[group], columns=wanted):
                for record in batch.to_pylist():
                    yield from documents_of(record, origin, f"{name} row {row}", tally)
                    row += 1


def _hub(name: str, origin: Origin, tally: Tally) -> Iterator[Document]:
    """A data set of the hub, streamed from its first record on."""
    try:
        datasets: Any = importlib.import_module("datasets")
    except ImportError as error:
        raise Unsupported(
            f"the data set {name} cannot be read",
            "the package `datasets` is not installed",
            "install it (pip install datasets), or name a JSONL or Parquet file",
        ) from error
    path, _, rest = name.partition(":")
    config, _, split = rest.partition(":")
    try:
        rows = datasets.load_dataset(path, config or None, split=split or "train", streaming=True)
        for number, record in enumerate(rows):
            yield from documents_of(record, origin, f"{name} record {number}", tally)
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(
            f"the hub's data set {name} cannot be opened",
            why=_first_line(error),
            instead="check name, configuration and split: hf:NAME:CONFIG:SPLIT; gated ones need a login",
        ) from error
    except (OSError, HfHubHTTPError) as error:
        raise UpstreamFailed(
            f"the data set {name} could not be read from the hub",
            why=_first_line(error),
            instead="check the connection, or name a JSONL or Parquet file",
        ) from error


def _with_licences(documents: Iterator[Document], path: Path) -> Iterator[Document]:
    """What the file beside a corpus says of the sources, added to documents that do not say it themselves."""
    try:
        told = json.loads((path.parent / SIDECAR).read_bytes())["sources"]
    except (OSError, ValueError, KeyError, TypeError):
        told = {}
    for document in documents:
        about = told.get(document.origin.source) if isinstance(told, dict) else None
        if not isinstance(about, dict):
            yield document
            continue
        origin = replace(
            document.origin,
            licence=document.origin.licence or str(about.get("licence", "")),
            package=document.origin.package or str(about.get("package", "")),
            category=document.origin.category or str(about.get("category", "")),
        )
        yield replace(document, origin=origin)


def _open(path: Path) -> io.BufferedIOBase:
    if path.suffix == ".gz":
        return gzip.GzipFile(path)
    return lzma.LZMAFile(path) if path.suffix == ".xz" else path.open("rb")


def _is_text(path: Path) -> bool:
    """Whether a file is UTF-8 without NUL from beginning to end; read in pieces, so that its size does not matter."""
    with _open(path) as file:
        utf8 = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece := file.read(1 << 20):
                if b"\0" in piece:
                    return False
                utf8.decode(piece)
            utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

"""The files of an atlas, opened memory-mapped; every way in which one can be wrong names it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from jaxtyping import Int, Shaped, UInt8
from safetensors import SafetensorError, safe_open

from pellucid.atlas.columns import Column, schema_of
from pellucid.atlas.files import FileInfo
from pellucid.core.errors import StoreMismatch

Starts = Int[np.ndarray, " _"]
"""Where things laid end to end start; one more than there are things."""

_GROUPS_KEPT = 4
TENSORS = ("crc32", "document", "fresh_from", "ids", "start")
_ADVICE = "get this atlas again, or build it again"


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turns whatever the libraries raise on a damaged file into one error that names it.

    Raises:
        StoreMismatch: The file cannot be read as what it is.
    """
    try:
        yield
    except (pa.ArrowException, SafetensorError, OSError, ValueError, IndexError) as error:
        found = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise mismatch(path, found, "a file of an atlas") from error


def mismatch(path: Path, found: str, wanted: str) -> StoreMismatch:
    """The error about a file of an atlas."""
    return StoreMismatch(f"{path} is damaged", found=found, wanted=wanted, instead=_ADVICE)


def require_size(path: Path, info: FileInfo) -> None:
    """Checks that a file is there and as long as it must be.

    Raises:
        StoreMismatch: It is not.
    """
    try:
        size = path.stat().st_size
    except OSError:
        raise mismatch(path, "no file", f"{info.bytes:,} bytes") from None
    if size != info.bytes:
        raise mismatch(path, f"{size:,} bytes", f"{info.bytes:,} bytes")


class Table:
    """A Parquet file with one row group a layer. Safe to use from several threads."""

    def __init__(
        self, path: Path, columns: dict[str, Column], n_rows: int | None, n_groups: int
    ) -> None:
        self.path = path
        self._lock = threading.Lock()
        with named(path):
            self._file = pq.ParquetFile(path, memory_map=True, page_checksum_verification=True)
            schema, metadata = self._file.schema_arrow, self._file.metadata
        wanted = schema_of(columns)
        if not schema.equals(wanted):
            raise mismatch(path, f"columns {_sketch(schema)}", _sketch(wanted))
        size = metadata.num_rows, metadata.num_row_groups
        expected = metadata.num_rows if n_rows is None else n_rows, n_groups
        if size != expected:
            raise mismatch(path, _extent(*size), _extent(*expected))
        self._group = lru_cache(maxsize=_GROUPS_KEPT)(self._read_group)

    def __len__(self) -> int:
        return self._file.metadata.num_rows

    def row(self, group: int, row: int) -> dict[str, Any]:
        """One row."""
        with self._lock:
            table = self._group(group)
        return table.slice(row, 1).to_pylist()[0]

    def column(self, name: str) -> pa.ChunkedArray:
        """One column, whole."""
        with self._lock, named(self.path):
            return self._file.read(columns=[name]).column(0)

    def array(self, name: str) -> Shaped[np.ndarray, " row"]:
        """One column of numbers, whole."""
        return _numbers(self.column(name).combine_chunks())

    def lists(self, name: str) -> tuple[Shaped[np.ndarray, " item"], Starts]:
        """One column of lists of numbers, whole: all items end to end, and where each list starts."""
        whole = self.column(name).combine_chunks()
        return _numbers(whole.values), _numbers(whole.offsets).astype(np.int64)

    def codes(self, name: str) -> tuple[UInt8[np.ndarray, " byte"], Starts, Starts]:
        """One column of lists of bytes: all end to end, where each item starts, at which item each list."""
        whole = self.column(name).combine_chunks()
        _, starts, data = whole.values.buffers()
        start = np.frombuffer(starts, np.int32)[: len(whole.values) + 1].astype(np.int64)
        return (
            np.frombuffer(data or b"", np.uint8)[: start[-1]],
            start,
            _numbers(whole.offsets).astype(np.int64),
        )

    def matrix(self, name: str) -> Shaped[np.ndarray, "row item"]:
        """One column of lists of equal length, whole."""
        return self.lists(name)[0].reshape(len(self), -1)

    def _read_group(self, group: int) -> pa.Table:
        with named(self.path):
            return self._file.read_row_group(group)


class StoredSequence(NamedTuple):
    """One sequence as the subject read it."""

    ids: Int[np.ndarray, " pos"]
    fresh_from: int
    document: int


class Sequences:
    """`sequences.safetensors`: ids end to end, each sequence with a checksum."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with named(path):
            self._file = safe_open(path, "numpy")
            if sorted(self._file.keys()) != list(TENSORS):
                raise ValueError(f"tensors {', '.join(sorted(self._file.keys()))}")
            self._ids = self._file.get_slice("ids")
            start = self._file.get_tensor("start").astype(np.int64)
            self.fresh_from = self._file.get_tensor("fresh_from").astype(np.int64)
            self.document = self._file.get_tensor("document").astype(np.int64)
            self._crc32 = self._file.get_tensor("crc32")
            sizes = {len(start) - 1, len(self.fresh_from), len(self.document)}
            if sizes != {len(self._crc32)} or start[-1] != self._ids.get_shape()[0]:
                raise ValueError("tensors of sizes that do not fit together")
            if start[0] != 0 or (np.diff(start) < 0).any():
                raise ValueError("sequences that do not follow each other")
        self._start, self.length = start, np.diff(start)

    def __len__(self) -> int:
        return len(self._crc32)

    def get(self, sequence: int) -> StoredSequence:
        """One sequence.

        Raises:
            StoreMismatch: There is none, or it is damaged.
        """
        with named(self.path):
            if not 0 <= sequence < len(self):
                raise IndexError(f"no sequence {sequence}")
            a, b = self._start[sequence], self._start[sequence + 1]
            ids = self._ids[int(a) : int(b)]
            if crc32(ids.tobytes()) != self._crc32[sequence]:
                raise ValueError(f"sequence {sequence} with another checksum")
        return StoredSequence(
            ids.astype(np.int64), int(self.fresh_from[sequence]), int(self.document[sequence])
        )


def _numbers(array: pa.Array) -> Shaped[np.ndarray, " item"]:
    """The array without copying; Arrow's own way would import pandas where that is installed."""
    values = np.frombuffer(array.buffers()[1] or b"", array.type.to_pandas_dtype())
    return values[array.offset : array.offset + len(array)]


def _sketch(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)


def _extent(n_rows: int, n_groups: int) -> str:
    return f"{n_rows:,} rows in {n_groups:,} groups"

"""Files of an atlas: their hashes, and disk errors in plain words."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pellucid.core.errors import StoreFailed
from pellucid.core.records import Record


class FileInfo(Record):
    """A file as it must be."""

    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "FileInfo":
        """As it is."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(bytes=path.stat().st_size, sha256=digest)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half-written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def storing(where: Path) -> Iterator[None]:
    """Turn errors of the file system inside the block into one that says what and where.

    Raises:
        StoreFailed: The disk is full, or `where` cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StoreFailed(
                f"the disk is full while writing {where}", instead="free some space and run again"
            ) from error
        raise StoreFailed(
            f"{where} cannot be written",
            why=os.strerror(error.errno) if error.errno else str(error),
            instead="name another directory",
        ) from error

"""Files: hashes that are computed once a file version, and disk errors in plain words."""

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from safetensors import SafetensorError

from pellucid.core.errors import StoreFailed

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of the file system that say that there is no room for more."""


def sha256_of(path: Path) -> str:
    """Hexadecimal sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weights_hash(paths: Sequence[Path], cache_dir: Path) -> str:
    """One sha256 for a checkpoint: over the hashes of its weight files, in the order of their names.

    Hashing is skipped for a file whose path, size and modification time are those of the last time.
    """
    known_file = cache_dir / "hashes.json"
    known: dict[str, str] = {}
    with suppress(OSError, ValueError):
        known = json.loads(known_file.read_text())
    fresh: dict[str, str] = {}
    for path in sorted(paths, key=lambda p: p.name):
        stat = path.stat()
        key = f"{path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"
        fresh[key] = known.get(key) or sha256_of(path)
    if fresh.items() - known.items():
        with suppress(OSError):
            write_atomically(known_file, json.dumps(known | fresh, indent=1))
    whole = hashlib.sha256("".join(fresh.values()).encode())
    return whole.hexdigest()


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that it is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _os_error(error: SafetensorError) -> int | None:
    """The number of the file system's error, which `safetensors` only puts in words; None: it is another one."""
    found = re.search(r"\(os error (\d+)\)", str(error))
    return int(found[1]) if found else None


@contextmanager
def storing(where: Path) -> Iterator[None]:
    """Turn errors of the file system inside the block into one that says what and where.

    Raises:
        StoreFailed: The disk is full, or `where` cannot be written.
    """
    try:
        yield
    except (OSError, SafetensorError) as error:
        number = error.errno if isinstance(error, OSError) else _os_error(error)
        if number in FULL:
            raise StoreFailed(
                f"the disk is full while writing {where}", instead="free some space and run again"
            ) from error
        if number in {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR}:
            raise StoreFailed(
                f"{where} cannot be written",
                why=os.strerror(number),
                instead="set PELLUCID_CACHE_DIR to a directory that can",
            ) from error
        raise

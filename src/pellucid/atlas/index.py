"""The layer `index/` of an atlas: every distinct text of the descriptions as a vector of int8, and by its words.

Made from the descriptions by one embedder, which alone may embed what is compared with it. Two sides: what features
fire on (`fires`), and what they promote (`promotes`). Many features share a text; its vector is stored once.
"""

import json
import struct
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, Int8, Int32
from pydantic import ValidationError

from pellucid.atlas.evidence import SourceInfo
from pellucid.atlas.keywords import Keywords, Postings
from pellucid.atlas.reader import Atlas
from pellucid.atlas.store import mismatch, named
from pellucid.core.errors import ForeignStore, Unsupported
from pellucid.core.records import Record

LAYER = "index"
VECTORS_FILE, KEYWORDS_FILE = "embeddings.safetensors", "keywords.safetensors"
WORDS_FILE, ABOUT_FILE = "words.json", "index.json"

Side = Literal["fires", "promotes"]
SIDES: tuple[Side, ...] = ("fires", "promotes")


@runtime_checkable
class EmbedderPort(Protocol):
    """What the index asks of an embedder; see `pellucid.embedding`."""

    @property
    def name(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def n_dims(self) -> int: ...
    def embed(self, texts: Sequence[str]) -> Float32[np.ndarray, "text dim"]: ...


class IndexAbout(Record):
    """What the index was made with: the whole of `index.json`."""

    embedder: str
    """Its name."""
    embedder_hash: str
    n_dims: int


class Vectors(NamedTuple):
    """One side of the index: rows as int8 with a scale each, and which row is each feature's."""

    rows: Int8[np.ndarray, "text dim"]
    scale: Float32[np.ndarray, " text"]
    row: Int32[np.ndarray, " feature"]
    """-1 for a feature without text."""

    def vector(self, place: int) -> Float32[np.ndarray, " dim"]:
        """The unit vector of one feature that has one."""
        at = self.row[place]
        return self.rows[at].astype(np.float32) * self.scale[at]


class Words(NamedTuple):
    """One side of the index by keywords, and which text is each feature's."""

    keywords: Keywords
    row: Int32[np.ndarray, " feature"]
    """-1 for a feature without text."""


def no_descriptions(atlas: Atlas) -> Unsupported:
    """The error where there is nothing to search."""
    return Unsupported(
        f"the atlas {atlas.path} cannot be searched",
        "its features have no descriptions",
        "describe them with pellucid atlas describe",
    )


class IndexFolder:
    """The folder `index` of an atlas; each file is opened when it is first needed."""

    def __init__(self, folder: Path, source: SourceInfo) -> None:
        self._folder = folder
        self._source = source

    @classmethod
    def of(cls, atlas: Atlas) -> "IndexFolder":
        """The atlas's.

        Raises:
            Unsupported: It has none.
        """
        if atlas.descriptions is None:
            raise no_descriptions(atlas)
        if atlas.manifest.layers.index is None:
            raise Unsupported(
                f"the atlas {atlas.path} cannot be searched",
                "its descriptions are not indexed",
                "index them with pellucid atlas index",
            )
        return cls(atlas.path / LAYER, atlas.source)

    @cached_property
    def about(self) -> IndexAbout:
        """What it was made with.

        Raises:
            StoreMismatch: The file is damaged.
        """
        path = self._folder / ABOUT_FILE
        with named(path):
            data: Any = json.loads(path.read_bytes())
        try:
            return IndexAbout.model_validate(data)
        except ValidationError as error:
            raise mismatch(path, error.errors()[0]["msg"], "the facts of an index") from error

    def vectors(self, side: Side) -> Vectors:
        """One side as vectors.

        Raises:
            StoreMismatch: A file is damaged.
        """
        n_dims = self.about.n_dims
        with named(self._folder / VECTORS_FILE):
            tensors = self._tensors(VECTORS_FILE, ("", "_scale", "_row"))
            found = Vectors(tensors[side], tensors[f"{side}_scale"], tensors[f"{side}_row"])
            if found.rows.shape != (len(found.scale), n_dims):
                raise ValueError(f"vectors of shape {found.rows.shape}, not of {n_dims} dimensions")
            self._require_rows(found.row, len(found.scale))
            if not np.isfinite(found.scale).all():
                raise ValueError("scales that are no numbers")
        return found

    def words(self, side: Side) -> Words:
        """One side by keywords.

        Raises:
            StoreMismatch: A file is damaged.
        """
        path = self._folder / WORDS_FILE
        with named(path):
            words = json.loads(path.read_bytes())
            if not isinstance(words, dict) or not isinstance(words.get(side), list):
                raise ValueError("no lists of words")
        with named(self._folder / KEYWORDS_FILE):
            tensors = self._tensors(KEYWORDS_FILE, ("_score", "_text", "_start", "_row"))
            score, text, start, row = (
                tensors[f"{side}_{name}"] for name in ("score", "text", "start", "row")
            )
            n_texts = int(row.max(initial=-1)) + 1
            self._require_rows(row, n_texts)
            if len(start) != len(words[side]) + 1 or not len(score) == len(text) == start[-1]:
                raise ValueError("words and postings that do not fit together")
            if (np.diff(start) < 0).any() or start[0] != 0:
                raise ValueError("postings that do not follow each other")
            if len(text) and not 0 <= text.min() <= text.max() < n_texts:
                raise ValueError("postings of texts that are not there")
        return Words(Keywords(tuple(words[side]), Postings(score, text, start), n_texts), row)

    def _tensors(self, file: str, parts: Sequence[str]) -> dict[str, np.ndarray]:
        tensors = _mapped(self._folder / file)
        if tensors.keys() != {f"{side}{part}" for side in SIDES for part in parts}:
            raise ValueError(f"tensors {', '.join(sorted(tensors))}")
        return tensors

    def _require_rows(self, row: np.ndarray, n_texts: int) -> None:
        if len(row) != self._source.n_features:
            raise ValueError(f"{len(row)} features")
        if not -1 <= row.min(initial=0) <= row.max(initial=-1) < n_texts:
            raise ValueError("features of texts that are not there")

    def require_embedder(self, embedder: EmbedderPort) -> None:
        """Checks that the embedder is the one that the index was made with.

        Raises:
            ForeignStore: It is another one.
            StoreMismatch: The index is damaged.
        """
        about = self.about
        if about.embedder_hash != embedder.hash:
            raise ForeignStore(
                f"{self._folder} was made with the embedder {about.embedder}, not with {embedder.name}",
                found=f"{about.embedder} ({about.embedder_hash[:12]})",
                wanted=f"{embedder.name} ({embedder.hash[:12]})",
                instead=f"set PELLUCID_EMBEDDER={about.embedder}, or run pellucid atlas index",
            )


_DTYPES = {
    "I8": np.dtype(np.int8),
    "F16": np.dtype("<f2"),
    "F32": np.dtype("<f4"),
    "I32": np.dtype("<i4"),
}


def _mapped(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file, mapped and not read; `safetensors` itself would copy them."""
    whole = np.memmap(path, np.uint8, "r").view(np.ndarray)
    (size,) = struct.unpack("<Q", whole[:8].tobytes())
    if size > len(whole) - 8:
        raise ValueError("a header longer than the file")
    header = json.loads(whole[8 : 8 + size].tobytes())
    data, out = whole[8 + size :], dict[str, np.ndarray]()
    for name, facts in header.items():
        if name == "__metadata__":
            continue
        try:
            dtype, shape = _DTYPES[facts["dtype"]], tuple(facts["shape"])
            start, stop = facts["data_offsets"]
        except (KeyError, TypeError) as error:
            raise ValueError(f"tensor {name} of a kind that is not in an index") from error
        if not 0 <= start <= stop <= len(data) or start % dtype.itemsize:
            raise ValueError(f"tensor {name} outside the file")
        out[name] = data[start:stop].view(dtype).reshape(shape)
    return out

"""The layer `index/` of an atlas: the parts of all texts as vectors of int8, and every description by its words.

Made from descriptions and exemplars by one embedder, which alone may embed what is compared with it. Three sides: what
features are said to fire on (`fires`) and to promote (`promotes`), and the words at which their first exemplars peak
(`peaks`). Descriptions share parts (“rum”, musical instruments), and a description's vector is the weighted mean of its
parts'. A word at a peak has senses (“trumpet”: itself, musical instruments), which are parts too: it is as much like a
query as its most similar sense. Ninety thousand features' texts and words are some fifty thousand vectors.
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

SHARED = ("rows", "scale")
"""Tensors of the file of vectors that all sides share."""
PARTS = ("row", "start", "part", "weight")
"""Tensors of a side in it."""
SENSES = ("start", "part", "weight")
"""Tensors of the words of `peaks` in it."""

Told = Literal["fires", "promotes"]
TOLD: tuple[Told, ...] = ("fires", "promotes")
"""Sides that are descriptions, and found by keywords too."""
Side = Literal["fires", "promotes", "peaks"]
SIDES: tuple[Side, ...] = (*TOLD, "peaks")


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


class Parts(NamedTuple):
    """All parts as int8, with a scale each."""

    rows: Int8[np.ndarray, "part dim"]
    scale: Float32[np.ndarray, " part"]


class Texts(NamedTuple):
    """One side of the index: what each text is made of, and each feature's text."""

    row: Int32[np.ndarray, " feature"]
    """The feature's text; -1 without."""
    start: Int32[np.ndarray, " _"]
    """Where each text's parts start in `part`; one more than there are texts."""
    part: Int32[np.ndarray, " item"]
    """Of descriptions, a part; of peaks, a word."""
    weight: Float32[np.ndarray, " item"]
    """Descriptions: so that the weighted parts add up to a unit vector. Peaks: shares of the exemplars."""

    @property
    def n_texts(self) -> int:
        """Distinct texts."""
        return len(self.start) - 1

    def vector(self, place: int, parts: Parts) -> Float32[np.ndarray, " dim"]:
        """The vector of one feature that has one."""
        at = slice(*self.start[self.row[place] :][:2])
        some = self.part[at]
        return (self.weight[at] * parts.scale[some]) @ parts.rows[some].astype(np.float32)


class Senses(NamedTuple):
    """The words at which exemplars peak, each by its parts."""

    start: Int32[np.ndarray, " _"]
    """Where each word's parts start in `part`; one more than there are words."""
    part: Int32[np.ndarray, " item"]
    weight: Float32[np.ndarray, " item"]
    """What a part's cosine is multiplied by; the largest product is the word's."""


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

    @cached_property
    def parts(self) -> Parts:
        """The vectors.

        Raises:
            StoreMismatch: The file is damaged.
        """
        n_dims = self.about.n_dims
        with named(self._folder / VECTORS_FILE):
            rows, scale = (self._vectors[name] for name in SHARED)
            if rows.shape != (len(scale), n_dims):
                raise ValueError(f"vectors of shape {rows.shape}, not of {n_dims} dimensions")
            if not np.isfinite(scale).all():
                raise ValueError("scales that are no numbers")
        return Parts(rows, scale)

    def texts(self, side: Side) -> Texts:
        """One side as made of parts.

        Raises:
            StoreMismatch: The file is damaged.
        """
        n_parts = len(self.senses.start) - 1 if side == "peaks" else len(self.parts.scale)
        with named(self._folder / VECTORS_FILE):
            found = Texts(*(self._vectors[f"{side}_{name}"] for name in PARTS))
            self._require_rows(found.row, found.n_texts)
            _require_parts(found.start, found.part, found.weight, n_parts)
        return found

    @cached_property
    def senses(self) -> Senses:
        """The words of `peaks`.

        Raises:
            StoreMismatch: The file is damaged.
        """
        n_parts = len(self.parts.scale)
        with named(self._folder / VECTORS_FILE):
            found = Senses(*(self._vectors[f"senses_{name}"] for name in SENSES))
            _require_parts(*found, n_parts)
        return found

    def words(self, side: Told) -> Words:
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
            tensors = _tensors(self._folder / KEYWORDS_FILE, _NAMES_OF_KEYWORDS)
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

    @cached_property
    def _vectors(self) -> dict[str, np.ndarray]:
        return _tensors(self._folder / VECTORS_FILE, _NAMES_OF_VECTORS)

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


def _require_parts(start: np.ndarray, part: np.ndarray, weight: np.ndarray, n_parts: int) -> None:
    if not len(start) or start[0] != 0 or not start[-1] == len(part) == len(weight):
        raise ValueError("texts and parts that do not fit together")
    if (np.diff(start) < 1).any():
        raise ValueError("texts without parts")
    if len(part) and not 0 <= part.min() <= part.max() < n_parts:
        raise ValueError("parts that are not there")
    if not np.isfinite(weight).all():
        raise ValueError("weights that are no numbers")


_NAMES_OF_VECTORS = {
    *SHARED,
    *(f"{side}_{part}" for side in SIDES for part in PARTS),
    *(f"senses_{name}" for name in SENSES),
}
_NAMES_OF_KEYWORDS = {
    f"{side}_{part}" for side in TOLD for part in ("score", "text", "start", "row")
}


def _tensors(path: Path, names: set[str]) -> dict[str, np.ndarray]:
    found = _mapped(path)
    if found.keys() != names:
        raise ValueError(f"tensors {', '.join(sorted(found))}; another version may have made them")
    return found


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

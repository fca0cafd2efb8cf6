"""Makes the layer `index/`: every distinct part of the descriptions is embedded once, every text taken into words."""

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import safetensors.numpy
from jaxtyping import Float32, Int, Int8, Int32

from pellucid.atlas.descriptions import DescriptionsFolder
from pellucid.atlas.index import (
    ABOUT_FILE,
    KEYWORDS_FILE,
    LAYER,
    SIDES,
    VECTORS_FILE,
    WORDS_FILE,
    EmbedderPort,
    IndexAbout,
    Side,
    no_descriptions,
)
from pellucid.atlas.keywords import Keywords
from pellucid.atlas.layers import write_layer
from pellucid.atlas.manifest import Manifest
from pellucid.atlas.reader import Atlas

_CHUNK = 512
"""Texts embedded between two words about how far it is."""
_MOST = 127


PartsOf = Callable[[str], Sequence[tuple[str, float]]]
"""What a text is made of, with weights above 0; at least one part."""


def whole(text: str) -> tuple[tuple[str, float], ...]:
    """A text as its own one part."""
    return ((text, 1.0),)


def make_index(
    directory: Path,
    embedder: EmbedderPort,
    tell: Callable[[int, int], None] = lambda *_: None,
    parts_of: PartsOf = whole,
) -> Manifest:
    """Indexes the descriptions of the atlas in `directory`; `tell` hears of parts embedded, and of all.

    Raises:
        Unsupported: The atlas has no descriptions.
        StoreFailed: The disk is full, or `directory` cannot be written.
        PellucidError: The embedder cannot be loaded or reached.
    """
    atlas = Atlas.open(directory)
    told, layer = atlas.descriptions, atlas.manifest.layers.descriptions
    if told is None or layer is None:
        raise no_descriptions(atlas)
    texts = texts_of(told)
    vectors, n_dims = _vectors(texts, embedder, tell, parts_of)
    keywords, words = _keywords(texts)
    about = IndexAbout(embedder=embedder.name, embedder_hash=embedder.hash, n_dims=n_dims)

    def write(work: Path) -> None:
        (work / VECTORS_FILE).write_bytes(safetensors.numpy.save(vectors))
        (work / KEYWORDS_FILE).write_bytes(safetensors.numpy.save(keywords))
        (work / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        (work / ABOUT_FILE).write_text(about.model_dump_json(indent=1) + "\n", encoding="utf-8")

    made_from = {"descriptions": layer.hash, "embedder": embedder.hash}
    return write_layer(directory, LAYER, made_from, write)


def texts_of(told: DescriptionsFolder) -> dict[Side, list[str]]:
    """Every feature's text on each side; empty where there is none."""
    description, summary = told.texts("description"), told.texts("summary")
    fires = [long or short for long, short in zip(description, summary, strict=True)]
    return {"fires": fires, "promotes": told.texts("output")}


def quantised(
    vectors: Float32[np.ndarray, "text dim"],
) -> tuple[Int8[np.ndarray, "text dim"], Float32[np.ndarray, " text"]]:
    """Rows as int8, and what each is to be multiplied by."""
    scale = np.abs(vectors).max(axis=1, initial=0).astype(np.float32) / _MOST
    safe = np.where(scale > 0, scale, 1)
    return np.rint(vectors / safe[:, None]).astype(np.int8), scale


def _vectors(
    texts: dict[Side, list[str]],
    embedder: EmbedderPort,
    tell: Callable[[int, int], None],
    parts_of: PartsOf,
) -> tuple[dict[str, np.ndarray], int]:
    number = {side: _numbered(texts[side]) for side in SIDES}
    made_of = {side: [parts_of(text) for text in number[side]] for side in SIDES}
    every = _numbered(part for side in SIDES for parts in made_of[side] for part, _ in parts)
    embedded = _embedded(list(every), embedder, tell)
    out: dict[str, np.ndarray] = {}
    for side in SIDES:
        own = _numbered(part for parts in made_of[side] for part, _ in parts)
        vectors = embedded[np.array([every[part] for part in own], np.int64)]
        start = np.cumsum([0, *(len(parts) for parts in made_of[side])])
        part = np.array([own[name] for parts in made_of[side] for name, _ in parts], np.int32)
        weight = np.array([w for parts in made_of[side] for _, w in parts], np.float32)
        out[side], out[f"{side}_scale"] = quantised(vectors)
        out[f"{side}_row"] = _rows(texts[side], number[side])
        out[f"{side}_start"] = start.astype(np.int32)
        out[f"{side}_part"] = part
        out[f"{side}_weight"] = _normed(vectors, start, part, weight)
    return out, embedded.shape[1]


def _normed(
    vectors: Float32[np.ndarray, "part dim"],
    start: Int[np.ndarray, " _"],
    part: Int32[np.ndarray, " item"],
    weight: Float32[np.ndarray, " item"],
) -> Float32[np.ndarray, " item"]:
    """Weights that make the sum of each text's parts a unit vector."""
    out = weight.copy()
    for a, b in pairwise(start):
        length = float(np.linalg.norm(weight[a:b] @ vectors[part[a:b]]))
        out[a:b] /= max(length, 1e-6)
    return out


def _keywords(
    texts: dict[Side, list[str]],
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]]]:
    out: dict[str, np.ndarray] = {}
    words: dict[str, tuple[str, ...]] = {}
    for side in SIDES:
        number = _numbered(texts[side])
        made = Keywords.of(list(number))
        words[side] = made.words
        out[f"{side}_score"] = made.postings.score.astype(np.float16)
        out[f"{side}_text"] = made.postings.text.astype(np.int32)
        out[f"{side}_start"] = made.postings.start.astype(np.int32)
        out[f"{side}_row"] = _rows(texts[side], number)
    return out, words


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    """Every text that is not empty, once, with its number in the order of its first occurrence."""
    return {text: i for i, text in enumerate(dict.fromkeys(filter(None, texts)))}


def _rows(texts: Sequence[str], number: dict[str, int]) -> np.ndarray:
    return np.array([number.get(text, -1) for text in texts], np.int32)


def _embedded(
    texts: Sequence[str], embedder: EmbedderPort, tell: Callable[[int, int], None]
) -> Float32[np.ndarray, "text dim"]:
    """Texts of about the same length together: less padding."""
    out = np.empty((len(texts), embedder.n_dims), np.float32)
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i]))
    tell(0, len(texts))
    for start in range(0, len(order), _CHUNK):
        part = order[start : start + _CHUNK]
        out[part] = embedder.embed([texts[i] for i in part])
        tell(start + len(part), len(texts))
    return out

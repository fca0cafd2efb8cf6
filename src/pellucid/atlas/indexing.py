"""Makes the layer `index/`: every distinct part of a text is embedded once, every description taken into words."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import safetensors.numpy
from jaxtyping import Float32, Int8, Int32

from pellucid.atlas.descriptions import DescriptionsFolder
from pellucid.atlas.index import (
    ABOUT_FILE,
    KEYWORDS_FILE,
    LAYER,
    TOLD,
    VECTORS_FILE,
    WORDS_FILE,
    EmbedderPort,
    IndexAbout,
    Told,
    no_descriptions,
)
from pellucid.atlas.keywords import Keywords
from pellucid.atlas.layers import write_layer
from pellucid.atlas.manifest import Manifest
from pellucid.atlas.peaks import peak_words
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
    senses_of: PartsOf = whole,
) -> Manifest:
    """Indexes the atlas in `directory`; `tell` hears of parts embedded, and of all.

    `parts_of` takes a description apart, `senses_of` says what a word at a peak can be found as.

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
    made_of = _MadeOf(_peaks(peak_words(atlas.evidence), senses_of), _told(texts, parts_of))
    vectors = _vectors(made_of, embedder, tell)
    keywords, words = _keywords(texts)
    about = IndexAbout(embedder=embedder.name, embedder_hash=embedder.hash, n_dims=embedder.n_dims)

    def write(work: Path) -> None:
        (work / VECTORS_FILE).write_bytes(safetensors.numpy.save(vectors))
        (work / KEYWORDS_FILE).write_bytes(safetensors.numpy.save(keywords))
        (work / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        (work / ABOUT_FILE).write_text(about.model_dump_json(indent=1) + "\n", encoding="utf-8")

    made_from = {
        "descriptions": layer.hash,
        "evidence": atlas.manifest.layers.evidence.hash,
        "embedder": embedder.hash,
    }
    return write_layer(directory, LAYER, made_from, write)


def texts_of(told: DescriptionsFolder) -> dict[Told, list[str]]:
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


_Items = list[Sequence[tuple[str, float]]]
"""Of every text, what it is made of."""


class _Side(NamedTuple):
    """Texts before they are embedded."""

    row: Int32[np.ndarray, " feature"]
    items: _Items


class _Peaks(NamedTuple):
    side: _Side
    words: dict[str, int]
    senses: _Items
    """Of every word."""


class _MadeOf(NamedTuple):
    peaks: _Peaks
    told: dict[Told, _Side]


def _told(texts: dict[Told, list[str]], parts_of: PartsOf) -> dict[Told, _Side]:
    number = {side: _numbered(texts[side]) for side in TOLD}
    return {
        side: _Side(_rows(texts[side], number[side]), [parts_of(text) for text in number[side]])
        for side in TOLD
    }


def _peaks(words: list[list[str]], senses_of: PartsOf) -> _Peaks:
    """Every word weighs the share of the exemplars that peak on it. Features with the same words share a text."""
    row: list[int] = []
    number: dict[tuple[tuple[str, float], ...], int] = {}
    for some in words:
        counted = sorted(Counter(some).items(), key=lambda pair: (-pair[1], pair[0]))
        items = tuple((word, n / len(some)) for word, n in counted)
        row.append(number.setdefault(items, len(number)) if items else -1)
    distinct = _numbered(word for some in words for word in some)
    senses = [senses_of(word) for word in distinct]
    return _Peaks(_Side(np.array(row, np.int32), list(number)), distinct, senses)


def _vectors(
    made_of: _MadeOf, embedder: EmbedderPort, tell: Callable[[int, int], None]
) -> dict[str, np.ndarray]:
    peaks, told = made_of
    of_parts = [peaks.senses, *(side.items for side in told.values())]
    parts = _numbered(part for items in of_parts for some in items for part, _ in some)
    vectors = _embedded(list(parts), embedder, tell)
    out: dict[str, np.ndarray] = {}
    out["rows"], out["scale"] = quantised(vectors)
    for name, side in told.items():
        laid = _laid(side.items, parts)
        laid = laid._replace(weight=_normed(vectors, laid))
        out |= {f"{name}_row": side.row, **_under(name, laid)}
    out |= {"peaks_row": peaks.side.row, **_under("peaks", _laid(peaks.side.items, peaks.words))}
    return out | _under("senses", _laid(peaks.senses, parts))


class _Laid(NamedTuple):
    """Items end to end."""

    start: Int32[np.ndarray, " _"]
    part: Int32[np.ndarray, " item"]
    weight: Float32[np.ndarray, " item"]


def _laid(items: _Items, number: dict[str, int]) -> _Laid:
    return _Laid(
        np.cumsum([0, *map(len, items)]).astype(np.int32),
        np.array([number[name] for some in items for name, _ in some], np.int32),
        np.array([weight for some in items for _, weight in some], np.float32),
    )


def _under(name: str, laid: _Laid) -> dict[str, np.ndarray]:
    return {f"{name}_{part}": values for part, values in laid._asdict().items()}


def _normed(vectors: Float32[np.ndarray, "part dim"], laid: _Laid) -> Float32[np.ndarray, " item"]:
    """Weights that make the sum of each text's parts a unit vector."""
    out = laid.weight.copy()
    for a, b in pairwise(laid.start):
        length = float(np.linalg.norm(out[a:b] @ vectors[laid.part[a:b]]))
        out[a:b] /= max(length, 1e-6)
    return out


def _keywords(
    texts: dict[Told, list[str]],
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]]]:
    out: dict[str, np.ndarray] = {}
    words: dict[str, tuple[str, ...]] = {}
    for side in TOLD:
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

"""Is an atlas whole, unaltered, and consistent in itself? Every problem is a line; none is an exception.

What the subject must be run for, whether stored activations are its own, is checked elsewhere.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from pellucid.atlas import descriptions, index, patterns
from pellucid.atlas.files import FileInfo
from pellucid.atlas.index import IndexFolder, Told
from pellucid.atlas.manifest import MANIFEST, Layer, read_manifest
from pellucid.atlas.reader import Atlas
from pellucid.atlas.writer import (
    DOCUMENTS_FILE,
    EVIDENCE,
    FEATURES_FILE,
    SEQUENCES_FILE,
    UNITS_FILE,
    VOCABULARY_FILE,
)
from pellucid.core.errors import StoreMismatch
from pellucid.core.records import Record

_SLACK = 1e-3
"""Relative; for comparing numbers of which one was rounded."""


class Problem(Record):
    """One thing that is wrong."""

    file: str
    """Relative to the atlas."""
    what: str


def check(path: Path) -> list[Problem]:
    """What is wrong with the atlas at `path`; empty where all is well.

    Hashes first: what is in the files is looked at only where every file is the one that was written.

    Raises:
        NotFound: There is no such directory.
        InvalidRequest: It is no atlas.
        Unsupported: It was written by a newer version.
    """
    try:
        manifest = read_manifest(path)
    except StoreMismatch as error:
        return [Problem(file=MANIFEST, what=str(error))]
    found = [p for name, layer in manifest.layers.items() for p in _files(path, name, layer)]
    if found:
        return found
    try:
        return list(_contents(Atlas.open(path)))
    except StoreMismatch as error:
        return [Problem(file=EVIDENCE, what=str(error))]


def _files(path: Path, name: str, layer: Layer) -> Iterator[Problem]:
    """Files that are missing, altered, or not the layer's."""
    folder = path / name
    for file, info in layer.files.items():
        what = _difference(folder / file, info)
        if what:
            yield Problem(file=f"{name}/{file}", what=what)
    there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set[str]()
    for extra in sorted(there - layer.files.keys()):
        yield Problem(file=f"{name}/{extra}", what="the manifest does not name it")


def _difference(path: Path, info: FileInfo) -> str:
    try:
        found = FileInfo.of(path)
    except FileNotFoundError:
        return "it is missing"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    if found.bytes != info.bytes:
        return f"found {found.bytes:,} bytes, wanted {info.bytes:,}"
    if found.sha256 != info.sha256:
        return f"found sha256 {found.sha256}, wanted {info.sha256}"
    return ""


def _contents(atlas: Atlas) -> Iterator[Problem]:
    yield from _named(FEATURES_FILE, _features(atlas))
    yield from _named(FEATURES_FILE, _exemplars(atlas))
    yield from _named(FEATURES_FILE, _patterns(atlas))
    yield from _named(UNITS_FILE, _units(atlas))
    yield from _named(SEQUENCES_FILE, _sequences(atlas))
    yield from _named(DOCUMENTS_FILE, _documents(atlas))
    yield from _named(VOCABULARY_FILE, _vocabulary(atlas))
    if atlas.descriptions is not None:
        yield from _named(descriptions.TABLE_FILE, _descriptions(atlas), descriptions.LAYER)
        yield from _named(descriptions.ABOUT_FILE, _about(atlas), descriptions.LAYER)
    if atlas.manifest.layers.index is not None:
        yield from _named(index.VECTORS_FILE, _index(atlas), index.LAYER)


def _named(file: str, lines: Iterator[str], layer: str = EVIDENCE) -> Iterator[Problem]:
    try:
        for line in lines:
            yield Problem(file=f"{layer}/{file}", what=line)
    except StoreMismatch as error:
        yield Problem(file=f"{layer}/{file}", what=str(error))


def _wrong(right: Bool[np.ndarray, " row"], what: str) -> Iterator[str]:
    """A line about the rows where `right` is False, with the first of them."""
    bad = np.flatnonzero(~right)
    if len(bad):
        yield f"{what}: {len(bad):,} of {len(right):,}, the first in row {bad[0]:,}"


def _features(atlas: Atlas) -> Iterator[str]:
    """Every feature is there, in order, with quantiles that grow towards the extreme."""
    source, table = atlas.source, atlas.evidence.features
    ids = table.column("id").to_pylist()
    wanted = (str(source.feature(place)) for place in range(source.n_features))
    yield from _wrong(np.array([a == b for a, b in zip(ids, wanted, strict=True)]), "ids differ")
    quantiles = np.abs(table.matrix("quantiles"))
    extreme = np.abs(table.array("extreme"))
    grows = np.diff(quantiles, axis=1) >= -_SLACK * quantiles[:, 1:]
    yield from _wrong(np.all(grows, axis=1), "quantiles do not grow with rarity")
    yield from _wrong(quantiles[:, -1] <= extreme * (1 + _SLACK), "quantiles beyond the extreme")


def _exemplars(atlas: Atlas) -> Iterator[str]:
    """Exemplars are of their feature's sign, largest first, and lie where their sequence counts."""
    table, stored = atlas.evidence.features, atlas.evidence.sequences
    peak, start = table.lists("exemplar_peak")
    sequence, pos = table.lists("exemplar_sequence")[0], table.lists("exemplar_pos")[0]
    sizes = {len(peak), len(sequence), len(pos), len(table.lists("exemplar_gate")[0])}
    if len(sizes) > 1:
        yield f"exemplar columns of different sizes: {sizes}"
        return
    n = np.diff(start)
    yield from _wrong(n <= atlas.manifest.encoding.n_exemplars, "more exemplars than stated")
    known = (sequence >= 0) & (sequence < len(stored))
    yield from _wrong(known, "exemplars of sequences that are not stored")
    at = np.where(known, sequence, 0)
    counted = (pos >= stored.fresh_from[at]) & (pos < stored.length[at])
    yield from _wrong(counted, "exemplars at positions that do not count")
    signs = np.array([1 if sign == "pos" else -1 for sign in atlas.source.signs])
    feature = np.repeat(np.arange(len(n)), n)
    yield from _wrong(peak * signs[feature % len(signs)] >= 0, "exemplars of the other sign")
    same = feature[1:] == feature[:-1]
    falls = np.abs(peak[1:]) <= np.abs(peak[:-1])
    yield from _wrong(falls | ~same, "exemplars not in the order of their peaks")


def _patterns(atlas: Atlas) -> Iterator[str]:
    """Every one of the first exemplars has a pattern that ends within its sequence."""
    table, stored = atlas.evidence.features, atlas.evidence.sequences
    sequence, start = table.lists("exemplar_sequence")
    data, code_start, list_start = table.codes("pattern")
    n = np.minimum(np.diff(start), atlas.manifest.encoding.n_patterns)
    complete = np.diff(list_start) == n
    yield from _wrong(complete, "features with patterns missing")
    if not complete.all():
        return
    first = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n) + np.repeat(start[:-1], n)
    known = np.clip(sequence[first], 0, len(stored) - 1)
    fits = patterns.ends(data, code_start) < stored.length[known]
    yield from _wrong(fits, "patterns longer than their sequence")


def _units(atlas: Atlas) -> Iterator[str]:
    """Every unit is there, in order, and writes tokens of the vocabulary."""
    table, source = atlas.evidence.units, atlas.source
    layer = np.repeat(source.layers, source.n_units)
    index = np.tile(np.arange(source.n_units), len(source.layers))
    places = np.stack([table.array("layer") == layer, table.array("index") == index])
    yield from _wrong(np.all(places, axis=0), "units are not in order")
    yield from _wrong(table.array("std") >= 0, "negative standard deviations")
    for name in ("raised_ids", "lowered_ids"):
        ids = table.lists(name)[0]
        yield from _wrong((ids >= 0) & (ids < len(atlas.vocabulary)), f"{name} out of vocabulary")


def _sequences(atlas: Atlas) -> Iterator[str]:
    """Every sequence has its checksum, known tokens and a document."""
    stored, n_documents = atlas.evidence.sequences, len(atlas.evidence.documents)
    ids = (stored.get(i).ids for i in range(len(stored)))
    known = np.array([x.max(initial=0) < len(atlas.vocabulary) for x in ids], bool)
    yield from _wrong(known, "sequences with tokens out of vocabulary")
    yield from _wrong(stored.document < n_documents, "sequences of no document")
    yield from _wrong(stored.length <= atlas.manifest.seq_len, "sequences longer than stated")


def _documents(atlas: Atlas) -> Iterator[str]:
    """Every document is of a corpus that the manifest lists, under its licence."""
    licences = {corpus.name: corpus.licence for corpus in atlas.manifest.corpora}
    table = atlas.evidence.documents
    names, given = table.column("corpus").to_pylist(), table.column("licence").to_pylist()
    right = [licences.get(name) == licence for name, licence in zip(names, given, strict=True)]
    yield from _wrong(np.array(right, bool), "documents of no corpus of the manifest")


def _vocabulary(atlas: Atlas) -> Iterator[str]:
    ids = atlas.evidence.vocabulary.array("id")
    yield from _wrong(ids == np.arange(len(ids)), "ids are not in order")


def _descriptions(atlas: Atlas) -> Iterator[str]:
    """Every feature has a known status, what is described has a text, and scores are at most 1."""
    told, layers = atlas.descriptions, atlas.manifest.layers
    if told is None or layers.descriptions is None:
        return
    if layers.descriptions.made_from.get("evidence") != layers.evidence.hash:
        yield "it was made from other evidence"
    status = np.array(told.texts("status"))
    yield from _wrong(np.isin(status, descriptions.STATUSES), "features of unknown status")
    texts = [bool(text) for text in told.texts("description")]
    yield from _wrong(np.array(texts) == (status == "described"), "texts do not fit the status")
    for name in ("score", "interest"):
        values = told.table.array(name)
        yield from _wrong(np.isnan(values) | (np.abs(values) <= 1 + _SLACK), f"{name} beyond 1")


def _about(atlas: Atlas) -> Iterator[str]:
    if atlas.descriptions is not None and not atlas.descriptions.about:
        yield "it says nothing"


def _index(atlas: Atlas) -> Iterator[str]:
    """It was made from these descriptions, all that have a text are in it, and its vectors are of unit length."""
    told, layers = atlas.descriptions, atlas.manifest.layers
    if told is None or layers.descriptions is None or layers.index is None:
        yield "there are no descriptions that it could be of"
        return
    if layers.index.made_from.get("descriptions") != layers.descriptions.hash:
        yield "it was made from other descriptions"
    folder = IndexFolder.of(atlas)
    texts = {
        name: np.array(told.texts(name)) != "" for name in ("description", "summary", "output")
    }
    has_text: dict[Told, Bool[np.ndarray, " row"]] = {
        "fires": texts["description"] | texts["summary"],
        "promotes": texts["output"],
    }
    for side, has in has_text.items():
        yield from _wrong((folder.texts(side).row >= 0) == has, f"{side}: not of these texts")
        yield from _wrong((folder.words(side).row >= 0) == has, f"{side}: keywords of other texts")
    fired = np.diff(atlas.evidence.features.lists("exemplar_pos")[1]) > 0
    yield from _wrong((folder.texts("peaks").row >= 0) == fired, "peaks: not of these exemplars")
    rows, scale = folder.parts
    squares = np.array([np.square(row.astype(np.int32)).sum() for row in rows], np.float32)
    yield from _wrong(np.abs(np.sqrt(squares) * scale - 1) < 0.02, "vectors not of length 1")

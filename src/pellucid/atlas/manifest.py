"""The manifest: what an atlas is about, what it was made from, and the hash of everything in it.

hash of a layer = sha256 over the canonical JSON of {made_from, files: name -> sha256}
hash of the atlas = sha256 over the canonical JSON of the manifest without its own hash
canonical JSON: keys sorted, no spaces, UTF-8, no escapes for what is not ASCII
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from pellucid.atlas.evidence import SourceInfo
from pellucid.atlas.files import FileInfo
from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch, Unsupported
from pellucid.core.ids import Sign
from pellucid.core.records import Record

FORMAT: Literal["pellucid-atlas"] = "pellucid-atlas"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"


class SubjectInfo(Record):
    """The model an atlas is about."""

    name: str
    hash: str
    """Over its weights; what decides whether the atlas is this model's."""
    n_layers: int
    d_model: int
    d_mlp: int
    d_vocab: int
    dtype: str
    """In which it was run."""


class Corpus(Record):
    """One text collection that was read, wholly or in part."""

    name: str
    licence: str
    origin: str
    """The package, address or file that it came from, with its version."""
    sha256: str
    """Over its documents, as read."""
    n_documents: int
    n_tokens: int
    """Positions counted."""
    weight: float | None = None
    """Its share of a mix; None where it was read to its end."""


class Splits(Record):
    """Positions counted, by split."""

    train: int
    valid: int
    test: int

    @property
    def total(self) -> int:
        """Of all splits."""
        return self.train + self.valid + self.test


class BatchLayout(Record):
    """How sequences were put together for the subject; part of what fixes the result's last bits."""

    batch_tokens: int
    shard_batches: int
    threads: int | None = Field(default=None, exclude_if=lambda value: value is None)
    """CPU threads of a forward pass."""


class Making(Record):
    """Everything that a build's result depends on, and the versions it was made with."""

    subject: SubjectInfo
    corpora: tuple[Corpus, ...]
    corpus_hash: str
    """Over the sequences of all splits, as the subject read them."""
    tokens: Splits
    seed: int
    seq_len: int
    layout: BatchLayout
    versions: dict[str, str]


class Dims(Record):
    """Sizes of the subject."""

    n_layers: int
    d_model: int
    d_mlp: int
    d_vocab: int


class Source(Record):
    """Which units the atlas is about; see `SourceInfo`."""

    name: str
    kind: str
    layers: tuple[int, ...]
    n_units: int
    signs: tuple[Sign, ...]
    hash: str | None = Field(default=None, exclude_if=lambda value: value is None)

    @property
    def info(self) -> SourceInfo:
        """The same, with the arithmetic of feature order."""
        return SourceInfo(**self.model_dump())


class Encoding(Record):
    """What was left out or rounded to save space."""

    levels: int
    """Steps from 0 to a pattern's scale."""
    n_patterns: int
    """How many exemplars of a feature carry a pattern, at most."""
    n_exemplars: int
    pattern_error: float
    """Largest error of a stored pattern value, as a share of the pattern's scale."""
    rounding_error: float
    """Largest relative error of rates, quantiles, means and output logits that storing adds."""
    tails: tuple[float, ...]
    reached: tuple[bool, ...]
    """False where the corpus is too small for the tail: the quantile is the extreme."""
    n_bins: int


class Layer(Record):
    """One immutable part of an atlas: a folder of files."""

    hash: str
    made_from: dict[str, str]
    """Name and hash of everything it was computed from."""
    files: dict[str, FileInfo]
    """By name within the folder."""

    @classmethod
    def of(cls, made_from: Mapping[str, str], files: Mapping[str, FileInfo]) -> "Layer":
        """With the hash that these give."""
        hashes = {name: file.sha256 for name, file in files.items()}
        content = {"made_from": dict(made_from), "files": hashes}
        return cls(hash=content_hash(content), made_from=dict(made_from), files=dict(files))

    @property
    def true_hash(self) -> str:
        """What `hash` must be."""
        return Layer.of(self.made_from, self.files).hash


class Layers(Record):
    """The parts of an atlas, by the name of their folder."""

    evidence: Layer
    descriptions: Layer | None = None
    """Made from the evidence."""
    index: Layer | None = None
    """Made from the descriptions."""

    def items(self) -> list[tuple[str, Layer]]:
        """Name and layer, of those that are there."""
        named = [(name, getattr(self, name)) for name in type(self).model_fields]
        return [(name, layer) for name, layer in named if layer is not None]


class Manifest(Record):
    """The whole of `manifest.json`."""

    format: Literal["pellucid-atlas"] = FORMAT
    format_version: Literal[1] = FORMAT_VERSION
    hash: str = ""
    """Of the atlas."""
    subject: str
    """Hash of the model's weights."""
    subject_name: str
    dims: Dims
    dtype: str
    source: Source
    n_features: int
    n_tokens: int
    """Positions counted, all splits."""
    tokens: Splits
    corpora: tuple[Corpus, ...]
    seed: int
    seq_len: int
    layout: BatchLayout
    encoding: Encoding
    versions: dict[str, str]
    layers: Layers = Field(repr=False)

    @property
    def true_hash(self) -> str:
        """What `hash` must be."""
        return content_hash(self.model_dump(mode="json", exclude={"hash"}))

    def sealed(self) -> "Manifest":
        """The same with its own hash."""
        return self.model_copy(update={"hash": self.true_hash})

    def to_json(self) -> str:
        """The file's text."""
        return json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def content_hash(content: Any) -> str:
    """Hexadecimal sha256 of the canonical JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(directory: Path) -> Manifest:
    """The manifest of the atlas in `directory`, its hashes consistent.

    Raises:
        NotFound: There is no such directory.
        InvalidRequest: It is no atlas.
        Unsupported: It was written by a newer version.
        StoreMismatch: The manifest is damaged or was altered.
    """
    data = _read_json(directory)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise StoreMismatch(
            f"{directory / MANIFEST} is not of an atlas", found=f"format {found!r}", wanted=FORMAT
        )
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise Unsupported(
            f"the atlas {directory} is of format {version}",
            f"this version reads format {FORMAT_VERSION}",
            "install a newer pellucid",
        )
    try:
        manifest = Manifest.model_validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise StoreMismatch(
            f"{directory / MANIFEST} is damaged",
            found=f"{where}: {first['msg']}",
            wanted=f"a manifest of format {FORMAT_VERSION}",
        ) from error
    _require_consistent(directory, manifest)
    return manifest


def _read_json(directory: Path) -> Any:
    path = directory / MANIFEST
    if not directory.exists():
        raise NotFound(
            f"there is no atlas at {directory}", instead="check the path given with --atlas"
        )
    if not path.is_file():
        raise InvalidRequest(
            f"{directory} is no atlas",
            why=f"it has no {MANIFEST}",
            instead="name an atlas's directory",
        )
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise StoreMismatch(
            f"{path} is damaged", found=f"no JSON: {error}", wanted="a manifest"
        ) from error


def _require_consistent(directory: Path, manifest: Manifest) -> None:
    for name, layer in manifest.layers.items():
        if layer.hash != layer.true_hash:
            raise StoreMismatch(
                f"{directory / MANIFEST} was altered: layer {name}",
                found=layer.hash,
                wanted=layer.true_hash,
            )
    if manifest.hash != manifest.true_hash:
        raise StoreMismatch(
            f"{directory / MANIFEST} was altered", found=manifest.hash, wanted=manifest.true_hash
        )
    if manifest.n_features != manifest.source.info.n_features:
        raise StoreMismatch(
            f"{directory / MANIFEST} contradicts itself",
            found=f"{manifest.n_features} features",
            wanted=f"{manifest.source.info.n_features}, as its source says",
        )

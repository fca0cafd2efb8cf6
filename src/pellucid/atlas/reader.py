"""Reading an atlas: one feature's card in milliseconds, numbers of all features as arrays. Nothing is loaded whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, Int

from pellucid.atlas import patterns
from pellucid.atlas.descriptions import LAYER as DESCRIPTIONS
from pellucid.atlas.descriptions import DescriptionRecord, DescriptionsFolder
from pellucid.atlas.evidence import SourceInfo
from pellucid.atlas.folder import EvidenceFolder
from pellucid.atlas.manifest import Manifest, read_manifest
from pellucid.atlas.records import (
    Exemplar,
    FeatureCard,
    FeatureRecord,
    Gate,
    Histogram,
    OutputToken,
    Quantile,
    TokenText,
)
from pellucid.atlas.store import StoredSequence, mismatch, named, require_size
from pellucid.atlas.vocabulary import Vocabulary
from pellucid.atlas.writer import EVIDENCE
from pellucid.core.errors import ForeignStore, InvalidRequest, NotFound
from pellucid.core.ids import FeatureId

STRENGTH_TAIL = 1e-5
"""The tail that strengths and normalised activations are measured in."""


class Atlas:
    """Everything known about one subject's features. `Atlas.open` makes one; safe to use from several threads."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self.source: SourceInfo = manifest.source.info
        self.evidence = EvidenceFolder(path / EVIDENCE, self.source)
        """The files of the evidence, opened when first needed."""
        there = manifest.layers.descriptions is not None
        folder = DescriptionsFolder(path / DESCRIPTIONS, self.source)
        self.descriptions: DescriptionsFolder | None = folder if there else None
        """What features fire on, in words; None where nobody described them."""

    @classmethod
    def open(cls, path: Path | str) -> "Atlas":
        """The atlas in a directory, memory-mapped; sizes of all files checked, their hashes not (see `check`).

        Raises:
            NotFound: There is no such directory.
            InvalidRequest: It is no atlas.
            Unsupported: It was written by a newer version.
            StoreMismatch: A file is missing, damaged, or of something else.
        """
        path = Path(path)
        atlas = cls(path, read_manifest(path))
        for name, layer in atlas.manifest.layers.items():
            for file, info in layer.files.items():
                require_size(path / name / file, info)
        return atlas

    def require_subject(self, hash_: str) -> None:
        """Checks that the atlas is about the model with this hash.

        Raises:
            ForeignStore: It is about another one.
        """
        if self.manifest.subject != hash_:
            raise ForeignStore(
                f"the atlas {self.path} is of another model, {self.manifest.subject_name}",
                found=self.manifest.subject,
                wanted=hash_,
                instead="name this model's atlas, or --atlas none",
            )

    def require_source(self, source: SourceInfo) -> None:
        """Checks that the atlas is about these very units.

        Raises:
            ForeignStore: It is about others.
        """
        if self.source != source:
            raise ForeignStore(
                f"the atlas {self.path} is of other features than {source.name}",
                found=_told(self.source),
                wanted=_told(source),
                instead="name their own atlas, or --atlas none; --source says what is asked about",
            )

    # One feature

    def place(self, feature: FeatureId) -> int:
        """The feature's number in feature order.

        Raises:
            NotFound: The atlas has no such feature.
        """
        place = self.source.place(feature)
        if place is None:
            layers, signs = self.source.layers, ", ".join(self.source.signs)
            raise NotFound(
                f"the atlas has no feature {feature}",
                why=f"it holds {self.source.name}, layers {layers[0]} to {layers[-1]}, "
                f"indices 0 to {self.source.n_units - 1}, {signs}",
                instead="name one of these",
            )
        return place

    def feature(self, feature: FeatureId) -> FeatureRecord:
        """What is known about a feature, exemplars apart.

        Raises:
            NotFound: The atlas has no such feature.
            StoreMismatch: A file is damaged.
        """
        return FeatureRecord(**self._facts(feature))

    def description(self, feature: FeatureId) -> DescriptionRecord | None:
        """What a feature fires on and promotes, in words, with scores; None where the atlas has no descriptions.

        Raises:
            NotFound: The atlas has no such feature.
            StoreMismatch: A file is damaged.
        """
        place = self.place(feature)
        return None if self.descriptions is None else self.descriptions.record(place)

    def exemplars(self, feature: FeatureId, top: int | None = None) -> tuple[Exemplar, ...]:
        """The sequences of the train split in which the feature is most extreme, at most `top`.

        Raises:
            NotFound: The atlas has no such feature.
            StoreMismatch: A file is damaged.
        """
        row = self._row(feature)
        n = len(row["exemplar_peak"]) if top is None else min(top, len(row["exemplar_peak"]))
        return tuple(self._exemplar(row, rank) for rank in range(n))

    def card(self, feature: FeatureId, top: int | None = None) -> FeatureCard:
        """A feature with its exemplars.

        Raises:
            NotFound: The atlas has no such feature.
            StoreMismatch: A file is damaged.
        """
        return FeatureCard(**self._facts(feature), exemplars=self.exemplars(feature, top))

    def sequence(self, feature: FeatureId, rank: int) -> StoredSequence:
        """The sequence of one exemplar as ids, to recompute it from."""
        return self.evidence.sequences.get(self._row(feature)["exemplar_sequence"][rank])

    # Many features

    def places(self, features: Sequence[FeatureId]) -> Int[np.ndarray, " feature"]:
        """Numbers in feature order.

        Raises:
            NotFound: The atlas lacks one of them.
        """
        return np.array([self.place(feature) for feature in features], np.int64)

    def quantile(
        self, places: Int[np.ndarray, " feature"], tail: float = STRENGTH_TAIL
    ) -> Float32[np.ndarray, " feature"]:
        """The tail quantiles of these features, raw and signed; 0 where a feature never had its sign.

        Raises:
            InvalidRequest: The atlas does not hold this tail.
        """
        return self.evidence.quantiles[places, self._tail(tail)]

    def tail_quantiles(
        self, layer: int, tail: float = STRENGTH_TAIL
    ) -> Float32[np.ndarray, "unit sign"]:
        """The tail quantiles of all features of a layer, raw and signed.

        Raises:
            NotFound: The atlas does not hold this layer.
            InvalidRequest: The atlas does not hold this tail.
        """
        first = self.place(FeatureId(self.source.name, layer, 0, self.source.signs[0]))
        n = self.source.n_units * self.source.n_signs
        values = self.evidence.quantiles[first : first + n, self._tail(tail)]
        return values.reshape(self.source.n_units, self.source.n_signs)

    def reached(self, tail: float = STRENGTH_TAIL) -> bool:
        """Whether the corpus was large enough for this tail; if not, its quantiles are extremes."""
        return self.manifest.encoding.reached[self._tail(tail)]

    @property
    def vocabulary(self) -> Vocabulary:
        """What ids stand for."""
        return self.evidence.texts

    # Rows to records

    def _tail(self, tail: float) -> int:
        tails = self.manifest.encoding.tails
        near = [i for i, known in enumerate(tails) if abs(known - tail) < 1e-3 * known]
        if not near:
            raise InvalidRequest(
                f"the atlas has no quantiles at {tail:g}",
                instead=f"name one of {', '.join(f'{t:g}' for t in tails)}",
            )
        return near[0]

    def _row(self, feature: FeatureId) -> dict[str, Any]:
        size = self.source.n_units * self.source.n_signs
        return self.evidence.features.row(*divmod(self.place(feature), size))

    def _facts(self, feature: FeatureId) -> dict[str, Any]:
        row = self._row(feature)
        unit = self.evidence.units.row(
            *divmod(self.place(feature) // self.source.n_signs, self.source.n_units)
        )
        raised = self._output(unit["raised_ids"], unit["raised"], feature)
        lowered = self._output(unit["lowered_ids"], unit["lowered"], feature)
        encoding = self.manifest.encoding
        quantiles = zip(encoding.tails, row["quantiles"], encoding.reached, strict=True)
        gates = row["exemplar_gate"]
        told = self.description(feature)
        words = ("description", "summary", "score")
        return {
            **({} if told is None else {name: getattr(told, name) for name in words}),
            **{name: row[name] for name in ("id", "layer", "index", "sign", "rate", "extreme")},
            **{name: unit[name] for name in ("mean", "std", "sink")},
            "quantiles": tuple(Quantile(tail=t, value=v, reached=r) for t, v, r in quantiles),
            "histogram": Histogram(
                low=unit["histogram_low"],
                high=unit["histogram_high"],
                counts=tuple(unit["histogram"]),
            ),
            "promoted": raised if feature.sign == "pos" else lowered,
            "suppressed": lowered if feature.sign == "pos" else raised,
            "gate": Gate(positive=gates.count(1), negative=gates.count(-1)) if any(gates) else None,
        }

    def _output(
        self, ids: list[int], logits: list[float], feature: FeatureId
    ) -> tuple[OutputToken, ...]:
        sign = 1 if feature.sign == "pos" else -1
        with named(self.evidence.units.path):
            return tuple(
                OutputToken(id=id_, text=self.vocabulary.text(id_), logit=sign * logit)
                for id_, logit in zip(ids, logits, strict=True)
            )

    def _exemplar(self, row: dict[str, Any], rank: int) -> Exemplar:
        stored = self.evidence.sequences.get(row["exemplar_sequence"][rank])
        pos, peak = row["exemplar_pos"][rank], row["exemplar_peak"][rank]
        ids = stored.ids.tolist()
        values = self._activations(row, rank, len(ids))
        if not 0 <= pos < len(ids):
            raise mismatch(self.evidence.features.path, f"position {pos}", f"one below {len(ids)}")
        values[pos] = peak
        with named(self.evidence.sequences.path):
            texts = self.vocabulary.texts(ids)
            document = self.evidence.documents.row(0, stored.document)
        return Exemplar(
            rank=rank,
            peak=peak,
            pos=pos,
            gate=row["exemplar_gate"][rank],
            tokens=tuple(TokenText(id=i, text=t) for i, t in zip(ids, texts, strict=True)),
            activations=tuple(values),
            source=f"{document['corpus']}:{document['record']}",
            licence=document["licence"],
        )

    def _activations(self, row: dict[str, Any], rank: int, n_pos: int) -> list[float | None]:
        if rank >= len(row["pattern"]):
            return [None] * n_pos
        with named(self.evidence.features.path):
            found = patterns.activations(
                row["pattern"][rank], n_pos, row["exemplar_peak"][rank], row["pattern_ratio"][rank]
            )
        return [None if np.isnan(value) else float(value) for value in found]


def _told(source: SourceInfo) -> str:
    of = "" if source.hash is None else f" of the SAE {source.hash}"
    return f"{source.name} ({source.kind}), {source.n_features:,} features{of}"

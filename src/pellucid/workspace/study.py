"""From a finished build to what the features of a layer are described from and judged on."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int32

from pellucid.atlas import Atlas
from pellucid.core.errors import StoreMismatch, Unsupported
from pellucid.descriptions.material import LayerPools, LayerStudy, Split, Texts
from pellucid.descriptions.pipeline import Case
from pellucid.descriptions.ports import Shown
from pellucid.descriptions.tokens import Reader
from pellucid.exemplars.collect import SPLITS, TRAIN
from pellucid.exemplars.finished import FinishedBuild
from pellucid.exemplars.samples import N_RANDOM


@dataclass(frozen=True)
class Study:
    """An atlas and the build that it came from. `Study.open` makes one; every process opens its own."""

    atlas: Atlas
    build: FinishedBuild
    reader: Reader
    texts: Texts

    @classmethod
    def open(cls, atlas: Path, build: Path) -> "Study":
        """Both, checked against each other.

        Raises:
            NotFound: One of them is not there.
            StoreMismatch: The build is of another atlas, or a file is damaged.
            Unsupported: A split has no text, so that nothing could be chosen or tested.
        """
        opened, finished = Atlas.open(atlas), FinishedBuild.open(build)
        made_from = opened.manifest.layers.evidence.made_from
        if finished.corpus.hash not in made_from.values() or (
            finished.job["subject"] != opened.manifest.subject
        ):
            raise StoreMismatch(
                f"{build} is not the build of {atlas}",
                found=f"corpus {finished.corpus.hash}, model {finished.job['subject']}",
                wanted=", ".join(f"{name} {hash_}" for name, hash_ in made_from.items()),
                instead="name the atlas's own --build-dir",
            )
        present = set(np.unique(finished.plan.sequences.split).tolist())
        empty = [name for split, name in enumerate(SPLITS) if split not in present]
        if empty:
            raise Unsupported(
                "the features cannot be described",
                f"no document of the corpus is in {' or '.join(empty)}, where sentences are chosen and tested",
                "build the atlas from more documents",
            )
        vocabulary = opened.vocabulary
        reader = Reader(tuple(vocabulary.text(i) for i in range(len(vocabulary))))
        sequences = finished.plan.sequences
        reading, places = reader.read(sequences.ids)
        texts = Texts(
            reading,
            places,
            sequences.fresh_from.astype(np.int32),
            sequences.length.astype(np.int32),
        )
        return cls(opened, finished, reader, texts)

    @cached_property
    def train(self) -> Int32[np.ndarray, " seq"]:
        """The sequences of the train split."""
        return np.flatnonzero(self.build.plan.sequences.split == TRAIN).astype(np.int32)

    @cached_property
    def thresholds(self) -> Float32[np.ndarray, " feature"]:
        """Magnitude of every feature's 1e-3 tail quantile."""
        return np.abs(self.atlas.evidence.quantiles[:, 0])

    def layer(self, place: int) -> LayerStudy:
        """One layer."""
        signs = [1 if sign == "pos" else -1 for sign in self.atlas.source.signs]
        pools: dict[Split, LayerPools] = {}
        for split, name in enumerate(SPLITS):
            samples = self.build.samples[split]
            top, activations = self.build.top(place, split)
            mid = [
                samples.mid_quantile(place, negative=sign < 0, seed=self.build.seed)
                for sign in signs
            ]
            sampled = np.asarray(samples.activations[place]).transpose(2, 0, 1)
            pools[name] = LayerPools(
                top,
                activations,
                samples.sequence.astype(np.int32),
                np.ascontiguousarray(sampled),
                np.stack(mid, axis=1).reshape(len(top), -1),
                min(N_RANDOM, len(samples.sequence)),
                np.array(signs, np.int32),
            )
        n_vocab = len(self.reader.texts)
        return LayerStudy(
            self.atlas.source.layers[place],
            pools,
            self.build.token_means(place, n_vocab),
            self.build.token_counts(n_vocab).astype(np.int32),
        )

    def case(self, layer: LayerStudy, feature: int) -> Case:
        """One feature of a layer, by its number in feature order within the layer."""
        source = self.atlas.source
        per_layer = source.n_units * source.n_signs
        place = source.layers.index(layer.layer) * per_layer + feature
        unit, side = divmod(feature, source.n_signs)
        means = None
        if layer.token_means is not None:
            sign = 1 if source.signs[side] == "pos" else -1
            means = np.maximum(sign * layer.token_means[:, unit], 0)
        shown = Shown(
            source.feature(place),
            self.texts,
            layer.pools["train"].pool(feature, self.texts),
            means,
            layer.token_counts,
            seed=place,
        )
        return Case(
            shown,
            layer.pools["valid"].pool(feature, self.texts),
            layer.pools["test"].pool(feature, self.texts),
            float(self.thresholds[place]),
        )

"""Exemplars read again: does the subject still give the activations that an atlas holds?"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.atlas import Atlas, Exemplar
from pellucid.core.ids import FeatureId
from pellucid.features import FeatureSource, source_info
from pellucid.subject import Subject

SLACK = {"float32": 2e-3, "bfloat16": 5e-2}
"""Relative to the peak: other processors, batch shapes and threads round differently."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """An exemplar that is not what it was."""

    feature: str
    rank: int
    stored: float
    found: float


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A random sample of exemplars, read again."""

    n: int
    within: int
    """Whose activation at the peak matches, and whose stored pattern is within its stated error."""
    deviations: tuple[Deviation, ...]


@torch.inference_mode()
def activations(
    subject: Subject, source: FeatureSource, ids: list[int], feature: FeatureId
) -> Float[np.ndarray, " pos"]:
    """A feature's unit at every position of a sequence, raw."""
    place = list(source.layers).index(feature.layer)
    found: list[Tensor] = []

    def see(at: int, act: Tensor, _: Tensor | None) -> None:
        if at == place:
            found.append(act[0, :, feature.index].float().cpu())

    with source.reading(see):
        subject.trunk(subject.ids_tensor(ids))
    return found[0].numpy()


def recompute(
    subject: Subject, source: FeatureSource, atlas: Atlas, *, n: int = 64, seed: int = 0
) -> Recomputed:
    """Read `n` random exemplars again.

    Raises:
        StoreMismatch: The atlas is of another model, or of other units.
    """
    atlas.require_subject(subject.hash)
    atlas.require_source(source_info(source))
    random = np.random.default_rng(seed)
    by_feature: dict[FeatureId, list[Exemplar]] = defaultdict(list)
    found = 0
    for place in random.permutation(atlas.source.n_features)[: 4 * n]:
        if found == n:
            break
        feature = atlas.source.feature(int(place))
        exemplars = atlas.exemplars(feature)
        if exemplars:
            by_feature[feature].append(exemplars[int(random.integers(len(exemplars)))])
            found += 1
    slack = SLACK.get(subject.dtype, SLACK["bfloat16"])
    stated = atlas.manifest.encoding.pattern_error
    deviations = [
        Deviation(str(feature), exemplar.rank, exemplar.peak, float(values[exemplar.pos]))
        for feature, exemplars in by_feature.items()
        for exemplar in exemplars
        for values in [activations(subject, source, [t.id for t in exemplar.tokens], feature)]
        if not _matches(exemplar, values, slack, stated)
    ]
    return Recomputed(found, found - len(deviations), tuple(deviations))


def _matches(
    exemplar: Exemplar, values: Float[np.ndarray, " pos"], slack: float, stated: float
) -> bool:
    peak = abs(exemplar.peak)
    if abs(float(values[exemplar.pos]) - exemplar.peak) > slack * peak:
        return False
    largest = max(peak, *(abs(v) for v in exemplar.activations if v is not None))
    return all(
        stored is None or abs(float(value) - stored) <= stated * largest + slack * peak
        for stored, value in zip(exemplar.activations, values, strict=True)
    )

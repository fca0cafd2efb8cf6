"""Where features fire in a run: what lights up in a conversation when one points at them."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pellucid.atlas import Atlas
from pellucid.core.ids import FeatureId
from pellucid.core.records import Record
from pellucid.core.tails import Array
from pellucid.workspace.bench import Bench, reread

LEAST = 0.25
"""The share of its scale from which on a feature is said to fire."""


@dataclass(frozen=True, slots=True)
class FiringAsked:
    """Which features to follow along a run."""

    run_id: str
    features: tuple[str, ...]


class FeatureFiring(Record):
    """One feature along a run: the positions at which it fires."""

    id: str
    scale: float
    """The raw activation, of the feature's own sign, that is a share of 1; 0 where it never has its sign."""
    relative_to: Literal["tail quantile", "largest here"]
    """What the scale is: the feature's 1e-5 tail quantile in the atlas, or where it has none its largest activation
    in this run."""
    positions: tuple[int, ...]
    """Ascending. Position 0 never: an attention sink, whose activations compare with no others."""
    shares: tuple[float, ...]
    """[positions]: activation over scale, to three digits; past 1 where the tail quantile is exceeded."""
    activations: tuple[float, ...]
    """[positions]: raw, to four digits."""


class RunFiring(Record):
    """Where features fire in a run, under the run's own interventions."""

    least: float
    """The smallest share that is told."""
    features: tuple[FeatureFiring, ...]
    """In the order asked for, each once."""


def firing_in_run(bench: Bench, asked: FiringAsked) -> Generator[RunFiring, None, None]:
    """All positions at which the features reach a quarter of their scale, from one pass.

    Raises:
        PellucidError: The run would not do, or the subject lacks a feature.
    """
    again = reread(bench, asked.run_id)
    features = [FeatureId.parse(text) for text in dict.fromkeys(asked.features)]
    acts = bench.engine.trace_all(bench.subject, again.prompt, features, steering=again.steering)
    quantiles = _quantiles(bench.neuron_quantiles(), features)
    found = [_along(*each) for each in zip(features, acts, quantiles, strict=True)]
    yield RunFiring(least=LEAST, features=tuple(found))


def _quantiles(atlas: Atlas | None, features: Sequence[FeatureId]) -> list[float]:
    """Raw and signed; 0 where there is none."""
    known = [f for f in features if atlas is not None and atlas.source.place(f) is not None]
    if atlas is None or not known:
        return [0.0] * len(features)
    tails: list[float] = atlas.quantile(atlas.places(known)).tolist()
    by_feature = dict(zip(known, tails, strict=True))
    return [by_feature.get(feature, 0.0) for feature in features]


def _along(feature: FeatureId, acts: Array, quantile: float) -> FeatureFiring:
    own = acts[1:] if feature.sign == "pos" else -acts[1:]
    scale = abs(quantile) or max(float(own.max(initial=0)), 0.0)
    at = np.flatnonzero(own >= LEAST * scale) if scale else np.empty(0, int)
    values: list[float] = own[at].tolist()
    sign = 1 if feature.sign == "pos" else -1
    return FeatureFiring(
        id=str(feature),
        scale=sign * scale if scale else 0.0,
        relative_to="tail quantile" if quantile else "largest here",
        positions=tuple((at + 1).tolist()),
        shares=tuple(float(f"{value / scale:.3g}") for value in values),
        activations=tuple(float(f"{sign * value:.4g}") for value in values),
    )

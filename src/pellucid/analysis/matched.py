"""Random features like given ones: same source, layer and sign, and as active where it matters.

1. `mean_activations`: every feature's mean absolute activation at some positions, that of its unit where it has the
   feature's sign, 0 elsewhere.
2. `stand_ins`: for each member of a set a feature drawn outside the set, without repetition, from those in the same
   decile of that mean (`classes`).

Checked by: tests/numerics/test_analysis.py, tests/numerics/test_sae.py
"""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Match
from pellucid.subject.hooks import Reader
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import UnitEdit, Units, edited

_DECILES = np.linspace(0.1, 0.9, 9)

Kind = tuple[str, int, str]
"""Source, layer and sign."""

Means = dict[Kind, Float[np.ndarray, " unit"]]


def kind_of(feature: FeatureId) -> Kind:
    """What a feature shares with those that may stand in for it."""
    return feature.source, feature.layer, feature.sign


@torch.inference_mode()
def mean_activations(
    subject: Subject,
    ids: Sequence[int],
    members: Sequence[FeatureId],
    allowed: Bool[Tensor, " pos"],
    steering: Steering | None,
    homes: Mapping[str, Units],
) -> Means:
    """Mean absolute activation of every feature of the members' sources, layers and signs at these positions."""
    found, readers = mean_readers(members, allowed, homes)
    with edited([*steered(steering, range(len(ids))), *readers]):
        subject.trunk(subject.ids_tensor(ids))
    return found


def mean_readers(
    members: Sequence[FeatureId], allowed: Bool[Tensor, " pos"], homes: Mapping[str, Units]
) -> tuple[Means, list[UnitEdit]]:
    """The same from any one pass: what reads along, and what it fills."""
    found: Means = {}

    def reader(name: str) -> Reader:
        def see(layer: int, act: Tensor) -> None:
            rows = act[0, allowed.to(act.device)].float()
            for sign, flip in (("pos", 1), ("neg", -1)):
                found[name, layer, sign] = (rows * flip).clamp_min(0).mean(0).cpu().numpy()

        return Reader(sorted({f.layer for f in members if f.source == name}), see)

    return found, [(units, reader(name)) for name, units in homes.items()]


def stand_ins(
    members: Sequence[FeatureId],
    means: Mapping[Kind, Float[np.ndarray, " unit"]],
    n: int,
    match: Match,
    seed: int,
    usable: Mapping[Kind, Bool[np.ndarray, " unit"]] | None = None,
) -> list[dict[FeatureId, FeatureId]]:
    """`n` draws, each with one stand-in for every member; `usable` narrows whom they are drawn from.

    Raises:
        InvalidRequest: Too few features are left to draw from.
    """
    random = np.random.default_rng(seed)
    groups: dict[tuple[Kind, int], list[FeatureId]] = {}
    found = {kind: classes(values, match) for kind, values in means.items()}
    for member in members:
        class_ = int(found[kind_of(member)][member.index])
        groups.setdefault((kind_of(member), class_), []).append(member)
    draws: list[dict[FeatureId, FeatureId]] = [{} for _ in range(n)]
    for (kind, class_), inside in groups.items():
        alike = found[kind] == class_
        if usable is not None:
            alike = alike & usable[kind]
        outside = np.flatnonzero(alike)
        outside = np.setdiff1d(outside, [f.index for f in members if kind_of(f) == kind])
        source, layer, _ = kind
        if len(outside) < len(inside):
            raise InvalidRequest(
                f"too few features of layer {layer} are left to draw random sets from",
                why=f"{len(inside)} needed, {len(outside)} left in the same decile",
                instead="name fewer features, or match by layer only",
            )
        for drawn in draws:
            picks = random.choice(outside, size=len(inside), replace=False)
            for member, i in zip(inside, picks, strict=True):
                drawn[member] = FeatureId(source, layer, int(i), member.sign)
    return draws


def random_sets(
    members: Sequence[FeatureId],
    means: Mapping[Kind, Float[np.ndarray, " unit"]],
    n: int,
    match: Match,
    seed: int,
) -> list[list[FeatureId]]:
    """`n` sets, each with one stand-in for every member.

    Raises:
        InvalidRequest: Too few features are left to draw from.
    """
    return [list(drawn.values()) for drawn in stand_ins(members, means, n, match, seed)]


def classes(values: Float[np.ndarray, " unit"], match: Match) -> Int[np.ndarray, " unit"]:
    """The decile of each value, from 1; all 0 where none is asked for.

    Where more than a tenth is 0, as with an SAE's latents, those are a class of their own, 0, and the deciles are of
    the others: deciles cannot tell equal values apart.
    """
    active = values > 0
    if match == "layer" or not active.any():
        return np.zeros(len(values), dtype=np.int64)
    ranked = active if active.mean() < 0.9 else np.ones_like(active)
    edges = np.quantile(values[ranked], _DECILES)
    return np.where(ranked, 1 + np.searchsorted(edges, values, side="right"), 0)

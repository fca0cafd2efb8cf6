"""Interventions made ready for a subject: index tensors by layer, prepared once, applied without a loop over features.

Sign rule: `own` acts only where the activation, as steered so far, has the feature's sign; `any` and raw values act
everywhere. Where two interventions meet, the later wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention
from pellucid.core.records import Touched
from pellucid.core.tails import DEFAULT_TAIL, TailQuantiles
from pellucid.subject.prompt import Prompt
from pellucid.subject.subject import Subject
from pellucid.subject.units import UnitEdit, Units, touched, units_of

LARGEST = 1e15
"""Raw activation: norms square what they read, and past this the sum of squares may leave float32 unnoticed."""


class Place(NamedTuple):
    """Positions an intervention holds at: those in `within`, and all from `onwards` on."""

    within: frozenset[int]
    onwards: int | None

    def __contains__(self, pos: object) -> bool:
        return pos in self.within or (
            isinstance(pos, int) and self.onwards is not None and pos >= self.onwards
        )


class Writes(NamedTuple):
    """Writes of one layer in which no unit appears twice."""

    units: Int[Tensor, " k"]
    value: Float[Tensor, " k"]
    sign: Float[Tensor, " k"]
    """1 or -1: only where the activation has this sign; 0: everywhere."""
    always: bool
    """All of `sign` is 0."""


Plan = Mapping[int, tuple[Writes, ...]]
"""Writes by layer, in rounds."""


@dataclass(frozen=True)
class _Step:
    """One intervention, resolved."""

    features: tuple[FeatureId, ...]
    values: tuple[float, ...]
    """One a feature."""
    own_sign: bool
    place: Place


class Steering:
    """Interventions for one prompt and what follows it. `Steering.compile` makes one."""

    def __init__(
        self, subject: Subject, steps: Sequence[_Step], sources: Sequence[Units] = ()
    ) -> None:
        self._subject, self._sources = subject, tuple(sources)
        self._steps = tuple(steps)
        self._units: dict[str, Units] = {
            f.source: units_of(subject, f, sources) for step in steps for f in step.features
        }
        self._places = tuple(dict.fromkeys(step.place for step in steps))
        self._plan = lru_cache(maxsize=256)(self._make_plan)

    @classmethod
    def compile(
        cls,
        subject: Subject,
        interventions: Sequence[Intervention],
        prompt: Prompt,
        *,
        quantiles: TailQuantiles | None = None,
        sources: Sequence[Units] = (),
    ) -> "Steering | None":
        """The interventions, checked against the subject; None where there are none.

        Args:
            subject: The model.
            interventions: In order; the later wins.
            prompt: What their positions refer to.
            quantiles: The atlas that strengths are multiples of.
            sources: What is open beside the subject's neurons.

        Raises:
            InvalidRequest: A source that is not open, positions past what the subject can read, a value past what
                it can compute with, a tail that the atlas does not hold, or a strength of a feature that never
                fired there.
            NotFound: A feature the subject does not have.
            Unsupported: A concept in words, or a strength other than 0 without an atlas.
        """
        steps: list[_Step] = []
        places: dict[str, Place] = {}  # thousands of interventions name the same few
        for item in interventions:
            features = item.feature_ids()
            for feature in features:
                units_of(subject, feature, sources)
            values, own_sign = _values(item, features, quantiles)
            _refuse_too_large(subject, features, values)
            if item.positions not in places:
                places[item.positions] = place_of(item, prompt, subject.n_context)
            if features:
                steps.append(_Step(features, values, own_sign, places[item.positions]))
        return cls(subject, steps, sources) if steps else None

    @cached_property
    def touched(self) -> Touched:
        """Units named, and their share of all."""
        features = (f for step in self._steps for f in step.features)
        return touched(self._subject, features, self._sources)

    def at(self, positions: Sequence[int]) -> "list[UnitEdit]":
        """The edits for one forward pass over tokens at these positions."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for row, pos in enumerate(positions):
            groups.setdefault(self._active(pos), []).append(row)
        todo = [
            (None if len(rows) == len(positions) else torch.tensor(rows), self._plan(active))
            for active, rows in groups.items()
            if active
        ]
        return [
            (units, SteeredPass([(rows, plans[name]) for rows, plans in todo if name in plans]))
            for name, units in self._units.items()
        ]

    def _active(self, pos: int) -> tuple[int, ...]:
        return tuple(i for i, place in enumerate(self._places) if pos in place)

    @torch.inference_mode(False)  # a plan made for a reply also serves gradients
    def _make_plan(self, active: tuple[int, ...]) -> Mapping[str, Plan]:
        """Writes by source and layer, in rounds: the k-th round holds every unit's k-th write."""
        entries: dict[str, dict[int, dict[int, list[tuple[float, int]]]]] = {}
        places = {self._places[i] for i in active}
        for step in self._steps:
            if step.place not in places:
                continue
            for feature, value in zip(step.features, step.values, strict=True):
                sign = (1 if feature.sign == "pos" else -1) if step.own_sign else 0
                layers = entries.setdefault(feature.source, {})
                writes = layers.setdefault(feature.layer, {}).setdefault(feature.index, [])
                if sign == 0:
                    writes.clear()
                writes.append((value, sign))
        return {
            name: {layer: self._rounds(name, layer, of) for layer, of in layers.items()}
            for name, layers in entries.items()
        }

    def _rounds(
        self, name: str, layer: int, of: Mapping[int, list[tuple[float, int]]]
    ) -> tuple[Writes, ...]:
        units = self._units[name]
        zero = units.zero(units.layers.index(layer))
        rounds: list[Writes] = []
        for k in range(max(len(writes) for writes in of.values())):
            here = [(index, *writes[k]) for index, writes in sorted(of.items()) if len(writes) > k]
            index, value, sign = zip(*here, strict=True)
            rounds.append(
                Writes(
                    torch.tensor(index, device=zero.device),
                    torch.tensor(value, device=zero.device, dtype=zero.dtype),
                    torch.tensor(sign, device=zero.device, dtype=zero.dtype),
                    not any(sign),
                )
            )
        return tuple(rounds)


class SteeredPass:
    """The edit of one forward pass, for units of one kind: which rows of the pass get which writes."""

    def __init__(self, todo: Sequence[tuple[Tensor | None, Plan]]) -> None:
        self._todo = todo
        self.layers: tuple[int, ...] = tuple(sorted({layer for _, plan in todo for layer in plan}))

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        """`act` with the writes of this layer; changed in place where no gradient is kept."""
        if torch.is_grad_enabled():
            act = act.clone()
        for rows, plan in self._todo:
            for writes in plan.get(layer, ()):
                _write(act, rows, writes)
        return act


def _write(act: Float[Tensor, "batch pos unit"], rows: Tensor | None, writes: Writes) -> None:
    if rows is None and writes.always:
        act.index_copy_(2, writes.units, writes.value.expand(*act.shape[:2], -1))
        return
    where = (slice(None), slice(None), writes.units) if rows is None else (
        slice(None), rows.to(act.device)[:, None], writes.units[None, :]
    )  # fmt: skip
    if writes.always:
        act[where] = writes.value.expand_as(act[where])
        return
    now = act[where]
    hit = (writes.sign == 0) | (now * writes.sign > 0)
    act[where] = torch.where(hit, writes.value, now)


def steered(steering: Steering | None, positions: Sequence[int]) -> list[UnitEdit]:
    """The edits of one forward pass; none without steering."""
    return [] if steering is None else steering.at(positions)


def place_of(item: Intervention, prompt: Prompt, n_context: int) -> Place:
    """The positions an intervention holds at, for a prompt and what the subject goes on to write.

    `prompt` is every system and user turn with its markers, or all that was given where there are no turns;
    `generated` is the open reply; `all` is both and earlier replies. Position 0 only where a range names it.
    """
    n = len(prompt)
    span = item.range()
    if span is not None:
        if span[0] >= n_context:
            raise InvalidRequest(
                f"positions {item.positions} lie past the {n_context} that the subject reads",
                instead="name positions of tokens[]",
            )
        return Place(frozenset(range(span[0], min(span[1], n_context))), None)
    if item.positions == "all":
        return Place(frozenset(), 1)
    if item.positions == "generated":
        return Place(frozenset(), max(prompt.reply_start, 1))
    return Place(
        frozenset(
            p for p in range(1, n) if prompt.roles[p] != "assistant" and p < prompt.reply_start
        ),
        None,
    )


def _refuse_too_large(
    subject: Subject, features: Sequence[FeatureId], values: Sequence[float]
) -> None:
    limit = min(LARGEST, torch.finfo(subject.model.dtype).max)
    for feature, value in zip(features, values, strict=True):
        if abs(value) > limit:
            raise InvalidRequest(
                f"{feature} cannot be set to {value:g}",
                why=f"past {limit:g}, the model's norms overflow",
                instead="name a value that an activation can have",
            )


def _values(
    item: Intervention, features: Sequence[FeatureId], quantiles: TailQuantiles | None
) -> tuple[tuple[float, ...], bool]:
    """The raw activation to set for each feature, and whether the sign rule `own` holds."""
    if item.query is not None:
        raise Unsupported(
            f"the concept {item.query!r} cannot be looked up",
            "no atlas with descriptions is open for this model",
            "name features by id",
        )
    if item.value is not None:
        return (item.value,) * len(features), False
    own_sign = item.sign_rule == "own"
    if not item.strength:
        return (0.0,) * len(features), own_sign
    if quantiles is None:
        raise Unsupported(
            f"strength {item.strength:g} has no meaning here",
            "it is a multiple of a tail quantile, and no atlas is open for this model",
            "open one with --atlas, give a raw activation as value, or strength 0 to suppress",
        )
    tail = DEFAULT_TAIL if item.quantile is None else item.quantile
    tails = [float(q) for q in quantiles.quantile(quantiles.places(features), tail)]
    for feature, q in zip(features, tails, strict=True):
        if q == 0:
            raise InvalidRequest(
                f"a strength of {feature} has no meaning",
                why="it never fired in all that the atlas was made from, so its quantile is 0",
                instead="give a raw activation as value",
            )
    return tuple(item.strength * q for q in tails), own_sign

"""Many small variations of one run, from the position where each departs, in one forward pass.

A change at position p leaves all positions before p as they were, so a branch reads only p and what follows. The
branches of a pass lie one after the other in one sequence; each token attends to the run's own keys and values
before its branch begins, and to its own branch. No padding, whatever the lengths.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

from pellucid.core.errors import Unsupported
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import Neurons, Units, edited


@dataclass(frozen=True)
class Trace:
    """A finished run: its ids, and every layer's keys and values."""

    ids: tuple[int, ...]
    keys: tuple[Float[Tensor, "1 kv_heads pos d_head"], ...]
    values: tuple[Float[Tensor, "1 kv_heads pos d_head"], ...]

    @classmethod
    def of(cls, ids: Sequence[int], cache: DynamicCache) -> "Trace":
        """What a cache holds after reading `ids`, without its graph."""
        return cls(
            tuple(ids),
            tuple(_held(layer, "keys") for layer in cache.layers),
            tuple(_held(layer, "values") for layer in cache.layers),
        )


def _held(layer: object, what: str) -> Tensor:
    held = getattr(layer, what, None)
    if not isinstance(held, Tensor):
        raise Unsupported(
            f"a layer of this model keeps no {what}",
            "its attention has a state of another kind, so an earlier part of a run cannot be reused",
            "use a model whose layers all have ordinary attention",
        )
    return held.detach()


@dataclass(frozen=True, slots=True)
class Departure:
    """One branch: from `pos` on, with one activation replaced at `pos`."""

    layer: int
    pos: int
    index: int
    value: float = 0.0


class _Frozen(DynamicLayer):
    """A layer of a cache that hands out what it holds with what is new, and keeps only what it held."""

    def __init__(self, keys: Tensor, values: Tensor) -> None:
        super().__init__()
        self.lazy_initialization(keys, values)
        self.keys, self.values = keys, values
        self._held = keys, values

    def update(
        self, key_states: Tensor, value_states: Tensor, *_: Any, **__: Any
    ) -> tuple[Tensor, Tensor]:
        keys, values = self._held
        return torch.cat([keys, key_states], dim=-2), torch.cat([values, value_states], dim=-2)


class _Replace:
    """The edit that sets each branch's activation at its first token."""

    def __init__(self, departures: Sequence[Departure], starts: Sequence[int]) -> None:
        by_layer: dict[int, list[int]] = {}
        for i, departure in enumerate(departures):
            by_layer.setdefault(departure.layer, []).append(i)
        self.layers: tuple[int, ...] = tuple(sorted(by_layer))
        self._where = {
            layer: (
                torch.tensor([starts[i] for i in members]),
                torch.tensor([departures[i].index for i in members]),
                torch.tensor([departures[i].value for i in members]),
            )
            for layer, members in by_layer.items()
        }

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        rows, index, value = (t.to(act.device) for t in self._where[layer])
        act[0, rows, index] = value.to(act.dtype)
        return act


@torch.inference_mode()
def branch(
    subject: Subject,
    trace: Trace,
    departures: Sequence[Departure],
    *,
    read: Sequence[int],
    steering: Steering | None = None,
    source: Units | None = None,
) -> Float[Tensor, "departures read d_vocab"]:
    """Log-probabilities, in nats, after each departure, at the positions in `read` (none before a departure).

    The run's own steering goes on in every branch; the departure comes after it. It is one of the subject's neurons,
    or of the units of `source`.
    """
    n = len(trace.ids)
    starts: list[int] = []
    positions: list[int] = []
    owners: list[int] = []
    for i, departure in enumerate(departures):
        starts.append(len(positions))
        positions += range(departure.pos, n)
        owners += [i] * (n - departure.pos)
    device = subject.model.device
    units = Neurons(subject) if source is None else source
    edits = [*steered(steering, positions), (units, _Replace(departures, starts))]
    cache = DynamicCache()
    cache.layers[:] = [_Frozen(k, v) for k, v in zip(trace.keys, trace.values, strict=True)]
    at = torch.tensor(positions, device=device)
    owner = torch.tensor(owners, device=device)
    first = torch.tensor([d.pos for d in departures], device=device)[owner]
    with edited(edits):
        hidden = subject.trunk(
            subject.ids_tensor([trace.ids[p] for p in positions]),
            cache=cache,
            positions=at[None],
            mask=_masks(subject, n, at, owner, first),
        )
    rows = torch.tensor(
        [[start + p - d.pos for p in read] for start, d in zip(starts, departures, strict=True)],
        device=hidden.device,
    )
    return subject.logprobs(hidden[0, rows])


def _masks(
    subject: Subject,
    n: int,
    at: Int[Tensor, " t"],
    owner: Int[Tensor, " t"],
    first: Int[Tensor, " t"],
) -> Any:
    """Additive attention masks [1, 1, t, n + t], one for each layer type where the family has several."""
    trunk = torch.arange(n, device=at.device)
    before = trunk[None, :] < first[:, None]
    own = (owner[:, None] == owner[None, :]) & (at[None, :] <= at[:, None])
    seen = torch.cat([before, own], dim=1)
    key_at = torch.cat([trunk, at])
    window = subject.window

    def additive(allowed: Tensor) -> Tensor:
        mask = torch.zeros(allowed.shape, dtype=subject.model.dtype, device=at.device)
        return mask.masked_fill_(~allowed, torch.finfo(mask.dtype).min)[None, None]

    def sliding(window: int) -> Tensor:
        return additive(seen & (key_at[None, :] > at[:, None] - window))

    if not subject.family.masks_by_layer_type:
        return additive(seen) if window is None else sliding(window)
    kinds = set(getattr(subject.model.config, "layer_types", None) or ("full_attention",))
    return {
        kind: sliding(window)
        if window is not None and kind == "sliding_attention"
        else additive(seen)
        for kind in kinds
    }

"""Which sites stand out by their activation, at some positions of a conversation.

With an atlas, a site is compared with its feature's tail quantile: past 1, it is among the strongest in 100,000
tokens. A feature that never fired in all that the atlas was made from has no quantile, and is left out.

Without one, a site is compared with its feature's root mean square in the same conversation, in which activations of
the other sign count as 0. Position 0 is left out: activations there are an attention sink's and hundreds of times
larger. Latents of an SAE, of which few are active at a position, are compared by relative write instead: what they add
to the residual stream, over the stream's own length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Active
from pellucid.core.tails import DEFAULT_TAIL, TailQuantiles
from pellucid.subject.hooks import Reader, outputs_read
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject, finite
from pellucid.subject.units import Neurons, Units, edited

SCALE = "root mean square of the feature's activation in this conversation, position 0 left out"
WRITE_SCALE = "length of the residual stream there, per unit of activation: its relative write"


@dataclass(frozen=True)
class Activations:
    """Sites by normalised activation, largest first."""

    effects: tuple[Active, ...]
    scale: str
    """What `normalised` is measured in."""


def activate(
    subject: Subject,
    prompt: Prompt,
    *,
    span: tuple[int, int] | None = None,
    top: int = 50,
    steering: Steering | None = None,
    quantiles: TailQuantiles | None = None,
    source: Units | None = None,
) -> Activations:
    """The `top` sites by activation over a scale of their own, within the half-open `span` of positions.

    Args:
        subject: The model.
        prompt: The conversation.
        span: Default: all positions but 0 and a system turn that the template added by itself.
        top: How many sites.
        steering: Interventions that hold in the run.
        quantiles: The atlas whose tail quantiles are the scale; default: see above.
        source: Whose units are asked about; default: the subject's neurons.

    Raises:
        InvalidRequest: The span is empty or lies outside the prompt, or `top` is below 1.
        NotFound: The atlas lacks a layer of the subject.
    """
    start, stop = (
        span if span is not None else (min(max(prompt.given_from, 1), len(prompt) - 1), len(prompt))
    )
    if not 0 <= start < stop <= len(prompt):
        raise InvalidRequest(
            f"positions {start}:{stop} are not in the conversation",
            instead=f"give A:B within 0:{len(prompt)}",
        )
    if top < 1:
        raise InvalidRequest(f"top {top} has no meaning", instead="ask for at least one site")
    units = Neurons(subject) if source is None else source
    acts, lengths = _read(subject, prompt, steering, units)
    scale = SCALE if isinstance(units, Neurons) else WRITE_SCALE
    found: list[_Sites] = []
    for place, (layer, act, length) in enumerate(zip(units.layers, acts, lengths, strict=True)):
        if quantiles is not None:
            own = _tails(layer, quantiles, act)
        elif isinstance(units, Neurons):
            own = _usual(act)
        else:
            own = length[:, None] / units.write_norms[place].clamp_min(1e-12)
        found.append(_stand_out(layer, act[start:stop], own[start:stop], top))
    effects = _largest(units.name, found, units.n_units, start, top)
    return Activations(effects, scale if quantiles is None else tail_scale(quantiles))


class _Sites(NamedTuple):
    """The sites of one layer that stand out most, by position and unit."""

    layer: int
    at: Int[Tensor, " site"]
    """Position, counted from the span's first, times units of the layer, plus unit."""
    activations: Float[Tensor, " site"]
    normalised: Float[Tensor, " site"]


@torch.inference_mode()
def _read(
    subject: Subject, prompt: Prompt, steering: Steering | None, units: Units
) -> tuple[list[Float[Tensor, "pos unit"]], list[Float[Tensor, " pos"]]]:
    """By place: all activations, and how long the residual stream is after the layer."""
    acts: dict[int, Tensor] = {}
    lengths: dict[int, Tensor] = {}
    reader = Reader(units.layers, lambda layer, act: acts.update({layer: finite(act[0].float())}))
    layers = [subject.layers[layer] for layer in units.layers]
    edits = [*steered(steering, range(len(prompt))), (units, reader)]
    with (
        edited(edits),
        outputs_read(layers, lambda at, resid: lengths.update({at: resid[0].float().norm(dim=-1)})),
    ):
        subject.trunk(subject.ids_tensor(prompt.ids))
    places = range(len(layers))
    return [acts[layer] for layer in units.layers], [lengths[place] for place in places]


def tail_scale(quantiles: TailQuantiles, tail: float = DEFAULT_TAIL) -> str:
    """What an activation over a tail quantile is measured in."""
    name = f"{tail:g}".replace("e-0", "e-")
    if quantiles.reached(tail):
        return f"feature's {name} tail quantile, which 1 token in {1 / tail:,.0f} exceeds"
    return f"feature's extreme in the atlas's corpus, which is too small for a {name} tail"


def _usual(acts: Float[Tensor, "pos unit"]) -> Float[Tensor, "pos unit"]:
    """Root mean squares over all positions, of the feature that each site's activation belongs to."""
    usual = acts[1:] if len(acts) > 1 else acts
    pos, neg = torch.stack([usual.clamp_min(0), usual.clamp_max(0)]).square().mean(1).sqrt()
    return torch.where(acts < 0, neg, pos)


def _tails(
    layer: int, quantiles: TailQuantiles, acts: Float[Tensor, "pos unit"]
) -> Float[Tensor, "pos unit"]:
    """Tail quantiles without their signs, of the feature that each site's activation belongs to."""
    tails = acts.new_tensor(quantiles.tail_quantiles(layer)).abs()
    return torch.where(acts < 0, tails[:, -1], tails[:, 0])


def _stand_out(
    layer: int, acts: Float[Tensor, "pos unit"], scale: Float[Tensor, "pos unit"], top: int
) -> _Sites:
    """The `top` sites of a layer, by position and unit; those that do not stand out at all are left out."""
    ratio = torch.where(scale > 0, acts.abs() / scale, 0.0).flatten()
    best = ratio.topk(min(top, ratio.numel()))
    at = best.indices[best.values > 0].sort().values
    return _Sites(layer, at.cpu(), acts.flatten()[at].cpu(), ratio[at].cpu())


def _largest(
    source: str, layers: Sequence[_Sites], n_units: int, start: int, top: int
) -> tuple[Active, ...]:
    """The `top` sites of all layers, largest first; of equal ones the first by layer, position and unit."""
    layer = torch.cat([torch.full_like(sites.at, sites.layer) for sites in layers])
    at = torch.cat([sites.at for sites in layers])
    acts = torch.cat([sites.activations for sites in layers])
    normalised, order = torch.cat([sites.normalised for sites in layers]).sort(
        descending=True, stable=True
    )
    order = order[:top]
    found: list[Active] = []
    columns = (layer[order], at[order], acts[order], normalised[:top])
    for own_layer, place, activation, value in zip(*(c.tolist() for c in columns), strict=True):
        feature = FeatureId.of(own_layer, place % n_units, activation, source)
        found.append(
            Active(
                id=str(feature),
                layer=feature.layer,
                index=feature.index,
                sign=feature.sign,
                pos=start + place // n_units,
                activation=activation,
                normalised=value,
            )
        )
    return tuple(found)

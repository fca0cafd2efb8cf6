"""Which sites stand out by their activation, at some positions of a conversation.

With an atlas, a site is compared with its feature's tail quantile: past 1, it is among the strongest in 100,000
tokens. A feature that never fired in all that the atlas was made from has no quantile, and is left out.

Without one, a site is compared with its feature's root mean square in the same conversation, in which activations of
the other sign count as 0. Position 0 is left out: activations there are an attention sink's and hundreds of times
larger. Latents of an SAE, of which few are active at a position, are compared by relative write instead: what they add
to the residual stream, over the stream's own length.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
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
    found: list[Active] = []
    for place, (layer, act, length) in enumerate(zip(units.layers, acts, lengths, strict=True)):
        if quantiles is not None:
            own = _tails(layer, quantiles, act)
        elif isinstance(units, Neurons):
            own = _usual(act)
        else:
            own = length[:, None] / units.write_norms[place].clamp_min(1e-12)
        found += _stand_out(units.name, layer, act, own, start, stop, top)
    found.sort(key=lambda a: (-a.normalised, a.layer, a.pos, a.index))
    return Activations(tuple(found[:top]), scale if quantiles is None else tail_scale(quantiles))


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
    source: str,
    layer: int,
    acts: Float[Tensor, "pos unit"],
    scale: Float[Tensor, "pos unit"],
    start: int,
    stop: int,
    top: int,
) -> list[Active]:
    rows, own = acts[start:stop], scale[start:stop]
    ratio = torch.where(own > 0, rows.abs() / own, 0.0).flatten()
    best = ratio.topk(min(top, ratio.numel()))
    found: list[Active] = []
    for value, at in zip(best.values.tolist(), best.indices.tolist(), strict=True):
        pos, index = start + at // rows.shape[1], at % rows.shape[1]
        activation = float(acts[pos, index])
        feature = FeatureId.of(layer, index, activation, source)
        if value > 0:
            found.append(
                Active(
                    id=str(feature),
                    layer=layer,
                    index=index,
                    sign=feature.sign,
                    pos=pos,
                    activation=activation,
                    normalised=value,
                )
            )
    return found

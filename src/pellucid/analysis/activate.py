"""Which sites stand out by their activation, at some positions of a conversation.

With an atlas, a site is compared with its feature's tail quantile: past 1, it is among the strongest in 100,000
tokens. A feature that never fired in all that the atlas was made from has no quantile, and is left out.

Without one, a site is compared with its feature's root mean square in the same conversation, in which activations of
the other sign count as 0. Position 0 is left out: activations there are an attention sink's and hundreds of times
larger.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Active
from pellucid.core.tails import DEFAULT_TAIL, TailQuantiles
from pellucid.subject.capture import capture
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject, finite

SCALE = "root mean square of the feature's activation in this conversation, position 0 left out"


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
) -> Activations:
    """The `top` sites by activation over a scale of their own, within the half-open `span` of positions.

    Args:
        subject: The model.
        prompt: The conversation.
        span: Default: all positions but 0 and a system turn that the template added by itself.
        top: How many sites.
        steering: Interventions that hold in the run.
        quantiles: The atlas whose tail quantiles are the scale; default: root mean squares of this conversation.

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
    found: list[Active] = []
    for layer, act in enumerate(capture(subject, prompt, steering=steering)):
        acts = finite(act.float())
        scale = _usual(acts) if quantiles is None else _tails(layer, quantiles, acts)
        found += _stand_out(layer, acts, scale, start, stop, top)
    found.sort(key=lambda a: (-a.normalised, a.layer, a.pos, a.index))
    return Activations(tuple(found[:top]), SCALE if quantiles is None else tail_scale(quantiles))


def tail_scale(quantiles: TailQuantiles, tail: float = DEFAULT_TAIL) -> str:
    """What an activation over a tail quantile is measured in."""
    name = f"{tail:g}".replace("e-0", "e-")
    if quantiles.reached(tail):
        return f"feature's {name} tail quantile, which 1 token in {1 / tail:,.0f} exceeds"
    return f"feature's extreme in the atlas's corpus, which is too small for a {name} tail"


def _usual(acts: Float[Tensor, "pos d_mlp"]) -> Float[Tensor, "2 d_mlp"]:
    """Root mean squares, first of `.pos` features, then of `.neg` ones."""
    usual = acts[1:] if len(acts) > 1 else acts
    sides = torch.stack([usual.clamp_min(0), usual.clamp_max(0)])
    return sides.square().mean(1).sqrt()


def _tails(
    layer: int, quantiles: TailQuantiles, acts: Float[Tensor, "pos d_mlp"]
) -> Float[Tensor, "2 d_mlp"]:
    """Tail quantiles without their signs, first of `.pos` features, then of `.neg` ones."""
    return acts.new_tensor(quantiles.tail_quantiles(layer)).abs().T


def _stand_out(
    layer: int,
    acts: Float[Tensor, "pos d_mlp"],
    scale: Float[Tensor, "2 d_mlp"],
    start: int,
    stop: int,
    top: int,
) -> list[Active]:
    rows = acts[start:stop]
    own = torch.where(rows < 0, scale[1], scale[0])
    ratio = torch.where(own > 0, rows.abs() / own, 0.0).flatten()
    best = ratio.topk(min(top, ratio.numel()))
    found: list[Active] = []
    for value, at in zip(best.values.tolist(), best.indices.tolist(), strict=True):
        pos, index = start + at // rows.shape[1], at % rows.shape[1]
        activation = float(acts[pos, index])
        feature = FeatureId.of(layer, index, activation)
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

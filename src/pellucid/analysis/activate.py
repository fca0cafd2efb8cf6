"""Which sites stand out by their activation, at some positions of a conversation.

Until an atlas gives tail quantiles, a site is compared with its neuron's root mean square in the same conversation,
position 0 left out: activations there are an attention sink's and hundreds of times larger.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.records import Active
from pellucid.subject.capture import capture
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject

SCALE = "root mean square of the neuron's activation in this conversation, position 0 left out"


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
) -> Activations:
    """The `top` sites by activation over the neuron's own scale, within the half-open `span` of positions.

    Without `span`, all positions but 0 and a system turn that the template added by itself.

    Raises:
        InvalidRequest: The span is empty or lies outside the prompt, or `top` is below 1.
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
    for layer, acts in enumerate(capture(subject, prompt, steering=steering)):
        found += _stand_out(layer, acts.float(), start, stop, top)
    found.sort(key=lambda a: (-a.normalised, a.layer, a.pos, a.index))
    return Activations(tuple(found[:top]), SCALE)


def _stand_out(
    layer: int, acts: Float[Tensor, "pos d_mlp"], start: int, stop: int, top: int
) -> list[Active]:
    usual = acts[1:] if len(acts) > 1 else acts
    scale = usual.square().mean(0).sqrt()
    rows = acts[start:stop]
    ratio = torch.where(scale > 0, rows.abs() / scale, 0.0).flatten()
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

"""Every unit's activation at every position, in one forward pass."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.subject.hooks import Reader
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import Neurons, Units, edited


@torch.inference_mode()
def capture(
    subject: Subject,
    prompt: Prompt,
    *,
    layers: Sequence[int] | None = None,
    span: tuple[int, int] | None = None,
    steering: Steering | None = None,
    source: Units | None = None,
) -> list[Float[Tensor, "pos unit"]]:
    """Activations in the layers asked for, in order, at the half-open `span` of positions; nothing else is kept.

    Those of the subject's neurons, or of `source`: raw and signed, each on its layer's device, after `steering`.
    """
    units = Neurons(subject) if source is None else source
    wanted = units.layers if layers is None else layers
    start, stop = (0, len(prompt)) if span is None else span
    whole = (start, stop) == (0, len(prompt))
    kept: dict[int, Tensor] = {}

    def keep(layer: int, act: Tensor) -> None:
        kept[layer] = act[0] if whole else act[0, start:stop].clone()

    with edited([*steered(steering, range(len(prompt))), (units, Reader(wanted, keep))]):
        subject.trunk(subject.ids_tensor(prompt.ids))
    return [kept[layer] for layer in wanted]

"""Every neuron's activation at every position, in one forward pass."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.subject.hooks import Edit, Reader, hooked
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject


@torch.inference_mode()
def capture(
    subject: Subject,
    prompt: Prompt,
    *,
    layers: Sequence[int] | None = None,
    span: tuple[int, int] | None = None,
    steering: Steering | None = None,
) -> list[Float[Tensor, "pos d_mlp"]]:
    """`mlp_act` of the layers asked for, in order, at the half-open `span` of positions; nothing else is kept.

    Raw and signed, in the subject's data type, each on its layer's device, after `steering`.
    """
    wanted = range(subject.n_layers) if layers is None else layers
    start, stop = (0, len(prompt)) if span is None else span
    whole = (start, stop) == (0, len(prompt))
    kept: dict[int, Tensor] = {}

    def keep(layer: int, act: Tensor) -> None:
        kept[layer] = act[0] if whole else act[0, start:stop].clone()

    edits: list[Edit] = [] if steering is None else [steering.at(range(len(prompt)))]
    with hooked(subject.downs, [*edits, Reader(wanted, keep)]):
        subject.trunk(subject.ids_tensor(prompt.ids))
    return [kept[layer] for layer in wanted]

"""One forward and one backward pass: every site's activation, gradient and relative write.

The graph begins at the activations of the source's first layer, weights are frozen, and only the positions asked for
go through the output embedding, so nothing is computed that no site needs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from transformers import DynamicCache

from pellucid.analysis.question import Question
from pellucid.subject.architectures import down_weight, submodule
from pellucid.subject.branch import Trace
from pellucid.subject.hooks import inputs_read, outputs_read
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject, finite
from pellucid.subject.units import Neurons, Units, edited


@dataclass(frozen=True)
class Linear:
    """A run with its gradients. Layers are kept apart, by place, each on its own device."""

    source: Units
    question: Question
    """Resolved: with a target."""
    trace: Trace
    logprobs: Float[Tensor, "read d_vocab"]
    acts: tuple[Float[Tensor, "pos unit"], ...]
    grads: tuple[Float[Tensor, "pos unit"], ...]
    """Of the question's score, in nats per unit of activation."""
    write_scales: tuple[Float[Tensor, " pos"], ...]
    """Relative write of a unit activation of a unit with a write of length 1."""
    end: "End"

    @property
    def score(self) -> float:
        """What is explained, in nats, in this run."""
        return float(self.question.score(self.logprobs))

    @property
    def span(self) -> tuple[int, int]:
        """Positions of the sites that count: the question's, for other units than neurons without position 0."""
        start, stop = self.question.span
        return (start if isinstance(self.source, Neurons) else min(max(start, 1), stop)), stop

    def place(self, layer: int) -> int:
        """Where a layer stands in the tuples."""
        return self.source.layers.index(layer)


class End(NamedTuple):
    """What the last layer left at the position that predicts the target."""

    resid_post: Float[Tensor, " d_model"]
    mlp_out: Float[Tensor, " d_model"]
    """Before the norm that some families have behind the MLP."""


class _Record:
    """The edit that keeps each layer's activations in the graph, scaled; those that nothing leads to begin it."""

    def __init__(self, layers: Sequence[int], scale: float) -> None:
        self.layers = layers
        self.acts: list[Tensor] = []
        self._scale = scale

    def __call__(
        self, _layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        if self._scale != 1:
            act = act * self._scale
        if not act.requires_grad:
            act = act.detach().requires_grad_()
        self.acts.append(act)
        return act


def linearise(
    subject: Subject,
    question: Question,
    steering: Steering | None,
    *,
    scale: float = 1.0,
    source: Units | None = None,
) -> Linear:
    """Run forward and backward once, under `steering`; `scale` multiplies every activation, for `integrated`.

    Activations are those of the subject's neurons, or of `source`.
    """
    ids = question.read_ids
    units = Neurons(subject) if source is None else source
    record = _Record(units.layers, scale)
    edits = [*steered(steering, range(len(ids))), (units, record)]
    lengths: dict[int, Tensor] = {}
    spreads: dict[int, Tensor] = {}
    ends: dict[int, Tensor] = {}
    last = [subject.layers[-1], subject.downs[-1]]
    cache = DynamicCache()
    with (
        torch.enable_grad(),
        edited(edits),
        _scales_read(subject, units, lengths, spreads),
        outputs_read(
            last, lambda place, out: ends.update({place: out.detach()[0, question.read_at[0]]})
        ),
    ):
        hidden = subject.trunk(subject.ids_tensor(ids), cache=cache)
        logprobs = subject.logprobs(hidden[0, list(question.read_at)])
        question = question.resolved(subject, logprobs.detach())
        grads = torch.autograd.grad(question.score(logprobs), record.acts)
        finite(grads[0])  # whatever overflowed on the way back ends here
    ones = torch.ones(())
    return Linear(
        source=units,
        question=question,
        trace=Trace.of(ids, cache),
        logprobs=logprobs.detach(),
        acts=tuple(act.detach()[0] for act in record.acts),
        grads=tuple(grad[0] for grad in grads),
        write_scales=tuple(
            1 / (lengths[layer] * spreads.get(layer, ones).to(lengths[layer].device))
            for layer in units.layers
        ),
        end=End(ends[0], ends[1]),
    )


@contextmanager
def _scales_read(
    subject: Subject, units: Units, lengths: dict[int, Tensor], spreads: dict[int, Tensor]
) -> Iterator[None]:
    """Keep the residual's length after each layer, and what a norm behind the MLP divides a neuron's write by."""

    def length(layer: int, resid: Tensor) -> None:
        lengths[layer] = resid.detach()[0].float().norm(dim=-1).clamp_min(1e-12)

    def spread(layer: int, out: Tensor) -> None:
        spreads[layer] = out.detach()[0].float().square().mean(-1).sqrt().clamp_min(1e-12)

    norm = subject.family.mlp_out_norm if isinstance(units, Neurons) else None
    behind = [] if norm is None else [submodule(layer, norm) for layer in subject.layers]
    with outputs_read(subject.layers, length), inputs_read(behind, spread):
        yield


def by_layer(linear: Linear) -> Iterator[tuple[int, Tensor, Tensor, Tensor]]:
    """Layer by layer: activations, estimates (nats) and write scales at the question's positions."""
    start, stop = linear.span
    for layer, act, grad, scale in zip(
        linear.source.layers, linear.acts, linear.grads, linear.write_scales, strict=True
    ):
        rows = act[start:stop].float()
        yield layer, rows, rows * grad[start:stop].float(), scale[start:stop]


def last_layer_effects(
    subject: Subject, linear: Linear, sites: Sequence[tuple[int, float]]
) -> Float[Tensor, " sites"]:
    """Exact effects, in nats, of last-layer units where the target is predicted: (index, activation) each.

    Nothing but the final norm and the output embedding comes after, so their effect is arithmetic, not a run.
    """
    found = [_without(subject, linear, sites[at : at + 64]) for at in range(0, len(sites), 64)]
    return linear.score - torch.cat(found)


@torch.inference_mode()
def _without(
    subject: Subject, linear: Linear, sites: Sequence[tuple[int, float]]
) -> Float[Tensor, " sites"]:
    """The score without each of a few last-layer units."""
    family, end = subject.family, linear.end
    index, activation = zip(*sites, strict=True)
    if isinstance(linear.source, Neurons):
        rows = down_weight(family, subject.downs[-1])[:, list(index)].T
    else:
        rows = linear.source.directions(linear.place(subject.n_layers - 1))[list(index)]
    writes = rows * torch.tensor(activation, device=rows.device, dtype=rows.dtype)[:, None]
    if family.mlp_out_norm is not None and isinstance(linear.source, Neurons):
        norm = submodule(subject.layers[-1], family.mlp_out_norm)
        writes = norm(end.mlp_out) - norm(end.mlp_out - writes)
    resid = (end.resid_post - writes).to(end.resid_post.dtype)
    without = submodule(subject.model, family.final_norm)(resid)
    first = subject.logprobs(without)
    rows = linear.logprobs.to(first.device)[None].repeat(len(sites), 1, 1)
    rows[:, 0] = first
    return linear.question.score(rows)

"""How much of the residual stream an SAE keeps, and how much of what the subject knows: on text it was not trained on.

Where no position counts, position 0 above all, the subject's own stream stays in every run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pellucid.features.sae import Sae
from pellucid.features.stream import Rows, residual_after
from pellucid.subject import Subject
from pellucid.subject.hooks import outputs_replaced

_CHUNK = 512
"""Positions whose logits are held at once."""
_LONG = 4
"""Times the median length, past which a position is no ordinary one."""


@dataclass(frozen=True)
class SaeScore:
    """One layer of an SAE, measured."""

    n_tokens: int
    variance_explained: float
    """1 - squared error over squared distance from the mean, both summed over all positions.

    A few positions, attention sinks, are so long that they make most of both sums.
    """
    variance_explained_ordinary: float
    """The same over the positions at which the stream is at most four times as long as at the median one."""
    l0: float
    """Latents active at a position, on average."""
    dead: float
    """Share of the latents that are active at none of the positions."""
    ce_clean: float
    """Nats a token that the subject is off by, as it is."""
    ce_sae: float
    """With the stream replaced by what the SAE makes of it."""
    ce_zero: float
    """With the stream replaced by zeros."""

    @property
    def ce_recovered(self) -> float:
        """Share of what replacing by zeros loses that the SAE keeps."""
        return (self.ce_zero - self.ce_sae) / (self.ce_zero - self.ce_clean)


@torch.inference_mode()
def score_sae(
    subject: Subject,
    sae: Sae,
    rows: Rows,
    *,
    place: int = 0,
) -> SaeScore:
    """The score of one layer of `sae` on these sequences.

    Args:
        subject: The model.
        sae: Its SAE.
        rows: Text it was not trained on.
        place: Which of the SAE's layers.
    """
    layer = sae.layers[place]
    l0 = 0
    streams: list[Tensor] = []
    errors: list[Tensor] = []
    alive = torch.zeros(sae.n_units, dtype=torch.bool)
    for ids, mask in rows.batches():
        resid = residual_after(subject, layer, ids)[mask.to(subject.model.device)]
        act = sae.encode(place, resid)
        errors.append((resid - sae.decode(place, act)).square().sum(-1).cpu())
        streams.append(resid.cpu())
        l0 += int((act > 0).sum())
        alive |= (act > 0).any(0).cpu()
    stream, error = torch.cat(streams), torch.cat(errors)
    length = stream.norm(dim=-1)
    n, ordinary = len(stream), length <= _LONG * length.median()
    clean, kept, zero = (_loss(subject, sae, place, rows, how) for how in _HOW)
    return SaeScore(
        n_tokens=n,
        variance_explained=_explained(stream, error),
        variance_explained_ordinary=_explained(stream[ordinary], error[ordinary]),
        l0=l0 / n,
        dead=float((~alive).float().mean()),
        ce_clean=clean,
        ce_sae=kept,
        ce_zero=zero,
    )


_HOW = ("clean", "sae", "zero")


def _explained(stream: Float[Tensor, "token d_model"], error: Float[Tensor, " token"]) -> float:
    spread = (stream - stream.mean(0)).double().square().sum()
    return 1 - float(error.double().sum() / spread)


def _loss(subject: Subject, sae: Sae, place: int, rows: Rows, how: str) -> float:
    """Mean cross-entropy of the next token in nats, over positions whose own stream was replaced."""
    total, n, device = 0.0, 0, subject.model.device
    for some_ids, counts in rows.batches():
        ids, mask = some_ids.to(device), counts.to(device)
        with _replaced(subject, sae, place, how, mask):
            hidden = subject.trunk(ids)
        reads = mask[:, :-1] & mask[:, 1:]
        wanted = ids[:, 1:][reads]
        for some, id_ in zip(
            hidden[:, :-1][reads].split(_CHUNK), wanted.split(_CHUNK), strict=True
        ):
            total -= float(subject.logprobs(some).gather(1, id_[:, None]).double().sum())
        n += len(wanted)
    return total / n


@contextmanager
def _replaced(
    subject: Subject, sae: Sae, place: int, how: str, mask: Bool[Tensor, "batch pos"]
) -> Iterator[None]:
    def replace(_key: int, resid: Tensor) -> Tensor:
        if how == "zero":
            made = torch.zeros_like(resid)
        else:
            made = sae.decode(place, sae.encode(place, resid)).to(resid.dtype)
        return torch.where(mask[..., None], made, resid)

    if how == "clean":
        yield
        return
    layer = sae.layers[place]
    with outputs_replaced({layer: subject.layers[layer]}, replace):
        yield

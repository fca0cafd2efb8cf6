"""The residual stream after one layer, over many sequences: what an SAE is trained on."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np
import torch
from jaxtyping import Float, Int, UInt
from torch import Tensor

from pellucid.subject import Subject
from pellucid.subject.hooks import outputs_read

BATCH_TOKENS = 4096


class _Reached(Exception):
    """The layer asked for has run, and nothing after it is needed: no failure."""


@torch.inference_mode()
def residual_after(
    subject: Subject, layer: int, ids: Int[Tensor, "batch pos"]
) -> Float[Tensor, "batch pos d_model"]:
    """The stream after a layer, float32; layers after it do not run."""
    found: list[Tensor] = []

    def take(_place: int, resid: Tensor) -> None:
        found.append(resid.float())
        raise _Reached

    with suppress(_Reached), outputs_read([subject.layers[layer]], take):
        subject.trunk(ids.to(subject.model.device))
    return found[0]


def harvest(
    subject: Subject,
    layer: int,
    ids: UInt[np.ndarray, "seq pos"],
    length: Int[np.ndarray, " seq"],
    *,
    tell: Callable[[int], None] = lambda _: None,
) -> Float[Tensor, "token d_model"]:
    """The stream after a layer at all positions of the sequences but the first, on the CPU.

    Position 0 is an attention sink, a hundred times longer than any other, and no latent's business.

    Args:
        subject: The model.
        layer: Whose output is kept.
        ids: Right-padded.
        length: Of each sequence.
        tell: Is told the tokens read so far.
    """
    kept = torch.empty(int((length - 1).clip(min=0).sum()), subject.d_model)
    at = 0
    for rows, mask in batches(ids, length):
        some = residual_after(subject, layer, rows).cpu()[mask]
        kept[at : at + len(some)] = some
        at += len(some)
        tell(at)
    return kept


def batches(
    ids: UInt[np.ndarray, "seq pos"], length: Int[np.ndarray, " seq"]
) -> Iterator[tuple[Int[Tensor, "batch pos"], Tensor]]:
    """Sequences of like lengths together, longest first, and which positions count: all but 0 and padding."""
    order = np.argsort(-length, kind="stable")
    order = order[length[order] > 1]
    at = 0
    while at < len(order):
        width = int(length[order[at]])
        some = order[at : at + max(BATCH_TOKENS // width, 1)]
        pos = np.arange(width)
        mask = (pos >= 1) & (pos < length[some][:, None])
        yield torch.from_numpy(ids[some, :width].astype(np.int64)), torch.from_numpy(mask)
        at += len(some)

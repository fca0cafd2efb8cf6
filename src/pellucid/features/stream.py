"""The residual stream after one layer, over many sequences: what an SAE is trained on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Bool, Float, Int, UInt
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


@dataclass(frozen=True)
class Rows:
    """Sequences to read, and which of their positions count."""

    ids: UInt[np.ndarray, "seq pos"]
    """Right-padded."""
    length: Int[np.ndarray, " seq"]
    start: Int[np.ndarray, " seq"]
    """First position that counts, at least 1: at 0 stands an attention sink, a hundred times longer than the others."""

    @property
    def n_tokens(self) -> int:
        """Positions that count."""
        return int((self.length - self.start).clip(min=0).sum())

    def batches(self) -> Iterator[tuple[Int[Tensor, "batch pos"], Bool[Tensor, "batch pos"]]]:
        """Sequences of like lengths together, longest first, and which positions count."""
        order = np.argsort(-self.length, kind="stable")
        order = order[self.length[order] > self.start[order]]
        at = 0
        while at < len(order):
            width = int(self.length[order[at]])
            some = order[at : at + max(BATCH_TOKENS // width, 1)]
            pos = np.arange(width)
            mask = (pos >= self.start[some][:, None]) & (pos < self.length[some][:, None])
            yield (
                torch.from_numpy(self.ids[some, :width].astype(np.int64)),
                torch.from_numpy(mask),
            )
            at += len(some)


def harvest(
    subject: Subject, layer: int, rows: Rows, *, tell: Callable[[int], None] = lambda _: None
) -> Float[Tensor, "token d_model"]:
    """The stream after a layer at all positions that count, on the CPU.

    Args:
        subject: The model.
        layer: Whose output is kept.
        rows: What is read.
        tell: Is told the tokens kept so far.
    """
    kept = torch.empty(rows.n_tokens, subject.d_model)
    at = 0
    for ids, mask in rows.batches():
        some = residual_after(subject, layer, ids).cpu()[mask]
        kept[at : at + len(some)] = some
        at += len(some)
        tell(at)
    return kept

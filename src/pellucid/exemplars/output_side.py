"""What a feature's output direction does to the logits, taken straight to the output embedding.

A unit of activation adds its direction to the residual stream; through the final norm's gain (its division by the
stream's size left out, a layer norm's mean taken out) and the output embedding it adds so much to every logit.

Source: direct logit attribution; nostalgebraist 2020. What later layers do with the direction is not in it.
"""

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float32, Int32
from torch import Tensor

from pellucid.features import FeatureSource
from pellucid.subject import Subject
from pellucid.subject.architectures import submodule
from pellucid.subject.subject import norm_gain

N_SHOWN = 10
_CHUNK = 256


class OutputSide(NamedTuple):
    """For every feature the tokens it raises and lowers most, strongest first; logits per unit of activation."""

    promoted_ids: Int32[np.ndarray, "feature shown"]
    promoted: Float32[np.ndarray, "feature shown"]
    suppressed_ids: Int32[np.ndarray, "feature shown"]
    suppressed: Float32[np.ndarray, "feature shown"]


@torch.inference_mode()
def output_side(subject: Subject, source: FeatureSource, n_shown: int = N_SHOWN) -> OutputSide:
    """The output side of all features, in feature order."""
    gain = norm_gain(submodule(subject.model, subject.family.final_norm))
    centred = hasattr(submodule(subject.model, subject.family.final_norm), "bias")
    embedding = subject.model.get_output_embeddings().weight
    parts: list[OutputSide] = []
    for place in range(len(source.layers)):
        directions = source.directions(place)
        for at in range(0, len(directions), _CHUNK):
            some = directions[at : at + _CHUNK].to(embedding.device)
            if centred:
                some = some - some.mean(-1, keepdim=True)
            logits = (some * gain.to(some.device)) @ embedding.float().T
            parts.append(_extremes(logits, len(source.signs) == 2, n_shown))
    return OutputSide(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _extremes(logits: Tensor, both_signs: bool, n: int) -> OutputSide:
    high, low = logits.topk(n), (-logits).topk(n)
    up, down = (high.indices, high.values), (low.indices, -low.values)
    if not both_signs:
        return OutputSide(*(_numpy(x) for x in (*up, *down)))
    # With the other sign, what was raised is lowered and the other way round.
    ids_up, ids_down = (_pair(up[0], down[0]), _pair(down[0], up[0]))
    by_up, by_down = (_pair(up[1], -down[1]), _pair(down[1], -up[1]))
    return OutputSide(*(_numpy(x) for x in (ids_up, by_up, ids_down, by_down)))


def _pair(positive: Tensor, negative: Tensor) -> Tensor:
    """Rows of the two signs in turn: [2 * unit, shown]."""
    return torch.stack([positive, negative], dim=1).reshape(-1, positive.shape[1])


def _numpy(x: Tensor) -> np.ndarray:
    found = x.cpu().numpy()
    return found.astype(np.int32 if x.dtype == torch.int64 else np.float32)


@torch.inference_mode()
def output_rows(subject: Subject) -> Float32[np.ndarray, "vocab d"]:
    """The output embedding with the final norm's gain in it: times a direction, logits per unit of activation."""
    norm = submodule(subject.model, subject.family.final_norm)
    rows = subject.model.get_output_embeddings().weight.float() * norm_gain(norm)
    if hasattr(norm, "bias"):
        rows = rows - rows.mean(-1, keepdim=True)
    return rows.cpu().numpy()


@torch.inference_mode()
def output_directions(source: FeatureSource) -> Float32[np.ndarray, "place unit d"]:
    """What a unit of activation writes, of every unit."""
    places = range(len(source.layers))
    return np.stack([source.directions(place).float().cpu().numpy() for place in places])

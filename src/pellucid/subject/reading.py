"""What the subject expected at every position: log-probabilities and alternatives of all tokens, the prompt's too."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor
from transformers import DynamicCache

from pellucid.core.records import Alternative, Token
from pellucid.subject.codec import Codec
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import edited

CHUNK = 256
"""Positions whose logits are held at once, past the first chunk."""


def read(
    subject: Subject, prompt: Prompt, *, top: int = 5, steering: Steering | None = None
) -> list[Token]:
    """Every token of the prompt with its log-probability in nats, given all before it, and `top` alternatives.

    Without steering the residual stream is the plain model's, bit for bit, and so are log-probabilities on the CPU;
    elsewhere a matrix product may round otherwise for the rows of a chunk than for all rows.

    Checked by: tests/numerics/test_bits.py
    """
    return tokens_of(subject, prompt, trunk_of(subject, prompt, steering), top)


@torch.inference_mode()
def trunk_of(
    subject: Subject, prompt: Prompt, steering: Steering | None, cache: DynamicCache | None = None
) -> Float[Tensor, "pos d_model"]:
    """The residual stream after the last norm, in the run as steered; fills `cache` where one is given."""
    with edited(steered(steering, range(len(prompt)))):
        return subject.trunk(subject.ids_tensor(prompt.ids), cache=cache)[0]


@torch.inference_mode()
def tokens_of(
    subject: Subject, prompt: Prompt, hidden: Float[Tensor, "pos d_model"], top: int
) -> list[Token]:
    """The prompt's tokens, from what `trunk_of` gave."""
    tokens = [prompt.token(0)]
    size = len(prompt) if len(prompt) <= 2 * CHUNK else CHUNK
    for start in range(0, len(prompt) - 1, size):
        nexts = prompt.ids[start + 1 : start + size + 1]
        first = min(
            start, len(prompt) - size
        )  # the last chunk is whole: few rows are rounded otherwise
        logprobs = subject.logprobs(hidden[first : first + size])[start - first :][: len(nexts)]
        found = expectations(subject.codec, logprobs, nexts, top)
        tokens += [
            prompt.token(start + 1 + i, lp, alternatives)
            for i, (lp, alternatives) in enumerate(found)
        ]
    return tokens


def expectations(
    codec: Codec, logprobs: Float[Tensor, "pos d_vocab"], ids: Sequence[int], top: int
) -> list[tuple[float, tuple[Alternative, ...]]]:
    """For each position, the log-probability of the id that came, and the most likely ids."""
    if not ids:
        return []
    came = logprobs[
        torch.arange(len(ids)), torch.tensor(list(ids), device=logprobs.device)
    ].tolist()
    if top == 0:
        return [(lp, ()) for lp in came]
    values, indices = logprobs.topk(min(top, logprobs.shape[-1]), dim=-1)
    return [
        (
            lp,
            tuple(
                Alternative(id=i, text=codec.piece(i), logprob=v)
                for i, v in zip(ids_, vs, strict=True)
            ),
        )
        for lp, ids_, vs in zip(came, indices.tolist(), values.tolist(), strict=True)
    ]

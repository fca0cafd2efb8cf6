"""What the subject expected at every position: log-probabilities and alternatives of all tokens, the prompt's too."""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor
from transformers import DynamicCache

from pellucid.core.records import Alternative, Token
from pellucid.subject.codec import Codec
from pellucid.subject.hooks import hooked
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject

CHUNK = 256
"""Positions whose logits are held at once, past the first chunk."""


def read(
    subject: Subject, prompt: Prompt, *, top: int = 5, steering: Steering | None = None
) -> list[Token]:
    """Every token of the prompt with its log-probability in nats, given all before it, and `top` alternatives."""
    return read_on(subject, prompt, top=top, steering=steering)[0]


@torch.inference_mode()
def read_on(
    subject: Subject,
    prompt: Prompt,
    *,
    top: int = 5,
    steering: Steering | None = None,
    cache: DynamicCache | None = None,
) -> tuple[list[Token], Float[Tensor, " d_vocab"]]:
    """As `read`, with the log-probabilities of the token after the prompt; fills `cache` where one is given."""
    edits = [] if steering is None else [steering.at(range(len(prompt)))]
    with hooked(subject.downs, edits):
        hidden = subject.trunk(subject.ids_tensor(prompt.ids), cache=cache)[0]
    tokens = [prompt.token(0)]
    size = len(prompt) if len(prompt) <= 2 * CHUNK else CHUNK
    logprobs = hidden.new_empty(0)
    for start in range(0, len(prompt), size):
        logprobs = subject.logprobs(hidden[start : start + size])
        nexts = prompt.ids[start + 1 : start + size + 1]
        found = expectations(subject.codec, logprobs[: len(nexts)], nexts, top)
        tokens += [
            prompt.token(start + 1 + i, lp, alternatives)
            for i, (lp, alternatives) in enumerate(found)
        ]
    return tokens, logprobs[-1]


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

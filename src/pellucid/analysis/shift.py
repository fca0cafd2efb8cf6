"""How the next token's distribution after one prompt differs from that after another, each under its own steering.

Checked by: tests/numerics/test_shift.py
"""

from collections.abc import Generator

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.analysis.divergence import kl
from pellucid.analysis.steps import whole
from pellucid.core.records import Moved, Shift
from pellucid.subject.prompt import Prompt
from pellucid.subject.reading import trunk_of
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject


def shift_stepwise(
    subject: Subject,
    before: Prompt,
    after: Prompt,
    *,
    steering_before: Steering | None = None,
    steering_after: Steering | None = None,
    top: int = 20,
) -> Generator[None, None, Shift]:
    """The divergence of the distribution behind `after` from the one behind `before`, and what moved most.

    Args:
        subject: The model.
        before: What is read before the token, in one run.
        after: The same in the other.
        steering_before: Interventions that hold in the first run.
        steering_after: Interventions that hold in the second.
        top: How many tokens, at most.
    """
    q = _next(subject, before, steering_before)
    yield
    p = _next(subject, after, steering_after)
    moves = (p.exp() - q.exp()).abs()
    size, ids = moves.topk(min(top, len(moves)))
    ids = ids[size > 0].tolist()
    return Shift(
        kl=kl(p, q),
        tokens=tuple(
            Moved(
                id=id_,
                text=subject.codec.piece(id_),
                before=float(q[id_].exp()),
                after=float(p[id_].exp()),
            )
            for id_ in ids
        ),
    )


shift = whole(shift_stepwise)


@torch.inference_mode()
def _next(subject: Subject, prompt: Prompt, steering: Steering | None) -> Float[Tensor, " d_vocab"]:
    """Log-probabilities of the next token, in nats."""
    hidden = trunk_of(subject, prompt, steering)
    return subject.logprobs(hidden[-1:])[0].cpu().double()

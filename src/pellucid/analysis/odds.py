"""From effects on log p, taken as linear in the log-odds of one target, to the effects on log p itself.

A log-probability near 0 has next to no gradient left, its log-odds have; what a unit is worth there, 0 to 1, the
logistic curve says.
"""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import logsigmoid

from pellucid.analysis.linear import Linear


class Odds(NamedTuple):
    """Where a target's probability p stands on the logistic curve."""

    rest: float
    """1 - p, what the gradient of log p is divided by; at least 1e-6."""
    log_p: float
    """Nats, for a 1 - p of `rest`."""
    log_rest: float
    """Log(1 - p), nats, the same."""


def odds_of(linear: Linear) -> Odds | None:
    """Those of the target explained; None for several tokens and for a contrast, whose score is no probability."""
    question = linear.question
    if len(question.ids) > 1 or question.contrast_id is not None:
        return None
    rest = max(-math.expm1(linear.score), 1e-6)
    at = linear.score - math.log(rest)
    log_p, log_rest = logsigmoid(torch.tensor([at, -at], dtype=torch.float64)).tolist()
    return Odds(rest, log_p, log_rest)


def through_odds(estimates: Float[Tensor, "*sites"], odds: Odds | None) -> Float[Tensor, "*sites"]:
    """Effects on log p, in nats, from estimates of them; on their device, in their precision."""
    if odds is None:
        return estimates
    moved = estimates / odds.rest
    # log(p + (1 - p) exp(moved)), written so that small effects keep their digits and large ones stay finite.
    effects = torch.log1p(math.exp(odds.log_rest) * torch.expm1(moved.clamp(-1, 1)))
    far = moved.abs() > 1
    effects[far] = torch.logaddexp(moved.new_tensor(odds.log_p), odds.log_rest + moved[far])
    return effects

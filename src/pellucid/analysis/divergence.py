"""How far one distribution of the next token is from another."""

from jaxtyping import Float
from torch import Tensor


def kl(p: Float[Tensor, " d_vocab"], q: Float[Tensor, " d_vocab"]) -> float:
    """The divergence of `p` from `q`, log-probabilities both, in nats: the sum of p * log(p / q).

    In their own precision; at least 0, which rounding may take a sum below.
    """
    return max(float((p.exp() * (p - q)).sum()), 0.0)

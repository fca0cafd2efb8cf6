"""Training of a simulator: the bin of each activation, from a sentence and the text up to there.

Source: the recipe of Bills et al. 2023 and of later distilled simulators, in small: eleven bins of the activation over
the feature's peak, cross-entropy at every token. Ours: any tokenizer, a frozen trunk but for its last layers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Int64
from torch.nn.functional import cross_entropy

from pellucid.descriptions.llm.simulate import CONTEXT
from pellucid.descriptions.material import Texts
from pellucid.descriptions.pipeline import Case
from pellucid.simulators.trained import N_BINS, TrainedSimulator

WINDOW = 48
"""Positions of a sequence that are learnt from."""


@dataclass(frozen=True)
class Example:
    """One sequence, and what a feature does on it."""

    sentence: str
    row: int
    """Sequence number."""
    first: int
    """First position that is shown."""
    bins: Int64[np.ndarray, " pos"]
    """0 to 10, of the feature's peak, from `first` on; -1 where a position does not count."""


@dataclass(frozen=True)
class Settings:
    """How long, and how fast."""

    epochs: int = 2
    batch: int = 8
    head_rate: float = 3e-3
    layer_rate: float = 1e-4
    seed: int = 0


def examples_of(
    case: Case, sentence: str, n: int, seed: int = 0, window: int = WINDOW
) -> list[Example]:
    """Sequences of the train split: half of them top ones, the rest drawn from the others; a window of each."""
    pool = case.shown.pool
    random = np.random.default_rng([seed, case.shown.seed])
    top = random.permutation(pool.n_top)[: n - n // 2]
    drawn = pool.n_top + random.permutation(len(pool.rows) - pool.n_top)[: n // 2]
    peak = max(float(pool.y.max(initial=0)), 1e-9)
    at = np.arange(pool.y.shape[1])
    out: list[Example] = []
    for i in (*top, *drawn):
        start, stop = int(case.texts.start[pool.rows[i]]), int(case.texts.stop[pool.rows[i]])
        latest = max(start, stop - window)
        begin = int(random.integers(start, latest + 1))
        if i < pool.n_top:
            begin = min(max(start, int(pool.y[i].argmax()) - 2 * window // 3), latest)
        first, end = max(0, begin - CONTEXT), min(stop, begin + window)
        row = int(pool.rows[i])
        bins = np.minimum(np.round((N_BINS - 1) * pool.y[i] / peak), N_BINS - 1).astype(np.int64)
        bins[at < begin] = -1
        out.append(Example(sentence, row, first, bins[first:end]))
    return out


def train(
    simulator: TrainedSimulator,
    examples: Sequence[Example],
    texts: Texts,
    settings: Settings = Settings(),
    tell: Callable[[int, int, float], None] = lambda _step, _of, _loss: None,
) -> list[float]:
    """Trains in place; the loss at every step. The same examples and settings give the same on one machine."""
    module = simulator.module
    module.requires_grad_(True)
    head = list(module.get_submodule("head").parameters())
    layers = list(module.get_submodule("layers").parameters())
    optimiser = torch.optim.AdamW(
        [
            {"params": head, "lr": settings.head_rate},
            {"params": layers, "lr": settings.layer_rate},
        ],
        weight_decay=0.01,
    )
    random = np.random.default_rng(settings.seed)
    order = np.concatenate([random.permutation(len(examples)) for _ in range(settings.epochs)])
    steps = [order[at : at + settings.batch] for at in range(0, len(order), settings.batch)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / len(steps))
    losses: list[float] = []
    try:
        for step, chosen in enumerate(steps, 1):
            some = [examples[i] for i in chosen]
            shown = [simulator.pieces(texts, e.row)[e.first : e.first + len(e.bins)] for e in some]
            found = simulator.logits([example.sentence for example in some], shown)
            wanted = [torch.from_numpy(example.bins).to(found[0].device) for example in some]
            loss = cross_entropy(torch.cat(found), torch.cat(wanted), ignore_index=-1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*head, *layers], 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
            tell(step, len(steps), losses[-1])
    finally:
        module.requires_grad_(False)
    return losses

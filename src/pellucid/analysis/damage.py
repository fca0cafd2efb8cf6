"""How much interventions harm text that has nothing to do with them, beside as many matched random features.

1. The neutral prompts (`neutral.json`: short questions with an answer begun for the subject; without a chat template
   question and answer as plain text) are read without interventions, which gives the mean activations to match by.
2. `n` sets of random features stand in for those named: same source, layer and sign, same decile of mean absolute
   activation, outside the set; with a strength, only features that ever fired in the atlas's corpus.
3. Each prompt is read again with the interventions, and with each random set in their place. KL of the next token's
   distribution from that without, in nats, mean over all positions from the first one that is steered on: what stands
   behind a steered position feels it too. Ranges `A:B` are of another conversation, and hold everywhere here.
4. Greedy replies to the first few prompts show whether the subject still speaks: which share of their runs of
   3 tokens occurred earlier in the same reply; without, with, and with one random set.
5. Verdict, by `STRONG_KL` and `BABBLING_KL`, or by a repetition of `BABBLING` that is also twice that without.

Checked by: tests/numerics/test_damage.py
"""

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pellucid.analysis.matched import Kind, Means, kind_of, mean_readers, stand_ins
from pellucid.analysis.steps import whole
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention
from pellucid.core.records import (
    Conversation,
    Damage,
    DamageVerdict,
    Message,
    RandomDamage,
    Repetition,
)
from pellucid.core.repetition import BABBLING, repeated
from pellucid.core.tails import DEFAULT_TAIL, TailQuantiles
from pellucid.subject.generation import generate
from pellucid.subject.prompt import Prompt
from pellucid.subject.reading import trunk_of
from pellucid.subject.steering import Steering, place_of
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units, edited, units_of

STRONG_KL = 0.5
"""Nats: from here on every tenth token or so of neutral text comes out differently."""
BABBLING_KL = 2.5
"""Nats: from here on little of the distribution is left."""
N_REPLIES, REPLY_TOKENS = 2, 48


def damage_stepwise(
    subject: Subject,
    interventions: Sequence[Intervention],
    *,
    n: int = 3,
    seed: int = 0,
    quantiles: TailQuantiles | None = None,
    sources: Sequence[Units] = (),
) -> Generator[None, None, Damage]:
    """What the interventions do to neutral text.

    Args:
        subject: The model.
        interventions: In order; the later wins.
        n: How many random sets; 0 for none.
        seed: Of the random sets.
        quantiles: The atlas that strengths are multiples of.
        sources: What is open beside the subject's neurons.

    Raises:
        InvalidRequest: No feature is named.
        PellucidError: As from `Steering.compile`.
    """
    items = [_everywhere(item) for item in interventions]
    members = list(dict.fromkeys(f for item in items for f in item.feature_ids()))
    if not members:
        raise InvalidRequest(
            "there is no damage to measure",
            why="no intervention names a feature",
            instead="suppress, strengthen or clamp something first",
        )
    compiling = _Compiling(subject, quantiles, tuple(sources))
    texts = [_text(subject, prompt, items) for prompt in neutral_prompts(subject)]
    for text in texts:
        compiling.steering(items, text.prompt)  # refused before anything is computed
    homes = {member.source: units_of(subject, member, sources) for member in members}
    means, plain = yield from _unsteered(subject, texts, members, homes)
    draws = _draws(members, means, n, seed, _usable(items, means, quantiles))
    variants = [items, *([_replaced(item, draw) for item in items] for draw in draws)]
    sums = np.zeros(len(variants))
    for text, hidden in zip(texts, plain, strict=True):
        before = _logprobs(subject, hidden)
        for i, variant in enumerate(variants):
            steering = compiling.steering(variant, text.prompt)
            after = _logprobs(subject, trunk_of(subject, text.prompt, steering)[text.reached])
            sums[i] += float((after.exp() * (after - before)).sum())
            yield
    n_positions = sum(int(text.reached.sum()) for text in texts)
    kl, *random = np.maximum(sums / n_positions, 0).tolist()
    repetition = yield from _repetitions(compiling, variants)
    return Damage(
        kl=kl,
        kl_random=RandomDamage(
            mean=float(np.mean(random)), low=min(random), high=max(random), n=len(random)
        )
        if random
        else None,
        repetition=repetition,
        n_prompts=len(texts),
        n_positions=n_positions,
        verdict=verdict_of(kl, repetition),
    )


damage = whole(damage_stepwise)


@cache
def _neutral() -> tuple[tuple[str, str], ...]:
    text = files("pellucid.analysis").joinpath("neutral.json").read_text(encoding="utf-8")
    return tuple((question, answer) for question, answer in json.loads(text))


def neutral_prompts(subject: Subject) -> list[Prompt]:
    """The neutral prompts as this subject reads them, answers begun."""
    return [subject.read_prompt(_conversation(subject, *pair)) for pair in _neutral()]


def _conversation(subject: Subject, question: str, answer: str | None) -> Conversation:
    if not subject.has_chat_template:
        return Conversation(text=question if answer is None else f"{question}\n{answer}")
    turns = [Message(role="user", content=question)]
    if answer is not None:
        turns.append(Message(role="assistant", content=answer))
    return Conversation(messages=tuple(turns))


@dataclass(frozen=True, slots=True)
class _Text:
    """A neutral prompt, and the positions that steering reaches there."""

    prompt: Prompt
    reached: Bool[Tensor, " pos"]


def _text(subject: Subject, prompt: Prompt, items: Sequence[Intervention]) -> _Text:
    places = [place_of(item, prompt, subject.n_context) for item in items if item.features]
    steered = [pos for pos in range(len(prompt)) if any(pos in place for place in places)]
    first = steered[0] if steered else len(prompt) - 1
    return _Text(prompt, torch.arange(len(prompt)) >= first)


@dataclass(frozen=True, slots=True)
class _Compiling:
    """Interventions made ready for one prompt after the other."""

    subject: Subject
    quantiles: TailQuantiles | None
    sources: tuple[Units, ...]

    def steering(self, items: Sequence[Intervention], prompt: Prompt) -> Steering | None:
        return Steering.compile(
            self.subject, items, prompt, quantiles=self.quantiles, sources=self.sources
        )


def _everywhere(item: Intervention) -> Intervention:
    return item if item.range() is None else item.model_copy(update={"positions": "all"})


def _replaced(item: Intervention, draw: Mapping[FeatureId, FeatureId]) -> Intervention:
    features = tuple(str(draw[feature]) for feature in item.feature_ids())
    return item.model_copy(update={"features": features})


def _unsteered(
    subject: Subject,
    texts: Sequence[_Text],
    members: Sequence[FeatureId],
    homes: Mapping[str, Units],
) -> Generator[None, None, tuple[Means, list[Float[Tensor, "reached d_model"]]]]:
    """Mean absolute activations over all reached positions, and the residual stream there after the last norm."""
    total = sum(int(text.reached.sum()) for text in texts)
    sums: Means = {}
    plain: list[Tensor] = []
    for text in texts:
        means, readers = mean_readers(members, text.reached, homes)
        with edited(readers):
            plain.append(trunk_of(subject, text.prompt, None)[text.reached])
        weight = int(text.reached.sum()) / total
        for kind, values in means.items():
            sums[kind] = sums.get(kind, 0) + values * weight
        yield
    return {kind: sums[kind] for kind in {kind_of(member) for member in members}}, plain


def _usable(
    items: Sequence[Intervention], means: Means, quantiles: TailQuantiles | None
) -> dict[Kind, Bool[np.ndarray, " unit"]] | None:
    """Which features a strength has a meaning for; None where none is needed."""
    tails = {item.quantile or DEFAULT_TAIL for item in items if item.strength}
    if not tails or quantiles is None:
        return None
    found: dict[Kind, Bool[np.ndarray, " unit"]] = {}
    for source, layer, sign in means:
        column = 0 if sign == "pos" else 1
        found[source, layer, sign] = np.logical_and.reduce(
            [quantiles.tail_quantiles(layer, tail)[:, column] != 0 for tail in tails]
        )
    return found


def _draws(
    members: Sequence[FeatureId],
    means: Means,
    n: int,
    seed: int,
    usable: Mapping[Kind, Bool[np.ndarray, " unit"]] | None,
) -> list[dict[FeatureId, FeatureId]]:
    """The random sets; none where the features named leave too few to draw from."""
    try:
        return stand_ins(members, means, n, "activation", seed, usable)
    except InvalidRequest:
        return []


@torch.inference_mode()
def _logprobs(
    subject: Subject, hidden: Float[Tensor, "reached d_model"]
) -> Float[Tensor, "reached d_vocab"]:
    return subject.logprobs(hidden).double()


def _repetitions(
    compiling: _Compiling, variants: Sequence[Sequence[Intervention]]
) -> Generator[None, None, Repetition]:
    """Without interventions, with them (the first of `variants`), and with a random set (the second)."""
    before = yield from _repetition(compiling, None)
    after = yield from _repetition(compiling, variants[0])
    random = None if len(variants) < 2 else (yield from _repetition(compiling, variants[1]))
    return Repetition(before=before, after=after, random=random)


def _repetition(
    compiling: _Compiling, items: Sequence[Intervention] | None
) -> Generator[None, None, float]:
    """Mean over the greedy replies to the first few questions."""
    subject, shares = compiling.subject, []
    for question, _ in _neutral()[:N_REPLIES]:
        prompt = subject.read_prompt(_conversation(subject, question, None))
        steering = None if items is None else compiling.steering(items, prompt)
        writing = generate(
            subject,
            prompt,
            max_new_tokens=REPLY_TOKENS,
            temperature=0,
            top=0,
            steering=steering,
        )
        ids: list[int] = []
        with closing(writing):
            for token in writing:
                ids += [] if token.marker else [token.id]
                yield
        shares.append(repeated(ids))
    return float(np.mean(shares))


def verdict_of(kl: float, repetition: Repetition) -> DamageVerdict:
    """In one word: how much of the subject is left."""
    stuck = repetition.after >= max(BABBLING, 2 * repetition.before)
    if kl >= BABBLING_KL or stuck:
        return "babbling"
    return "strong" if kl >= STRONG_KL else "mild"

"""Does a set of features matter for a token? Suppress it, and as many matched random sets, and compare.

1. The run as steered so far gives every feature's mean absolute activation at the positions: that of its unit where
   it has the feature's sign, 0 elsewhere.
2. Each random set has as many features as the set asked about. Each is matched to one member: same source, layer and
   sign and, with `activation`, the same decile of mean absolute activation (`matched.classes`); drawn outside the
   set, without repetition.
3. All sets are suppressed under the same sign rule and positions, many in one pass, beside a row in which nothing is
   suppressed: the last digits depend on the size of a pass, so effects are taken within one.
4. The verdict is `promotes` where the effect is above the 97.5th percentile of the random sets' effects, and above 0 by
   more than rounding (`ROUNDING` times the data type's precision); `suppresses` where it is below the 2.5th, and
   below 0 by as much; otherwise `within chance`.

Checked by: tests/numerics/test_verify.py
"""

from collections.abc import Generator, Sequence

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pellucid.analysis.divergence import kl
from pellucid.analysis.matched import mean_activations, random_sets
from pellucid.analysis.question import Question
from pellucid.analysis.steps import whole
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention, SignRule
from pellucid.core.records import Match, RandomSets, Touched, Verdict, Verification
from pellucid.subject.steering import Place, Steering, place_of, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import UnitEdit, Units, edited, touched, units_of

BATCH_TOKENS = 1024
"""Positions one forward pass reads, all its sets together."""
ROUNDING = 16
"""Effects up to this times the data type's precision are rounding: 2e-6 nats in float32, 0.1 in bfloat16."""


def verify_stepwise(
    subject: Subject,
    question: Question,
    features: Sequence[str],
    *,
    positions: str = "all",
    n: int = 50,
    match: Match = "activation",
    sign_rule: SignRule = "own",
    seed: int = 0,
    steering: Steering | None = None,
    sources: Sequence[Units] = (),
) -> Generator[None, None, Verification]:
    """What suppressing `features` did to the target, beside `n` random sets; all effects in nats.

    With a contrast, `before`, `after` and all effects are of log p(target) - log p(contrast). `kl` is the divergence
    of the next token's distribution after from that before, the sum of p_after * log(p_after / p_before).

    Args:
        subject: The model.
        question: The target, and the contrast if there is one.
        features: Feature ids; repeated ones count once.
        positions: Where they are suppressed, as in `Intervention.positions`.
        n: How many random sets; at least 2.
        match: What random features share with the member each stands for.
        sign_rule: Suppress only where a feature's own sign is active, or everywhere; random sets alike.
        seed: Of the random sets.
        steering: Interventions that hold in all runs; the suppression comes after them.
        sources: What is open beside the subject's neurons.

    Raises:
        InvalidRequest: No features, fewer than 2 random sets, or too few features left to draw from.
        NotFound: A feature the subject does not have.
    """
    members = [FeatureId.parse(text) for text in dict.fromkeys(features)]
    homes = {member.source: units_of(subject, member, sources) for member in members}
    if not members:
        raise InvalidRequest("no features are named", instead="give at least one feature id")
    if n < 2:
        raise InvalidRequest(f"{n} random sets give no interval", instead="ask for 2 or more")
    where = Intervention(features=("mlp.0.0.pos",), strength=0, positions=positions)
    reads = len(question.read_ids)
    allowed = _mask(place_of(where, question.prompt, subject.n_context), reads)
    means = mean_activations(subject, question.read_ids, members, allowed, steering, homes)
    yield
    sets = [members, *random_sets(members, means, n, match, seed)]
    size = max(1, BATCH_TOKENS // reads - 1)
    first: Tensor | None = None
    effects: list[float] = []
    for start in range(0, len(sets), size):
        some = [[], *sets[start : start + size]]
        rows: list[UnitEdit] = [
            (units, _SuppressSets(name, some, allowed, sign_rule)) for name, units in homes.items()
        ]
        logprobs = _logprobs(subject, question, rows, len(some), steering)
        question = question.resolved(subject, logprobs[0])
        before, *after = question.score(logprobs).tolist()
        effects += [before - score for score in after]
        first = logprobs[:2] if first is None else first
        yield
    assert first is not None
    found = touched(subject, members, sources)
    return _verification(subject, question, first, effects, match, found)


verify = whole(verify_stepwise)


def _verification(
    subject: Subject,
    question: Question,
    runs: Float[Tensor, "before_and_after read d_vocab"],
    effects: Sequence[float],
    match: Match,
    found: Touched,
) -> Verification:
    """The record; the first of `effects` is that of the members, the others are the random sets'."""
    effect, *others = effects
    low, high = (float(x) for x in np.percentile(others, [2.5, 97.5]))
    target, contrast = question.targets(subject, runs[0])
    before, after = question.score(runs).tolist()
    q, p = runs[:, 0].double()
    return Verification(
        target=target,
        contrast=contrast,
        before=before,
        after=after,
        effect=effect,
        kl=kl(p, q),
        random=RandomSets(
            n=len(others),
            match=match,
            mean=float(np.mean(others)),
            low=low,
            high=high,
            effects=tuple(others),
        ),
        touched=found,
        verdict=_verdict(effect, low, high, ROUNDING * torch.finfo(subject.model.dtype).eps),
    )


def _verdict(effect: float, low: float, high: float, rounding: float) -> Verdict:
    if effect > max(high, rounding):
        return "promotes"
    return "suppresses" if effect < min(low, -rounding) else "within chance"


def _mask(place: Place, n_pos: int) -> Bool[Tensor, " pos"]:
    mask = torch.tensor([pos in place for pos in range(n_pos)])
    if not mask.any():
        raise InvalidRequest(
            "no position is left to suppress at", instead="choose other --positions"
        )
    return mask


class _SuppressSets:
    """The edit that suppresses another set of features, those of one source, in every row of the batch."""

    def __init__(
        self,
        source: str,
        sets: Sequence[Sequence[FeatureId]],
        allowed: Bool[Tensor, " pos"],
        sign_rule: SignRule,
    ) -> None:
        self._allowed, self._everywhere = allowed, sign_rule == "any"
        self._by_layer: dict[int, list[tuple[int, int, int]]] = {}
        for row, features in enumerate(sets):
            for f in features:
                if f.source == source:
                    self._by_layer.setdefault(f.layer, []).append(
                        (row, f.index, 1 if f.sign == "pos" else -1)
                    )
        self.layers: tuple[int, ...] = tuple(sorted(self._by_layer))

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        rows, index, sign = torch.tensor(self._by_layer[layer], device=act.device).T
        allowed = self._allowed.to(act.device)
        for flip in (1, -1):
            mine = sign == flip
            if mine.any():
                now = act[rows[mine], :, index[mine]]
                hit = allowed & ((now * flip > 0) | self._everywhere)
                act[rows[mine], :, index[mine]] = torch.where(hit, 0, now)
        return act


@torch.inference_mode()
def _logprobs(
    subject: Subject,
    question: Question,
    rows: Sequence[UnitEdit],
    n_rows: int,
    steering: Steering | None,
) -> Float[Tensor, "sets read d_vocab"]:
    """Log-probabilities, in nats, where the target is predicted, with each row's set suppressed."""
    ids = question.read_ids
    with edited([*steered(steering, range(len(ids))), *rows]):
        hidden = subject.trunk(subject.ids_tensor(ids).expand(n_rows, -1))
    return subject.logprobs(hidden[:, list(question.read_at)])

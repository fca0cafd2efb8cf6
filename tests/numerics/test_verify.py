"""`verify` against doing by hand what it says: suppress, read again, compare."""

import math
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pytest
import torch

from pellucid import attribute, pick_target, verify
from pellucid.analysis.question import Question
from pellucid.analysis.verify import ROUNDING
from pellucid.core.interventions import Intervention
from pellucid.core.records import Verification
from pellucid.subject import Prompt, Steering, Subject, capture
from pellucid.subject.reading import trunk_of
from tests.builders import chat

MODULE = import_module("pellucid.analysis.verify")
FEATURES = ("mlp.0.3.pos", "mlp.1.9.neg", "mlp.2.30.pos")


@torch.inference_mode()
def logprobs(subject: Subject, question: Question, changes: Sequence[Intervention]) -> torch.Tensor:
    """Where the target is predicted, under interventions that are compiled for the question's prompt."""
    whole = question.prompt.extended(question.ids[:-1], ["?"] * len(question.ids[:-1]))
    steering = Steering.compile(subject, changes, question.prompt)
    return subject.logprobs(trunk_of(subject, whole, steering)[list(question.read_at)])


def assert_is(
    found: Verification,
    subject: Subject,
    question: Question,
    suppress: dict[str, Any],
    steered: Sequence[Intervention] = (),
) -> None:
    """The numbers are those of the suppression, written out as an intervention behind the others."""
    off = Intervention(strength=0, **suppress)
    before, after = (
        logprobs(subject, question, steered),
        logprobs(subject, question, [*steered, off]),
    )
    scores = []
    for rows in (before, after):
        score = sum(rows[i, id_].item() for i, id_ in enumerate(question.ids))
        if question.contrast_id is not None:
            score -= rows[0, question.contrast_id].item()
        scores.append(score)
    assert (found.before, found.after) == pytest.approx(tuple(scores), abs=2e-5)
    assert found.effect == pytest.approx(scores[0] - scores[1], abs=2e-5)
    assert found.kl == pytest.approx(kl_of(after[0], before[0]), abs=1e-6)


def kl_of(p: torch.Tensor, q: torch.Tensor) -> float:
    """KL(p || q) of two rows of log-probabilities, in nats."""
    p, q = p.double(), q.double()
    return torch.sum(p.exp() * (p - q)).item()


@pytest.mark.parametrize("positions", ["all", "prompt", "generated", "15:20", "0:3"])
@pytest.mark.parametrize("rule", ["own", "any"])
def test_positions_and_sign_rule(subject: Subject, prompt: Prompt, positions: str, rule: Any):
    question = pick_target(subject, prompt, text=" lazy")
    found = verify(subject, question, FEATURES, positions=positions, n=3, sign_rule=rule)
    suppress = {"features": FEATURES, "positions": positions, "sign_rule": rule}
    assert_is(found, subject, question, suppress)


@pytest.mark.parametrize(
    "asked",
    [
        {"text": " lazy", "contrast": " dog"},
        {"text": " lazy dog", "all_tokens": True},
        {"at": 18},
        {"at": 18, "contrast": " dog"},
    ],
)
def test_targets_and_contrasts(subject: Subject, prompt: Prompt, asked: dict[str, Any]):
    question = pick_target(subject, prompt, **asked)
    found = verify(subject, question, FEATURES, n=3)
    assert_is(found, subject, question, {"features": FEATURES, "positions": "all"})
    assert found.target.pos == asked.get("at", len(prompt))
    assert (found.contrast is None) == ("contrast" not in asked)
    assert len(found.target.tokens) == (len(question.ids) if "all_tokens" in asked else 0)


@pytest.mark.parametrize("held", [2.0, -2.0])
def test_the_suppression_comes_after_the_steering(subject: Subject, prompt: Prompt, held: float):
    clamp = Intervention(features=FEATURES, value=held, positions="all")
    question = pick_target(subject, prompt, text=" lazy")
    steering = Steering.compile(subject, [clamp], prompt)
    found = verify(subject, question, FEATURES, n=3, steering=steering)
    assert_is(found, subject, question, {"features": FEATURES, "positions": "all"}, [clamp])


def test_kl_is_of_what_comes_out_against_what_was(subject: Subject, prompt: Prompt):
    clamp = Intervention(features=FEATURES, value=500, positions="all")
    off = Intervention(features=FEATURES, strength=0, positions="all")
    question = pick_target(subject, prompt, text=" lazy")
    steering = Steering.compile(subject, [clamp], prompt)
    found = verify(subject, question, FEATURES, n=3, steering=steering)
    before, after = (logprobs(subject, question, c)[0] for c in ([clamp], [clamp, off]))
    forth, back = kl_of(after, before), kl_of(before, after)
    assert abs(forth - back) > 0.01 * forth, "too weak to tell the directions apart"
    assert found.kl == pytest.approx(forth, rel=1e-3)


@pytest.mark.parametrize("sign", [1, -1])
def test_what_promoted_the_target_is_said_to_promote_it(
    subject: Subject, prompt: Prompt, sign: int
):
    question = pick_target(subject, prompt)
    sites = [e for e in attribute(subject, question, top=60).effects if e.attribution * sign > 0]
    site = sites[0]
    found = verify(subject, question, [site.id], positions=f"{site.pos}:{site.pos + 1}", n=40)
    assert found.effect == pytest.approx(site.attribution, abs=5e-5)
    assert found.verdict == ("promotes" if sign > 0 else "suppresses")
    assert (found.effect > found.random.high) if sign > 0 else (found.effect < found.random.low)


def never_active(subject: Subject, prompt: Prompt, start: int) -> list[str]:
    """Features without any activation of their sign from `start` on."""
    acts = torch.stack(capture(subject, prompt))[:, start:]
    sides = {"neg": (acts >= 0).all(1), "pos": (acts <= 0).all(1)}
    return [
        f"mlp.{layer}.{index}.{sign}"
        for sign, silent in sides.items()
        for layer, index in silent.nonzero().tolist()
    ]


def assert_nothing(subject: Subject, prompt: Prompt, start: int) -> None:
    never = never_active(subject, prompt, start)
    for feature in never[:: len(never) // 3][:3]:
        found = verify(
            subject,
            pick_target(subject, prompt),
            [feature],
            positions=f"{start}:{len(prompt)}",
            n=5,
        )
        assert abs(found.effect) <= ROUNDING * torch.finfo(torch.float32).eps
        assert found.verdict == "within chance"


def test_a_feature_that_is_never_active_does_nothing(subject: Subject, prompt: Prompt):
    assert_nothing(subject, prompt, len(prompt) - 5)


@pytest.mark.bundled
def test_a_feature_that_is_never_active_does_nothing_in_a_larger_model(bundled: Subject):
    """There, the last digits of a run by itself are not those of a run among others."""
    prompt = bundled.read_prompt(chat("How many legs does a spider have?"))
    assert_nothing(bundled, prompt, len(prompt) - 8)


@pytest.mark.parametrize(
    ("effect", "low", "high", "verdict"),
    [
        (0.1, -0.05, 0.05, "promotes"),
        (-0.1, -0.05, 0.05, "suppresses"),
        (0.04, -0.05, 0.05, "within chance"),
        (1e-7, 0.0, 0.0, "within chance"),
        (-1e-7, -1e-8, 1e-8, "within chance"),
        (0.1, 0.2, 0.3, "within chance"),
        (-0.1, -0.3, -0.2, "within chance"),
    ],
)
def test_the_verdict_needs_more_than_chance_and_more_than_rounding(
    effect: float, low: float, high: float, verdict: str
):
    assert MODULE._verdict(effect, low, high, 2e-6) == verdict


def test_how_many_sets_a_pass_holds_changes_nothing(
    subject: Subject, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
):
    question = pick_target(subject, prompt)
    found = []
    for tokens in (1, 3 * len(prompt), 1024):
        monkeypatch.setattr(MODULE, "BATCH_TOKENS", tokens)
        found.append(verify(subject, question, FEATURES, n=20))
    for other in found[1:]:
        assert other.random.effects == pytest.approx(found[0].random.effects, abs=2e-6)
        assert other.verdict == found[0].verdict
        assert math.isclose(other.effect, found[0].effect, abs_tol=2e-6)

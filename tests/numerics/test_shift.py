"""How a distribution moved, by reading both runs and comparing."""

from importlib import import_module

import pytest
import torch

from pellucid import shift
from pellucid.analysis.shift import shift_stepwise
from pellucid.core.interventions import Intervention
from pellucid.subject import Prompt, Steering, Subject
from pellucid.subject.reading import trunk_of
from tests.builders import chat

CLAMP = Intervention(features=("mlp.1.3.pos", "mlp.2.9.neg"), value=4.0, positions="all")


@pytest.fixture(scope="module")
def prompts(subject: Subject) -> tuple[Prompt, Prompt]:
    one, other = (subject.read_prompt(chat(text)) for text in ("the quick brown fox", "a spider"))
    return one, other


def expected(subject: Subject, prompt: Prompt, steering: Steering | None) -> torch.Tensor:
    return subject.logprobs(trunk_of(subject, prompt, steering))[-1].double()


def test_it_is_the_divergence_after_from_before_each_under_its_own_steering(
    subject: Subject, prompts: tuple[Prompt, Prompt]
) -> None:
    before, after = prompts
    steering = Steering.compile(subject, [CLAMP], after)
    assert steering is not None
    found = shift(subject, before, after, steering_after=steering)
    q, p = expected(subject, before, None), expected(subject, after, steering)
    assert found.kl == pytest.approx(float((p.exp() * (p - q)).sum()), rel=1e-5)
    assert found.kl > 0.01
    back = shift(subject, after, before, steering_before=steering)
    assert back.kl == pytest.approx(float((q.exp() * (q - p)).sum()), rel=1e-5)
    assert back.kl != pytest.approx(found.kl, rel=1e-3)


def test_the_tokens_are_those_whose_probability_moved_most(
    subject: Subject, prompts: tuple[Prompt, Prompt]
) -> None:
    prompt, _ = prompts
    steering = Steering.compile(subject, [CLAMP], prompt)
    assert steering is not None
    found = shift(subject, prompt, prompt, steering_after=steering, top=12)
    q, p = expected(subject, prompt, None).exp(), expected(subject, prompt, steering).exp()
    order = (p - q).abs().argsort(descending=True)[:12].tolist()
    assert [token.id for token in found.tokens] == order
    for token in found.tokens:
        assert token.before == pytest.approx(float(q[token.id]), rel=1e-4)
        assert token.after == pytest.approx(float(p[token.id]), rel=1e-4)
        assert token.text == subject.codec.piece(token.id)


def test_nothing_moves_between_a_run_and_itself(
    subject: Subject, prompts: tuple[Prompt, Prompt]
) -> None:
    found = shift(subject, prompts[0], prompts[0])
    assert (found.kl, found.tokens) == (0, ())


def test_it_can_be_left_between_its_passes(
    subject: Subject, prompts: tuple[Prompt, Prompt], monkeypatch: pytest.MonkeyPatch
) -> None:
    steering = Steering.compile(subject, [CLAMP], prompts[0])
    whole = shift(subject, *prompts, steering_before=steering)
    read: list[Prompt] = []

    def counted(subject: Subject, prompt: Prompt, steering: Steering | None) -> torch.Tensor:
        read.append(prompt)
        return trunk_of(subject, prompt, steering)

    with monkeypatch.context() as patch:
        patch.setattr(import_module("pellucid.analysis.shift"), "trunk_of", counted)
        steps = shift_stepwise(subject, *prompts, steering_before=steering)
        next(steps)
        steps.close()
    assert read == [prompts[0]]
    assert not any(m._forward_pre_hooks for m in subject.model.modules())
    assert shift(subject, *prompts, steering_before=steering) == whole

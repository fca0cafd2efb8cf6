"""Every analysis runs in bfloat16 too, and says what it says in float32, as far as 8 bits carry."""

import pytest

from pellucid import activate, attribute, generate, measure, pick_target, read, verify
from pellucid.core.interventions import Intervention
from pellucid.core.settings import Settings
from pellucid.subject import Steering, Subject
from tests.builders import chat, make_subject


@pytest.fixture(scope="module", params=["llama", "gemma2", "gpt2"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Subject, Subject]:
    cache = tmp_path_factory.mktemp("cache")
    kinds = ("float32", "bfloat16")
    a, b = (
        make_subject(request.param, settings=Settings(cache_dir=cache, device="cpu", dtype=d))
        for d in kinds
    )
    return a, b


def test_the_two_agree(both: tuple[Subject, Subject]):
    full, half = both
    assert (full.dtype, half.dtype) == ("float32", "bfloat16")
    answers = []
    for subject in both:
        prompt = subject.read_prompt(chat("the quick brown fox", "jumps"))
        clamp = Intervention(features=("mlp.1.3.pos", "mlp.2.4.neg"), value=1.5, positions="all")
        steering = Steering.compile(subject, [clamp], prompt)
        question = pick_target(subject, prompt, text=" over")
        found = attribute(subject, question, top=10, steering=steering)
        effects = dict(measure(subject, found.baseline, found.effects[:4]))
        assert len(effects) == 4
        assert (
            len(list(generate(subject, prompt, max_new_tokens=3, temperature=0, steering=steering)))
            >= 1
        )
        assert activate(subject, prompt, top=3).effects
        checked = verify(subject, question, ["mlp.0.1.pos", "mlp.0.2.pos"], n=4, match="layer")
        answers.append(
            (
                read(subject, prompt, steering=steering)[-1].logprob,
                found.target.logprob,
                checked.before,
            )
        )
    assert answers[0] == pytest.approx(answers[1], abs=0.15)

"""On a GPU, in float32, the answers are the CPU's: read, explained, measured, steered and written."""

from pathlib import Path
from typing import get_args

import pytest

from pellucid import (
    Intervention,
    Settings,
    Steering,
    Subject,
    attribute,
    generate,
    joint,
    pick_target,
    read,
    shift,
)
from pellucid.analysis import Question, trace_all
from pellucid.core.ids import FeatureId
from pellucid.core.records import Method, SiteMap
from tests.builders import chat, tiny_subject_dir

pytestmark = pytest.mark.gpu

DEVICE = "cuda"
CLOSE = 1e-3
"""Nats. Sums run in another order, and a GPU may multiply in TensorFloat-32."""


@pytest.fixture(scope="module", params=["llama", "gemma3_text", "gpt2"])
def subjects(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Subject, Subject]:
    """The same checkpoint, on the CPU and on the GPU."""
    folder = tmp_path_factory.mktemp("checkpoint")
    directory = tiny_subject_dir(folder / "model", request.param)
    return load(directory, "cpu"), load(directory, DEVICE)


def load(directory: Path, device: str) -> Subject:
    settings = Settings(cache_dir=directory.parent / "cache", device=device, dtype="float32")
    return Subject.load(str(directory), settings=settings)


def ask(subject: Subject) -> Question:
    prompt = subject.read_prompt(chat("the quick brown fox", "a spider has"))
    return pick_target(subject, prompt, text=" legs")


def suppress(subject: Subject, question: Question) -> Steering | None:
    """One clamp, and one suppression with the sign rule."""
    clamp = Intervention(features=("mlp.0.3.pos",), value=1.5, positions="all")
    off = Intervention(features=("mlp.1.5.neg", "mlp.1.6.pos"), strength=0, positions="all")
    return Steering.compile(subject, [clamp, off], question.prompt)


def test_every_token_is_as_likely(subjects: tuple[Subject, Subject]) -> None:
    here, there = ([t.logprob for t in read(s, ask(s).prompt)][1:] for s in subjects)
    assert there == pytest.approx(here, abs=CLOSE)


def attributions(subject: Subject, method: Method, steered: bool) -> dict[tuple[str, int], float]:
    question = ask(subject)
    steering = suppress(subject, question) if steered else None
    found = attribute(subject, question, method=method, top=40, steering=steering)
    return {(effect.id, effect.pos): effect.attribution for effect in found.effects}


@pytest.mark.parametrize("method", get_args(Method))
@pytest.mark.parametrize("steered", [False, True])
def test_the_same_sites_get_the_same_numbers(
    subjects: tuple[Subject, Subject], method: Method, steered: bool
) -> None:
    here, there = (attributions(subject, method, steered) for subject in subjects)
    largest = list(here)[:20]
    assert set(largest) <= there.keys()
    assert [there[site] for site in largest] == pytest.approx(
        [here[site] for site in largest], abs=CLOSE
    )


def whole(subject: Subject) -> SiteMap:
    question = ask(subject)
    steering = suppress(subject, question)
    found = attribute(subject, question, top=40, steering=steering, mapped=True).map
    assert found is not None
    return found


def test_the_map_of_all_sites_is_the_same(subjects: tuple[Subject, Subject]) -> None:
    here, there = (whole(subject) for subject in subjects)
    for mine, theirs in (
        (here.by_layer, there.by_layer),
        (here.by_position, there.by_position),
    ):
        for pair, other in zip(mine, theirs, strict=True):
            assert other == pytest.approx(pair, rel=0.01, abs=0.02)


def test_sites_taken_away_together_do_the_same(subjects: tuple[Subject, Subject]) -> None:
    sites = list(attributions(subjects[0], "gradient", steered=True))
    here, there = (
        joint(subject, ask(subject), sites, steering=suppress(subject, ask(subject)))
        for subject in subjects
    )
    assert there.effect == pytest.approx(here.effect, abs=CLOSE)
    assert there.n_sites == here.n_sites == 40


def test_features_fire_and_distributions_shift_the_same(
    subjects: tuple[Subject, Subject],
) -> None:
    features = [FeatureId.parse(f"mlp.{layer}.{i}.pos") for layer in (2, 0) for i in (3, 9)]
    along, shifts = [], []
    for subject in subjects:
        prompt = ask(subject).prompt
        steering = suppress(subject, ask(subject))
        along.append(trace_all(subject, prompt, features, steering=steering).flatten().tolist())
        shifts.append(shift(subject, prompt, prompt, steering_after=steering, top=3))
    assert along[1] == pytest.approx(along[0], abs=CLOSE)
    assert shifts[1].kl == pytest.approx(shifts[0].kl, abs=CLOSE)
    here, there = ({t.id: t.after - t.before for t in one.tokens} for one in shifts)
    assert there == pytest.approx(here, abs=CLOSE)


def reply(subject: Subject, steered: bool) -> list[int]:
    question = ask(subject)
    steering = suppress(subject, question) if steered else None
    written = generate(
        subject, question.prompt, temperature=0, max_new_tokens=12, steering=steering
    )
    return [token.id for token in written]


@pytest.mark.parametrize("steered", [False, True])
def test_greedy_replies_are_the_same(subjects: tuple[Subject, Subject], steered: bool) -> None:
    here, there = (reply(subject, steered) for subject in subjects)
    assert there == here

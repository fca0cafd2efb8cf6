"""The damage meter, recomputed by intervening."""

import pytest
import torch

from pellucid.analysis.damage import damage, damage_stepwise, neutral_prompts, verdict_of
from pellucid.atlas import Atlas
from pellucid.core.errors import InvalidRequest
from pellucid.core.interventions import Intervention
from pellucid.core.records import Repetition
from pellucid.core.repetition import babbles, repeated
from pellucid.subject import Steering, Subject, read
from pellucid.subject.reading import trunk_of
from tests.builders_atlas import make_atlas, make_evidence


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    path = tmp_path_factory.mktemp("atlas")
    quantiles = make_evidence(n_layers=3, n_units=48).quantiles.copy()
    quantiles[::6] = 0
    make_atlas(path, n_layers=3, n_units=48, quantiles=quantiles)
    return Atlas.open(path)


def test_it_is_the_mean_divergence_from_the_first_steered_position_on(subject: Subject) -> None:
    items = [
        Intervention(features=("mlp.1.3.pos", "mlp.2.7.neg"), value=3.0, positions="generated")
    ]
    found = damage(subject, items, n=2)
    total, n = 0.0, 0
    for prompt in neutral_prompts(subject):
        steering = Steering.compile(subject, items, prompt)
        before = subject.logprobs(trunk_of(subject, prompt, None)).double()
        after = subject.logprobs(trunk_of(subject, prompt, steering)).double()
        kl = torch.nn.functional.kl_div(before, after, reduction="none", log_target=True).sum(-1)
        assert kl[: prompt.reply_start].abs().max() < 1e-9  # nothing is steered there
        total, n = (
            total + float(kl[prompt.reply_start :].sum()),
            n + len(prompt) - prompt.reply_start,
        )
    assert found.n_prompts == 16 and found.n_positions == n
    assert found.kl == pytest.approx(total / n, rel=1e-6) and found.kl > 0
    assert found.kl_random is not None and found.kl_random.n == 2
    assert 0 <= found.kl_random.low <= found.kl_random.mean <= found.kl_random.high


def test_random_sets_are_repeatable_and_of_features_that_fired(
    subject: Subject, atlas: Atlas
) -> None:
    items = [Intervention(features=("mlp.1.4.pos",), strength=0.5, positions="3:9")]
    found = damage(subject, items, n=1, seed=1, quantiles=atlas)
    assert found == damage(subject, items, n=1, seed=1, quantiles=atlas)
    assert found.kl_random is not None and found.kl_random.n == 1
    assert damage(subject, items, n=1, seed=2, quantiles=atlas).kl_random != found.kl_random
    assert damage(subject, items, n=0, quantiles=atlas).kl_random is None


def test_stronger_is_worse(subject: Subject) -> None:
    def meter(value: float):
        features = tuple(f"mlp.2.{i}.pos" for i in range(20))
        return damage(subject, [Intervention(features=features, value=value, positions="all")], n=0)

    weak, strong = meter(0.02), meter(300.0)
    assert weak.kl < 0.5 < strong.kl
    assert (weak.verdict, strong.verdict) == ("mild", "strong")


def test_more_features_than_can_be_matched_are_measured_without_random_sets(
    subject: Subject,
) -> None:
    features = tuple(f"mlp.1.{i}.pos" for i in range(40))
    found = damage(subject, [Intervention(features=features, strength=0)], n=2)
    assert found.kl > 0 and found.kl_random is None and found.repetition.random is None


def test_it_can_be_left_between_any_two_passes(subject: Subject) -> None:
    items = [Intervention(features=("mlp.1.3.pos",), value=50.0, positions="all")]
    prompt = neutral_prompts(subject)[0]
    before = read(subject, prompt)
    steps = damage_stepwise(subject, items, n=1)
    for _ in range(40):
        next(steps)
    steps.close()
    assert read(subject, prompt) == before


def test_babbling_is_a_distribution_that_is_gone_or_a_reply_that_repeats() -> None:
    fine, stuck = (
        Repetition(before=0.1, after=0.2, random=None),
        Repetition(before=0.1, after=0.6, random=None),
    )
    always = Repetition(before=0.5, after=0.6, random=None)
    found = [
        verdict_of(0.1, fine),
        verdict_of(0.1, stuck),
        verdict_of(0.1, always),
        verdict_of(4, fine),
    ]
    assert found == ["mild", "babbling", "mild", "babbling"]


def test_nothing_named_is_refused(subject: Subject) -> None:
    with pytest.raises(InvalidRequest, match="no intervention names a feature"):
        damage(subject, [])


def test_repetition_counts_runs_that_came_before() -> None:
    assert repeated([1, 2, 3, 4, 5]) == 0 and repeated([1, 2]) == 0
    assert repeated([1, 2, 3, 1, 2, 3]) == pytest.approx(1 / 4)
    assert not babbles([7] * 20) and babbles([7] * 30) and not babbles(list(range(60)))

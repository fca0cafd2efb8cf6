"""Interventions: where they hold, what they set, which of two wins. Checked on the activations themselves."""

from typing import Any

import pytest
import torch

from pellucid import activate, attribute, generate, pick_target, read, verify
from pellucid.atlas import Atlas
from pellucid.core.errors import InvalidRequest, NotFound, Unsupported
from pellucid.core.interventions import Intervention
from pellucid.subject import Prompt, Steering, Subject, capture
from pellucid.subject.steering import Place, SteeredPass, place_of
from tests.builders import chat, make_subject
from tests.builders_atlas import make_atlas, make_evidence


@pytest.fixture(scope="module")
def prompt(subject: Subject) -> Prompt:
    return subject.read_prompt(
        chat("the quick brown fox", "jumps", "over the lazy dog", "a spider")
    )


def steered(
    subject: Subject, prompt: Prompt, *interventions: Intervention, layer: int = 1
) -> torch.Tensor:
    steering = Steering.compile(subject, interventions, prompt)
    return capture(subject, prompt, layers=[layer], steering=steering)[0]


def plain(subject: Subject, prompt: Prompt, layer: int = 1) -> torch.Tensor:
    return capture(subject, prompt, layers=[layer])[0]


def test_a_clamp_holds_at_every_position_but_the_first(subject: Subject, prompt: Prompt):
    before = plain(subject, prompt)
    after = steered(
        subject, prompt, Intervention(features=("mlp.1.7.pos",), value=2.5, positions="all")
    )
    assert (after[1:, 7] == 2.5).all()
    assert after[0, 7] == before[0, 7]
    others = [i for i in range(48) if i != 7]
    assert torch.equal(after[:, others], before[:, others])


def test_position_0_is_touched_only_where_a_range_names_it(subject: Subject, prompt: Prompt):
    after = steered(
        subject, prompt, Intervention(features=("mlp.1.7.pos",), value=2.5, positions="0:2")
    )
    assert after[:2, 7].tolist() == [2.5, 2.5]
    assert after[2, 7] != 2.5


@pytest.mark.parametrize("sign", ["pos", "neg"])
def test_suppressing_acts_only_where_the_feature_has_its_sign(
    subject: Subject, prompt: Prompt, sign: str
):
    before = plain(subject, prompt)
    after = steered(
        subject, prompt, Intervention(features=(f"mlp.1.7.{sign}",), strength=0, positions="all")
    )
    has = before[:, 7] > 0 if sign == "pos" else before[:, 7] < 0
    has[0] = False
    assert has.any() and not has.all()
    assert (after[has, 7] == 0).all()
    assert torch.equal(after[~has, 7], before[~has, 7])


def test_sign_rule_any_acts_everywhere(subject: Subject, prompt: Prompt):
    after = steered(
        subject,
        prompt,
        Intervention(features=("mlp.1.7.pos",), strength=0, positions="all", sign_rule="any"),
    )
    assert (after[1:, 7] == 0).all()


def test_the_later_of_two_wins_and_sees_what_the_earlier_left(subject: Subject, prompt: Prompt):
    up = Intervention(features=("mlp.1.7.pos",), value=2.0, positions="all")
    down = Intervention(features=("mlp.1.7.pos",), value=-1.0, positions="all")
    suppress = Intervention(features=("mlp.1.7.pos",), strength=0, positions="all")
    assert (steered(subject, prompt, up, down)[1:, 7] == -1).all()
    assert (steered(subject, prompt, down, up)[1:, 7] == 2).all()
    assert (steered(subject, prompt, up, suppress)[1:, 7] == 0).all()
    assert (steered(subject, prompt, down, suppress)[1:, 7] == -1).all()
    assert (steered(subject, prompt, suppress, up)[1:, 7] == 2).all()


def test_both_signs_of_a_neuron_can_be_suppressed_together(subject: Subject, prompt: Prompt):
    both = Intervention(features=("mlp.1.7.pos", "mlp.1.7.neg"), strength=0, positions="all")
    assert (steered(subject, prompt, both)[1:, 7] == 0).all()


def test_prompt_means_system_and_user_turns_with_their_markers(subject: Subject, prompt: Prompt):
    after = steered(subject, prompt, Intervention(features=("mlp.1.7.pos",), value=9.0))
    hit = {pos for pos in range(len(prompt)) if after[pos, 7] == 9.0}
    assert hit == {p for p in range(1, len(prompt)) if prompt.roles[p] in ("system", "user")}
    assert any(prompt.markers[p] for p in hit)
    assert prompt.roles[-1] == "assistant"


def test_generated_means_the_open_reply(subject: Subject, prompt: Prompt):
    after = steered(
        subject, prompt, Intervention(features=("mlp.1.7.pos",), value=9.0, positions="generated")
    )
    hit = [pos for pos in range(len(prompt)) if after[pos, 7] == 9.0]
    assert hit == list(range(prompt.reply_start, len(prompt)))
    assert "".join(prompt.texts[p] for p in hit) == "a spider"


def test_clamps_at_generated_positions_hold_while_writing(subject: Subject):
    prompt = subject.read_prompt(chat("the quick brown fox"))
    clamp = Intervention(features=("mlp.1.7.pos", "mlp.2.3.neg"), value=4.0, positions="generated")
    steering = Steering.compile(subject, [clamp], prompt)
    reply = list(generate(subject, prompt, max_new_tokens=6, temperature=0, steering=steering))
    whole = prompt.extended([t.id for t in reply], [t.text for t in reply])
    acts = capture(subject, whole, layers=[1], steering=steering)[0]
    assert (acts[prompt.reply_start :, 7] == 4.0).all()
    again = read(subject, whole, steering=steering)
    assert [t.logprob for t in reply] == pytest.approx(
        [again[t.pos].logprob for t in reply], abs=2e-5
    )


def test_thousands_of_clamps_are_one_write_a_layer(subject: Subject, prompt: Prompt):
    every = tuple(f"mlp.{layer}.{i}.pos" for layer in range(3) for i in range(48))
    one_each = [Intervention(features=(f,), value=1.5, positions="all") for f in every]
    for interventions in ([Intervention(features=every, value=1.5, positions="all")], one_each):
        steering = Steering.compile(subject, interventions, prompt)
        assert (
            steering is not None and steering.touched.neurons == 144 and steering.touched.share == 1
        )
        ((_, edit),) = steering.at((5,))
        assert isinstance(edit, SteeredPass)
        (rows, plan), *rest = edit._todo
        assert rows is None and not rest and [len(plan[layer]) for layer in range(3)] == [1, 1, 1]
        assert (capture(subject, prompt, layers=[2], steering=steering)[0][1:] == 1.5).all()


@pytest.mark.parametrize("positions", ["prompt", "all", "generated", "3:9"])
def test_thousands_of_clamps_find_their_positions_once(
    subject: Subject, prompt: Prompt, monkeypatch: pytest.MonkeyPatch, positions: str
):
    found: list[Place] = []
    monkeypatch.setattr(
        "pellucid.subject.steering.place_of", lambda *a: found.append(place_of(*a)) or found[-1]
    )
    many = [
        Intervention(features=(f"mlp.1.{i}.pos",), value=2.0, positions=positions)
        for i in range(48)
    ]
    steering = Steering.compile(subject, many, prompt)
    assert len(found) == 1
    after = capture(subject, prompt, layers=[1], steering=steering)[0]
    one = Intervention(features=tuple(f"mlp.1.{i}.pos" for i in range(48)), value=2.0,
                       positions=positions)  # fmt: skip
    assert torch.equal(after, steered(subject, prompt, one))


@pytest.mark.parametrize("value", [1e16, -1e38, 1e39])
def test_values_past_what_norms_can_square_are_refused(
    subject: Subject, prompt: Prompt, value: float
):
    clamp = Intervention(features=("mlp.0.1.pos",), value=value)
    with pytest.raises(InvalidRequest, match=r"mlp\.0\.1\.pos cannot be set to"):
        Steering.compile(subject, [clamp], prompt)


def test_a_run_that_overflows_is_refused_by_everything_that_reads_it(prompt: Prompt):
    subject = make_subject()
    with torch.no_grad():
        subject.downs[1].get_parameter("weight").mul_(1e30)
    clamp = Intervention(features=("mlp.1.7.pos",), value=1e14, positions="all")
    steering = Steering.compile(subject, [clamp], prompt)
    question = pick_target(subject, prompt)
    for asked in (
        lambda: read(subject, prompt, steering=steering),
        lambda: list(generate(subject, prompt, max_new_tokens=2, steering=steering)),
        lambda: attribute(subject, question, steering=steering),
        lambda: verify(subject, question, ["mlp.0.1.pos"], n=2, steering=steering),
        lambda: activate(subject, prompt, steering=steering),
    ):
        with pytest.raises(InvalidRequest, match="no number"):
            asked()


def test_no_interventions_means_no_steering_and_no_hook(subject: Subject, prompt: Prompt):
    assert Steering.compile(subject, [], prompt) is None
    list(generate(subject, prompt, max_new_tokens=2, temperature=0))
    assert not any(m._forward_pre_hooks or m._forward_hooks for m in subject.model.modules())


def test_a_stopped_reply_leaves_no_hook_behind(subject: Subject, prompt: Prompt):
    clamp = Intervention(features=("mlp.1.7.pos",), value=4.0, positions="all")
    writing = generate(
        subject,
        prompt,
        max_new_tokens=50,
        temperature=0,
        steering=Steering.compile(subject, [clamp], prompt),
    )
    next(writing)
    writing.close()
    assert writing.finish == "stopped"
    assert list(writing) == []
    assert not any(m._forward_pre_hooks or m._forward_hooks for m in subject.model.modules())


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"features": ("mlp.3.0.pos",), "value": 1}, NotFound, "layers .* go from 0 to 2"),
        (
            {"features": ("mlp.0.48.pos",), "value": 1},
            NotFound,
            "neurons of a layer go from 0 to 47",
        ),
        ({"features": ("sae.0.1.pos",), "value": 1}, InvalidRequest, "only mlp is open"),
        ({"features": ("mlp.0.1.pos",), "strength": 0.5}, Unsupported, "no atlas is open"),
        ({"query": "birds", "strength": 0}, Unsupported, "name features by id"),
        (
            {"features": ("mlp.0.1.pos",), "value": 1, "positions": "600:700"},
            InvalidRequest,
            "past the 512",
        ),
    ],
)
def test_what_the_subject_does_not_have_is_refused(
    subject: Subject, prompt: Prompt, change: dict[str, object], error: type[Exception], says: str
):
    with pytest.raises(error, match=says):
        Steering.compile(subject, [Intervention(**change)], prompt)  # pyright: ignore[reportArgumentType]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Made-up quantiles of the subject's neurons; `mlp.2.5.neg` never fired."""
    evidence = make_evidence(n_layers=3, n_units=48)
    silent = evidence.quantiles.copy()
    silent[(2 * 48 + 5) * 2 + 1] = 0
    path = tmp_path_factory.mktemp("atlas")
    make_atlas(path, n_layers=3, n_units=48, quantiles=silent)
    return Atlas.open(path)


@pytest.mark.parametrize(("quantile", "column"), [(None, 2), (1e-7, 4), (1e-3, 0)])
def test_a_strength_is_a_multiple_of_each_features_own_tail_quantile(
    subject: Subject, prompt: Prompt, atlas: Atlas, quantile: float | None, column: int
):
    features = ("mlp.1.7.pos", "mlp.1.9.neg", "mlp.0.3.neg")
    change = Intervention(
        features=features, strength=0.5, quantile=quantile, positions="all", sign_rule="any"
    )
    steering = Steering.compile(subject, [change], prompt, quantiles=atlas)
    found = capture(subject, prompt, layers=[0, 1], steering=steering)
    wanted = 0.5 * atlas.evidence.quantiles[atlas.places(change.feature_ids()), column]
    assert wanted[0] > 0 > max(wanted[1:])
    assert found[1][1:, 7].tolist() == pytest.approx([wanted[0]] * (len(prompt) - 1))
    assert found[1][1:, 9].tolist() == pytest.approx([wanted[1]] * (len(prompt) - 1))
    assert found[0][1:, 3].tolist() == pytest.approx([wanted[2]] * (len(prompt) - 1))


def test_strengthening_acts_where_the_feature_has_its_sign(
    subject: Subject, prompt: Prompt, atlas: Atlas
):
    before = plain(subject, prompt)
    change = Intervention(features=("mlp.1.7.neg",), strength=2, positions="all")
    steering = Steering.compile(subject, [change], prompt, quantiles=atlas)
    after = capture(subject, prompt, layers=[1], steering=steering)[0]
    negative = before[1:, 7] < 0
    assert 0 < negative.sum() < len(negative)
    q = atlas.evidence.quantiles[atlas.places(change.feature_ids())[0], 2]
    assert after[1:, 7][negative].tolist() == pytest.approx([2 * q] * int(negative.sum()))
    assert torch.equal(after[1:, 7][~negative], before[1:, 7][~negative])


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"features": ("mlp.2.5.neg",), "strength": 0.5}, InvalidRequest, "never fired"),
        (
            {"features": ("mlp.2.5.pos",), "strength": 0.5, "quantile": 1e-2},
            InvalidRequest,
            "no quantiles at 0.01",
        ),
    ],
)
def test_a_strength_that_the_atlas_cannot_give_is_refused(
    subject: Subject,
    prompt: Prompt,
    atlas: Atlas,
    change: dict[str, Any],
    error: type[Exception],
    says: str,
):
    with pytest.raises(error, match=says):
        Steering.compile(subject, [Intervention(**change)], prompt, quantiles=atlas)
    suppress = Intervention(features=("mlp.2.5.neg",), strength=0)
    assert Steering.compile(subject, [suppress], prompt, quantiles=atlas) is not None

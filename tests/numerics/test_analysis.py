"""What each analysis promises, by doing the thing on tiny subjects."""

from typing import Literal, get_args

import pytest
import torch

from pellucid import activate, attribute, measure, pick_target, verify
from pellucid.analysis.attribute import attribute_features
from pellucid.analysis.linear import linearise
from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Method
from pellucid.subject import Neurons, Prompt, Steering, Subject, capture, read
from tests.builders import CLAMP, chat, make_subject


def zeroed_logprob(
    subject: Subject,
    prompt: Prompt,
    steering: Steering | None,
    site: tuple[int, int, int],
    target: int,
) -> float:
    layer, pos, index = site
    off = Intervention(
        features=(f"mlp.{layer}.{index}.pos",), value=0, positions=f"{pos}:{pos + 1}"
    )
    given = [CLAMP, off] if steering is not None else [off]
    longer = prompt.extended([target], ["?"])
    return (
        read(subject, longer, steering=Steering.compile(subject, given, prompt))[-1].logprob or 0.0
    )


@pytest.mark.parametrize("clamped", [False, True])
def test_measured_effects_are_those_of_setting_the_site_to_zero(
    subject: Subject, prompt: Prompt, clamped: bool
):
    steering = Steering.compile(subject, [CLAMP], prompt) if clamped else None
    found = attribute(subject, pick_target(subject, prompt), top=45, steering=steering)
    answers = list(measure(subject, found.baseline, found.effects))
    assert [e.id for e, _ in answers] == [e.id for e in found.effects]
    for effect, value in answers:
        after = zeroed_logprob(
            subject, prompt, steering, (effect.layer, effect.pos, effect.index), found.target.id
        )
        assert value == pytest.approx(found.target.logprob - after, abs=3e-5)


@pytest.mark.parametrize("rule", ["own", "any"])
def test_measured_effects_under_a_suppression_are_those_of_the_suppressed_run(
    subject: Subject, prompt: Prompt, rule: Literal["own", "any"]
):
    """Zeroing a site moves what stands behind it, and with it where `own` acts."""
    suppress = Intervention(
        features=("mlp.1.7.pos", "mlp.2.9.neg"), strength=0, positions="all", sign_rule=rule
    )
    steering = Steering.compile(subject, [suppress], prompt)
    found = attribute(subject, pick_target(subject, prompt), top=45, steering=steering)
    longer = prompt.extended([found.target.id], ["?"])
    for e, value in measure(subject, found.baseline, found.effects):
        off = Intervention(
            features=(f"mlp.{e.layer}.{e.index}.pos",), value=0, positions=f"{e.pos}:{e.pos + 1}"
        )
        both = Steering.compile(subject, [suppress, off], prompt)
        after = read(subject, longer, steering=both)[-1].logprob or 0.0
        assert value == pytest.approx(found.target.logprob - after, abs=3e-5)


def test_last_layer_attributions_are_exact_without_being_measured(subject: Subject, prompt: Prompt):
    found = attribute(subject, pick_target(subject, prompt), top=60)
    last = [e for e in found.effects if e.layer == 2]
    assert last and not any(e.measured for e in last)
    for effect in last:
        after = zeroed_logprob(
            subject, prompt, None, (2, effect.pos, effect.index), found.target.id
        )
        assert effect.attribution == pytest.approx(found.target.logprob - after, abs=3e-5)


@pytest.mark.parametrize("kind", ["gemma2", "olmo2", "gpt_neox", "gpt2"])
def test_last_layer_attributions_are_exact_in_other_families(kind: str):
    subject = make_subject(kind)
    prompt = subject.read_prompt(chat("the quick brown"))
    found = attribute(subject, pick_target(subject, prompt), top=60)
    last = [e for e in found.effects if e.layer == 2][:8]
    assert last
    for effect in last:
        after = zeroed_logprob(
            subject, prompt, None, (2, effect.pos, effect.index), found.target.id
        )
        assert effect.attribution == pytest.approx(found.target.logprob - after, abs=3e-5)


def test_attribution_under_steering_explains_the_steered_run(subject: Subject, prompt: Prompt):
    steering = Steering.compile(subject, [CLAMP], prompt)
    found = attribute(subject, pick_target(subject, prompt), top=400, steering=steering)
    acts = capture(subject, prompt, steering=steering)
    clamped = [e for e in found.effects if (e.layer, e.index) == (0, 3) and e.pos > 0]
    assert clamped and all(e.activation == pytest.approx(1.7) for e in clamped)
    for e in found.effects[:20]:
        assert e.activation == pytest.approx(float(acts[e.layer][e.pos, e.index]), abs=1e-6)
    plain = attribute(subject, pick_target(subject, prompt), top=5)
    assert plain.target.logprob != found.target.logprob


@pytest.mark.parametrize("value", [{"value": 1.7}, {"strength": 0}])
@pytest.mark.parametrize("positions", ["all", "0:999", "prompt"])
def test_steering_that_served_a_reply_serves_an_explanation(
    subject: Subject, prompt: Prompt, positions: str, value: dict[str, float]
):
    change = Intervention(features=("mlp.0.3.pos", "mlp.2.9.neg"), positions=positions, **value)  # pyright: ignore[reportArgumentType]
    steering = Steering.compile(subject, [change], prompt)
    read(subject, prompt, steering=steering)
    found = attribute(subject, pick_target(subject, prompt), top=5, steering=steering)
    fresh = Steering.compile(subject, [change], prompt)
    assert (
        found.effects
        == attribute(subject, pick_target(subject, prompt), top=5, steering=fresh).effects
    )


@pytest.mark.parametrize("clamped", [False, True])
def test_integrated_attributions_of_all_sites_are_the_whole_change(
    subject: Subject, prompt: Prompt, clamped: bool
):
    """Sum over sites = score with all activations - score with none, up to the midpoint rule's error."""
    bare = Prompt(prompt.ids, prompt.texts, prompt.roles, prompt.markers)
    question = pick_target(subject, bare)
    steering = Steering.compile(subject, [CLAMP], bare) if clamped else None
    found = attribute(subject, question, method="integrated", top=10**6, steering=steering)
    full = linearise(subject, question, steering)
    none = linearise(subject, full.question, steering, scale=1e-9)
    change = full.score - none.score
    assert sum(e.attribution for e in found.effects) == pytest.approx(change, rel=0.03, abs=0.01)


def test_a_contrast_is_the_difference_of_two_questions(subject: Subject, prompt: Prompt):
    ids = read(subject, prompt, top=3)[-1].top
    both = attribute(
        subject,
        pick_target(subject, prompt, token_id=ids[0].id, contrast_id=ids[1].id),
        method="gradient",
        top=30,
    )
    one = attribute(
        subject, pick_target(subject, prompt, token_id=ids[0].id), method="gradient", top=5000
    )
    other = attribute(
        subject, pick_target(subject, prompt, token_id=ids[1].id), method="gradient", top=5000
    )
    parts = [{(e.id, e.pos): e.attribution for e in a.effects} for a in (one, other)]
    assert both.contrast is not None and both.contrast.id == ids[1].id
    for e in both.effects:
        assert e.attribution == pytest.approx(
            parts[0][e.id, e.pos] - parts[1][e.id, e.pos], abs=1e-5
        )


def test_a_target_of_several_tokens_is_explained_as_their_sum(subject: Subject, prompt: Prompt):
    question = pick_target(subject, prompt, text=" lazy dog", all_tokens=True)
    assert len(question.ids) > 1
    found = attribute(subject, question, top=20)
    whole = prompt.extended(question.ids, subject.codec.texts(question.ids))
    tokens = read(subject, whole)[len(prompt) :]
    assert found.target.logprob == pytest.approx(sum(t.logprob or 0 for t in tokens), abs=1e-5)
    assert [t.id for t in found.target.tokens] == list(question.ids)
    assert all(e.pos < len(prompt) for e in found.effects)
    for e in [e for e in found.effects if e.measured][:5]:
        off = Intervention(
            features=(f"mlp.{e.layer}.{e.index}.pos",), value=0, positions=f"{e.pos}:{e.pos + 1}"
        )
        after = read(subject, whole, steering=Steering.compile(subject, [off], prompt))[
            len(prompt) :
        ]
        lost = found.target.logprob - sum(t.logprob or 0 for t in after)
        assert e.attribution == pytest.approx(lost, abs=5e-5)


def test_explaining_a_position_reads_only_what_stands_before_it(subject: Subject, prompt: Prompt):
    at = len(prompt) - 3
    question = pick_target(subject, prompt, at=at)
    found = attribute(subject, question, top=10)
    assert found.target.id == prompt.ids[at] and found.target.pos == at
    assert max(e.pos for e in found.effects) < at
    assert found.target.logprob == pytest.approx(read(subject, prompt)[at].logprob, abs=1e-5)


def test_sites_of_a_system_turn_added_by_the_template_are_left_out(subject: Subject):
    added = subject.read_prompt(chat("the fox"))
    found = attribute(subject, pick_target(subject, added), top=3000)
    assert added.given_from > 0 and min(e.pos for e in found.effects) == added.given_from
    own = subject.read_prompt(chat("the fox", system="Be kind."))
    assert own.ids == added.ids and own.given_from == 0
    found = attribute(subject, pick_target(subject, own), top=10000)
    assert min(e.pos for e in found.effects) == 0


@pytest.mark.parametrize("method", get_args(Method))
@pytest.mark.parametrize("behind", [-1, 0, 1])
def test_tokens_of_the_templates_own_system_turn_have_a_target_and_no_sites(
    subject: Subject, method: Method, behind: int
):
    prompt = subject.read_prompt(chat("the fox"))
    at = prompt.given_from + behind
    found = attribute(subject, pick_target(subject, prompt, at=at), method=method, top=7)
    assert (found.target.pos, found.target.id) == (at, prompt.ids[at])
    assert found.target.logprob == pytest.approx(read(subject, prompt)[at].logprob, abs=1e-5)
    assert {e.pos for e in found.effects} == ({prompt.given_from} if behind == 1 else set())
    assert list(measure(subject, found.baseline, found.effects)) or not found.effects


@pytest.mark.parametrize("method", get_args(Method))
@pytest.mark.parametrize("clamped", [False, True])
def test_sums_by_feature_are_those_of_every_site(
    subject: Subject, prompt: Prompt, method: Method, clamped: bool
):
    steering = Steering.compile(subject, [CLAMP], prompt) if clamped else None
    question = pick_target(subject, prompt)
    every = attribute(subject, question, method=method, top=10**6, steering=steering)
    assert len(every.effects) == subject.n_neurons * (len(prompt) - prompt.given_from)
    wanted = torch.zeros(3, 48, 2)
    for e in every.effects:
        wanted[e.layer, e.index, ("pos", "neg").index(e.sign)] += e.attribution
    found = attribute_features(subject, question, method=method, steering=steering)
    assert found.target == every.target
    torch.testing.assert_close(torch.tensor(found.sums).float(), wanted, atol=2e-5, rtol=1e-4)


def test_sums_by_feature_of_a_contrast_and_of_no_sites(subject: Subject, prompt: Prompt):
    question = pick_target(subject, prompt, text=" dog", contrast=" lazy")
    every = attribute(subject, question, top=10**6)
    found = attribute_features(subject, question)
    assert found.contrast == every.contrast
    assert found.sums.sum() == pytest.approx(sum(e.attribution for e in every.effects), abs=1e-3)
    assert not attribute_features(subject, pick_target(subject, prompt, at=2)).sums.any()


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"at": 0}, NotFound, "nothing before it"),
        ({"at": 999}, NotFound, "positions go from 1"),
        ({"text": ""}, InvalidRequest, "target is empty"),
        ({"text": "dog", "contrast": "dog"}, InvalidRequest, "same token"),
        ({"token_id": 7, "contrast_id": 7}, InvalidRequest, "same token"),
        ({"token_id": 384}, NotFound, "not in the vocabulary"),
        ({"all_tokens": True}, InvalidRequest, "no target"),
        (
            {"text": " lazy dog", "all_tokens": True, "contrast": "x"},
            InvalidRequest,
            "one target token",
        ),
    ],
)
def test_questions_without_meaning_are_refused(
    subject: Subject, prompt: Prompt, change: dict[str, object], error: type[Exception], says: str
):
    with pytest.raises(error, match=says):
        pick_target(subject, prompt, **change)  # pyright: ignore[reportArgumentType]


def test_a_contrast_that_is_the_subjects_own_choice_is_refused(subject: Subject, prompt: Prompt):
    choice = attribute(subject, pick_target(subject, prompt), top=1).target
    question = pick_target(subject, prompt, contrast_id=choice.id)
    with pytest.raises(InvalidRequest, match="same token"):
        attribute(subject, question)
    with pytest.raises(InvalidRequest, match="same token"):
        verify(subject, question, ["mlp.0.1.pos"])


def test_active_sites_are_ranked_by_activation_over_the_features_own_spread(
    subject: Subject, prompt: Prompt
):
    found = activate(subject, prompt, span=(5, 9), top=12)
    acts = torch.stack(capture(subject, prompt))
    own = [acts.clamp_min(0), acts.clamp_max(0)]
    scales = [side[:, 1:].square().mean(1, keepdim=True).sqrt() for side in own]
    shares = [torch.nan_to_num(side.abs() / s) for side, s in zip(own, scales, strict=True)]
    ratio = shares[0] + shares[1]
    best = ratio[:, 5:9].flatten().topk(12).values.tolist()
    assert [e.normalised for e in found.effects] == pytest.approx(best)
    for e in found.effects:
        assert e.activation == pytest.approx(acts[e.layer, e.pos, e.index].item())
        assert e.sign == ("pos" if e.activation > 0 else "neg") and 5 <= e.pos < 9
    with pytest.raises(InvalidRequest, match="not in the conversation"):
        activate(subject, prompt, span=(4, 4))


def test_verify_is_the_intervention_it_names(subject: Subject, prompt: Prompt):
    features = ["mlp.0.3.pos", "mlp.1.9.neg", "mlp.2.30.pos"]
    question = pick_target(subject, prompt)
    found = verify(subject, question, features, positions="all", n=20, seed=3)
    longer = prompt.extended([found.target.id], ["?"])
    suppress = Intervention(features=tuple(features), strength=0, positions="all")
    before = read(subject, longer)[-1].logprob
    after = read(subject, longer, steering=Steering.compile(subject, [suppress], prompt))[
        -1
    ].logprob
    assert found.before == pytest.approx(before, abs=1e-5) and found.after == pytest.approx(
        after, abs=1e-5
    )
    assert found.effect == found.before - found.after
    assert found.kl >= 0 and found.touched.neurons == 3
    assert len(found.random.effects) == found.random.n == 20
    assert found.random.low <= found.random.mean <= found.random.high
    again = verify(subject, question, features, positions="all", n=20, seed=3)
    assert again == found
    assert verify(subject, question, features, positions="all", n=20, seed=4).random != found.random


def test_random_sets_match_layer_sign_and_decile_and_stay_outside(subject: Subject, prompt: Prompt):
    from pellucid.analysis.matched import mean_activations, random_sets
    from pellucid.core.ids import FeatureId

    members = [
        FeatureId.parse(f"mlp.{layer}.{i}.{s}")
        for layer in (0, 2)
        for i in (1, 5, 6)
        for s in ("pos", "neg")
    ]
    homes = {"mlp": Neurons(subject)}
    allowed = torch.ones(len(prompt), dtype=torch.bool)
    ids = pick_target(subject, prompt).read_ids
    means = mean_activations(subject, ids, members, allowed, None, homes)
    acts = capture(subject, prompt)
    assert means["mlp", 0, "pos"][5] == pytest.approx(
        acts[0][:, 5].clamp_min(0).mean().item(), abs=1e-6
    )
    for drawn in random_sets(members, means, 30, "activation", seed=0):
        assert not set(drawn) & set(members) and len(set(drawn)) == len(members)
        assert sorted((f.layer, f.sign) for f in drawn) == sorted(
            (f.layer, f.sign) for f in members
        )
        for layer, sign in {(f.layer, f.sign) for f in members}:
            edges = torch.tensor(means["mlp", layer, sign]).quantile(torch.arange(1, 10) / 10)

            def deciles(features, layer=layer, sign=sign, edges=edges):
                values = [
                    means["mlp", layer, sign][f.index]
                    for f in features
                    if (f.layer, f.sign) == (layer, sign)
                ]
                return sorted(
                    torch.searchsorted(
                        edges.double(), torch.tensor(values).double(), right=True
                    ).tolist()
                )

            assert deciles(drawn) == pytest.approx(deciles(members), abs=1)


def test_verify_refuses_what_it_cannot_compare(subject: Subject, prompt: Prompt):
    question = pick_target(subject, prompt)
    with pytest.raises(InvalidRequest, match="no features"):
        verify(subject, question, [])
    with pytest.raises(InvalidRequest, match="2 or more"):
        verify(subject, question, ["mlp.0.1.pos"], n=1)
    with pytest.raises(InvalidRequest, match="too few features of layer 1"):
        verify(subject, question, [f"mlp.1.{i}.pos" for i in range(40)])
    with pytest.raises(NotFound, match="does not exist"):
        verify(subject, question, ["mlp.7.1.pos"])


def test_explaining_plain_text_and_a_single_token(subject: Subject):
    one = subject.read_prompt(Conversation(text="a"))
    assert len(one) == 1
    assert attribute(subject, pick_target(subject, one), top=5).effects
    assert activate(subject, one, top=5).effects

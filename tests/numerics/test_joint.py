"""A joint ablation, by setting the same sites to 0 with interventions and reading again."""

import pytest

from pellucid import attribute, joint, measure, pick_target, read
from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.interventions import Intervention
from pellucid.features import Sae
from pellucid.subject import Prompt, Steering, Subject
from tests.builders import CLAMP
from tests.builders_sae import write_sae


def off(sites: list[tuple[str, int]]) -> list[Intervention]:
    return [
        Intervention(features=(text,), value=0, positions=f"{pos}:{pos + 1}") for text, pos in sites
    ]


@pytest.mark.parametrize("clamped", [False, True])
@pytest.mark.parametrize("contrast", [None, " lazy"])
def test_of_one_site_it_is_the_measured_effect(
    subject: Subject, prompt: Prompt, clamped: bool, contrast: str | None
) -> None:
    steering = Steering.compile(subject, [CLAMP], prompt) if clamped else None
    question = pick_target(subject, prompt, text=" dog", contrast=contrast)
    found = attribute(subject, question, method="gradient", top=30, steering=steering)
    for site, effect in measure(subject, found.baseline, found.effects):
        alone = joint(subject, question, [(site.id, site.pos)], steering=steering)
        assert alone.effect == pytest.approx(effect, abs=3e-5)
        assert alone.n_sites == 1
        assert alone.target.logprob == pytest.approx(found.target.logprob, abs=1e-5)
        assert (alone.contrast is None) == (contrast is None)


@pytest.mark.parametrize("given", [[], [CLAMP]])
def test_of_many_sites_it_is_what_intervening_at_all_of_them_does(
    subject: Subject, prompt: Prompt, given: list[Intervention]
) -> None:
    steering = Steering.compile(subject, given, prompt)
    question = pick_target(subject, prompt)
    found = attribute(subject, question, top=60, steering=steering)
    sites = [(e.id, e.pos) for e in found.effects]
    together = joint(subject, question, sites, steering=steering)
    longer = prompt.extended([found.target.id], ["?"])
    both = Steering.compile(subject, [*given, *off(sites)], prompt)
    before, after = (read(subject, longer, steering=s)[-1].logprob for s in (steering, both))
    assert (together.before, together.after) == (
        pytest.approx(before, abs=3e-5),
        pytest.approx(after, abs=3e-5),
    )
    assert together.effect == together.before - together.after
    assert together.n_sites == 60
    single = sum(effect for _, effect in measure(subject, found.baseline, found.effects))
    assert abs(together.effect - single) > 0.01


def test_a_site_counts_once_whatever_the_sign_it_is_named_by(
    subject: Subject, prompt: Prompt
) -> None:
    question = pick_target(subject, prompt)
    twice = [("mlp.1.7.pos", 9), ("mlp.1.7.neg", 9), ("mlp.1.7.pos", 10)]
    found = joint(subject, question, twice)
    assert found.n_sites == 2
    assert found == joint(subject, question, twice[1:])


def test_of_a_target_of_several_tokens_it_is_about_all_of_them(
    subject: Subject, prompt: Prompt
) -> None:
    question = pick_target(subject, prompt, text=" lazy dog", all_tokens=True)
    sites = [("mlp.0.4.pos", 8), ("mlp.2.5.neg", len(prompt) - 1)]
    whole = prompt.extended(question.ids, ["?"] * len(question.ids))
    steering = Steering.compile(subject, off(sites), prompt)
    after = sum(t.logprob or 0 for t in read(subject, whole, steering=steering)[len(prompt) :])
    assert joint(subject, question, sites).after == pytest.approx(after, abs=3e-5)


def test_latents_and_neurons_are_taken_away_together(
    subject: Subject, prompt: Prompt, tmp_path
) -> None:
    sae = Sae.load(write_sae(tmp_path, "standard", layer=1), "s", subject)
    question = pick_target(subject, prompt)
    found = attribute(subject, question, method="gradient", top=4, source=sae)
    for site, effect in measure(subject, found.baseline, found.effects):
        alone = joint(subject, question, [(site.id, site.pos)], sources=[sae])
        assert alone.effect == pytest.approx(effect, abs=3e-5)
    sites = [*((e.id, e.pos) for e in found.effects), ("mlp.2.3.pos", 12), ("mlp.0.3.pos", 8)]
    both = Steering.compile(subject, off(sites), prompt, sources=[sae])
    longer = prompt.extended([found.target.id], ["?"])
    after = read(subject, longer, steering=both)[-1].logprob
    assert joint(subject, question, sites, sources=[sae]).after == pytest.approx(after, abs=3e-5)


@pytest.mark.parametrize(
    ("sites", "error", "says"),
    [
        ([], InvalidRequest, "no sites"),
        ([("mlp.1.1", 3)], InvalidRequest, "not a feature id"),
        ([("s.1.1.pos", 3)], InvalidRequest, "of the source 's'"),
        ([("mlp.3.1.pos", 3)], NotFound, "does not exist"),
        ([("mlp.1.48.pos", 3)], NotFound, "does not exist"),
        ([("mlp.1.1.pos", -1)], NotFound, "no part in the target"),
        ([("mlp.1.1.pos", 999)], NotFound, "no part in the target"),
    ],
)
def test_sites_that_are_none_are_refused(
    subject: Subject, prompt: Prompt, sites: list[tuple[str, int]], error: type, says: str
) -> None:
    with pytest.raises(error, match=says):
        joint(subject, pick_target(subject, prompt), sites)
    assert not any(m._forward_pre_hooks for m in subject.model.modules())


def test_a_position_behind_the_target_is_refused_where_an_earlier_token_is_explained(
    subject: Subject, prompt: Prompt
) -> None:
    question = pick_target(subject, prompt, at=9)
    assert joint(subject, question, [("mlp.1.1.pos", 8)]).n_sites == 1
    with pytest.raises(NotFound, match="positions 0 to 8"):
        joint(subject, question, [("mlp.1.1.pos", 9)])

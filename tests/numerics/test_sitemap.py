"""The map of an explanation: sums over all sites, beside the same sums made from a list of all of them."""

from typing import get_args

import numpy as np
import pytest
import torch

from pellucid import attribute, measure, pick_target
from pellucid.analysis.odds import Odds, through_odds
from pellucid.analysis.sitemap import STEPS, site_map
from pellucid.core.records import Effect, Method, SiteMap
from pellucid.features import Sae
from pellucid.subject import Prompt, Steering, Subject
from tests.builders import CLAMP
from tests.builders_sae import write_sae


def summed(effects: tuple[Effect, ...], of: SiteMap) -> np.ndarray:
    """[layer, part, column], from single effects."""
    sums = np.zeros((len(of.layers), 2, len(of.positive[0])))
    for e in effects:
        sums[of.layers.index(e.layer), int(e.attribution < 0), e.pos - of.start] += e.attribution
    return sums


def cells(of: SiteMap) -> np.ndarray:
    return np.stack([of.positive, of.negative], 1) * of.step


@pytest.mark.parametrize("method", get_args(Method))
@pytest.mark.parametrize("clamped", [False, True])
def test_sums_are_those_of_all_sites(
    subject: Subject, prompt: Prompt, method: Method, clamped: bool
) -> None:
    steering = Steering.compile(subject, [CLAMP], prompt) if clamped else None
    question = pick_target(subject, prompt)
    every = attribute(subject, question, method=method, top=10**6, steering=steering, mapped=True)
    found = every.map
    assert found is not None
    assert (found.method, found.layers, found.start) == (method, (0, 1, 2), prompt.given_from)
    wanted = summed(every.effects, found)
    assert np.abs(cells(found) - wanted).max() <= found.step / 2 + 1e-6
    assert np.abs(cells(found)).max() == pytest.approx(STEPS * found.step)
    for axis, sums in ((2, found.by_layer), (0, found.by_position)):
        total = wanted.sum(axis)
        np.testing.assert_allclose(sums, total if axis == 2 else total.T, rtol=6e-4, atol=1e-6)
    assert found.n_measured == sum(e.measured for e in every.effects)
    assert bool(found.n_measured) == (method == "corrected")


def test_corrected_sums_are_of_the_numbers_listed_and_otherwise_of_estimates_through_the_odds(
    subject: Subject, prompt: Prompt
) -> None:
    """Both parts of the record's claim, for few sites listed: others of the last layer stay estimates."""
    question = pick_target(subject, prompt)
    every = attribute(subject, question, top=10**6)
    estimates = attribute(subject, question, method="gradient", top=10**6).effects
    few = attribute(subject, question, top=3, mapped=True)
    assert few.map is not None
    assert few.effects == every.effects[:3]
    p = np.exp(few.target.logprob)
    bent = {
        (e.layer, e.pos, e.index): np.log(p + (1 - p) * np.exp(e.attribution / (1 - p)))
        for e in estimates
    }
    best = {(e.layer, e.pos, e.index): e for e in every.effects}
    known = sum(abs(e.attribution - bent[site]) for site, e in best.items() if e.measured)
    assert known > 0.01  # what was measured makes a difference
    mixed = tuple(
        e.model_copy(update={"attribution": float(bent[site])})
        if not e.measured and e.layer < 2
        else e
        for site, e in best.items()
    )
    wanted = summed(mixed, few.map)[:2]
    assert np.abs(cells(few.map)[:2] - wanted).max() <= few.map.step / 2 + 1e-6


def test_an_explanation_is_the_same_with_and_without_its_map(
    subject: Subject, prompt: Prompt
) -> None:
    question = pick_target(subject, prompt)
    plain, mapped = (attribute(subject, question, top=9, mapped=m) for m in (False, True))
    assert plain.map is None
    assert plain.effects == mapped.effects
    assert list(measure(subject, plain.baseline, plain.effects)) == list(
        measure(subject, mapped.baseline, mapped.effects)
    )


def test_a_contrast_has_a_map_of_its_own(subject: Subject, prompt: Prompt) -> None:
    question = pick_target(subject, prompt, text=" dog", contrast=" lazy")
    every = attribute(subject, question, top=10**6, mapped=True)
    assert every.map is not None
    assert np.abs(cells(every.map) - summed(every.effects, every.map)).max() <= every.map.step


def test_latents_have_a_map_without_position_0(subject: Subject, prompt: Prompt, tmp_path) -> None:
    sae = Sae.load(write_sae(tmp_path, "standard", layer=1), "s", subject)
    bare = Prompt(prompt.ids, prompt.texts, prompt.roles, prompt.markers)
    question = pick_target(subject, bare)
    every = attribute(subject, question, top=10**6, source=sae, mapped=True)
    assert every.map is not None
    assert (every.map.layers, every.map.start) == ((1,), 1)
    assert np.abs(cells(every.map) - summed(every.effects, every.map)).max() <= every.map.step


@pytest.mark.parametrize("method", get_args(Method))
def test_where_nothing_counts_the_map_has_no_columns(
    subject: Subject, prompt: Prompt, method: Method
) -> None:
    question = pick_target(subject, prompt, at=2)
    found = attribute(subject, question, method=method, mapped=True).map
    assert found is not None
    assert found.positive == found.negative == ((), (), ())
    assert (found.step, found.by_position) == (0, ())
    assert set(found.by_layer) == {(0.0, 0.0)}


def test_a_thousand_positions_of_32_layers_fit_on_the_wire() -> None:
    """At their worst: every cell has three digits."""
    values = [torch.tensor([[0.123456, -0.123456]]).expand(1000, 2).clone() for _ in range(32)]
    found = site_map("gradient", range(32), 10, values, better={}, n_measured=0)
    assert (found.start, found.layers) == (10, tuple(range(32)))
    assert (set(found.positive[31]), set(found.negative[0])) == ({999}, {-999})
    assert found.by_layer[0] == (123.5, -123.5)
    assert found.by_position[999] == (3.951, -3.951)
    assert len(found.model_dump_json()) < 305_000


@pytest.mark.parametrize("logp", [-1e-9, -1e-4, -0.5, -5.0, -80.0])
def test_odds_bend_estimates_as_the_logistic_curve_does(logp: float) -> None:
    rest = max(-np.expm1(logp), 1e-6)
    odds = Odds(rest, -np.log1p(rest / np.exp(logp)), np.log(rest / (rest + np.exp(logp))))
    sizes = torch.tensor([-30, -2, -1, -0.5, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.5, 1, 2, 30]).double()
    p, q = np.exp(odds.log_p), np.exp(odds.log_rest)
    wanted = torch.tensor(np.log(p + q * np.exp(sizes.numpy())))
    found = through_odds(sizes * rest, odds)
    torch.testing.assert_close(found, wanted, atol=1e-12, rtol=1e-6)
    single = through_odds((sizes * rest).float(), odds)
    torch.testing.assert_close(single.double(), found, atol=1e-12, rtol=1e-5)

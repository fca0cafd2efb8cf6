"""SAE latents through everything the engine does, by doing the thing with plain hooks on tiny subjects."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from pellucid import activate, attribute, generate, measure, pick_target, read, verify
from pellucid.analysis.attribute import attribute_features
from pellucid.analysis.linear import linearise
from pellucid.analysis.question import Question
from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.features import FeatureSource, MlpNeurons, Sae
from pellucid.subject import Prompt, Steering, Subject, capture
from pellucid.subject.hooks import Edit
from pellucid.subject.steering import SteeredPass
from tests.builders import chat, make_subject
from tests.builders_sae import D_SAE, expected_latents, make_weights, write_sae

LAYER = 1
ARCHITECTURES = ["standard", "topk", "jumprelu"]


@pytest.fixture(scope="module")
def prompt(subject: Subject) -> Prompt:
    return subject.read_prompt(
        chat("the quick brown fox", "jumps", "over the lazy dog", "a spider")
    )


@pytest.fixture(scope="module", params=ARCHITECTURES)
def sae(subject: Subject, request: pytest.FixtureRequest, tmp_path_factory) -> Sae:
    path = tmp_path_factory.mktemp("sae")
    return Sae.load(write_sae(path, request.param, layer=LAYER), "s", subject)


@pytest.fixture(scope="module")
def relu(subject: Subject, tmp_path_factory) -> Sae:
    """One SAE where the architecture does not matter."""
    path = tmp_path_factory.mktemp("sae")
    return Sae.load(write_sae(path, "standard", layer=LAYER), "s", subject)


@contextmanager
def stream_changed(subject: Subject, change: Tensor, layer: int = LAYER) -> Iterator[None]:
    """`change` [pos, d_model] added to the residual stream after a layer: plain PyTorch."""

    def hook(_m: object, _a: object, out: Tensor | tuple[Tensor, ...]) -> object:
        if isinstance(out, Tensor):
            return out + change
        return (out[0] + change, *out[1:])

    handle = subject.layers[layer].register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def stream(subject: Subject, ids: Sequence[int], layer: int = LAYER) -> Tensor:
    """The residual stream after a layer: plain PyTorch."""
    seen: list[Tensor] = []
    handle = subject.layers[layer].register_forward_hook(
        lambda _m, _a, out: seen.append(out if isinstance(out, Tensor) else out[0])
    )
    with torch.no_grad():
        subject.model(torch.tensor([list(ids)]))
    handle.remove()
    return seen[0][0]


def logprobs(subject: Subject, ids: Sequence[int]) -> Tensor:
    with torch.no_grad():
        return subject.model(torch.tensor([list(ids)])).logits[0].log_softmax(-1)


def steered_logprobs(
    subject: Subject, prompt: Prompt, interventions: Sequence[Intervention], *sources: Sae
) -> Tensor:
    """Log-probabilities of every token of the prompt in the run as steered, from the second on."""
    steering = Steering.compile(subject, interventions, prompt, sources=sources)
    return torch.tensor([t.logprob for t in read(subject, prompt, steering=steering)[1:]])


def of_prompt(prompt: Prompt, table: Tensor) -> Tensor:
    return table[torch.arange(len(prompt) - 1), torch.tensor(prompt.ids[1:])]


class Same:
    """An edit that may write, and does not."""

    layers = (LAYER,)

    def __call__(self, layer: int, act: Tensor) -> Tensor:
        return act


# Reading


def test_both_sources_are_behind_the_port(subject: Subject, sae: Sae):
    for source in (sae, MlpNeurons(subject)):
        assert isinstance(source, FeatureSource)
        assert len(source.write_norms) == len(source.layers)
        torch.testing.assert_close(source.write_norms[0], source.directions(0).norm(dim=-1))


def test_every_pass_hands_on_the_latents_of_the_stream(subject: Subject, prompt: Prompt, sae: Sae):
    rows = torch.tensor([prompt.ids, tuple(reversed(prompt.ids))])
    seen: dict[int, Tensor] = {}

    def see(place: int, act: Tensor, gate: Tensor | None, /) -> None:
        assert gate is None
        seen[place] = act

    with sae.reading(see):
        subject.trunk(rows)
    assert list(seen) == [0] and seen[0].shape == (2, len(prompt), D_SAE)
    for row, ids in zip(seen[0], rows.tolist(), strict=True):
        wanted = expected_latents(sae.kind, make_weights(sae.kind), stream(subject, ids))
        torch.testing.assert_close(row, wanted.float(), atol=2e-5, rtol=1e-4)
    assert 0.05 < (seen[0] > 0).float().mean() < 0.7
    assert not any(m._forward_hooks for m in subject.model.modules())


def test_what_is_captured_is_what_is_read(subject: Subject, prompt: Prompt, sae: Sae):
    (acts,) = capture(subject, prompt, source=sae)
    torch.testing.assert_close(acts, sae.encode(0, stream(subject, prompt.ids)))
    (some,) = capture(subject, prompt, source=sae, span=(3, 6))
    assert torch.equal(some, acts[3:6])


# Writing


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_run_in_which_no_latent_changes_is_the_run_without_the_sae(
    prompt: Prompt, tmp_path: Path, dtype: torch.dtype
):
    subject = make_subject()
    subject.model.to(dtype)
    sae = Sae.load(write_sae(tmp_path, layer=LAYER), "s", subject)
    before = logprobs(subject, prompt.ids)
    with sae.editing([Same()]):
        assert torch.equal(logprobs(subject, prompt.ids), before)
    off = Intervention(features=("s.1.0.pos",), strength=0, positions="500:501")
    after = steered_logprobs(subject, prompt, [off], sae)
    assert torch.equal(after, steered_logprobs(subject, prompt, []))


@pytest.mark.parametrize(
    "change",
    [
        {"value": 2.5},
        {"value": -1.0},
        {"strength": 0},
        {"strength": 0, "sign_rule": "any"},
    ],
)
@pytest.mark.parametrize("positions", ["all", "prompt", "generated", "0:5"])
def test_an_intervention_adds_the_difference_times_the_decoder_row(
    subject: Subject, prompt: Prompt, sae: Sae, change: dict[str, float], positions: str
):
    index = [3, 17, 29]
    features = tuple(f"s.1.{i}.pos" for i in index)
    item = Intervention(features=features, positions=positions, **change)  # pyright: ignore[reportArgumentType]
    weights = make_weights(sae.kind)
    old = expected_latents(sae.kind, weights, stream(subject, prompt.ids)).float()
    at = {
        "all": range(1, len(prompt)),
        "prompt": [p for p in range(1, len(prompt)) if prompt.roles[p] in ("system", "user")],
        "generated": range(prompt.reply_start, len(prompt)),
        "0:5": range(5),
    }[positions]
    hit = [p for p in at if p < prompt.reply_start or positions != "prompt"]
    delta = torch.zeros_like(old)
    for p in hit:
        for i in index:
            delta[p, i] = change.get("value", 0.0) - old[p, i]
    with stream_changed(subject, delta @ weights["W_dec"]):
        wanted = of_prompt(prompt, logprobs(subject, prompt.ids))
    found = steered_logprobs(subject, prompt, [item], sae)
    torch.testing.assert_close(found, wanted, atol=2e-5, rtol=1e-5)
    steering = Steering.compile(subject, [item], prompt, sources=[sae])
    (acts,) = capture(subject, prompt, source=sae, steering=steering)
    torch.testing.assert_close(acts, old + delta, atol=2e-5, rtol=1e-4)


def test_the_error_of_the_sae_stays_as_it_was(subject: Subject, prompt: Prompt, relu: Sae):
    """Stream = reconstruction + error, before and after: only the reconstruction moves."""
    clamp = Intervention(features=("s.1.5.pos",), value=3.0, positions="all")
    steering = Steering.compile(subject, [clamp], prompt, sources=[relu])
    assert steering is not None
    before = stream(subject, prompt.ids)
    (edit,) = steering.at(range(len(prompt)))
    with relu.editing([edit[1]]):
        after = stream(subject, prompt.ids)
    old = relu.encode(0, before)
    new = old.clone()
    new[1:, 5] = 3.0
    error = before - relu.decode(0, old)
    torch.testing.assert_close(relu.decode(0, new) + error, after, atol=1e-5, rtol=1e-5)
    assert torch.equal(after[0], before[0]) and not torch.equal(after[1:], before[1:])


def test_the_later_of_two_wins_and_sees_what_the_earlier_left(
    subject: Subject, prompt: Prompt, relu: Sae
):
    up = Intervention(features=("s.1.7.pos",), value=2.0, positions="all")
    down = Intervention(features=("s.1.7.pos",), value=-1.0, positions="all")
    suppress = Intervention(features=("s.1.7.pos",), strength=0, positions="all")

    def left(*items: Intervention) -> Tensor:
        steering = Steering.compile(subject, items, prompt, sources=[relu])
        return capture(subject, prompt, source=relu, steering=steering)[0][1:, 7]

    assert (left(up, down) == -1).all() and (left(down, up) == 2).all()
    assert (left(up, suppress) == 0).all() and (left(down, suppress) == -1).all()


def test_latents_and_neurons_go_together_in_one_list(
    subject: Subject, prompt: Prompt, tmp_path: Path
):
    low = Sae.load(write_sae(tmp_path / "a", "topk", layer=0, seed=3), "low", subject)
    high = Sae.load(write_sae(tmp_path / "b", layer=1, seed=4), "high", subject)
    items = [
        Intervention(features=("high.1.2.pos",), value=2.0, positions="all"),
        Intervention(features=("mlp.1.4.pos", "low.0.9.pos"), value=1.5, positions="all"),
        Intervention(features=("mlp.2.5.neg",), strength=0, positions="all"),
    ]
    found = steered_logprobs(subject, prompt, items, low, high)

    def set_neuron(index: int, value: float, negative_only: bool):
        def hook(_m: object, args: tuple[Tensor, ...]) -> tuple[Tensor]:
            act = args[0].clone()
            now = act[:, 1:, index]
            act[:, 1:, index] = torch.where((now < 0) | (not negative_only), value, now)
            return (act,)

        return hook

    def set_latent(kind: str, seed: int, index: int, value: float):
        weights = make_weights(kind, seed=seed)

        def hook(_m: object, _a: object, out: Tensor) -> Tensor:
            old = expected_latents(kind, weights, out)[..., index].float()
            delta = (value - old)[..., None] * weights["W_dec"][index]
            delta[:, 0] = 0
            return out + delta

        return hook

    handles = [
        subject.layers[0].register_forward_hook(set_latent("topk", 3, 9, 1.5)),
        subject.layers[1].register_forward_hook(set_latent("jumprelu", 4, 2, 2.0)),
        subject.downs[1].register_forward_pre_hook(set_neuron(4, 1.5, False)),
        subject.downs[2].register_forward_pre_hook(set_neuron(5, 0.0, True)),
    ]
    wanted = of_prompt(prompt, logprobs(subject, prompt.ids))
    for handle in handles:
        handle.remove()
    torch.testing.assert_close(found, wanted, atol=3e-5, rtol=1e-5)
    steering = Steering.compile(subject, items, prompt, sources=[low, high])
    assert steering is not None
    units = 3 * 48 + 2 * D_SAE
    assert steering.touched.neurons == 4
    assert steering.touched.share == pytest.approx(4 / units)
    only = Steering.compile(subject, items[:1], prompt, sources=[low, high])
    assert only is not None and only.touched.share == pytest.approx(1 / D_SAE)


def test_steered_writing_with_a_cache_is_reading_the_whole_again(subject: Subject, sae: Sae):
    prompt = subject.read_prompt(chat("the quick brown fox"))
    items = [
        Intervention(features=("s.1.7.pos", "s.1.8.pos"), value=2.0, positions="generated"),
        Intervention(features=("s.1.9.pos",), strength=0, positions="prompt"),
        Intervention(features=("mlp.2.3.neg",), value=1.0, positions="all"),
    ]
    steering = Steering.compile(subject, items, prompt, sources=[sae])
    reply = list(generate(subject, prompt, max_new_tokens=8, temperature=0, steering=steering))
    whole = prompt.extended([t.id for t in reply], [t.text for t in reply])
    (acts,) = capture(subject, whole, source=sae, steering=steering)
    assert (acts[prompt.reply_start :, 7] == 2).all()
    again = read(subject, whole, steering=steering)
    assert [t.logprob for t in reply] == pytest.approx(
        [again[t.pos].logprob for t in reply], abs=2e-5
    )
    plain = list(generate(subject, prompt, max_new_tokens=8, temperature=0))
    assert [t.logprob for t in plain] != [t.logprob for t in reply]
    assert not any(m._forward_pre_hooks or m._forward_hooks for m in subject.model.modules())


def test_all_latents_are_one_write(subject: Subject, prompt: Prompt, relu: Sae):
    every = [
        Intervention(features=(f"s.1.{i}.pos",), value=0.5, positions="all") for i in range(D_SAE)
    ]
    steering = Steering.compile(subject, every, prompt, sources=[relu])
    assert steering is not None and steering.touched.share == 1
    ((units, edit),) = steering.at((5,))
    assert units is relu and isinstance(edit, SteeredPass)
    (rows, plan), *rest = edit._todo
    assert rows is None and not rest and len(plan[LAYER]) == 1


@pytest.mark.parametrize(
    ("feature", "error", "says"),
    [
        ("t.1.0.pos", InvalidRequest, "of the source 't'; open here are mlp, s"),
        ("s.0.0.pos", NotFound, "s has units in layers 1"),
        ("s.1.40.pos", NotFound, "units of s go from 0 to 39"),
        ("s.1.0.neg", NotFound, "never negative"),
        ("mlp.1.48.neg", NotFound, "neurons of a layer go from 0 to 47"),
    ],
)
def test_latents_that_are_not_there_are_refused(
    subject: Subject, prompt: Prompt, relu: Sae, feature: str, error: type[Exception], says: str
):
    item = Intervention(features=(feature,), value=1)
    with pytest.raises(error, match=says):
        Steering.compile(subject, [item], prompt, sources=[relu])


# Attribution


CLAMPS = [
    Intervention(features=("mlp.0.3.pos", "mlp.2.9.neg"), value=1.7, positions="all"),
    Intervention(features=("s.1.4.pos",), value=1.2, positions="all"),
]


def logprob_without(
    subject: Subject,
    prompt: Prompt,
    given: Sequence[Intervention],
    site: str,
    target: int,
    *sources: Sae,
) -> float:
    """The log p(target) with one site set to 0: `s.1.4.pos@7`."""
    feature, pos = site.split("@")
    off = Intervention(features=(feature,), value=0, positions=f"{pos}:{int(pos) + 1}")
    steering = Steering.compile(subject, [*given, off], prompt, sources=sources)
    longer = prompt.extended([target], ["?"])
    return read(subject, longer, steering=steering)[-1].logprob or 0.0


@pytest.mark.parametrize("clamped", [False, True])
def test_measured_effects_are_those_of_setting_the_latent_to_zero(
    subject: Subject, prompt: Prompt, sae: Sae, clamped: bool
):
    given = CLAMPS if clamped else []
    steering = Steering.compile(subject, given, prompt, sources=[sae])
    question = pick_target(subject, prompt)
    found = attribute(subject, question, top=45, steering=steering, source=sae)
    assert len(found.effects) == 45 and sum(e.measured for e in found.effects) > 10
    answers = list(measure(subject, found.baseline, found.effects))
    (acts,) = capture(subject, prompt, steering=steering, source=sae)
    for effect, value in answers:
        assert effect.id == f"s.1.{effect.index}.pos" and effect.layer == 1
        assert effect.activation == pytest.approx(float(acts[effect.pos, effect.index]), abs=1e-5)
        assert effect.activation > 0
        after = logprob_without(
            subject, prompt, given, f"{effect.id}@{effect.pos}", found.target.id, sae
        )
        assert value == pytest.approx(found.target.logprob - after, abs=5e-5)


@pytest.mark.parametrize("kind", ["gemma2", "gpt2", "gpt_neox", "olmo2", "qwen3"])
def test_measured_effects_are_right_in_other_families(kind: str, tmp_path: Path):
    subject = make_subject(kind)
    sae = Sae.load(write_sae(tmp_path, layer=LAYER), "s", subject)
    prompt = subject.read_prompt(chat("the quick brown fox", "a"))
    found = attribute(subject, pick_target(subject, prompt), top=20, source=sae)
    assert found.effects
    for effect, value in measure(subject, found.baseline, found.effects):
        after = logprob_without(
            subject, prompt, [], f"{effect.id}@{effect.pos}", found.target.id, sae
        )
        assert value == pytest.approx(found.target.logprob - after, abs=5e-5)


@pytest.mark.parametrize("kind", ["llama", "gemma2", "gpt2"])
def test_last_layer_attributions_are_exact_without_being_measured(kind: str, tmp_path: Path):
    subject = make_subject(kind)
    sae = Sae.load(write_sae(tmp_path, layer=2), "s", subject)
    prompt = subject.read_prompt(chat("the quick brown fox", "a"))
    found = attribute(subject, pick_target(subject, prompt), top=12, source=sae)
    last = [e for e in found.effects if e.attribution != 0]
    assert last and not any(e.measured for e in found.effects)
    for e in last:
        after = logprob_without(subject, prompt, [], f"{e.id}@{e.pos}", found.target.id, sae)
        assert e.attribution == pytest.approx(found.target.logprob - after, abs=5e-5)


def score_of(subject: Subject, question: Question, table: Tensor) -> float:
    return float(question.score(table[list(question.read_at)]))


def test_gradients_are_finite_differences_along_the_decoder_row(
    subject: Subject, prompt: Prompt, sae: Sae
):
    linear = linearise(subject, pick_target(subject, prompt), None, source=sae)
    rows = sae.directions(0)
    eps = 0.02
    random = np.random.default_rng(0)
    for pos, index in zip(
        random.integers(0, len(prompt), 12), random.integers(0, D_SAE, 12), strict=True
    ):
        scores: list[float] = []
        for side in (1, -1):
            change = torch.zeros(len(prompt), subject.d_model)
            change[pos] = side * eps * rows[index]
            with stream_changed(subject, change):
                scores.append(score_of(subject, linear.question, logprobs(subject, prompt.ids)))
        slope = (scores[0] - scores[1]) / (2 * eps)
        assert float(linear.grads[0][pos, index]) == pytest.approx(slope, rel=0.02, abs=2e-3)


def test_gradients_of_neurons_see_latents_that_are_held(subject: Subject, prompt: Prompt, sae: Sae):
    """A latent that is held no longer passes on what stands before it: a real change of the neuron tells."""
    held = Intervention(
        features=tuple(f"s.1.{i}.pos" for i in range(20)), value=0.8, positions="all"
    )
    steering = Steering.compile(subject, [held], prompt, sources=[sae])
    linear = linearise(subject, pick_target(subject, prompt), steering)
    plain = linearise(subject, linear.question, None)
    n = len(prompt)
    eps, different = 0.02, 0
    for index in range(0, 48, 7):
        pos = n - 1 - index % 3
        at = float(linear.acts[0][pos, index])
        scores: list[float] = []
        for side in (1, -1):
            moved = Intervention(
                features=(f"mlp.0.{index}.pos",),
                value=at + side * eps,
                positions=f"{pos}:{pos + 1}",
            )
            both = Steering.compile(subject, [moved, held], prompt, sources=[sae])
            longer = prompt.extended([linear.question.ids[0]], ["?"])
            scores.append(read(subject, longer, steering=both)[-1].logprob or 0.0)
        slope = (scores[0] - scores[1]) / (2 * eps)
        grad = float(linear.grads[0][pos, index])
        assert grad == pytest.approx(slope, rel=0.05, abs=4e-3)
        different += abs(grad - float(plain.grads[0][pos, index])) > 0.01
    assert different > 0


def test_integrated_attributions_of_all_latents_are_the_whole_change(
    subject: Subject, prompt: Prompt, sae: Sae
):
    """Sum over sites = score as it is - score with every latent at 0, up to the midpoint rule's error."""
    bare = Prompt(prompt.ids, prompt.texts, prompt.roles, prompt.markers)
    question = pick_target(subject, bare)
    found = attribute(subject, question, method="integrated", top=10**6, source=sae)
    full = linearise(subject, question, None, source=sae)
    acts = sae.encode(0, stream(subject, prompt.ids))
    with stream_changed(subject, -acts @ sae.directions(0)):
        without = score_of(subject, full.question, logprobs(subject, prompt.ids))
    sink = 0.0  # position 0 is scaled too, and has no sites
    for step in range(8):
        scaled = linearise(subject, full.question, None, scale=(step + 0.5) / 8, source=sae)
        sink += float((acts[0] * scaled.grads[0][0]).sum()) / 8
    total = sum(e.attribution for e in found.effects) + sink
    assert total == pytest.approx(full.score - without, rel=0.05, abs=0.02)
    assert len(found.effects) == int((acts[1:] > 0).sum())


def test_latents_have_no_sites_at_position_0(subject: Subject, prompt: Prompt, sae: Sae):
    bare = Prompt(prompt.ids, prompt.texts, prompt.roles, prompt.markers)
    found = attribute(subject, pick_target(subject, bare), top=10**6, source=sae)
    assert min(e.pos for e in found.effects) == 1
    one = subject.read_prompt(Conversation(text="a"))
    assert len(one) == 1
    assert not attribute(subject, pick_target(subject, one), source=sae).effects
    assert not attribute_features(subject, pick_target(subject, one), source=sae).sums.any()


def test_latents_of_several_layers_are_asked_about_together(
    subject: Subject, prompt: Prompt, tmp_path: Path
):
    for layer in (0, 2):
        write_sae(tmp_path / str(layer), layer=layer, seed=layer)
    sae = Sae.load(tmp_path, "s", subject)
    question = pick_target(subject, prompt)
    found = attribute(subject, question, top=60, source=sae)
    assert {e.layer for e in found.effects} == {0, 2}
    for effect, value in measure(subject, found.baseline, found.effects[:25]):
        after = logprob_without(
            subject, prompt, [], f"{effect.id}@{effect.pos}", found.target.id, sae
        )
        real = found.target.logprob - after
        assert value == pytest.approx(real, abs=5e-5)
        if effect.measured or effect.layer == 2:
            assert effect.attribution == pytest.approx(real, abs=5e-5)


@pytest.mark.parametrize("method", ["gradient", "corrected", "integrated"])
def test_a_planted_latent_is_named_first(subject: Subject, prompt: Prompt, method, tmp_path: Path):
    """One latent made to write one token, and held at one position: it is what brought the token about."""
    weights = make_weights("standard")
    token = 77
    unembed = subject.model.get_output_embeddings().weight
    weights["W_dec"][11] = torch.nn.functional.normalize(unembed[token] - unembed.mean(0), dim=0)
    sae = Sae.load(write_sae(tmp_path, "standard", layer=2, weights=weights), "s", subject)
    at = len(prompt) - 1
    plant = Intervention(features=("s.2.11.pos",), value=25.0, positions=f"{at}:{at + 1}")
    steering = Steering.compile(subject, [plant], prompt, sources=[sae])
    found = attribute(
        subject, pick_target(subject, prompt), method=method, steering=steering, source=sae
    )
    assert found.target.id == token
    first = found.effects[0]
    assert (first.id, first.pos) == ("s.2.11.pos", at) and first.attribution > 0
    if method == "corrected":
        assert first.attribution > 1
        after = logprob_without(subject, prompt, [plant], f"s.2.11.pos@{at}", token, sae)
        assert first.attribution == pytest.approx(found.target.logprob - after, abs=5e-5)


@pytest.mark.parametrize("method", ["gradient", "corrected", "integrated"])
def test_sums_by_feature_are_those_of_all_sites(subject: Subject, prompt: Prompt, sae: Sae, method):
    question = pick_target(subject, prompt)
    sums = attribute_features(subject, question, method=method, source=sae)
    assert sums.sums.shape == (1, D_SAE, 2) and not sums.sums[..., 1].any()
    sites = attribute(subject, question, method=method, top=10**6, source=sae)
    by_index = np.zeros(D_SAE)
    for e in sites.effects:
        by_index[e.index] += e.attribution
    np.testing.assert_allclose(sums.sums[0, :, 0], by_index, atol=2e-4)


# Verify and activate


def test_verify_suppresses_what_it_says(subject: Subject, prompt: Prompt, sae: Sae):
    question = pick_target(subject, prompt)
    (acts,) = capture(subject, prompt, source=sae)
    often = acts[1:].mean(0).topk(3).indices.tolist()
    features = [*(f"s.1.{i}.pos" for i in often), "mlp.2.30.pos"]
    found = verify(subject, question, features, n=10, seed=3, sources=[sae], match="layer")
    off = Intervention(features=tuple(features), strength=0, positions="all")
    steering = Steering.compile(subject, [off], prompt, sources=[sae])
    longer = prompt.extended([found.target.id], ["?"])
    after = read(subject, longer, steering=steering)[-1].logprob
    assert found.after == pytest.approx(after, abs=2e-5) and found.effect != 0
    assert found.touched.neurons == 4
    assert found.touched.share == pytest.approx(4 / (3 * 48 + D_SAE))
    assert len(found.random.effects) == 10 and len(set(found.random.effects)) > 1


def test_random_latents_are_as_active_as_their_members(subject: Subject, prompt: Prompt, relu: Sae):
    from pellucid.analysis.matched import classes, mean_activations, random_sets
    from pellucid.core.ids import FeatureId

    members = [FeatureId("s", 1, i, "pos") for i in (1, 5, 8)]
    allowed = torch.arange(len(prompt)) > 0
    question = pick_target(subject, prompt)
    means = mean_activations(subject, question.read_ids, members, allowed, None, {"s": relu})
    (acts,) = capture(subject, prompt, source=relu)
    values = means["s", 1, "pos"]
    np.testing.assert_allclose(values, acts[1:].mean(0).numpy(), atol=1e-6)
    of = classes(values, "activation")
    assert (of[values == 0] == 0).all() and (of[values > 0] > 0).all()
    for drawn in random_sets(members, means, 20, "activation", seed=0):
        assert all((f.source, f.layer, f.sign) == ("s", 1, "pos") for f in drawn)
        assert not set(drawn) & set(members)
        assert sorted(of[f.index] for f in drawn) == sorted(of[f.index] for f in members)


def test_active_latents_are_ranked_by_relative_write(subject: Subject, prompt: Prompt, sae: Sae):
    found = activate(subject, prompt, span=(5, 9), top=12, source=sae)
    resid = stream(subject, prompt.ids)
    write = sae.encode(0, resid) * sae.directions(0).norm(dim=-1) / resid.norm(dim=-1)[:, None]
    best = write[5:9].flatten().topk(12).values.tolist()
    assert [e.normalised for e in found.effects] == pytest.approx(best, rel=1e-4)
    assert all(e.id == f"s.1.{e.index}.pos" and 5 <= e.pos < 9 for e in found.effects)
    assert "relative write" in found.scale


def test_same_is_an_edit():
    assert isinstance(Same(), Edit)

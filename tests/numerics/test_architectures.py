"""Every row of the table of architectures, against plain hooks on a tiny model of the real class."""

import pytest
import torch

from pellucid import attribute, generate, pick_target, read
from pellucid.analysis.candidates import MAX_MEASURED
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.subject import Steering, Subject, capture
from pellucid.subject.architectures import FAMILIES
from pellucid.subject.branch import Departure, branch
from pellucid.subject.reading import trunk_of
from tests.builders import CONFIGS, VARIANTS, chat, make_subject

# Where the neurons are, written out again and without the table under test.
DOWN = {
    "gpt_neox": "gpt_neox.layers.{}.mlp.dense_4h_to_h",
    "gpt2": "transformer.h.{}.mlp.c_proj",
}
LLAMA_DOWN = "model.layers.{}.mlp.down_proj"


@pytest.fixture(scope="module", params=[*CONFIGS, *VARIANTS])
def subject(request: pytest.FixtureRequest) -> Subject:
    kind, changes = VARIANTS.get(request.param, (request.param, {}))
    return make_subject(kind, **changes)


def down(subject: Subject, layer: int) -> torch.nn.Module:
    return subject.model.get_submodule(DOWN.get(subject.kind, LLAMA_DOWN).format(layer))


def ablated_logprobs(
    subject: Subject, ids: tuple[int, ...], layer: int, pos: int, index: int
) -> torch.Tensor:
    def hook(_module, args):
        act = args[0].clone()
        act[0, pos, index] = 0
        return (act,)

    handle = down(subject, layer).register_forward_pre_hook(hook)
    try:
        with torch.inference_mode():
            return subject.model(torch.tensor([ids])).logits[0].log_softmax(-1)
    finally:
        handle.remove()


def test_every_family_has_a_tiny_model_here():
    assert set(CONFIGS) == set(FAMILIES)


def test_capture_sees_what_a_plain_hook_sees(subject: Subject):
    prompt = subject.read_prompt(chat("a spider has eight legs"))
    seen: dict[int, torch.Tensor] = {}

    def keep(layer: int):
        return lambda _module, args: seen.__setitem__(layer, args[0][0])

    handles = [down(subject, layer).register_forward_pre_hook(keep(layer)) for layer in range(3)]
    with torch.inference_mode():
        subject.model(torch.tensor([prompt.ids]))
    for handle in handles:
        handle.remove()
    captured = capture(subject, prompt)
    assert len(captured) == 3
    for layer, acts in enumerate(captured):
        assert acts.shape == (len(prompt), 48)
        assert torch.equal(acts, seen[layer])
    (part,) = capture(subject, prompt, layers=[1], span=(3, 5))
    assert torch.equal(part, seen[1][3:5])


def test_reading_without_interventions_is_the_plain_model_bit_for_bit(subject: Subject):
    prompt = subject.read_prompt(chat("the quick brown fox", "jumps"))
    with torch.inference_mode():
        logits = subject.model(torch.tensor([prompt.ids])).logits[0].float().log_softmax(-1)
    tokens = read(subject, prompt, top=3)
    assert tokens[0].logprob is None
    for token in tokens[1:]:
        assert token.logprob == logits[token.pos - 1, token.id].item()
        best = logits[token.pos - 1].topk(3)
        assert [a.id for a in token.top] == best.indices.tolist()
        assert [a.logprob for a in token.top] == best.values.tolist()


def test_greedy_reply_is_that_of_transformers(subject: Subject):
    prompt = subject.read_prompt(chat("the lazy dog"))
    ours = [token.id for token in generate(subject, prompt, max_new_tokens=12, temperature=0)]
    with torch.inference_mode():
        theirs = subject.model.generate(
            torch.tensor([prompt.ids]), max_new_tokens=12, do_sample=False, use_cache=False
        )[0, len(prompt) :].tolist()
    assert ours == theirs[: len(ours)]
    assert len(ours) == 12 or ours[-1] in subject.stop_ids


def test_branches_are_real_ablations(subject: Subject):
    prompt = subject.read_prompt(chat("the quick brown fox jumps over", "the lazy dog"))
    question = pick_target(subject, prompt)
    found = attribute(subject, question, top=MAX_MEASURED)
    sites = [Departure(e.layer, e.pos, e.index) for e in found.effects]
    sites += [Departure(0, 0, 1), Departure(2, len(prompt) - 1, 5), Departure(1, 4, 7)]
    after = branch(subject, found.baseline.trace, sites, read=[len(prompt) - 1])[:, 0]
    for site, logprobs in zip(sites, after, strict=True):
        plain = ablated_logprobs(subject, prompt.ids, site.layer, site.pos, site.index)[-1]
        torch.testing.assert_close(logprobs, plain, atol=2e-5, rtol=1e-4)


def test_measured_attributions_are_real_ablations(subject: Subject):
    prompt = subject.read_prompt(chat("a spider has"))
    found = attribute(subject, pick_target(subject, prompt), top=60)
    measured = [e for e in found.effects if e.measured]
    assert 0 < len(measured) <= MAX_MEASURED
    for e in measured:
        after = ablated_logprobs(subject, prompt.ids, e.layer, e.pos, e.index)[
            -1, found.target.id
        ].item()
        assert e.attribution == pytest.approx(found.target.logprob - after, abs=2e-5)


def test_gradients_are_those_of_finite_differences(subject: Subject):
    prompt = subject.read_prompt(chat("a spider has"))
    found = attribute(subject, pick_target(subject, prompt), method="gradient", top=6)
    for e in found.effects:
        scores = []
        for shift in (0.02, -0.02):
            pass_ = Departure(e.layer, e.pos, e.index, e.activation + shift)
            logprobs = branch(
                subject, found.baseline.trace, [pass_], read=found.baseline.question.read_at
            )
            scores.append(found.baseline.question.score(logprobs).item())
        slope = (scores[0] - scores[1]) / 0.04
        assert e.attribution == pytest.approx(e.activation * slope, rel=0.03, abs=2e-4)


def test_steered_reply_is_that_of_recomputing_without_a_cache(subject: Subject):
    prompt = subject.read_prompt(chat("the quick brown fox"))
    interventions = [
        Intervention(features=tuple(f"mlp.{la}.{i}.pos" for la in range(3) for i in range(0, 48, 5)),
                     value=0.7, positions="all"),
        Intervention(features=("mlp.1.3.pos", "mlp.1.4.neg"), strength=0, positions="generated"),
    ]  # fmt: skip
    steering = Steering.compile(subject, interventions, prompt)
    reply = list(generate(subject, prompt, max_new_tokens=10, temperature=0, steering=steering))
    whole = prompt.extended([t.id for t in reply], [t.text for t in reply])
    again = read(subject, whole, steering=steering)
    plain = read(subject, whole)
    for token in reply:
        assert token.logprob == pytest.approx(again[token.pos].logprob, abs=2e-5)
    assert any(abs((t.logprob or 0) - (plain[t.pos].logprob or 0)) > 1e-3 for t in reply)


@pytest.mark.parametrize("given", [20, 23, 24, 25])
def test_a_reply_goes_on_where_a_longrope_model_changes_its_factors(given: int):
    """At 24 positions; every token is as expected after reading just what stands before it."""
    kind, changes = VARIANTS["phi3, longrope"]
    subject = make_subject(kind, **changes)
    prompt = subject.read_prompt(Conversation(ids=tuple(range(97, 97 + given))))
    clamp = Intervention(features=("mlp.1.3.pos",), value=1.5, positions="all")
    steering = Steering.compile(subject, [clamp], prompt)
    reply = list(generate(subject, prompt, max_new_tokens=8, temperature=0, steering=steering))
    whole = prompt.extended([t.id for t in reply], [t.text for t in reply])
    assert len(reply) == 8
    for token in reply:
        hidden = trunk_of(subject, whole.cut(token.pos), steering)[-1]
        with torch.inference_mode():
            expected = subject.logprobs(hidden)[token.id].item()
        assert token.logprob == pytest.approx(expected, abs=2e-5)


@pytest.mark.parametrize("kind", sorted(k for k, f in FAMILIES.items() if f.mlp_out_norm is None))
def test_the_write_of_a_neuron_is_what_its_column_adds(kind: str):
    """Against the length of the change of the layer's output when one activation changes by 1."""
    subject = make_subject(kind)
    prompt = subject.read_prompt(Conversation(text="the quick brown"))
    layer, pos, index = 1, 2, 9
    block = subject.model.get_submodule(DOWN.get(kind, LLAMA_DOWN).format(layer).rsplit(".", 2)[0])

    def output(shift: float) -> torch.Tensor:
        def add(_module, args):
            act = args[0].clone()
            act[0, pos, index] += shift
            return (act,)

        outs: list[torch.Tensor] = []
        handles = [
            down(subject, layer).register_forward_pre_hook(add),
            block.register_forward_hook(
                lambda _m, _a, o: outs.append(o if isinstance(o, torch.Tensor) else o[0])
            ),
        ]
        with torch.inference_mode():
            subject.model(torch.tensor([prompt.ids]))
        for handle in handles:
            handle.remove()
        return outs[0][0, pos]

    change = output(1.0) - output(0.0)
    assert change.norm().item() == pytest.approx(subject.write_norms[layer][index].item(), rel=1e-3)


@pytest.mark.parametrize("kind", ["gemma2", "gemma3_text", "olmo2"])
def test_write_behind_a_norm(kind: str):
    """The norm behind the MLP is scaled by its weight and divided by the spread of its input."""
    subject = make_subject(kind)
    block = subject.model.get_submodule("model.layers.1")
    with torch.no_grad():
        block.post_feedforward_layernorm.weight.uniform_(0.5, 1.5)
    norm, column = block.post_feedforward_layernorm, block.mlp.down_proj.weight[:, 9] * 1e4
    with torch.inference_mode():
        written = norm(column) * column.square().mean().sqrt() / 1e4
    assert subject.write_norms[1][9].item() == pytest.approx(written.norm().item(), rel=1e-3)

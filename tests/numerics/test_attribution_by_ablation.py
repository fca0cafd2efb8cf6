"""On the bundled model: attributions agree with really setting sites to 0, and planted causes are named first."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import torch

from benchmarks.agreement import agreement
from pellucid import attribute, pick_target
from pellucid.core.records import Conversation
from pellucid.subject import Prompt, Subject

pytestmark = pytest.mark.bundled


@pytest.fixture(scope="module")
def bundled() -> Subject:
    return Subject.load()


CHATS = [
    [
        {"role": "user", "content": "How many legs does a spider have?"},
        {"role": "assistant", "content": "A spider has"},
    ],
    [{"role": "user", "content": "Is 12 June before 3 July?"}],
    [
        {"role": "system", "content": "You are a poet."},
        {"role": "user", "content": "Describe the moon."},
    ],
]


def test_the_default_method_agrees_with_ablation(bundled: Subject):
    rows = np.array(
        [agreement(bundled, {"messages": chat}, ["corrected"])[1]["corrected"] for chat in CHATS]
    )
    spearman, pearson, largest, measured = rows.T
    assert spearman.mean() >= 0.97
    assert pearson.mean() >= 0.95 and pearson.min() >= 0.9
    assert largest.min() >= 18
    assert measured.max() <= 32


@contextmanager
def planted(
    subject: Subject, prompt: Prompt, layer: int, index: int, token: int, probability: float
) -> Iterator[None]:
    """One neuron made to read the last word of the prompt and to write `token`, up to a probability."""
    mlp = subject.model.get_submodule(f"model.layers.{layer}.mlp")
    rows = [mlp.gate_proj.weight[index], mlp.up_proj.weight[index], mlp.down_proj.weight[:, index]]
    kept = [row.clone() for row in rows]
    seen: list[torch.Tensor] = []
    handle = mlp.register_forward_pre_hook(lambda _m, args: seen.append(args[0][0]))
    ids = torch.tensor([prompt.ids])
    with torch.no_grad():
        subject.model(ids)
    handle.remove()
    reads = torch.linalg.pinv(seen[0])[:, -1]  # 1 at the last position, 0 at all others
    unembed = subject.model.get_output_embeddings().weight
    writes = subject.model.get_submodule("model.norm").weight * (unembed[token] - unembed.mean(0))
    writes = writes / writes.norm()

    def probability_at(size: float) -> float:
        with torch.no_grad():
            rows[2].copy_(writes * size)
            return subject.model(ids).logits[0, -1].softmax(-1)[token].item()

    try:
        with torch.no_grad():
            rows[0].copy_(reads * 10)
            rows[1].copy_(reads)
        low, high = 0.0, 2.0
        while probability_at(high) < probability:
            assert high < 1e4, "this token cannot be planted here"
            high *= 1.5
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (low, middle) if probability_at(middle) >= probability else (middle, high)
        probability_at(high)
        yield
    finally:
        with torch.no_grad():
            for row, old in zip(rows, kept, strict=True):
                row.copy_(old)


@pytest.mark.parametrize("probability", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("layer", [3, 15, 26])
def test_a_planted_neuron_is_named_first(bundled: Subject, layer: int, probability: float):
    prompt = bundled.read_prompt(Conversation(text="On Sunday I would like a big glass of milk"))
    (token, *_) = bundled.codec.literal(" zebra")
    with planted(bundled, prompt, layer, 7, token, probability):
        found = attribute(bundled, pick_target(bundled, prompt), top=10)
        assert found.target.id == token
        assert np.exp(found.target.logprob) >= probability - 1e-3
        first = found.effects[0]
        assert (first.id, first.pos) == (f"mlp.{layer}.7.pos", len(prompt) - 1)
        assert first.attribution > 1

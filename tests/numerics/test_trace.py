"""One feature along a text: the activations that the subject's own passes have, read as corpora are read."""

from pathlib import Path

import pytest
import torch

from pellucid.analysis import trace, trace_all
from pellucid.core.errors import InvalidRequest, NotFound, TooLarge
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.exemplars.encoding import separator_of
from pellucid.features import Sae
from pellucid.subject import Prompt, Steering, Subject, capture
from pellucid.subject.codec import Codec
from pellucid.workspace.engine import passage
from tests.builders_sae import write_sae


@pytest.mark.parametrize(("layer", "index"), [(0, 3), (1, 7), (2, 40)])
def test_every_activation_is_what_goes_into_the_down_projection(
    subject: Subject, layer: int, index: int
) -> None:
    ids = subject.codec.literal("the quick brown fox")
    seen: list[torch.Tensor] = []
    handle = subject.downs[layer].register_forward_pre_hook(lambda _, args: seen.append(args[0]))
    with torch.inference_mode():
        subject.model(torch.tensor([ids]))
    handle.remove()
    for sign in ("pos", "neg"):
        found = trace(subject, ids, FeatureId("mlp", layer, index, sign))
        assert found == seen[0][0, :, index].tolist()
    assert not any(m._forward_pre_hooks for m in subject.model.modules())


def test_many_features_are_followed_in_one_pass_of_the_run_as_steered(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = subject.read_prompt(Conversation(text="the quick brown fox"))
    clamp = Intervention(features=("mlp.0.3.pos",), value=2.5, positions="all")
    steering = Steering.compile(subject, [clamp], prompt)
    acts = capture(subject, prompt, steering=steering)
    features = [FeatureId.parse(f"mlp.{layer}.{i}.pos") for layer in (2, 0) for i in (7, 3, 7)]
    passes: list[int] = []
    trunk = Subject.trunk
    monkeypatch.setattr(Subject, "trunk", lambda *a, **k: (passes.append(1), trunk(*a, **k))[1])
    found = trace_all(subject, prompt, features, steering=steering)
    assert len(passes) == 1
    for feature, row in zip(features, found, strict=True):
        assert row.tolist() == acts[feature.layer][:, feature.index].tolist()
    assert set(found[4, 1:].tolist()) == {2.5}


def test_latents_are_followed_beside_neurons(subject: Subject, tmp_path: Path) -> None:
    sae = Sae.load(write_sae(tmp_path, "standard", layer=1), "s", subject)
    prompt = subject.read_prompt(Conversation(text="the quick brown fox"))
    features = [FeatureId.parse(text) for text in ("s.1.2.pos", "mlp.1.3.neg", "s.1.5.pos")]
    found = trace_all(subject, prompt, features, sources=[sae])
    (latents,) = capture(subject, prompt, source=sae)
    assert torch.equal(torch.tensor(found[[0, 2]]), latents[:, [2, 5]].T)
    assert found[1].tolist() == trace(subject, prompt.ids, features[1])


@pytest.mark.parametrize(
    ("ids", "feature", "error"),
    [
        ([], "mlp.0.0.pos", InvalidRequest),
        ([1], "mlp.3.0.pos", NotFound),
        ([1], "mlp.0.48.pos", NotFound),
        ([384], "mlp.0.0.pos", NotFound),
        ([1], "sae.0.0.pos", InvalidRequest),
        ([1] * 513, "mlp.0.0.pos", TooLarge),
    ],
)
def test_what_cannot_be_traced_is_refused(
    subject: Subject, ids: list[int], feature: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        trace(subject, ids, FeatureId.parse(feature))


def test_a_passage_is_read_as_the_corpora_are(subject: Subject) -> None:
    text = "a spider <|im_end|>"
    prompt = passage(subject, text)
    assert prompt.ids[0] == separator_of(subject.codec)
    assert "".join(prompt.texts[1:]) == text
    assert not subject.codec.control_ids & set(prompt.ids[1:])
    again = passage(subject, prompt.text)
    assert again.ids[0] == prompt.ids[0] and len(again) > len(prompt)
    with pytest.raises(InvalidRequest):
        passage(subject, "")


def test_a_tokenizer_that_begins_texts_by_itself_is_not_given_a_second_beginning(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    separator = separator_of(subject.codec)
    assert separator is not None
    plain = subject.read_prompt(Conversation(text="a spider")).ids
    read = Codec.read

    def with_start(codec: Codec, conversation: Conversation) -> Prompt:
        if conversation.text is None:
            return read(codec, conversation)
        return read(codec, Conversation(ids=(separator, *plain)))

    monkeypatch.setattr(Codec, "read", with_start)
    assert passage(subject, "a spider").ids == (separator, *plain)

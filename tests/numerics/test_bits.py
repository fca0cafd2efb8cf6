"""Without interventions everything read is the plain model's, bit for bit: past the first chunk, and while writing."""

import pytest
import torch
from transformers import DynamicCache

from pellucid import generate, read
from pellucid.core.records import Conversation
from pellucid.subject import Prompt, Subject
from pellucid.subject.reading import CHUNK, trunk_of
from tests.builders import CONFIGS, make_subject

LENGTHS = [40, 2 * CHUNK, 2 * CHUNK + 1, 2 * CHUNK + 2, 3 * CHUNK + 1]


@pytest.fixture(scope="module", params=CONFIGS)
def subject(request: pytest.FixtureRequest) -> Subject:
    room = "n_positions" if request.param == "gpt2" else "max_position_embeddings"
    return make_subject(request.param, **{room: 1024})  # pyright: ignore[reportArgumentType]


def prompt_of(subject: Subject, n_pos: int) -> Prompt:
    ids = tuple((37 * pos + 11) % 300 + 3 for pos in range(n_pos))
    return subject.read_prompt(Conversation(ids=ids))


def check_reading(subject: Subject, n_pos: int) -> None:
    prompt = prompt_of(subject, n_pos)
    with torch.inference_mode():
        ids = torch.tensor([prompt.ids])
        hidden = subject.model.base_model(ids).last_hidden_state[0]
        logprobs = subject.model(ids).logits[0].float().log_softmax(-1)
    assert torch.equal(trunk_of(subject, prompt, None), hidden)
    tokens = read(subject, prompt, top=3)
    assert [t.pos for t in tokens] == list(range(n_pos))
    assert [t.logprob for t in tokens[1:]] == [logprobs[t.pos - 1, t.id].item() for t in tokens[1:]]
    assert [[a.logprob for a in t.top] for t in tokens[1:]] == logprobs[:-1].topk(3).values.tolist()


def check_writing(subject: Subject, n_pos: int) -> None:
    prompt = prompt_of(subject, n_pos)
    reply = list(generate(subject, prompt, max_new_tokens=8, temperature=0))
    cache = DynamicCache(config=subject.model.config)
    ids = list(prompt.ids)
    for token in reply:
        with torch.inference_mode():
            out = subject.model(
                torch.tensor([ids]), past_key_values=cache, use_cache=True, logits_to_keep=1
            )
        logprobs = out.logits[0, -1].float().log_softmax(-1)
        assert token.id == logprobs.argmax()
        assert [a.logprob for a in token.top] == logprobs.topk(5).values.tolist()
        ids = [token.id]


@pytest.mark.parametrize("n_pos", LENGTHS)
def test_every_token_read_is_as_the_plain_model_expected_it(subject: Subject, n_pos: int):
    check_reading(subject, n_pos)


@pytest.mark.parametrize("n_pos", LENGTHS)
def test_every_token_written_is_as_the_plain_model_expected_it(subject: Subject, n_pos: int):
    check_writing(subject, n_pos)


@pytest.mark.bundled
@pytest.mark.parametrize("n_pos", [40, 2 * CHUNK + 1])
def test_the_same_in_the_bundled_model(bundled: Subject, n_pos: int):
    check_reading(bundled, n_pos)
    check_writing(bundled, n_pos)

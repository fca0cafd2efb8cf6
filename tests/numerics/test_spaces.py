"""Tokenizers that keep a space with the word behind it, and characters of several tokens, from question to reply."""

import pytest

from pellucid import attribute, generate, pick_target
from pellucid.core.records import Conversation
from pellucid.subject import Subject
from pellucid.subject.generation import Generation
from tests.builders import make_sentencepiece, make_subject, make_tokenizer

TOKENIZERS = {
    "bytes": make_tokenizer,
    "prepend": lambda: make_sentencepiece("prepend"),
    "metaspace": lambda: make_sentencepiece("metaspace"),
}


@pytest.fixture(scope="module", params=sorted(TOKENIZERS))
def subject(request: pytest.FixtureRequest) -> Subject:
    return make_subject(tokenizer=TOKENIZERS[request.param]())


@pytest.mark.parametrize("text", ["a spider has eight legs", "the fox 🙂 jumps", "é日本"])
def test_prompt_and_reply_joined_are_the_text(
    subject: Subject, monkeypatch: pytest.MonkeyPatch, text: str
):
    ids = subject.read_prompt(Conversation(text=text)).ids
    for cut in range(1, len(ids)):
        reply = iter(ids[cut:])
        monkeypatch.setattr(Generation, "_pick", lambda *_, reply=reply: next(reply))
        prompt = subject.read_prompt(Conversation(ids=ids[:cut]))
        writing = generate(subject, prompt, max_new_tokens=len(ids) - cut)
        given = "".join(token.text for token in writing.prompt_tokens)
        assert given + "".join(token.text for token in writing) == text


def test_a_target_is_taken_with_its_space(subject: Subject):
    prompt = subject.read_prompt(Conversation(text="a spider has"))
    found = attribute(subject, pick_target(subject, prompt, text=" eight"), top=1)
    whole = subject.read_prompt(Conversation(text="a spider has eight"))
    assert found.target.id == whole.ids[len(prompt)]
    assert found.target.text.startswith(" e")
    several = pick_target(subject, prompt, text=" eight legs", all_tokens=True)
    tokens = attribute(subject, several, top=1).target.tokens
    assert "".join(token.text for token in tokens) == " eight legs"

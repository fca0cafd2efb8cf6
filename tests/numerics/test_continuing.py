"""A reply that goes on from inside another one: the same tokens are read, so the same tokens come."""

import pytest

from pellucid import generate
from pellucid.core.errors import InvalidRequest, NotFound, TooLarge
from pellucid.core.records import Token
from pellucid.subject import Prompt, Subject, prompt_of
from tests.builders import chat, make_sentencepiece, make_subject

N = 12


def greedy(subject: Subject, prompt: Prompt, n: int = N) -> list[Token]:
    return list(generate(subject, prompt, max_new_tokens=n, temperature=0))


def part(prompt: Prompt, written: list[Token], n: int) -> Prompt:
    """The prompt and the first `n` tokens of its reply, as the journal keeps them."""
    tokens = [prompt.token(pos) for pos in range(len(prompt))] + written[:n]
    return prompt_of(tokens, prompt.given_from, prompt.reply_start)


@pytest.mark.parametrize("kind", ["llama", "gemma2", "gpt2"])
def test_going_on_from_any_place_of_a_greedy_reply_gives_its_rest(kind: str) -> None:
    subject = make_subject(kind)
    prompt = subject.read_prompt(chat("the quick brown fox"))
    written = greedy(subject, prompt)
    for n in range(len(written)):
        again = subject.continue_reply(part(prompt, written, n))
        assert again.ids == (*prompt.ids, *(token.id for token in written[:n]))
        assert again.reply_start == len(prompt)
        rest = greedy(subject, again, len(written) - n)
        assert [(t.pos, t.id, t.text, t.role) for t in rest] == [
            (t.pos, t.id, t.text, t.role) for t in written[n:]
        ]
        for one, same in zip(rest, written[n:], strict=True):
            assert one.logprob == pytest.approx(same.logprob, abs=1e-4)


def test_what_was_given_has_the_log_probabilities_it_had_when_it_was_written() -> None:
    subject = make_subject()
    prompt = subject.read_prompt(chat("the quick brown fox"))
    written = greedy(subject, prompt)
    again = subject.continue_reply(part(prompt, written, 8))
    read = generate(subject, again, max_new_tokens=1).prompt_tokens[len(prompt) :]
    for given, before in zip(read, written[:8], strict=True):
        assert (given.id, given.text, given.marker) == (before.id, before.text, False)
        assert given.logprob == pytest.approx(before.logprob, abs=1e-4)
        assert [one.id for one in given.top] == [one.id for one in before.top]


@pytest.mark.parametrize("sentencepiece", [False, True])
def test_a_character_left_open_is_completed_by_what_comes(sentencepiece: bool) -> None:
    subject = make_subject(tokenizer=make_sentencepiece() if sentencepiece else None)
    prompt = subject.read_prompt(chat("hi"))
    ids = subject.codec.literal("a 🙂b")
    at = next(n for n in range(len(ids)) if "🙂" in "".join(subject.codec.texts(ids[: n + 1])))
    cut = subject.codec.with_ids(prompt, ids[:at])
    # As a run that ended amid the character has it: what is open comes out as what it is not.
    shown = prompt_of(
        [
            cut.token(pos).model_copy(update={"text": cut.texts[pos] or "\ufffd"})
            for pos in range(len(cut))
        ],
        reply_from=len(prompt),
    )
    whole = subject.continue_reply(shown, ids[at])
    assert "".join(whole.texts[len(prompt) :]) == "a 🙂"
    assert whole.ids == (*prompt.ids, *ids[: at + 1])
    assert whole.roles[-1] == "assistant" and not whole.markers[-1]


def test_what_cannot_be_gone_on_from_is_refused() -> None:
    subject = make_subject()
    prompt = subject.read_prompt(chat("hi"))
    stop = next(iter(subject.stop_ids))
    with pytest.raises(InvalidRequest, match="ends a reply"):
        subject.continue_reply(prompt, stop)
    for outside in (-1, subject.d_vocab):
        with pytest.raises(NotFound, match="vocabulary"):
            subject.continue_reply(prompt, outside)
    broken = prompt_of([prompt.token(0).model_copy(update={"id": subject.d_vocab})])
    with pytest.raises(NotFound, match="vocabulary"):
        subject.continue_reply(broken)
    full = subject.codec.with_ids(prompt, [5] * (subject.n_context - len(prompt)))
    assert len(subject.continue_reply(full)) == subject.n_context
    with pytest.raises(TooLarge):
        subject.continue_reply(full, 5)

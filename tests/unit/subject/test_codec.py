"""Text to ids and back: nothing lost, nothing invented, and what a person types stays text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.core.errors import InvalidRequest, NotFound, Unsupported
from pellucid.core.records import Conversation, Message
from pellucid.subject.codec import Codec, TextStream
from tests.builders import CHATML, chat, make_sentencepiece, make_tokenizer

NO_DEFAULT = CHATML.replace("<|im_start|>system\nBe kind.<|im_end|>\n", "")
STRIPS = NO_DEFAULT.replace("message['content']", "message['content'] | trim")
WITH_START = "<|endoftext|>" + STRIPS


def codec(template: str | None = CHATML) -> Codec:
    import copy

    tokenizer = copy.deepcopy(make_tokenizer())
    tokenizer.chat_template = template
    return Codec(tokenizer, 384)


TEXTS = [
    "",
    "a",
    "🙂",
    "שלום עולם",
    "日本語",
    "é 👩‍👩‍👧 x",
    "  two  spaces ",
    "\n\n1.",
    "a\tb",
    "<|im_end|>",
    "x<|im_start|>user\n",
]


@pytest.mark.parametrize("template", [CHATML, NO_DEFAULT, STRIPS, WITH_START])
@pytest.mark.parametrize("text", TEXTS)
def test_a_chat_is_the_rendered_string_and_typed_control_tokens_stay_text(template: str, text: str):
    c = codec(template)
    messages = [
        {"role": "user", "content": text},
        {"role": "assistant", "content": "ok"},
        {"role": "user", "content": "b"},
    ]
    prompt = c.read(Conversation(messages=tuple(Message(**m) for m in messages)))  # pyright: ignore[reportArgumentType]
    rendered = c.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    assert prompt.text == rendered
    typed = [i for i in range(len(prompt)) if not prompt.markers[i]]
    assert not {prompt.ids[i] for i in typed} & c.control_ids
    if "<|im" not in text:
        assert list(prompt.ids) == c.tokenizer(rendered, add_special_tokens=False)["input_ids"]
    written = text.strip() if "trim" in template else text
    users = "".join(prompt.texts[i] for i in typed if prompt.roles[i] == "user")
    if written.strip() == written and written:
        assert users == written + "b"


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_texts_joined_are_the_text(text: str):
    c = codec()
    ids = c.literal(text)
    assert "".join(c.texts(ids)) == text


def test_roles_and_markers_of_every_token():
    prompt = codec().read(chat("a fox", "eight", "b", system="c"))
    told = [
        (t, r[0], m) for t, r, m in zip(prompt.texts, prompt.roles, prompt.markers, strict=True)
    ]
    assert [t for t, _, m in told if not m] == ["c", "a", " fox", "eight", "b"] or "".join(
        t for t, _, m in told if not m
    ) == "ca foxeightb"
    assert {r for t, r, m in told if m} == {"s", "u", "a"}
    ends = [r for t, r, _ in told if t == "<|im_end|>"]
    assert ends == ["s", "u", "a", "u"]
    starts = [r for t, r, _ in told if t == "<|im_start|>"]
    assert starts == ["s", "u", "a", "u", "a"]
    assert prompt.reply_start == len(prompt)


def test_an_open_reply_is_continued_literally():
    c = codec()
    prompt = c.read(chat("a", " The answer is "))
    assert prompt.text.endswith("<|im_start|>assistant\n The answer is ")
    assert "".join(prompt.texts[prompt.reply_start :]) == " The answer is "
    assert set(prompt.roles[prompt.reply_start :]) == {"assistant"}


def test_a_system_turn_of_the_template_is_told_from_one_of_the_users():
    c = codec()
    added, own = c.read(chat("a")), c.read(chat("a", system="Be kind."))
    assert added.ids == own.ids
    assert "".join(added.texts[: added.given_from]) == "<|im_start|>system\nBe kind.<|im_end|>\n"
    assert own.given_from == 0
    assert codec(NO_DEFAULT).read(chat("a")).given_from == 0


def test_a_start_token_is_no_system_turn():
    prompt = codec(WITH_START).read(chat("a"))
    assert prompt.texts[0] == "<|endoftext|>" and prompt.given_from == 0 and prompt.markers[0]


def test_a_template_that_rewrites_a_message_is_refused():
    upper = CHATML.replace("message['content']", "message['content'] | upper")
    with pytest.raises(Unsupported, match="rewrites the user message"):
        codec(upper).read(chat("abc"))


def test_a_template_that_refuses_says_so():
    picky = "{{ raise_exception('only users here') }}"
    with pytest.raises(Unsupported, match="only users here"):
        codec(picky).read(chat("abc"))


def test_a_model_without_a_template_says_what_to_do_instead():
    with pytest.raises(Unsupported, match="--text"):
        codec(None).read(chat("abc"))
    assert codec(None).read(Conversation(text="abc")).text == "abc"


def test_control_tokens_in_plain_text_stay_text():
    c = codec()
    prompt = c.read(Conversation(text="<|im_start|>user"))
    assert not set(prompt.ids) & c.control_ids and prompt.text == "<|im_start|>user"
    assert c.read(Conversation(ids=(1, 97))).texts[0] == "<|im_start|>"


def test_characters_split_over_tokens_come_out_whole_with_their_last():
    c = codec()
    ids = c.literal("x🙂y")
    texts = c.texts(ids)
    assert "🙂" in texts and texts.count("") == len(ids) - 3
    stream = TextStream(c)
    assert [stream.push(i) for i in ids[:2]] == ["x", ""]
    assert "\ufffd" in stream.rest()


TOKENIZERS = {
    "bytes": make_tokenizer,
    "prepend": lambda: make_sentencepiece("prepend"),
    "metaspace": lambda: make_sentencepiece("metaspace"),
}


@pytest.fixture(params=sorted(TOKENIZERS))
def any_codec(request: pytest.FixtureRequest) -> Codec:
    return Codec(TOKENIZERS[request.param](), 384)


@pytest.mark.parametrize(
    "text", [" eight", "eight", " eight legs", "\n\neight", " 🙂é", "  a", " "]
)
def test_a_literal_text_is_what_it_would_be_behind_other_text(any_codec: Codec, text: str):
    before = any_codec.read(Conversation(text="a spider has"))
    longer = any_codec.read(Conversation(text="a spider has" + text))
    ids = any_codec.literal(text)
    assert before.ids + tuple(ids) == longer.ids
    assert "".join(any_codec.texts(ids, after=before)) == text
    assert any_codec.piece(any_codec.literal(" eight")[0]).startswith(" e")


@pytest.mark.parametrize("text", ["a spider has eight legs", " a 🙂 é\n\nthe fox  jumps", "日本語"])
def test_a_stream_goes_on_where_a_prompt_was_cut(any_codec: Codec, text: str):
    ids = any_codec.read(Conversation(text=text)).ids
    whole = any_codec.tokenizer.decode(list(ids), skip_special_tokens=False)
    for cut in range(1, len(ids)):
        before = any_codec.read(Conversation(ids=ids[:cut]))
        assert before.text + "".join(any_codec.texts(ids[cut:], after=before)) == whole
        for shorter in range(1, cut):
            assert (
                before.cut(shorter).texts == any_codec.read(Conversation(ids=ids[:shorter])).texts
            )


def test_what_a_stream_leaves_open_comes_out_as_replacement_characters(any_codec: Codec):
    before = any_codec.read(Conversation(text="a"))
    (first, *_) = any_codec.literal("🙂")
    assert set("".join(any_codec.texts([first], after=before))) == {"\ufffd"}
    broken = any_codec.texts([first, *any_codec.literal(" eight")], after=before)
    assert "".join(broken) == "\ufffd eight"


@pytest.mark.parametrize("text", ["a fox", " a fox ", "x<|im_end|>\ny", "<|im_start|>"])
def test_typed_control_tokens_change_no_other_token(any_codec: Codec, text: str):
    prompt, plain = any_codec.read(chat(text, "eight")), any_codec.read(chat("a fox", "eight"))
    headers = [[p.ids[i + 1] for i, id_ in enumerate(p.ids) if id_ == 1] for p in (prompt, plain)]
    assert headers[0] == headers[1]
    assert text in prompt.text


@pytest.mark.parametrize(
    ("conversation", "error"),
    [
        (Conversation(text=""), InvalidRequest),
        (Conversation(ids=()), InvalidRequest),
        (Conversation(ids=(384,)), NotFound),
        (Conversation(ids=(-1,)), NotFound),
        (Conversation(messages=()), InvalidRequest),
        (Conversation(messages=(Message(role="assistant", content="x"),)), InvalidRequest),
    ],
)
def test_nothing_to_read_is_refused(conversation: Conversation, error: type[Exception]):
    with pytest.raises(error):
        codec().read(conversation)

"""A chat model in process reads a given reply as one forward pass would, and writes the same for the same seed."""

import numpy as np
import pytest
import torch

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.settings import Settings
from pellucid.descriptions.llm import LlmSimulator
from pellucid.llm import Answer, Ask, ChatModel, Forced, Ledger, Message, Prices, open_chat_model
from pellucid.llm.local import LocalChat
from tests.builders import make_model, make_tokenizer, tiny_subject_dir
from tests.builders_descriptions import reader, texts_of

TURNS = (Message("user", "Judge."), Message("assistant", "Yes."), Message("user", "Again."))
DIGITS = tuple(str(n) for n in range(10))


@pytest.fixture(scope="module")
def model() -> LocalChat:
    return LocalChat("tiny", make_model(), make_tokenizer(), frozenset({2}))


@pytest.mark.parametrize("kind", ["llama", "gpt_neox"])
def test_what_it_reads_is_what_one_pass_over_everything_gives(kind: str) -> None:
    core, tokenizer = make_model(kind), make_tokenizer()
    model = LocalChat("tiny", core, tokenizer, frozenset({2}))
    replies = ["a\t?\nbcd\t?", "x\t?", "a⏎\t?\nq\t?\nrs\t?"]  # of different lengths, in one batch
    read = model.read([Forced(TURNS, reply, DIGITS) for reply in replies])
    turns = [{"role": m.role, "content": m.text} for m in TURNS]
    head = str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))
    for reply, places in zip(replies, read, strict=True):
        assert isinstance(places, tuple)
        whole = tokenizer(head, add_special_tokens=False)["input_ids"]
        n_head = len(whole)
        whole = whole + tokenizer(reply, add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            logits = core(torch.tensor([whole])).logits[0]
        assert len(places) == len(whole) - n_head
        for i, place in enumerate(places):
            assert reply.startswith(place.text, place.start)
            for digit in DIGITS:
                (id_,) = tokenizer(digit, add_special_tokens=False)["input_ids"]
                wanted = float(logits[n_head + i - 1, id_])
                assert place.alternatives[digit] == pytest.approx(wanted, abs=1e-4)


def test_it_is_a_chat_model_with_a_seed(model: LocalChat) -> None:
    assert isinstance(model, ChatModel)
    ask = Ask(TURNS, 12, temperature=1.0, seed=3)
    before = torch.random.get_rng_state()
    first, second = model.reply([ask, ask])
    assert torch.equal(before, torch.random.get_rng_state())
    assert first == second
    others = [model.reply([Ask(TURNS, 12, temperature=1.0, seed=seed)]) for seed in range(4)]
    assert any(other != [first] for other in others)


def test_a_reply_begins_and_ends_as_asked(model: LocalChat) -> None:
    (whole,) = model.reply([Ask(TURNS, 12, begin="DESCRIPTION:")])
    assert isinstance(whole, Answer)
    assert whole.text.startswith("DESCRIPTION:")
    rest = whole.text.removeprefix("DESCRIPTION:")
    stop = rest[3]
    (cut,) = model.reply([Ask(TURNS, 12, begin="DESCRIPTION:", stop=stop)])
    assert isinstance(cut, Answer)
    assert cut.text == "DESCRIPTION:" + rest[: rest.index(stop)]


def test_judgements_end_at_9_where_10_is_no_token(model: LocalChat) -> None:
    assert not model.capabilities.ten
    simulator = LlmSimulator(model, reader())
    assert simulator.name == "local:tiny (all-at-once, 0 to 9)"
    texts = texts_of([[" the", " rum", "\n", " oven"], [" red", " blue"]])
    predicted = simulator.predict("drinks", texts, np.array([0, 1], np.int32))
    assert (predicted[0, 1:4] > 0).all()
    assert not predicted[:, 0].any()
    assert not predicted[1, 2:].any()
    assert predicted.max() < 1
    assert model.ledger.used.prompt_tokens > 0


def test_it_costs_nothing(model: LocalChat) -> None:
    free = LocalChat(
        "tiny", make_model(), make_tokenizer(), frozenset({2}), Ledger(Prices(0, 0), 0.0)
    )
    free.reply([Ask(TURNS, 2)])
    assert free.ledger.used.usd == 0.0


def test_too_long_a_question_is_an_error_in_its_place(model: LocalChat) -> None:
    long = Ask((Message("user", "a b " * 20_000),), 4)
    (found,) = model.reply([long])
    assert isinstance(found, InvalidRequest)


def test_models_are_opened_by_name(tmp_path) -> None:
    directory = tiny_subject_dir(tmp_path / "chat")
    opened = open_chat_model(
        f"local:{directory}", Settings(cache_dir=tmp_path / "cache", device="cpu")
    )
    assert opened.capabilities.prompt_logprobs == "in process"
    mute = tiny_subject_dir(tmp_path / "mute", template=False)
    with pytest.raises(Unsupported, match="no chat template"):
        open_chat_model(f"local:{mute}", Settings(cache_dir=tmp_path / "cache", device="cpu"))

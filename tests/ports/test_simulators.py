"""What every simulator must do, whichever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.descriptions.llm import LlmSimulator
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.ports import Simulator
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.llm.endpoint import Endpoint
from pellucid.llm.local import LocalChat
from pellucid.simulators import TrainedSimulator
from tests.builders import make_model, make_tokenizer, tiny_subject_dir
from tests.builders_descriptions import planted_case as build
from tests.builders_descriptions import reader, texts_of
from tests.fake_llm import EVERYTHING, Server, serving, status

planted_case = cache(build)
SENTENCE = "Fires on “rum” and “oven”."
ABILITIES = {
    "prompt_logprobs": EVERYTHING,
    "echo": frozenset({"echo", "top_logprobs", "json"}),
    "top_logprobs": frozenset({"top_logprobs"}),
    "json": frozenset({"json"}),
    "replies only": frozenset[str](),
}
MODES = {
    "prompt_logprobs": "all-at-once",
    "echo": "all-at-once",
    "top_logprobs": "by-line",
    "json": "json",
    "replies only": "json",
}


@dataclass(frozen=True)
class Made:
    """A simulator, and the server behind it."""

    simulator: Simulator
    server: Server | None


@pytest.fixture(params=["rules", *ABILITIES])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    if request.param == "rules":
        yield Made(RuleSimulator(Meaning.of(reader())), None)
        return
    with serving(ABILITIES[request.param]) as server:
        simulator = LlmSimulator(Endpoint("m", url=server.url, retries=0), reader())
        assert simulator.mode == MODES[request.param]
        yield Made(simulator, server)


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Simulator]:
    """Those that run a model here: a tiny one with random weights, which knows no words."""
    folder = tmp_path_factory.mktemp("untaught")
    settings = Settings(cache_dir=folder / "cache", device="cpu")
    base: Path = tiny_subject_dir(folder / "model")
    trained = TrainedSimulator.fresh(str(base), settings, reader(), 1)
    random = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for value in trained.module.get_submodule("head").parameters():
            value.normal_(generator=random)
    chat = LocalChat("tiny", make_model(), make_tokenizer(), frozenset({2}))
    return {"local": LlmSimulator(chat, reader()), "trained": trained}


@pytest.fixture(params=["rules", *ABILITIES, "local", "trained"])
def any_made(request: pytest.FixtureRequest, untaught: dict[str, Simulator]) -> Iterator[Simulator]:
    """Whichever, right or not."""
    if request.param == "rules":
        yield RuleSimulator(Meaning.of(reader()))
    elif request.param in untaught:
        yield untaught[request.param]
    else:
        with serving(ABILITIES[request.param]) as server:
            yield LlmSimulator(Endpoint("m", url=server.url, retries=0), reader())


def test_it_predicts_at_the_tokens_that_the_sentence_names(made: Made) -> None:
    case = planted_case(SENTENCE)
    rows = case.test.rows[:12]
    predicted = made.simulator.predict(SENTENCE, case.texts, rows)
    assert (predicted.shape, predicted.dtype) == ((12, 12), np.float32)
    fires = case.test.y[:12] > 0
    assert fires.any()
    assert predicted[fires].min() > 0.9
    assert predicted[~fires].max() < 0.1
    assert isinstance(made.simulator, Simulator)
    assert made.simulator.name


def test_positions_that_do_not_count_are_0(made: Made) -> None:
    texts = texts_of([[" rum", " rum", " the", " rum"], [" rum", " oven"]])
    texts.start[:] = (3, 1)
    predicted = made.simulator.predict(SENTENCE, texts, np.array([1, 0], np.int32))
    assert set(map(tuple, np.argwhere(predicted > 0.5).tolist())) == {(0, 1), (1, 3)}
    assert not predicted[1, :3].any()
    assert not predicted[:, 4:].any()


def test_tokens_that_other_tokenizers_cut_otherwise_keep_their_place(made: Made) -> None:
    texts = texts_of([["\n", "\n", " cook", "ing", " 4", "2", " rum", "\n", " oven", ".", "\n"]])
    (predicted,) = made.simulator.predict(SENTENCE, texts, np.array([0], np.int32))
    assert np.flatnonzero(predicted > 0.5).tolist() == [6, 8]


def test_it_predicts_from_0_to_1_where_positions_count_and_the_same_again(
    any_made: Simulator,
) -> None:
    texts = texts_of([[" rum", " rum", " the", " rum"], [" rum", " oven"]])
    texts.start[:] = (3, 1)
    rows = np.array([1, 0], np.int32)
    predicted = any_made.predict(SENTENCE, texts, rows)
    assert (predicted.shape, predicted.dtype) == ((2, 12), np.float32)
    assert set(map(tuple, np.argwhere(predicted != 0).tolist())) == {(0, 1), (1, 3)}
    assert predicted.min() >= 0 and predicted.max() <= 1
    assert np.array_equal(any_made.predict(SENTENCE, texts, rows), predicted)
    alone = any_made.predict(SENTENCE, texts, rows[1:])
    np.testing.assert_allclose(alone[0], predicted[1], atol=1e-5)
    assert isinstance(any_made, Simulator) and any_made.name


def test_no_sequence_is_no_prediction(any_made: Simulator) -> None:
    case = planted_case(SENTENCE)
    none = any_made.predict(SENTENCE, case.texts, np.zeros(0, np.int32))
    assert none.shape == (0, 12)


def test_no_sentence_is_refused(any_made: Simulator) -> None:
    case = planted_case(SENTENCE)
    with pytest.raises(InvalidRequest):
        any_made.predict("", case.texts, case.test.rows[:2])


def test_a_model_that_fails_is_an_error_and_no_prediction(made: Made) -> None:
    if made.server is None:
        return  # rules ask nobody
    case = planted_case(SENTENCE)
    made.simulator.predict(SENTENCE, case.texts, case.test.rows[:1])
    made.server.rewrite = lambda _: status(500, "broken")
    with pytest.raises(UpstreamFailed, match="broken"):
        made.simulator.predict(SENTENCE, case.texts, case.test.rows[:2])
    made.server.rewrite = lambda _: (200, {}, b'{"choices": [{"message": {"content": "Well..."}}]}')
    with pytest.raises(UnparseableReply):
        made.simulator.predict(SENTENCE, case.texts, case.test.rows[:2])

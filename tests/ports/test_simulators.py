"""What every simulator must do, whichever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.descriptions.llm import LlmSimulator
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.ports import Simulator
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.llm.endpoint import Endpoint
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


def test_no_sequence_is_no_prediction(made: Made) -> None:
    case = planted_case(SENTENCE)
    none = made.simulator.predict(SENTENCE, case.texts, np.zeros(0, np.int32))
    assert none.shape == (0, 12)


def test_no_sentence_is_refused(made: Made) -> None:
    case = planted_case(SENTENCE)
    with pytest.raises(InvalidRequest):
        made.simulator.predict("", case.texts, case.test.rows[:2])


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

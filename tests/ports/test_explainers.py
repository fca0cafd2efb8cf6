"""What every explainer must do, whichever it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pellucid.descriptions.llm import LlmExplainer
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import Case
from pellucid.descriptions.ports import Explainer
from pellucid.descriptions.propose import RuleExplainer
from pellucid.llm.endpoint import Endpoint
from pellucid.llm.local import LocalChat
from tests.builders import make_model, make_tokenizer
from tests.builders_descriptions import planted_case as build
from tests.builders_descriptions import reader
from tests.fake_llm import serving

planted_case = cache(build)
Make = Callable[[Case], Explainer]
TRUTH = "Fires on “rum” and “oven”."


@contextmanager
def making(kind: str) -> Iterator[Make]:
    if kind == "endpoint":
        with serving() as server:
            yield lambda _: LlmExplainer(Endpoint("m", url=server.url, retries=0), reader())
    elif kind == "local":
        core = make_model(max_position_embeddings=4096)
        chat = LocalChat("tiny", core, make_tokenizer(), frozenset({2}))
        yield lambda _: LlmExplainer(chat, reader())
    else:
        yield lambda case: RuleExplainer(
            Meaning.of(reader()), case.texts, np.arange(30, dtype=np.int32)
        )


@pytest.fixture(params=["rules", "endpoint"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    with making(request.param) as found:
        yield found


@pytest.fixture(params=["rules", "endpoint", "local"])
def make_any(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Also a tiny model in process, with random weights: what it says is no sentence about anything."""
    with making(request.param) as found:
        yield found


def test_a_candidate_is_a_sentence_or_says_why_it_is_none(make_any: Make) -> None:
    case = planted_case(TRUTH)
    explainer = make_any(case)
    assert isinstance(explainer, Explainer) and explainer.name
    assert list(explainer.propose(case.shown, 0)) == []
    found = explainer.propose(case.shown, 2)
    assert 0 < len(found) <= 2
    for candidate in found:
        assert candidate.detail
        assert bool(candidate.sentence) == (candidate.status == "ok")
        assert candidate.status in ("ok", "unparseable")


def test_it_proposes_at_most_k_sentences(make: Make) -> None:
    case = planted_case(TRUTH)
    explainer = make(case)
    assert explainer.name
    for k in (0, 1, 3):
        found = explainer.propose(case.shown, k)
        assert len(found) <= k
        assert all(c.status == "ok" and c.sentence for c in found)
    assert explainer.propose(case.shown, 1)
    assert isinstance(explainer, Explainer)


def test_the_first_names_what_was_planted(make: Make) -> None:
    case = planted_case(TRUTH)
    (found,) = make(case).propose(case.shown, 1)
    assert {"rum", "oven"} <= set(found.sentence.lower().replace("”", "“").split("“"))


def test_it_says_the_same_of_the_same(make_any: Make) -> None:
    case = planted_case(TRUTH, noise=0.02)
    assert list(make_any(case).propose(case.shown, 3)) == list(
        make_any(case).propose(case.shown, 3)
    )


def test_it_sees_nothing_but_the_train_split(make_any: Make) -> None:
    case = planted_case(TRUTH)
    reading = case.texts.reading.copy()
    reading[30:] = reading[30:][:, ::-1]
    other = replace(case.shown, texts=replace(case.texts, reading=reading))
    explainer = make_any(case)
    assert list(explainer.propose(other, 3)) == list(explainer.propose(case.shown, 3))


def test_a_silent_feature_has_no_sentence(make_any: Make) -> None:
    case = planted_case(TRUTH)
    silent = replace(case.shown, pool=replace(case.shown.pool, y=case.shown.pool.y * 0))
    assert all(c.status != "ok" and not c.sentence for c in make_any(case).propose(silent, 2))

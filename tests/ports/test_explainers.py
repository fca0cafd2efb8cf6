"""What every explainer must do, whichever it is."""

from collections.abc import Callable, Iterator
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
from tests.builders_descriptions import planted_case as build
from tests.builders_descriptions import reader
from tests.fake_llm import serving

planted_case = cache(build)
Make = Callable[[Case], Explainer]
TRUTH = "Fires on “rum” and “oven”."


@pytest.fixture(params=["rules", "endpoint"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    if request.param == "rules":
        yield lambda case: RuleExplainer(
            Meaning.of(reader()), case.texts, np.arange(30, dtype=np.int32)
        )
        return
    with serving() as server:
        yield lambda _: LlmExplainer(Endpoint("m", url=server.url, retries=0), reader())


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


def test_it_says_the_same_of_the_same(make: Make) -> None:
    case = planted_case(TRUTH, noise=0.02)
    assert list(make(case).propose(case.shown, 3)) == list(make(case).propose(case.shown, 3))


def test_it_sees_nothing_but_the_train_split(make: Make) -> None:
    case = planted_case(TRUTH)
    reading = case.texts.reading.copy()
    reading[30:] = reading[30:][:, ::-1]
    other = replace(case.shown, texts=replace(case.texts, reading=reading))
    explainer = make(case)
    assert list(explainer.propose(other, 3)) == list(explainer.propose(case.shown, 3))


def test_a_silent_feature_has_no_sentence(make: Make) -> None:
    case = planted_case(TRUTH)
    silent = replace(case.shown, pool=replace(case.shown.pool, y=case.shown.pool.y * 0))
    assert all(c.status != "ok" and not c.sentence for c in make(case).propose(silent, 2))

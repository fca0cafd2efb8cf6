"""What every scorer must do, whichever it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import isnan

import numpy as np
import pytest

from pellucid.core.settings import Settings
from pellucid.descriptions.llm import Detection, Fuzzing, LlmSimulator
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.scorers import Scorer, SimulatedDetection, sides
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.llm.endpoint import Endpoint
from pellucid.llm.local import LocalChat
from pellucid.simulators import TrainedSimulator
from tests.builders import make_model, make_tokenizer, tiny_subject_dir
from tests.builders_descriptions import planted_case as build
from tests.builders_descriptions import reader
from tests.fake_llm import Server, says, serving, status

planted_case = cache(build)
TRUTH = "Fires on “rum” and “oven”."


@dataclass(frozen=True)
class Made:
    """A scorer, and the server behind it."""

    scorer: Scorer
    server: Server | None


@pytest.fixture(params=["rules", "simulator", "detection", "fuzzing"])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    if request.param == "rules":
        yield Made(SimulatedDetection(RuleSimulator(Meaning.of(reader()))), None)
        return
    with serving() as server:
        model = Endpoint("m", url=server.url, retries=0)
        scorers: dict[str, Scorer] = {
            "simulator": SimulatedDetection(LlmSimulator(model, reader())),
            "detection": Detection(model, reader()),
            "fuzzing": Fuzzing(model, reader()),
        }
        yield Made(scorers[request.param], server)


def test_a_true_sentence_tells_texts_apart_and_a_false_one_does_not(made: Made) -> None:
    case = planted_case(TRUTH)
    good = made.scorer.tell(TRUTH, case)
    assert (good.status, good.balanced_accuracy, good.auroc) == ("scored", 1.0, 1.0)
    assert good.n_right > 3
    assert good.n_wrong > 3
    bad = made.scorer.tell("Fires on “brandy”.", case)
    assert bad.status == "scored"
    assert bad.balanced_accuracy == bad.auroc == 0.5
    assert isinstance(made.scorer, Scorer)
    assert made.scorer.name


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scorer]:
    """Scorers by a tiny model in process, with random weights."""
    folder = tmp_path_factory.mktemp("untaught")
    settings = Settings(cache_dir=folder / "cache", device="cpu")
    base = tiny_subject_dir(folder / "model")
    trained = TrainedSimulator.fresh(str(base), settings, reader(), 0)
    core = make_model(max_position_embeddings=4096)
    chat = LocalChat("tiny", core, make_tokenizer(), frozenset({2}))
    return {
        "local": SimulatedDetection(LlmSimulator(chat, reader())),
        "trained": SimulatedDetection(trained),
        "local detection": Detection(chat, reader()),
        "local fuzzing": Fuzzing(chat, reader()),
    }


UNTAUGHT = {
    "local": "scored",
    "trained": "scored",
    "local detection": "unparseable",
    "local fuzzing": "unparseable",
}
"""What comes of them: a model that knows no words cannot answer in JSON."""


@pytest.mark.parametrize(("kind", "status"), UNTAUGHT.items())
def test_a_model_that_knows_nothing_has_a_status_and_no_made_up_score(
    untaught: dict[str, Scorer], kind: str, status: str
) -> None:
    case = planted_case(TRUTH)
    found = untaught[kind].tell(TRUTH, case)
    assert found.status == status
    assert isnan(found.auroc) == isnan(found.balanced_accuracy) == (status != "scored")
    if status == "scored":
        assert 0 <= found.auroc <= 1
    assert untaught[kind].tell(TRUTH, replace(case, threshold=1e9)).status == "insufficient"
    assert isinstance(untaught[kind], Scorer) and untaught[kind].name


def test_features_without_material_have_a_status(made: Made) -> None:
    case = planted_case(TRUTH)
    pools = [replace(p, y=p.y * 0) for p in (case.shown.pool, case.valid, case.test)]
    dead = replace(case, shown=replace(case.shown, pool=pools[0]), valid=pools[1], test=pools[2])
    assert made.scorer.tell(TRUTH, dead).status == "dead"
    rare = replace(case, test=replace(case.test, n_top=2))
    assert made.scorer.tell(TRUTH, rare).status == "insufficient"
    never = replace(case, threshold=1e9)
    found = made.scorer.tell(TRUTH, never)
    assert (found.status, isnan(found.auroc)) == ("insufficient", True)


def test_a_model_that_fails_is_a_status_and_no_score(made: Made) -> None:
    if made.server is None:
        return  # rules ask nobody
    case = planted_case(TRUTH)
    made.scorer.tell(TRUTH, case)
    for wire, expected in ((status(500, "broken"), "error"), (says("Who knows?"), "unparseable")):
        made.server.rewrite = lambda _, wire=wire: wire
        found = made.scorer.tell(TRUTH, case)
        assert (found.status, isnan(found.balanced_accuracy)) == (expected, True)
        assert found.detail


def test_no_text_is_one_that_the_explainer_saw(made: Made) -> None:
    case = planted_case(TRUTH)
    two = sides(case)
    assert not set(case.test.rows[two.rows]) & set(case.shown.pool.rows)
    assert not set(two.fires) & set(two.silent)
    assert (case.test.y[two.silent].max(1) == 0).all()
    assert np.array_equal(sides(case).rows, two.rows)

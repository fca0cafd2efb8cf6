"""Why, active and verify: about a run as it was, under its own interventions."""

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pellucid.core.settings import Settings
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel, FakeSubject
from tests.integration.streams import ask, begin, of_type, stream

STEER = [{"features": ["mlp.1.3.neg"], "strength": 0.0}]


def a_run(http: httpx.Client, **body: Any) -> str:
    return of_type(ask(http, begin(http), content="hi there", **body), "started")[0]["run_id"]


def test_why_estimates_at_once_and_then_measures_largest_first(http: httpx.Client) -> None:
    run = a_run(http)
    with stream(http, f"/api/runs/{run}/why", pos=5, top=4, measure=3) as events:
        seen = list(events)
    assert [e["type"] for e in seen if e["type"] != "queued"] == ["estimate"] + 3 * ["measured"] + [
        "done"
    ]
    estimate = of_type(seen, "estimate")[0]
    assert estimate["target"]["pos"] == 5
    assert len(estimate["effects"]) == 4
    assert "effect" not in estimate["effects"][0]
    measured = [one for event in of_type(seen, "measured") for one in event["effects"]]
    assert measured[0] == {"id": "mlp.1.0.pos", "pos": 1, "effect": 2.0}


def test_every_question_is_asked_under_the_runs_own_interventions(
    http: httpx.Client, model: FakeModel
) -> None:
    run = a_run(http, interventions=STEER)
    model.seen.clear()
    with stream(http, f"/api/runs/{run}/why", pos=4, contrast_id=9, method="gradient") as events:
        assert list(events)[-1]["type"] == "done"
    assert http.post(f"/api/runs/{run}/active", json={"start": 0, "end": 2}).status_code == 200
    body = {"pos": 4, "features": ["mlp.0.1.pos"]}
    assert http.post(f"/api/runs/{run}/verify", json=body).status_code == 200

    calls = dict(model.seen)
    at, _, prompt = calls["pick_target"]
    assert at == 4
    assert [token.text for token in prompt.tokens][-3:] == ["ONE ", "TWO ", "THREE "]
    assert prompt.reply_from == len(prompt) - 3
    method, _, steering = calls["attribute"]
    assert (method, steering.interventions[0].features) == ("gradient", ("mlp.1.3.neg",))
    assert calls["activate"] == ((0, 2), 50, steering)
    assert calls["verify"][1]["steering"] == steering
    assert calls["verify"][1]["positions"] == "all"


def test_closing_an_explanation_stops_measuring(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    run = a_run(http)
    model.gate = threading.Semaphore(2)
    with stream(http, f"/api/runs/{run}/why", pos=4, measure=8) as events:
        while next(events)["type"] != "measured":
            pass
    eventually(lambda: not server.is_answering())
    model.gate.release(20)
    eventually(lambda: server.workspace.line.is_idle)
    assert model.held == 0


@pytest.mark.parametrize("question", ["why", "verify"])
def test_a_question_left_before_its_answer_stops_between_two_passes(
    http: httpx.Client, model: FakeModel, server: LiveServer, question: str
) -> None:
    path = f"/api/runs/{a_run(http)}/{question}"
    model.gate, model.passes = threading.Semaphore(2), 50
    body = {"pos": 4} if question == "why" else {"pos": 4, "features": ["mlp.0.1.pos"]}
    with pytest.raises(httpx.ReadTimeout):
        http.post(path, json=body, timeout=0.5)
    eventually(lambda: not server.is_answering())
    model.gate.release(1)
    eventually(lambda: server.workspace.line.is_idle)
    assert (model.held, model.passed) == (0, 3)


@pytest.mark.parametrize("pos", [0, 8, 1_000_000])
def test_a_position_that_has_no_explanation_is_refused(http: httpx.Client, pos: int) -> None:
    run = a_run(http)
    with stream(http, f"/api/runs/{run}/why", pos=pos) as events:
        assert list(events)[-1]["problem"]["code"] == "not_found"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (0, 9)])
def test_a_range_that_is_none_is_refused(http: httpx.Client, start: int, end: int) -> None:
    response = http.post(f"/api/runs/{a_run(http)}/active", json={"start": start, "end": end})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_what_does_not_exist_is_not_found(http: httpx.Client) -> None:
    for path, body in {
        "why": {"pos": 1},
        "active": {"start": 0, "end": 1},
        "verify": {"pos": 1, "features": ["mlp.0.0.pos"]},
    }.items():
        response = http.post(f"/api/runs/none/{path}", json=body)
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), path


def test_active_and_verify_answer_with_their_records(http: httpx.Client) -> None:
    run = a_run(http)
    found = http.post(f"/api/runs/{run}/active", json={"start": 1, "end": 3}).json()
    assert found["scale"] == "root mean square here"
    assert found["effects"][0]["normalised"] == 3.0
    body = {"pos": 4, "features": ["mlp.0.1.pos"], "n": 7, "match": "layer", "positions": "prompt"}
    checked = http.post(f"/api/runs/{run}/verify", json=body).json()
    assert checked["random"]["n"] == 7
    assert checked["verdict"] == "promotes"


@pytest.mark.parametrize(
    "change",
    [
        {"features": []},
        {"features": ["mlp.01.2.pos"]},
        {"n": 1},
        {"match": "x"},
        {"positions": "2:"},
    ],
)
def test_a_wrong_verify_is_refused(http: httpx.Client, change: dict[str, Any]) -> None:
    body = {"pos": 4, "features": ["mlp.0.1.pos"]} | change
    response = http.post(f"/api/runs/{a_run(http)}/verify", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_an_answer_of_another_model_is_not_explained_by_this_one(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    with serve(settings).client() as http:
        run = a_run(http)
    model.subject = FakeSubject(hash="0" * 64)
    with serve(settings).client() as http:
        response = http.post(f"/api/runs/{run}/active", json={"start": 0, "end": 1})
        assert (response.status_code, response.json()["code"]) == (409, "store_mismatch")
        assert http.get(f"/api/runs/{run}").status_code == 200

"""Questions about a run as it was, under its own interventions."""

import threading
from typing import Any

import httpx
import pytest

from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
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
    assert estimate["map"]["positive"] == [[0, 999], [3, 0]]
    assert estimate["map"]["by_position"][1] == [0.999, -0.02]
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
    body = {"pos": 4, "sites": [{"id": "mlp.0.1.pos", "pos": 2}]}
    assert http.post(f"/api/runs/{run}/joint", json=body).status_code == 200
    body = {"features": ["mlp.0.1.pos"]}
    assert http.post(f"/api/runs/{run}/firing", json=body).status_code == 200

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
    assert calls["joint"] == ((("mlp.0.1.pos", 2),), steering)
    assert calls["trace_all"][2] == steering


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


@pytest.mark.parametrize("question", ["why", "verify", "shift"])
def test_a_question_left_before_its_answer_stops_between_two_passes(
    http: httpx.Client, model: FakeModel, server: LiveServer, question: str
) -> None:
    run = a_run(http)
    path = f"/api/runs/{run}/{question}"
    model.gate, model.passes = threading.Semaphore(2), 50
    bodies: dict[str, dict[str, Any]] = {
        "why": {"pos": 4},
        "verify": {"pos": 4, "features": ["mlp.0.1.pos"]},
        "shift": {"other": run},
    }
    with pytest.raises(httpx.ReadTimeout):
        http.post(path, json=bodies[question], timeout=0.5)
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


QUESTIONS: dict[str, dict[str, Any]] = {
    "why": {"pos": 1},
    "active": {"start": 0, "end": 1},
    "verify": {"pos": 1, "features": ["mlp.0.0.pos"]},
    "joint": {"pos": 1, "sites": [{"id": "mlp.0.0.pos", "pos": 0}]},
    "firing": {"features": ["mlp.0.0.pos"]},
    "shift": {"other": "none"},
    "damage": {},
}


def test_what_does_not_exist_is_not_found_whatever_waits_in_the_line(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    conversation = begin(http)
    model.gate = threading.Semaphore(0)
    path = f"/api/conversations/{conversation}/replies"
    with stream(http, path, content="hi") as events:
        while next(events)["type"] != "started":
            pass
        for question, body in QUESTIONS.items():
            response = http.post(f"/api/runs/none/{question}", json=body)
            assert (response.status_code, response.json()["code"]) == (404, "not_found"), question
        assert server.is_answering()
        model.gate.release(20)
        assert list(events)[-1]["type"] == "done"


def test_a_comparison_with_what_does_not_exist_is_not_found(http: httpx.Client) -> None:
    response = http.post(f"/api/runs/{a_run(http)}/shift", json={"other": "none"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("verify", {"pos": 1, "features": ["x" * 10_000]}),
        ("firing", {"features": [f"mlp.{'9' * 5000}.0.pos"]}),
        ("joint", {"pos": 1, "sites": [{"id": "x" * 10_000, "pos": 0}]}),
    ],
)
def test_what_is_no_id_is_refused_without_being_repeated(
    http: httpx.Client, question: str, body: dict[str, Any]
) -> None:
    response = http.post(f"/api/runs/{a_run(http)}/{question}", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert len(response.text) < 2_000


def test_active_and_verify_answer_with_their_records(http: httpx.Client) -> None:
    run = a_run(http)
    found = http.post(f"/api/runs/{run}/active", json={"start": 1, "end": 3}).json()
    assert found["scale"] == "root mean square here"
    assert found["effects"][0]["normalised"] == 3.0
    body = {"pos": 4, "features": ["mlp.0.1.pos"], "n": 7, "match": "layer", "positions": "prompt"}
    checked = http.post(f"/api/runs/{run}/verify", json=body).json()
    assert checked["random"]["n"] == 7
    assert checked["verdict"] == "promotes"


def test_sites_are_taken_away_together(http: httpx.Client) -> None:
    sites = [{"id": "mlp.0.1.pos", "pos": 2}, {"id": "mlp.1.9.neg", "pos": 3}]
    body = {"pos": 4, "contrast_id": 9, "sites": sites}
    found = http.post(f"/api/runs/{a_run(http)}/joint", json=body).json()
    assert (found["before"], found["after"], found["effect"]) == (-0.5, -2.0, 1.5)
    assert (found["n_sites"], found["target"]["pos"]) == (2, 4)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [{"id": "mlp.1.pos", "pos": 1}],
        [{"id": "mlp.0.1.pos", "pos": -1}],
        [{"id": "mlp.0.1.pos"}],
        [{"id": "mlp.0.1.pos", "pos": 1}] * 5_001,
    ],
)
def test_wrong_sites_are_refused(http: httpx.Client, sites: list[Any]) -> None:
    body = {"pos": 4, "sites": sites}
    response = http.post(f"/api/runs/{a_run(http)}/joint", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_features_are_followed_along_a_run_in_their_own_sign(
    http: httpx.Client, model: FakeModel
) -> None:
    """The fake's units rise by 0.5 a position, those of odd index fall; without an atlas the largest is the scale."""
    run = a_run(http)
    n = len(http.get(f"/api/runs/{run}").json()["tokens"])
    asked = ["mlp.0.2.pos", "mlp.1.3.neg", "mlp.0.2.neg", "mlp.0.2.pos"]
    found = http.post(f"/api/runs/{run}/firing", json={"features": asked}).json()
    assert found["least"] == 0.25
    assert [one["id"] for one in found["features"]] == asked[:3]
    assert [name for name, _ in model.seen].count("trace_all") == 1
    up, down, silent = found["features"]
    largest = 0.5 * (n - 1)
    fires = [pos for pos in range(1, n) if 0.5 * pos >= largest / 4]
    assert 1 < len(fires) < n - 1
    assert up == {
        "id": "mlp.0.2.pos",
        "scale": largest,
        "relative_to": "largest here",
        "positions": fires,
        "shares": [float(f"{0.5 * pos / largest:.3g}") for pos in fires],
        "activations": [0.5 * pos for pos in fires],
    }
    assert down["positions"] == fires
    assert down["shares"] == up["shares"]
    assert (down["scale"], down["activations"][-1]) == (-largest, -largest)
    assert (silent["scale"], silent["positions"], silent["shares"]) == (0, [], [])


@pytest.mark.parametrize(
    ("features", "status"),
    [
        ([], 422),
        (["mlp.0.1"], 422),
        (["mlp.0.1.pos"] * 501, 422),
        (["mlp.9.1.pos"], 404),
    ],
)
def test_features_that_cannot_be_followed_are_refused(
    http: httpx.Client, features: list[str], status: int
) -> None:
    response = http.post(f"/api/runs/{a_run(http)}/firing", json={"features": features})
    assert response.status_code == status


def test_two_runs_are_compared_at_their_first_own_tokens(
    http: httpx.Client, model: FakeModel
) -> None:
    conversation = begin(http)
    runs = [
        of_type(events, "started")[0]["run_id"]
        for events in (
            ask(http, conversation, content="hi there"),
            ask(http, conversation, interventions=STEER),
        )
    ]
    model.seen.clear()
    found = http.post(f"/api/runs/{runs[1]}/shift", json={"other": runs[0]}).json()
    moved = {"id": 7, "text": "other", "before": 0.1, "after": 0.4}
    assert found == {"kl": 0.5, "tokens": [moved]}
    before, after, rest = dict(model.seen)["shift"]
    for run, prompt in zip(runs, (before, after), strict=True):
        read = http.get(f"/api/runs/{run}").json()
        assert [token.id for token in prompt.tokens] == [
            token["id"] for token in read["tokens"][: read["n_prompt"]]
        ]
    assert rest["steering_before"] is None
    assert rest["steering_after"].interventions[0].features == ("mlp.1.3.neg",)


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
    http: httpx.Client, another_model: httpx.Client
) -> None:
    run = a_run(http)
    response = another_model.post(f"/api/runs/{run}/active", json={"start": 0, "end": 1})
    assert (response.status_code, response.json()["code"]) == (409, "store_mismatch")
    assert another_model.get(f"/api/runs/{run}").status_code == 200


def test_a_run_of_another_model_is_no_comparison(
    http: httpx.Client, another_model: httpx.Client
) -> None:
    old, new = a_run(http), a_run(another_model)
    for run, other in ((new, old), (old, new)):
        response = another_model.post(f"/api/runs/{run}/shift", json={"other": other})
        assert (response.status_code, response.json()["code"]) == (409, "store_mismatch")

"""The whole loop on the real engine: ask, explain, change, ask again, over a real connection.

The subject is a tiny random one; nothing here is about what it says, all about what it is asked.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.core.settings import Settings
from pellucid.subject import Subject
from pellucid.workspace import Engine, installed_engine
from tests.builders import make_subject, tiny_subject_dir
from tests.integration.conftest import LiveServer, eventually
from tests.integration.streams import Event, ask, begin, of_type, stream

measure, verify = (import_module(f"pellucid.analysis.{name}") for name in ("measure", "verify"))
"""The modules, not the functions of the same names."""

GREEDY = {"max_new_tokens": 8, "temperature": 0}
STEER = [{"features": ["mlp.1.3.pos", "mlp.1.4.neg"], "value": 6.0, "positions": "all"}]


@pytest.fixture(scope="module")
def subject() -> Subject:
    return make_subject()


@pytest.fixture
def server(serve: Callable[..., LiveServer], settings: Settings, subject: Subject) -> LiveServer:
    def engine() -> Engine:
        return replace(installed_engine(), load=lambda *_, **__: subject)

    return serve(settings, engine=engine)


def tokens_of(events: list[Event]) -> list[dict[str, Any]]:
    return [event["token"] for event in of_type(events, "token")]


def run_of(events: list[Event]) -> str:
    assert events[-1]["type"] == "done", events[-1]
    return of_type(events, "started")[0]["run_id"]


def hooks_of(subject: Subject) -> int:
    return sum(
        len(module._forward_pre_hooks) + len(module._forward_hooks)
        for module in subject.model.modules()
    )


def test_the_subject_is_described(http: httpx.Client, subject: Subject) -> None:
    eventually(lambda: http.get("/api/subject").json()["state"] == "ready")
    described = http.get("/api/subject").json()
    assert described["hash"] == subject.hash
    assert described["n_features"] == 2 * subject.n_layers * subject.d_mlp
    assert described["family"] == "llama"


def test_what_is_explained_is_what_was_written(http: httpx.Client) -> None:
    conversation = begin(http)
    for steer in ([], STEER):
        events = ask(http, conversation, content="hello you", settings=GREEDY, interventions=steer)
        token = tokens_of(events)[-1]
        with stream(http, f"/api/runs/{run_of(events)}/why", pos=token["pos"], measure=5) as seen:
            explained = list(seen)
        assert explained[-1]["type"] == "done", explained[-1]
        target = of_type(explained, "estimate")[0]["target"]
        assert (target["id"], target["pos"]) == (token["id"], token["pos"])
        assert target["logprob"] == pytest.approx(token["logprob"], abs=1e-4)


def test_steering_changes_the_answer_and_is_gone_afterwards(http: httpx.Client) -> None:
    conversation = begin(http)
    plain = ask(http, conversation, content="hello you", settings=GREEDY)
    steered = ask(http, conversation, settings=GREEDY, interventions=STEER)
    again = ask(http, conversation, settings=GREEDY)
    assert tokens_of(steered) != tokens_of(plain)
    assert tokens_of(again) == tokens_of(plain)
    assert steered[-1]["touched"]["neurons"] == 2
    assert [run["reply"] for run in _runs(http, conversation)] == [
        "".join(token["text"] for token in tokens_of(events) if not token["marker"])
        for events in (plain, steered, again)
    ]


def test_estimates_become_measurements_largest_first(http: httpx.Client) -> None:
    run = run_of(ask(http, begin(http), content="hello you", settings=GREEDY))
    pos = http.get(f"/api/runs/{run}").json()["n_prompt"]
    with stream(http, f"/api/runs/{run}/why", pos=pos, top=30, measure=10) as events:
        seen = list(events)
    effects = of_type(seen, "estimate")[0]["effects"]
    sizes = [abs(effect["attribution"]) for effect in effects]
    assert sizes == sorted(sizes, reverse=True)
    measured = [one for event in of_type(seen, "measured") for one in event["effects"]]
    assert [(one["id"], one["pos"]) for one in measured] == [
        (effect["id"], effect["pos"]) for effect in effects[:10]
    ]
    for effect, one in zip(effects, measured, strict=False):
        if effect["measured"]:
            assert one["effect"] == pytest.approx(effect["attribution"], abs=1e-4)


@pytest.mark.parametrize("behind", [-1, 0, 1])
def test_a_token_of_the_templates_own_system_turn_has_an_explanation(
    http: httpx.Client, behind: int
) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY)
    tokens = of_type(events, "started")[0]["tokens"]
    at = next(token["pos"] for token in tokens if token["role"] == "user") + behind
    with stream(http, f"/api/runs/{run_of(events)}/why", pos=at, measure=3) as seen:
        explained = list(seen)
    assert explained[-1]["type"] == "done", explained[-1]
    estimate = of_type(explained, "estimate")[0]
    assert estimate["target"]["id"] == tokens[at]["id"]
    assert bool(estimate["effects"]) == (behind == 1)


def test_active_and_verify_answer_under_the_runs_interventions(http: httpx.Client) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY, interventions=STEER)
    run, token = run_of(events), tokens_of(events)[-1]
    found = http.post(f"/api/runs/{run}/active", json={"start": 1, "end": token["pos"], "top": 500})
    assert found.status_code == 200, found.text
    held = [one for one in found.json()["effects"] if (one["layer"], one["index"]) == (1, 3)]
    assert {one["activation"] for one in held} <= {6.0}
    body = {"pos": token["pos"], "features": ["mlp.0.1.pos", "mlp.0.2.neg"], "n": 5}
    checked = http.post(f"/api/runs/{run}/verify", json=body)
    assert checked.status_code == 200, checked.text
    assert checked.json()["target"]["logprob"] == pytest.approx(token["logprob"], abs=1e-4)
    assert checked.json()["random"]["n"] == 5


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_a_cancelled_stream_leaves_nothing_behind(
    http: httpx.Client, subject: Subject, after: int
) -> None:
    conversation = begin(http)
    before = tokens_of(ask(http, conversation, content="hello you", settings=GREEDY))
    path = f"/api/conversations/{conversation}/replies"
    with stream(http, path, interventions=STEER, settings={"max_new_tokens": 400}) as events:
        for _ in range(after):
            next(events)
    eventually(lambda: all(run["state"] != "running" for run in _runs(http, conversation)))
    assert tokens_of(ask(http, conversation, settings=GREEDY)) == before
    assert hooks_of(subject) == 0


def test_a_cancelled_explanation_leaves_nothing_behind(
    http: httpx.Client, subject: Subject
) -> None:
    conversation = begin(http)
    events = ask(http, conversation, content="hello you", settings=GREEDY, interventions=STEER)
    token = tokens_of(events)[0]
    body = {"pos": token["pos"], "top": 500, "measure": 500}
    with stream(http, f"/api/runs/{run_of(events)}/why", **body) as seen:
        while next(seen)["type"] != "measured":
            pass
    assert tokens_of(ask(http, conversation, settings=GREEDY, interventions=STEER)) == tokens_of(
        events
    )
    assert hooks_of(subject) == 0


@pytest.mark.parametrize("question", ["why", "verify"])
def test_a_question_left_before_its_answer_stops_between_two_passes(
    http: httpx.Client,
    server: LiveServer,
    subject: Subject,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY)
    body: dict[str, Any] = {"pos": tokens_of(events)[-1]["pos"]}
    if question == "verify":
        body["features"] = ["mlp.0.1.pos"]
    module, name = (measure, "branch") if question == "why" else (verify, "_logprobs")
    one_pass, gone, passes = getattr(module, name), threading.Event(), []

    def held(*arguments: Any, **rest: Any) -> Any:
        assert gone.wait(20)
        passes.append(name)
        return one_pass(*arguments, **rest)

    monkeypatch.setattr(module, name, held)
    monkeypatch.setattr(verify, "BATCH_TOKENS", 1)
    monkeypatch.setattr(measure, "PASS_TOKENS", 1)
    with pytest.raises(httpx.ReadTimeout):
        http.post(f"/api/runs/{run_of(events)}/{question}", json=body, timeout=0.5)
    eventually(lambda: not server.is_answering())
    gone.set()
    eventually(lambda: server.workspace.line.is_idle)
    assert len(passes) <= 1  # 0 where the client left before the first
    assert hooks_of(subject) == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"interventions": [{"features": ["mlp.99.0.pos"], "value": 1.0}]}, "not_found"),
        ({"interventions": [{"features": ["sae.0.0.pos"], "value": 1.0}]}, "invalid_request"),
        ({"interventions": [{"features": ["mlp.0.0.pos"], "value": 1e38}]}, "invalid_request"),
        ({"interventions": [{"query": "rivers", "strength": 0.0}]}, "not_found"),  # no atlas
        ({"content": "hello " * 20_000}, "too_large"),
    ],
)
def test_what_the_engine_refuses_is_said_and_nothing_is_kept(
    http: httpx.Client, body: dict[str, Any], code: str
) -> None:
    conversation = begin(http)
    problem = ask(http, conversation, **{"content": "hello", **body})[-1]["problem"]
    assert problem["code"] == code
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []


def test_a_token_that_does_not_exist_cannot_be_a_contrast(http: httpx.Client) -> None:
    events = ask(http, begin(http), content="hello", settings=GREEDY)
    path = f"/api/runs/{run_of(events)}/why"
    for contrast in (tokens_of(events)[0]["id"], 2**30):
        with stream(http, path, pos=tokens_of(events)[0]["pos"], contrast_id=contrast) as seen:
            assert list(seen)[-1]["problem"]["status"] in (404, 422)


def _runs(http: httpx.Client, conversation: str) -> list[dict[str, Any]]:
    turns = http.get(f"/api/conversations/{conversation}").json()["turns"]
    return [run for turn in turns for run in turn["runs"]]


def test_a_subject_without_a_chat_template_is_said_and_nothing_is_written(
    serve: Callable[..., LiveServer], settings: Settings, tmp_path: Path
) -> None:
    bare = tiny_subject_dir(tmp_path / "bare", template=False)
    with serve(settings, engine=installed_engine, model=str(bare)).client() as http:
        eventually(lambda: http.get("/api/subject").json()["state"] == "ready")
        assert http.get("/api/subject").json()["has_chat_template"] is False
        (*_, last) = ask(http, begin(http), content="the fox")
        assert last["type"] == "error", last
        assert "chat template" in json.dumps(last)

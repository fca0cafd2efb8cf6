"""The whole loop on the real engine: ask, explain, change, ask again, over a real connection.

The subject is a tiny random one; nothing here is about what it says, all about what it is asked.
"""

import json
import math
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.core.settings import Settings
from pellucid.subject import Steering, Subject, capture
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


def _run(http: httpx.Client, events: list[Event]) -> dict[str, Any]:
    return http.get(f"/api/runs/{run_of(events)}").json()


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


@pytest.mark.parametrize("steer", [[], STEER])
def test_going_on_from_any_place_of_a_greedy_reply_gives_the_same_again(
    http: httpx.Client, steer: list[dict[str, Any]]
) -> None:
    conversation = begin(http)
    body: dict[str, Any] = {"settings": GREEDY, "interventions": steer}
    first = _run(http, ask(http, conversation, content="hello you", **body))
    written = first["tokens"][first["n_prompt"] :]
    for n in range(len(written)):
        pos = first["n_prompt"] + n
        body["settings"] = GREEDY | {"max_new_tokens": len(written) - n}
        events = ask(http, conversation, start={"run_id": first["id"], "pos": pos}, **body)
        run = _run(http, events)
        assert (run["reply_from"], run["n_prompt"], run["reply"]) == (
            first["n_prompt"], pos, first["reply"],
        )  # fmt: skip
        for one, same in zip(run["tokens"], first["tokens"], strict=True):
            assert {k: one[k] for k in ("pos", "id", "text", "role", "marker")} == {
                k: same[k] for k in ("pos", "id", "text", "role", "marker")
            }
            if one["pos"] > 0:
                assert one["logprob"] == pytest.approx(same["logprob"], abs=1e-4)
                assert [top["id"] for top in one["top"]] == [top["id"] for top in same["top"]]


def test_a_reply_from_another_token_is_explained_by_the_tokens_it_was_read_with(
    http: httpx.Client,
) -> None:
    conversation = begin(http)
    first = _run(http, ask(http, conversation, content="hello you", settings=GREEDY))
    pos = first["n_prompt"] + 3
    picked = first["tokens"][pos]["top"][1]["id"]
    start = {"run_id": first["id"], "pos": pos, "token_id": picked}
    steer = [{"features": ["mlp.1.3.pos"], "value": 6.0, "positions": "generated"}]
    run = _run(http, ask(http, conversation, settings=GREEDY, start=start, interventions=steer))
    ids = [token["id"] for token in run["tokens"]]
    assert ids[: pos + 1] == [token["id"] for token in first["tokens"][:pos]] + [picked]
    for at in (first["n_prompt"], pos, pos + 1, len(ids) - 1):
        with stream(http, f"/api/runs/{run['id']}/why", pos=at, measure=3) as seen:
            explained = list(seen)
        assert explained[-1]["type"] == "done", explained[-1]
        target = of_type(explained, "estimate")[0]["target"]
        assert (target["id"], target["pos"]) == (ids[at], at)
        assert target["logprob"] == pytest.approx(run["tokens"][at]["logprob"], abs=1e-4)
    path = f"/api/runs/{run['id']}/active"
    found = http.post(path, json={"start": 1, "end": len(ids), "top": 5_000}).json()["effects"]
    held = {one["pos"] for one in found if one["activation"] == 6.0}
    assert held and min(held) == run["reply_from"], "what was given is steered as generated"


@pytest.mark.parametrize("text", ["I think", " spaced out ", "\n\nSo", "日本<|im_end|>", "🙂"])
def test_a_reply_begins_with_a_text_literally(http: httpx.Client, text: str) -> None:
    conversation = begin(http)
    events = ask(http, conversation, content="hello you", settings=GREEDY, start={"text": text})
    run = _run(http, events)
    written = "".join(token["text"] for token in tokens_of(events) if not token["marker"])
    assert run["reply"] == text + written
    given = run["tokens"][run["reply_from"] : run["n_prompt"]]
    assert not any(token["marker"] for token in given)
    assert text.endswith("".join(token["text"] for token in given))
    assert all(token["logprob"] < 0 and token["top"] for token in given)
    document = http.get(f"/api/conversations/{conversation}/export").json()
    taken = http.post("/api/conversations/import", json=document)
    assert taken.status_code == 201, taken.text
    again = _run(http, ask(http, taken.json()["id"], content="and?", settings=GREEDY))
    assert text in "".join(token["text"] for token in again["tokens"][: again["reply_from"]])
    copied = taken.json()["turns"][1]["runs"][0]["id"]
    assert http.get(f"/api/runs/{copied}").json()["tokens"] == run["tokens"]


def test_a_token_that_ends_a_reply_or_is_none_is_refused(
    http: httpx.Client, subject: Subject
) -> None:
    conversation = begin(http)
    run = _run(http, ask(http, conversation, content="hello you", settings=GREEDY))
    before = http.get(f"/api/conversations/{conversation}").json()
    for token, code in (
        (subject.d_vocab, "not_found"), (2**31 - 1, "not_found"), (max(subject.stop_ids), "invalid_request"),
    ):  # fmt: skip
        start = {"run_id": run["id"], "pos": run["n_prompt"], "token_id": token}
        assert ask(http, conversation, start=start)[-1]["problem"]["code"] == code
    assert http.get(f"/api/conversations/{conversation}").json() == before


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


def test_a_joint_ablation_of_one_site_is_what_was_measured_also_after_one_was_left(
    http: httpx.Client, subject: Subject, server: LiveServer
) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY, interventions=STEER)
    run, pos = run_of(events), tokens_of(events)[-1]["pos"]
    with stream(http, f"/api/runs/{run}/why", pos=pos, top=40, measure=5) as seen:
        explained = list(seen)
    (estimate,) = of_type(explained, "estimate")
    sites = [{"id": one["id"], "pos": one["pos"]} for one in estimate["effects"]]
    path = f"/api/runs/{run}/joint"
    together = http.post(path, json={"pos": pos, "sites": sites}).json()
    assert together["n_sites"] == 40
    measured = [one for event in of_type(explained, "measured") for one in event["effects"]]
    for site, one in zip(sites, measured, strict=False):
        alone = http.post(path, json={"pos": pos, "sites": [site]}).json()
        assert alone["effect"] == pytest.approx(one["effect"], abs=3e-5)
    with pytest.raises(httpx.ReadTimeout):
        http.post(path, json={"pos": pos, "sites": sites}, timeout=httpx.Timeout(20, read=0.001))
    eventually(lambda: server.workspace.line.is_idle)
    assert http.post(path, json={"pos": pos, "sites": sites}).json() == together
    assert hooks_of(subject) == 0


def test_the_map_of_an_explanation_reaches_from_the_first_given_token_to_the_target(
    http: httpx.Client,
) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY)
    run, pos = run_of(events), tokens_of(events)[2]["pos"]
    with stream(http, f"/api/runs/{run}/why", pos=pos, method="gradient", measure=0) as seen:
        (estimate,) = of_type(list(seen), "estimate")
    found = estimate["map"]
    assert found["start"] == http.get(f"/api/runs/{run}").json()["given_from"]
    assert {len(row) for row in found["positive"] + found["negative"]} == {pos - found["start"]}
    assert (found["layers"], found["method"], found["n_measured"]) == ([0, 1, 2], "gradient", 0)


def test_where_features_fire_is_what_their_units_do_in_the_run_as_steered(
    http: httpx.Client, subject: Subject
) -> None:
    events = ask(http, begin(http), content="hello you", settings=GREEDY, interventions=STEER)
    run = http.get(f"/api/runs/{run_of(events)}").json()
    prompt = subject.read_prompt(Conversation(ids=tuple(token["id"] for token in run["tokens"])))
    steering = Steering.compile(subject, [Intervention(**STEER[0])], prompt)
    acts = capture(subject, prompt, steering=steering)
    asked = ["mlp.1.3.pos", "mlp.2.7.neg", "mlp.2.7.pos"]
    found = http.post(f"/api/runs/{run['id']}/firing", json={"features": asked}).json()
    for one in found["features"]:
        _, layer, index, sign = one["id"].split(".")
        own = acts[int(layer)][:, int(index)] * (1 if sign == "pos" else -1)
        largest = float(own[1:].max())
        fires = [pos for pos in range(1, len(prompt)) if own[pos] >= largest / 4]
        assert one["positions"] == fires
        assert one["shares"] == pytest.approx(
            [float(own[pos]) / largest for pos in fires], rel=6e-3
        )
    assert set(found["features"][0]["activations"]) == {6.0}


def test_what_steering_changed_at_the_first_new_token_is_what_the_two_distributions_say(
    http: httpx.Client, subject: Subject
) -> None:
    conversation = begin(http)
    plain = ask(http, conversation, content="hello you", settings=GREEDY)
    steered = ask(http, conversation, settings=GREEDY, interventions=STEER)
    path = f"/api/runs/{run_of(steered)}/shift"
    found = http.post(path, json={"other": run_of(plain)}).json()
    assert found["kl"] > 0
    assert len(found["tokens"]) == 20
    moved = {token["id"]: token for token in found["tokens"]}
    for events, side in ((plain, "before"), (steered, "after")):
        token = tokens_of(events)[0]
        for one in [token, *token["top"]]:
            if one["id"] in moved:
                assert math.log(moved[one["id"]][side]) == pytest.approx(one["logprob"], abs=1e-4)
    same = http.post(path, json={"other": run_of(steered)}).json()
    assert same == {"kl": 0, "tokens": []}


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

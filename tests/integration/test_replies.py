"""Replies over a real connection: what is streamed, what is kept, what a closed tab leaves."""

import json
import threading
from collections.abc import Callable

import httpx
import pytest

from pellucid.core.settings import Settings
from tests.full_disk import full_disk, unwritable
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.streams import ask, begin, events_of, of_type, stream


def test_a_reply_is_streamed_as_deltas_and_kept(http: httpx.Client, model: FakeModel) -> None:
    conversation = begin(http, system="Be brief.")
    events = ask(http, conversation, content="count please", settings={"seed": 3})

    started, done = of_type(events, "started")[0], events[-1]
    assert [event["token"]["text"] for event in of_type(events, "token")] == [
        "one ",
        "two ",
        "three ",
    ]
    assert [token["text"] for token in started["tokens"]] == [
        "<system>", "Be ", "brief. ", "<user>", "count ", "please ", "<assistant>",
    ]  # fmt: skip
    assert done["finish"] == "end"
    assert done["n_tokens"] == 3
    assert done["touched"] is None

    kept = http.get(f"/api/conversations/{conversation}").json()
    assert kept["title"] == "count please"
    user, assistant = kept["turns"]
    assert (user["id"], user["content"], user["runs"]) == (
        started["user_turn_id"],
        "count please",
        [],
    )
    assert (assistant["id"], assistant["content"]) == (started["turn_id"], "one two three ")
    (run,) = assistant["runs"]
    assert (run["id"], run["state"], run["finish"]) == (started["run_id"], "done", "end")
    assert run["settings"] == {"max_new_tokens": 256, "temperature": 0.7, "seed": 3}
    whole = http.get(f"/api/runs/{run['id']}").json()
    assert whole["tokens"] == started["tokens"] + [e["token"] for e in of_type(events, "token")]
    assert whole["n_prompt"] == len(started["tokens"])
    assert model.threads == {"pellucid-model"}


def test_a_stream_is_not_compressed_and_each_event_comes_when_it_is_made(
    http: httpx.Client, model: FakeModel
) -> None:
    model.gate = threading.Semaphore(0)
    path = f"/api/conversations/{begin(http)}/replies"
    body = {"content": "hi " * 60}
    with http.stream("POST", path, json=body, headers={"accept-encoding": "gzip"}) as response:
        assert "content-encoding" not in response.headers
        assert "nosniff" in response.headers["x-content-type-options"]
        events = events_of(response)
        assert [next(events)["type"], next(events)["type"]] == ["queued", "started"]
        for word in ("one ", "two ", "three "):
            model.gate.release()
            assert next(events)["token"]["text"] == word
        model.gate.release(10)
        assert next(events)["type"] == "done"


def test_the_next_question_reads_the_conversation_so_far(
    http: httpx.Client, model: FakeModel
) -> None:
    conversation = begin(http)
    ask(http, conversation, content="first")
    started = of_type(ask(http, conversation, content="second"), "started")[0]
    text = "".join(token["text"] for token in started["tokens"])
    assert text == "<user>first <assistant>one two three <user>second <assistant>"


def test_answering_again_adds_a_run_to_the_same_turn(http: httpx.Client) -> None:
    conversation = begin(http)
    before = of_type(ask(http, conversation, content="hi"), "started")[0]
    steer = [{"features": ["mlp.1.3.pos"], "value": 4.0, "positions": "all"}]
    events = ask(http, conversation, interventions=steer)

    after = of_type(events, "started")[0]
    assert after["user_turn_id"] is None
    assert after["turn_id"] == before["turn_id"]
    assert after["tokens"] == before["tokens"]
    assert events[-1]["touched"] == {"neurons": 1, "share": 1 / 128}
    turns = http.get(f"/api/conversations/{conversation}").json()["turns"]
    assert [run["reply"] for run in turns[1]["runs"]] == ["one two three ", "ONE TWO THREE "]
    assert turns[1]["content"] == "ONE TWO THREE "
    assert turns[1]["runs"][1]["interventions"][0]["features"] == ["mlp.1.3.pos"]


def test_a_closed_tab_stops_the_model_within_a_token(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    model.words = tuple(f"w{i}" for i in range(10_000))
    model.delay_s = 0.002
    conversation = begin(http)
    path = f"/api/conversations/{conversation}/replies"
    with stream(http, path, content="go", settings={"max_new_tokens": 2000}) as events:
        for event in events:
            if event["type"] == "token" and event["token"]["text"] == "w40 ":
                break
    eventually(lambda: server.workspace.line.is_idle)
    assert model.held == 0
    assert model.written < 200
    (run,) = http.get(f"/api/conversations/{conversation}").json()["turns"][1]["runs"]
    assert (run["state"], run["finish"]) == ("stopped", "stopped")
    assert run["reply"].startswith("w0 w1 ")
    assert len(run["reply"].split()) == model.written, "everything that was written is kept"

    model.words = ("fresh",)
    assert (
        of_type(ask(http, conversation, content="and now"), "token")[0]["token"]["text"] == "fresh "
    )


def test_a_question_that_waits_can_be_withdrawn_and_leaves_nothing(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    model.gate = threading.Semaphore(0)
    busy, waiting = begin(http), begin(http)
    with stream(http, f"/api/conversations/{busy}/replies", content="long") as first:
        assert next(first)["type"] == "queued"
        assert next(first)["type"] == "started"
        with server.client() as other:
            path = f"/api/conversations/{waiting}/replies"
            with stream(other, path, content="never") as second:
                assert next(second) == {"type": "queued", "position": 1}
        eventually(lambda: len(server.workspace.line) == 0)
        model.gate.release(10)
        assert list(first)[-1]["type"] == "done"
    assert http.get(f"/api/conversations/{waiting}").json()["turns"] == []


def test_a_failure_midway_is_an_event_and_the_server_goes_on(
    http: httpx.Client, model: FakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    model.fails_at = 2
    conversation = begin(http)
    events = ask(http, conversation, content="private words")
    problem = events[-1]["problem"]
    assert (problem["code"], problem["status"]) == ("internal_error", 500)
    assert "secret" not in json.dumps(events)
    assert problem["request_id"] in caplog.text
    assert "private words" not in caplog.text
    assert "secret words" not in caplog.text
    (run,) = http.get(f"/api/conversations/{conversation}").json()["turns"][1]["runs"]
    assert (run["state"], run["reply"], run["finish"]) == ("failed", "one two ", None)
    assert model.held == 0

    model.fails_at = None
    assert ask(http, conversation)[-1]["type"] == "done"


def test_a_full_disk_is_said_and_the_server_goes_on(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    conversation = begin(http)
    with full_disk(server.workspace.journal.database):
        events = ask(http, conversation, content="x" * 300_000)
        assert events[-1]["problem"]["code"] == "store_failed"
        assert events[-1]["problem"]["status"] == 507
        assert model.held == 0
        response = http.patch(f"/api/conversations/{conversation}", json={"system": "y" * 300_000})
        assert response.status_code == 507
        assert http.get("/api/health").status_code == 200
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []
    assert ask(http, conversation, content="again")[-1]["type"] == "done"


def test_a_disk_that_fills_up_amid_a_reply_ends_it_and_nothing_seems_to_go_on(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.words = tuple(f"w{i}" for i in range(40))
    model.gate = threading.Semaphore(20)
    server = serve(settings)
    with server.client() as http:
        conversation = begin(http)
        path = f"/api/conversations/{conversation}/replies"
        with stream(http, path, content="hi") as events:
            seen = [next(events)["type"] for _ in range(22)]
            with unwritable(server.workspace.journal.database):
                model.gate.release(100)
                *_, last = events
                found = http.get(f"/api/conversations/{conversation}").json()
                whole = http.get(f"/api/runs/{found['turns'][1]['runs'][0]['id']}").json()
        assert seen == ["queued", "started", *["token"] * 20]
        assert (last["problem"]["code"], last["problem"]["status"]) == ("store_failed", 507)
        assert model.held == 0
        (run,) = found["turns"][1]["runs"]
        assert (
            (run["state"], run["finish"]) == (whole["state"], whole["finish"]) == ("failed", None)
        )
        assert run["reply"].split() == list(model.words[:32]), "what the page has seen is shown"
        assert [token["text"] for token in whole["tokens"][whole["n_prompt"] :]] == [
            f"{word} " for word in model.words[:32]
        ]
        assert ask(http, conversation, content="again")[-1]["type"] == "done"
    server.stop()
    with serve(settings).client() as http:
        kept = http.get(f"/api/conversations/{conversation}").json()
        assert kept["turns"][:2] == found["turns"]
        assert http.get(f"/api/runs/{run['id']}").json() == whole


def test_a_conversation_deleted_meanwhile_stops_its_reply(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    model.words = tuple(f"w{i}" for i in range(100))
    model.gate = threading.Semaphore(1)
    conversation = begin(http)
    with stream(http, f"/api/conversations/{conversation}/replies", content="go") as events:
        while next(events)["type"] != "token":
            pass
        with server.client() as other:
            assert other.delete(f"/api/conversations/{conversation}").status_code == 204
        model.gate.release(200)
        last = list(events)[-1]
    assert last["problem"]["code"] == "not_found"
    assert model.written < 40
    assert model.held == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"content": ""}, 422, "invalid_request"),
        ({"content": "hi", "extra": 1}, 422, "invalid_request"),
        ({"content": "hi", "settings": {"temperature": -1}}, 422, "invalid_request"),
        ({"content": "hi", "settings": {"max_new_tokens": 100_000}}, 413, "too_large"),
        ({"content": "hi", "interventions": [{"features": ["mlp.1"]}]}, 422, "invalid_request"),
        ({"content": "\ud800"}, 422, "invalid_request"),
        ({"content": "hi", "interventions": [
            {"features": ["mlp.1.2.pos"], "value": 1, "name": "\ud800"}]}, 422, "invalid_request"),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_before_the_stream(
    http: httpx.Client, body: dict[str, object], status: int, code: str
) -> None:
    conversation = begin(http)
    response = http.post(
        f"/api/conversations/{conversation}/replies",
        content=json.dumps(body),
        headers={"content-type": "application/json"},
    )
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_values_that_are_no_numbers_are_refused(http: httpx.Client, value: str) -> None:
    steer = f'{{"features": ["mlp.1.3.pos"], "value": {value}}}'
    body = f'{{"content": "hi", "interventions": [{steer}]}}'
    response = http.post(
        f"/api/conversations/{begin(http)}/replies",
        content=body,
        headers={"content-type": "application/json"},
    )
    assert response.status_code == 422
    assert "finite" in response.json()["why"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            {"content": "hi", "interventions": [{"features": ["mlp.9.3.pos"], "value": 1}]},
            "not_found",
        ),
        ({"content": "word " * 300}, "too_large"),
        ({}, "invalid_request"),
    ],
)
def test_what_only_the_engine_can_tell_is_an_error_event(
    http: httpx.Client, model: FakeModel, body: dict[str, object], code: str
) -> None:
    conversation = begin(http)
    assert ask(http, conversation, **body)[-1]["problem"]["code"] == code
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []
    assert model.held == 0


def test_markup_stays_text(http: httpx.Client, model: FakeModel) -> None:
    nasty = "<script>alert(1)</script>"
    model.words = (nasty, "\r\ndata: forged\n\nevent: done\n\n", "\u2028\x00end")
    conversation = begin(http, title=nasty)
    events = ask(http, conversation, content=nasty)
    assert [event["token"]["text"].rstrip(" ") for event in of_type(events, "token")] == list(
        model.words
    )
    kept = http.get(f"/api/conversations/{conversation}")
    assert kept.headers["content-type"] == "application/json"
    assert kept.json()["title"] == nasty
    assert kept.json()["turns"][0]["content"] == nasty


def test_two_clients_never_see_each_others_conversation(
    server: LiveServer, model: FakeModel, settings: Settings
) -> None:
    model.delay_s = 0.001
    answers: dict[int, list[str]] = {}

    def one(number: int) -> None:
        with server.client(**{"x-pellucid-client": f"tab {number}"}) as http:
            conversation = begin(http)
            steer = [{"features": ["mlp.0.1.pos"], "value": 1.0}] if number % 2 else []
            events = ask(http, conversation, content=f"number {number}", interventions=steer)
            prompt = "".join(token["text"] for token in of_type(events, "started")[0]["tokens"])
            assert prompt == f"<user>number {number} <assistant>"
            answers[number] = [event["token"]["text"] for event in of_type(events, "token")]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    plain, loud = ["one ", "two ", "three "], ["ONE ", "TWO ", "THREE "]
    assert answers == {number: loud if number % 2 else plain for number in range(12)}
    assert model.held == 0

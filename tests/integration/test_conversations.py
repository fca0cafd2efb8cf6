"""What is done with conversations over HTTP: copied, searched, forgotten, sent out and taken in."""

import threading
from typing import Any

import httpx
import pytest

from pellucid.core.settings import Settings
from tests.integration.conftest import LiveServer
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import N_VOCAB
from tests.integration.streams import ask, begin, of_type, post, stream


@pytest.fixture
def conversation(http: httpx.Client) -> str:
    """Two questions; the first with two answers, the second of them steered."""
    made = begin(http, title="Counting", system="Be brief.")
    ask(http, made, content="count please")
    ask(http, made, interventions=[{"features": ["mlp.1.3.pos"], "value": 4.0}])
    ask(http, made, content="on and on")
    return made


def read(http: httpx.Client, conversation: str) -> dict[str, Any]:
    response = http.get(f"/api/conversations/{conversation}")
    assert response.status_code == 200, response.text
    return response.json()


def export(http: httpx.Client, conversation: str) -> dict[str, Any]:
    response = http.get(f"/api/conversations/{conversation}/export")
    assert response.status_code == 200, response.text
    return response.json()


def titles(http: httpx.Client, **query: str) -> list[str]:
    return [one["title"] for one in http.get("/api/conversations", params=query).json()]


def test_an_earlier_question_is_asked_otherwise_without_losing_the_original(
    http: httpx.Client, conversation: str
) -> None:
    before = read(http, conversation)
    path = f"/api/conversations/{conversation}/copies"
    response = http.post(path, json={"before": before["turns"][2]["id"], "title": "Edited"})
    assert response.status_code == 201, response.text
    copy = response.json()
    ask(http, copy["id"], content="off and off")
    contents = [turn["content"] for turn in read(http, copy["id"])["turns"]]
    assert contents == ["count please", "ONE TWO THREE ", "off and off", "one two three "]
    assert read(http, conversation) == before
    assert titles(http) == ["Edited", "Counting"]


def test_an_earlier_answer_is_given_anew(http: httpx.Client, conversation: str) -> None:
    turn = read(http, conversation)["turns"][1]["id"]
    copy = http.post(f"/api/conversations/{conversation}/copies", json={"before": turn}).json()
    assert [len(one["runs"]) for one in copy["turns"]] == [0, 0]
    started = of_type(ask(http, copy["id"]), "started")[0]
    assert started["turn_id"] == copy["turns"][1]["id"]
    assert "".join(token["text"] for token in started["tokens"]) == (
        "<system>Be brief. <user>count please <assistant>"
    )


def test_runs_of_a_copy_are_asked_about_as_those_of_the_original(
    http: httpx.Client, conversation: str
) -> None:
    copy = http.post(f"/api/conversations/{conversation}/copies", json={}).json()
    assert copy["title"] == "Counting"
    old = read(http, conversation)["turns"][1]["runs"][1]["id"]
    new = copy["turns"][1]["runs"][1]["id"]
    tokens = [http.get(f"/api/runs/{run}").json()["tokens"] for run in (old, new)]
    assert old != new and tokens[0] == tokens[1]
    with stream(http, f"/api/runs/{new}/why", pos=5) as events:
        assert list(events)[-1]["type"] == "done"


def test_conversations_are_searched(http: httpx.Client, conversation: str) -> None:
    begin(http, title="100% empty")
    assert titles(http, q="") == ["100% empty", "Counting"]
    assert titles(http, q="ON AND") == titles(http, q="two three") == ["Counting"]
    assert titles(http, q="%") == ["100% empty"]
    assert titles(http, q="nothing") == []
    for wrong in ("x" * 1_001, "\0", "on\0and"):
        response = http.get("/api/conversations", params={"q": wrong})
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert titles(http, q="on\nand") == []
    assert titles(http, q="%_" * 500) == []


def test_all_are_forgotten_in_one_step_and_what_is_written_stops(
    http: httpx.Client, conversation: str, model: FakeModel, server: LiveServer
) -> None:
    model.words = tuple(f"w{i}" for i in range(100))
    model.gate = threading.Semaphore(1)
    with stream(http, f"/api/conversations/{conversation}/replies", content="go") as events:
        while next(events)["type"] != "token":
            pass
        with server.client() as other:
            assert other.delete("/api/conversations").status_code == 204
        model.gate.release(200)
        assert list(events)[-1]["problem"]["code"] == "not_found"
    assert model.written < 40
    assert titles(http) == []
    assert http.get("/api/journal").json()["n_conversations"] == 0


def test_where_conversations_are_kept_is_said(
    http: httpx.Client, conversation: str, settings: Settings
) -> None:
    facts = http.get("/api/journal").json()
    assert facts["place"] == str(settings.data_dir / "journal.sqlite")
    assert facts["n_conversations"] == 1
    assert facts["bytes"] > 10_000


def test_a_conversation_goes_out_and_comes_in_the_same(
    http: httpx.Client, conversation: str
) -> None:
    response = http.get(f"/api/conversations/{conversation}/export")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    document = response.json()
    assert (document["format"], document["version"]) == ("pellucid conversation", 1)
    taken = post(http, "/api/conversations/import", document)
    assert taken.status_code == 201, taken.text
    assert export(http, taken.json()["id"]) == document
    run = taken.json()["turns"][1]["runs"][1]["id"]
    with stream(http, f"/api/runs/{run}/why", pos=5) as events:
        assert list(events)[-1]["type"] == "done"
    ask(http, taken.json()["id"], content="and so on")


def test_what_is_written_while_it_goes_out_is_stopped_where_it_comes_in(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    model.gate = threading.Semaphore(0)
    conversation = begin(http)
    with stream(http, f"/api/conversations/{conversation}/replies", content="go") as events:
        while next(events)["type"] != "started":
            pass
        with server.client() as other:
            document = export(other, conversation)
            assert document["turns"][1]["runs"][0]["state"] == "running"
            (run,) = post(other, "/api/conversations/import", document).json()["turns"][1]["runs"]
        model.gate.release(10)
        assert list(events)[-1]["type"] == "done"
    assert (run["state"], run["finish"]) == ("stopped", "stopped")


def test_a_wrong_document_is_refused_in_words_and_changes_nothing(
    http: httpx.Client, conversation: str
) -> None:
    document = export(http, conversation)
    wrong = [
        (document | {"version": 7}, "only version 1"),
        (document | {"note": 1}, "note"),
        (document | {"title": "x" * 200_000}, "title"),
        (document | {"title": "\ud800"}, "not JSON"),
        (document | {"turns": document["turns"][1:]}, "pairs"),
        (document | {"turns": [{}] * 100_000}, "turn 1: the field role is missing"),
        ({}, "format"),
        ([document], "object"),
        ("{", "object"),
    ]
    for body, words in wrong:
        response = post(http, "/api/conversations/import", body)
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
        assert words in response.json()["why"]
        assert len(response.text) < 3_000
    assert titles(http) == ["Counting"]
    headers = {"content-type": "application/json"}
    for text in ("{", '{"title": NaN', "[" * 100_000):
        broken = http.post("/api/conversations/import", content=text, headers=headers)
        assert broken.status_code == 422


def test_tokens_that_the_model_does_not_have_are_told_when_asked_about(
    http: httpx.Client, conversation: str, model: FakeModel
) -> None:
    document = export(http, conversation)
    run = document["turns"][3]["runs"][0]
    run["tokens"][2]["id"] = N_VOCAB
    foreign = post(http, "/api/conversations/import", document).json()
    ident = foreign["turns"][3]["runs"][0]["id"]
    response = http.post(f"/api/runs/{ident}/active", json={"start": 0, "end": 1})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    start = {"run_id": ident, "pos": run["n_prompt"]}
    assert ask(http, foreign["id"], start=start)[-1]["problem"]["code"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [{"before": 5}, {"before": "x" * 200_000}, {"title": "x" * 201}, {"title": "\ud800"}, {"x": 1}],
)
def test_a_copy_that_is_none_is_refused(
    http: httpx.Client, conversation: str, body: dict[str, Any]
) -> None:
    response = post(http, f"/api/conversations/{conversation}/copies", body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert titles(http) == ["Counting"]


def test_what_does_not_exist_is_not_found(http: httpx.Client, conversation: str) -> None:
    assert http.get("/api/conversations/none/export").status_code == 404
    assert http.post("/api/conversations/none/copies", json={}).status_code == 404
    path = f"/api/conversations/{conversation}/copies"
    response = http.post(path, json={"before": "none"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")

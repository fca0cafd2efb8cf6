"""Replies that begin with something: a text, or the tokens of another answer to the same question."""

from typing import Any

import httpx
import pytest

from tests.integration.conftest import LiveServer
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import N_VOCAB
from tests.integration.streams import Event, ask, begin, of_type, post, stream

STEER = [{"features": ["mlp.1.3.pos"], "value": 4.0, "positions": "generated"}]


def run_of(events: list[Event]) -> str:
    return of_type(events, "started")[0]["run_id"]


def texts_of(tokens: list[dict[str, Any]]) -> list[str]:
    return [token["text"].strip() for token in tokens]


def kept(http: httpx.Client, events: list[Event]) -> dict[str, Any]:
    return http.get(f"/api/runs/{run_of(events)}").json()


@pytest.fixture
def conversation(http: httpx.Client) -> str:
    return begin(http)


@pytest.fixture
def run(http: httpx.Client, conversation: str) -> dict[str, Any]:
    """<user> hi there <assistant> one two three"""
    return kept(http, ask(http, conversation, content="hi there"))


@pytest.mark.parametrize("content", ["hi there", None])
def test_a_reply_begins_with_a_text(
    http: httpx.Client, conversation: str, run: dict[str, Any], content: str | None
) -> None:
    events = ask(http, conversation, content=content, start={"text": "well then"})
    started = of_type(events, "started")[0]
    assert texts_of(started["tokens"])[-3:] == ["<assistant>", "well", "then"]
    assert started["reply_from"] == len(started["tokens"]) - 2
    assert events[-1]["n_tokens"] == 3
    found = kept(http, events)
    assert found["tokens"][: found["n_prompt"]] == started["tokens"]
    assert (found["reply_from"], found["n_prompt"]) == (
        started["reply_from"], len(started["tokens"]),
    )  # fmt: skip
    assert found["reply"] == "well thenone two three "
    turns = http.get(f"/api/conversations/{conversation}").json()["turns"]
    assert turns[-1]["content"] == found["reply"]
    assert len(turns) == (2 if content is None else 4)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_reply_begins_with_the_tokens_of_another(
    http: httpx.Client, conversation: str, run: dict[str, Any], n: int
) -> None:
    pos = run["n_prompt"] + n
    start = {"run_id": run["id"], "pos": pos}
    events = ask(http, conversation, start=start)
    started, found = of_type(events, "started")[0], kept(http, events)
    assert started["tokens"] == run["tokens"][:pos]
    assert (found["reply_from"], found["n_prompt"]) == (run["n_prompt"], pos)
    assert found["reply"] == " ".join([*["one", "two", "three"][:n], "one two three "])
    assert started["turn_id"] == run["turn_id"]


def test_a_reply_goes_on_from_another_token_and_from_there_again(
    http: httpx.Client, conversation: str, run: dict[str, Any]
) -> None:
    start = {"run_id": run["id"], "pos": run["n_prompt"] + 1, "token_id": 42}
    second = kept(http, ask(http, conversation, start=start))
    assert second["reply"] == "one #42 one two three "
    assert second["tokens"][second["n_prompt"] - 1]["id"] == 42
    start = {"run_id": second["id"], "pos": second["reply_from"] + 3, "token_id": 43}
    third = kept(http, ask(http, conversation, start=start))
    assert third["reply"] == "one #42 one #43 one two three "
    assert (third["reply_from"], third["n_prompt"]) == (4, 8)


def test_what_is_given_is_part_of_what_is_generated_and_read_again(
    http: httpx.Client, conversation: str, run: dict[str, Any], model: FakeModel
) -> None:
    start = {"run_id": run["id"], "pos": run["n_prompt"] + 2}
    events = ask(http, conversation, start=start, interventions=STEER)
    (generated,) = [given for name, given in model.seen if name == "generate"][-1:]
    assert generated[0].reply_start == run["n_prompt"]
    assert generated[-1].interventions[0].positions == "generated"
    with stream(http, f"/api/runs/{run_of(events)}/why", pos=run["n_prompt"] + 1) as seen:
        assert list(seen)[-1]["type"] == "done"
    _, _, prompt = dict(model.seen)["pick_target"]
    assert prompt.reply_start == run["n_prompt"]
    assert [token.id for token in prompt.tokens] == [t["id"] for t in kept(http, events)["tokens"]]


def test_how_much_a_steered_reply_repeats_counts_what_it_was_given(
    http: httpx.Client, conversation: str, run: dict[str, Any], model: FakeModel
) -> None:
    model.words = ("a", "a", "a", "a")
    events = ask(http, conversation, start={"text": "A A A A A A "}, interventions=STEER)
    assert events[-1]["repeats"] == pytest.approx(7 / 8)


@pytest.mark.parametrize("where", ["another conversation", "another turn", "a new question"])
def test_a_run_of_another_question_is_refused(
    http: httpx.Client, conversation: str, run: dict[str, Any], where: str
) -> None:
    body: dict[str, Any] = {"start": {"run_id": run["id"], "pos": run["n_prompt"]}}
    target = conversation
    if where == "another conversation":
        target = begin(http)
        ask(http, target, content="hi there")
    elif where == "another turn":
        ask(http, conversation, content="and now?")
    else:
        body["content"] = "hi there"
    before = http.get(f"/api/conversations/{target}").json()
    problem = ask(http, target, **body)[-1]["problem"]
    assert (problem["status"], problem["code"]) == (422, "invalid_request")
    assert "another question" in problem["why"] and "copy" in problem["instead"]
    assert http.get(f"/api/conversations/{target}").json() == before


def test_in_a_copy_the_copied_run_is_gone_on_from(
    http: httpx.Client, conversation: str, run: dict[str, Any]
) -> None:
    ask(http, conversation, content="and now?")
    turns = http.get(f"/api/conversations/{conversation}").json()["turns"]
    path = f"/api/conversations/{conversation}/copies"
    copy = http.post(path, json={"before": turns[2]["id"]}).json()
    (copied,) = copy["turns"][1]["runs"]
    start = {"run_id": copied["id"], "pos": run["n_prompt"] + 1}
    assert kept(http, ask(http, copy["id"], start=start))["reply"] == "one one two three "
    start["run_id"] = run["id"]
    assert ask(http, copy["id"], start=start)[-1]["problem"]["code"] == "invalid_request"


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"pos": 3}, "not_found", "from 4 to 7"),
        ({"pos": 8}, "not_found", "from 4 to 7"),
        ({"pos": 2**31 - 1}, "not_found", "from 4 to 7"),
        ({"token_id": N_VOCAB}, "not_found", "vocabulary"),
        ({"token_id": 0}, "invalid_request", "ends a reply"),
        ({"run_id": "nonsense"}, "not_found", "no run"),
    ],
)
def test_what_a_reply_cannot_begin_with_is_said_and_nothing_is_kept(
    http: httpx.Client,
    conversation: str,
    run: dict[str, Any],
    change: dict[str, Any],
    code: str,
    words: str,
) -> None:
    before = http.get(f"/api/conversations/{conversation}").json()
    start = {"run_id": run["id"], "pos": 5} | change
    problem = ask(http, conversation, start=start)[-1]["problem"]
    assert problem["code"] == code
    assert words in problem["detail"]
    assert http.get(f"/api/conversations/{conversation}").json() == before


def test_a_run_of_another_model_is_not_gone_on_from(
    http: httpx.Client, another_model: httpx.Client
) -> None:
    conversation = begin(http)
    run = run_of(ask(http, conversation, content="hi"))
    problem = ask(another_model, conversation, start={"run_id": run, "pos": 3})[-1]["problem"]
    assert (problem["status"], problem["code"]) == (409, "store_mismatch")


@pytest.mark.parametrize(
    "start",
    [
        {},
        5,
        {"text": ""},
        {"text": "\ud800"},
        {"text": "x" * 400_001},
        {"text": "a", "pos": 1},
        {"run_id": "x"},
        {"run_id": "x", "pos": -1},
        {"run_id": "x", "pos": 1, "token_id": -1},
        {"run_id": "x", "pos": 1, "token_id": 2**31},
        {"run_id": "x" * 200_000, "pos": 1},
    ],
)
def test_a_start_that_is_none_is_refused_before_the_stream(
    http: httpx.Client, conversation: str, start: Any
) -> None:
    response = post(
        http, f"/api/conversations/{conversation}/replies", {"content": "hi", "start": start}
    )
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert "start" in response.json()["why"]
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []


def test_a_text_that_is_too_long_for_the_model_is_said(
    http: httpx.Client, server: LiveServer
) -> None:
    conversation = begin(http)
    events = ask(http, conversation, content="hi", start={"text": "word " * 300})
    assert events[-1]["problem"]["code"] == "too_large"
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []

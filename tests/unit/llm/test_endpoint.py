"""An endpoint: what it can do, how it fails, what it costs, and what is kept. Over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pellucid.core.errors import InvalidRequest, UnparseableReply, Unsupported, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.llm import (
    Answer,
    Ask,
    BudgetSpent,
    ChatModel,
    Forced,
    Ledger,
    Message,
    Prices,
    open_chat_model,
)
from pellucid.llm.endpoint import Endpoint
from tests.fake_llm import EVERYTHING, Server, page, says, serving, status, truncated

HELLO = Ask((Message("user", "Write 10."),), 8)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


def endpoint(server: Server, **over: Any) -> Endpoint:
    flags: dict[str, Any] = {"retries": 2} | over
    return Endpoint("m", url=server.url, key="secret", **flags)


def test_it_is_a_chat_model_that_replies(server: Server) -> None:
    model = endpoint(server)
    assert model.reply([HELLO, HELLO]) == [Answer("10"), Answer("10")]
    assert (model.ledger.used.calls, model.ledger.used.prompt_tokens) == (2, 200)
    sent = server.asked[0]
    assert (sent["max_tokens"], sent["temperature"], sent["seed"]) == (8, 0.0, 0)
    assert isinstance(model, ChatModel)


@pytest.mark.parametrize(
    ("can", "prompt", "top", "as_json"),
    [
        (EVERYTHING, "chat", True, True),
        (EVERYTHING - {"prompt_logprobs"}, "echo", True, True),
        (frozenset({"top_logprobs"}), None, True, False),
        (frozenset({"json"}), None, False, True),
        (frozenset(), None, False, False),
    ],
)
def test_what_it_can_do_is_found_by_trying(can, prompt, top, as_json, tmp_path: Path) -> None:
    with serving(can) as server:
        model = endpoint(server, cache=tmp_path)
        found = model.capabilities
        assert (found.prompt_logprobs, found.top_logprobs) == (prompt, top)
        assert found.ten
        if not as_json:
            assert not found.json
        n = len(server.asked)
        assert model.capabilities is found
        assert endpoint(server, cache=tmp_path).capabilities == found  # kept with the answers
        assert len(server.asked) == n
        if prompt is None:
            with pytest.raises(Unsupported, match="log-probabilities"):
                model.read([Forced(HELLO.messages, "a\t?", ("0",))])


def test_a_server_that_is_not_there_is_no_lack_of_capabilities() -> None:
    with serving() as server:
        pass
    with pytest.raises(UpstreamFailed, match="PELLUCID_LLM_BASE_URL"):
        _ = endpoint(server, retries=0).capabilities


def test_a_wrong_key_is_said(server: Server) -> None:
    server.next = [status(401, "bad key")]
    with pytest.raises(UpstreamFailed, match=r"refuses the key.*bad key"):
        _ = endpoint(server).capabilities


def test_a_model_that_is_not_there_is_a_bad_request(server: Server) -> None:
    server.next = [status(404, "no model m")]
    with pytest.raises(InvalidRequest, match=r"endpoint:m is not there.*no model m"):
        _ = endpoint(server).capabilities


@pytest.mark.parametrize("code", [429, 500, 503])
def test_what_may_pass_is_tried_again(code: int, server: Server) -> None:
    server.next = [status(code, "wait", Retry_After="0.01")] * 2
    assert endpoint(server).reply([HELLO]) == [Answer("10")]
    assert len(server.asked) == 3


def test_an_endpoint_that_asks_for_too_long_a_wait_is_not_pressed(server: Server) -> None:
    server.next = [status(429, "come back tomorrow", Retry_After="86400")]
    (found,) = endpoint(server).reply([HELLO])
    assert isinstance(found, UpstreamFailed)
    assert "come back tomorrow" in str(found)
    assert len(server.asked) == 1


def test_what_does_not_pass_is_an_error_in_its_place(server: Server) -> None:
    server.next = [status(500, "broken", Retry_After="0.01")] * 3
    model = endpoint(server, concurrency=1)
    first, second = model.reply([HELLO, HELLO])
    assert isinstance(first, UpstreamFailed)
    assert "broken" in str(first)
    assert second == Answer("10")
    assert (model.ledger.used.calls, model.ledger.used.failed) == (2, 1)


def test_a_slow_answer_is_a_failure_with_advice(server: Server) -> None:
    server.next = [0.5]
    (found,) = endpoint(server, timeout_s=0.1, retries=0).reply([HELLO])
    assert isinstance(found, UpstreamFailed)
    assert "PELLUCID_LLM_TIMEOUT_S" in str(found)


@pytest.mark.parametrize("code", [200, 403, 404])
def test_a_web_page_is_called_one(code: int, server: Server) -> None:
    server.next = [page(code)]
    (found,) = endpoint(server).reply([HELLO])
    assert isinstance(found, UpstreamFailed)
    assert str(found).startswith("endpoint:m answers with a web page; its title: Sign in")
    assert "/v1" in str(found)


@pytest.mark.parametrize(
    ("wire", "raw"),
    [
        (truncated(), "choices"),
        (says(None, refusal="I will not."), "I will not."),
        (says(""), "stop"),
        ((200, {}, b'{"choices": []}'), "choices"),
        ((200, {}, b'"yes"'), "yes"),
    ],
)
def test_what_cannot_be_read_is_kept_in_the_error(wire, raw: str, server: Server) -> None:
    server.next = [wire]
    (found,) = endpoint(server).reply([HELLO])
    assert isinstance(found, UnparseableReply)
    assert raw in found.raw


def test_a_refused_question_is_a_bad_request(server: Server) -> None:
    server.next = [status(400, "context of 8 tokens exceeded")]
    (found,) = endpoint(server).reply([HELLO])
    assert isinstance(found, InvalidRequest)
    assert "context of 8 tokens exceeded" in str(found)


def test_parameters_that_a_model_refuses_are_left_out_from_then_on(server: Server) -> None:
    server.next = [
        status(400, "'max_tokens' is not supported, use 'max_completion_tokens'"),
        status(400, "temperature must be 1"),
    ]
    model = endpoint(server)
    assert model.reply([HELLO]) == [Answer("10")]
    assert model.reply([HELLO]) == [Answer("10")]
    for sent in server.asked[2:]:
        assert sent["max_completion_tokens"] == 8
        assert not {"max_tokens", "temperature"} & sent.keys()


def test_the_same_question_is_asked_once(server: Server, tmp_path: Path) -> None:
    model = endpoint(server, cache=tmp_path)
    server.next = [truncated()]
    (failed,) = model.reply([HELLO])
    assert isinstance(failed, UnparseableReply)  # and not kept
    assert model.reply([HELLO]) == [Answer("10")]
    again = endpoint(server, cache=tmp_path)
    assert again.reply([HELLO]) == [Answer("10")]
    assert len(server.asked) == 2
    assert (again.ledger.used.calls, again.ledger.used.cached) == (0, 1)
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text("{half")
    assert again.reply([HELLO]) == [Answer("10")]  # a damaged file is asked for anew
    assert len(server.asked) == 3
    assert "secret" not in kept.read_text()


def test_money_is_counted_and_never_exceeded(server: Server) -> None:
    prices = Prices(prompt=1000.0, reply=2000.0)  # 100 and 10 tokens a call: $0.12
    model = endpoint(server, ledger=Ledger(prices, budget_usd=0.3), concurrency=1)
    assert model.reply([HELLO, HELLO]) == [Answer("10")] * 2
    assert model.ledger.used.usd == pytest.approx(0.24)
    with pytest.raises(BudgetSpent, match=r"\$0\.2400 in 2 calls"):
        model.reply([Ask(HELLO.messages, max_tokens=100)])
    assert len(server.asked) == 2


def test_a_budget_without_prices_is_refused() -> None:
    settings = Settings(llm_model="m")
    with pytest.raises(Unsupported, match="PELLUCID_LLM_PRICE_IN"):
        open_chat_model("endpoint", settings, budget_usd=1.0)


def test_settings_name_the_model_and_hide_the_key(server: Server) -> None:
    settings = Settings.model_validate(
        {"llm_model": "m", "llm_base_url": server.url, "llm_api_key": "top-secret"}
    )
    model = open_chat_model("endpoint", settings)
    assert model.reply([HELLO]) == [Answer("10")]
    assert "top-secret" not in repr(settings)
    with pytest.raises(InvalidRequest, match="PELLUCID_LLM_MODEL"):
        open_chat_model("endpoint", Settings())
    with pytest.raises(InvalidRequest, match="local:MODEL"):
        open_chat_model("telepathy", Settings())

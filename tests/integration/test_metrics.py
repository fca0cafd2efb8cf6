"""Metrics of a server that answers: questions, tokens and how replies ended."""

import threading

import httpx

from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.streams import ask, begin, stream


def metrics(http: httpx.Client) -> dict[str, float]:
    lines = http.get("/api/metrics").text.splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


def test_tokens_and_replies_are_counted_by_how_they_ended(
    http: httpx.Client, model: FakeModel
) -> None:
    conversation = begin(http)
    ask(http, conversation, content="hi")
    ask(http, conversation, settings={"max_new_tokens": 2})
    ask(http, conversation, interventions=[{"features": ["mlp.9.0.pos"], "strength": 0}])
    model.fails_at = 1
    ask(http, conversation)
    found = metrics(http)
    assert found["pellucid_tokens_written_total"] == 3 + 2 + 1
    ended = {
        how: found[f'pellucid_replies_total{{ended="{how}"}}']
        for how in ("end", "length", "stopped", "failed", "refused")
    }
    assert ended == {"end": 1, "length": 1, "stopped": 0, "failed": 1, "refused": 1}
    assert found["pellucid_model_loaded"] == 1


def test_a_stream_is_counted_when_it_ends_and_questions_while_they_wait(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    conversation = begin(http)
    model.gate = threading.Semaphore(1)
    path = f"/api/conversations/{conversation}/replies"
    route = "/api/conversations/{conversation_id}/replies"
    count = f'pellucid_requests_total{{method="POST",route="{route}",status="200"}}'
    with stream(http, path, content="hi") as events, server.client() as other:
        while next(events)["type"] != "token":
            pass
        with stream(other, path, content="you") as waiting:
            assert next(waiting)["position"] == 1
            now = metrics(http)
            assert now["pellucid_questions_answering"] == 1
            assert now["pellucid_questions_waiting"] == 1
            assert count not in now
            assert http.get("/api/health").json()["queue"] == 1
    eventually(lambda: not server.is_answering())
    model.gate.release(20)
    eventually(lambda: server.workspace.line.is_idle)
    eventually(lambda: metrics(http).get(count) == 2)
    found = metrics(http)
    assert found["pellucid_questions_answering"] == found["pellucid_questions_waiting"] == 0
    assert found['pellucid_replies_total{ended="stopped"}'] == 1

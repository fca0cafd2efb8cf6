"""Loading, ready, failed; and the line in front of the model."""

import threading
from collections.abc import Callable

import httpx

from pellucid.core.errors import UpstreamFailed
from pellucid.core.settings import Settings
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.streams import ask, begin, stream


def test_the_subject_is_described_while_it_loads_and_after(
    http: httpx.Client, model: FakeModel
) -> None:
    eventually(lambda: http.get("/api/subject").json()["state"] == "ready")
    subject = http.get("/api/subject").json()
    assert subject["progress"] is None
    assert (subject["name"], subject["family"], subject["n_features"]) == ("fake", "llama", 256)


def test_a_question_asked_while_loading_is_answered_afterwards(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.load_s = 0.4
    with serve(settings, model="some/model").client() as http:
        eventually(lambda: http.get("/api/subject").json()["progress"]["stage"] == "weights")
        subject = http.get("/api/subject").json()
        assert (subject["state"], subject["hash"]) == ("loading", None)
        assert subject["progress"] == {
            "stage": "weights", "done": 1, "total": 2, "unit": "files", "detail": "some/model",
        }  # fmt: skip
        events = ask(http, begin(http), content="hi")
        assert events[0] == {"type": "queued", "position": 1}
        assert events[-1]["type"] == "done"


def test_a_model_that_cannot_be_loaded_is_said_and_the_rest_goes_on(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.load_error = UpstreamFailed("the registry did not answer", instead="try again")
    with serve(settings).client() as http:
        eventually(lambda: http.get("/api/subject").json()["state"] == "failed")
        assert http.get("/api/subject").json()["problem"]["code"] == "upstream_failed"
        conversation = begin(http)
        assert ask(http, conversation, content="hi")[-1]["problem"]["status"] == 502
        assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []


def test_an_unexpected_failure_to_load_keeps_its_internals(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.load_error = RuntimeError("secret path")
    with serve(settings).client() as http:
        eventually(lambda: http.get("/api/subject").json()["state"] == "failed")
        assert "secret" not in http.get("/api/subject").text


def test_places_in_line_are_told_and_clients_take_turns(
    server: LiveServer, http: httpx.Client, model: FakeModel
) -> None:
    model.gate = threading.Semaphore(0)
    model.words = ("word",)
    order: list[str] = []
    places: dict[str, list[int]] = {}

    def one(name: str, client: str, conversation: str, arrived: threading.Event) -> None:
        with server.client(**{"x-pellucid-client": client}) as own:
            path = f"/api/conversations/{conversation}/replies"
            with stream(own, path, content=name) as events:
                for event in events:
                    if event["type"] == "queued":
                        places.setdefault(name, []).append(event["position"])
                        arrived.set()
                    elif event["type"] == "started":
                        order.append(name)

    threads: list[threading.Thread] = []
    for name, client in [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")]:
        arrived = threading.Event()
        threads.append(threading.Thread(target=one, args=(name, client, begin(http), arrived)))
        threads[-1].start()
        assert arrived.wait(10)
        if name == "a1":
            eventually(lambda: order == ["a1"])
    for client, ahead in [("a", [1, 4]), ("b", [2]), ("c", [3]), ("d", [])]:
        headers = {"x-pellucid-client": client}
        assert http.get("/api/health", headers=headers).json()["ahead"] == ahead
    for _ in threads:
        model.gate.release()
    for thread in threads:
        thread.join(20)
    assert order == ["a1", "a2", "b1", "c1", "a3"]
    assert places["a1"] == [0]
    assert places["a3"] == [2, 3, 4, 3, 2, 1, 0]
    assert places["c1"] == [3, 2, 1, 0]


def test_a_full_line_is_refused_with_when_to_come_back(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.gate = threading.Semaphore(0)
    server = serve(settings.model_copy(update={"max_queue": 1}))
    with server.client() as one, server.client() as two, server.client() as three:
        conversation = begin(three)
        path = f"/api/conversations/{conversation}/replies"
        with stream(one, path, content="1") as first:
            assert [next(first)["type"], next(first)["type"]] == ["queued", "started"]
            with stream(two, path, content="2") as second:
                next(second)
                refused = three.post(path, json={"content": "3"})
                model.gate.release(6)
                assert list(second)[-1]["type"] == "done"
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["retry_after_s"] >= 1

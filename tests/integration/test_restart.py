"""What outlives the process: a stop in order, and one that nobody could prepare for."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx

from pellucid.core.settings import Settings
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.streams import ask, begin, stream

_SERVE = """
import sys
from pathlib import Path
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.server.run import Server, listen
from pellucid.workspace import Workspace
from tests.integration.fake_engine import FakeModel

settings = Settings(data_dir=Path(sys.argv[1]))
model = FakeModel(words=tuple(f"w{i}" for i in range(2000)), delay_s=0.005)
listener = listen("127.0.0.1", 0)
workspace = Workspace(settings, Journal.open(settings), engine=model.engine)
port = listener.getsockname()[1]
Server(settings, workspace, lambda: print(port, flush=True)).run([listener])
"""


def test_conversations_outlive_a_restart(
    serve: Callable[..., LiveServer], settings: Settings
) -> None:
    with serve(settings).client() as http:
        conversation = begin(http, title="Kept")
        ask(http, conversation, content="hello")
        before = http.get(f"/api/conversations/{conversation}").json()
    with serve(settings).client() as http:
        assert http.get(f"/api/conversations/{conversation}").json() == before
        assert [one["id"] for one in http.get("/api/conversations").json()] == [conversation]


def test_what_was_committed_outlives_kill_9(
    tmp_path: Path, serve: Callable[..., LiveServer]
) -> None:
    data = tmp_path / "killed"
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(data)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"},
    )
    assert process.stdout is not None
    try:
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        with httpx.Client(base_url=url, timeout=20, trust_env=False) as http:
            conversation = begin(http)
            ask(http, conversation, content="first", settings={"max_new_tokens": 2})
            path = f"/api/conversations/{conversation}/replies"
            with stream(http, path, content="second", settings={"max_new_tokens": 2000}) as events:
                for event in events:
                    if event["type"] == "token" and event["token"]["text"] == "w100 ":
                        break
                process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()

    with serve(Settings(data_dir=data)).client() as http:
        turns = http.get(f"/api/conversations/{conversation}").json()["turns"]
        assert [turn["content"] for turn in turns[:3]] == ["first", "w0 w1 ", "second"]
        (run,) = turns[3]["runs"]
        assert (run["state"], run["finish"]) == ("stopped", "stopped")
        written = run["reply"].split()
        assert written == [f"w{i}" for i in range(len(written))]
        assert len(written) >= 96, "at most the last 16 tokens are lost"
        whole = http.get(f"/api/runs/{run['id']}").json()
        assert [token["pos"] for token in whole["tokens"]] == list(range(len(whole["tokens"])))


def test_stopping_the_server_ends_open_streams_and_keeps_what_was_written(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.words = tuple(f"w{i}" for i in range(10_000))
    model.delay_s = 0.002
    server = serve(settings)
    with server.client() as http:
        conversation = begin(http)
        path = f"/api/conversations/{conversation}/replies"
        with stream(http, path, content="go", settings={"max_new_tokens": 2000}) as events:
            while next(events)["type"] != "token":
                pass
            server._server.should_exit = True
            last = list(events)[-1]
        assert last["problem"]["code"] == "busy"
    eventually(lambda: model.held == 0)
    server.stop()
    with serve(settings).client() as http:
        (run,) = http.get(f"/api/conversations/{conversation}").json()["turns"][1]["runs"]
        assert run["state"] == "stopped"
        assert run["reply"].startswith("w0 w1 ")

"""The server under load, cancelled streams and kill -9: a real server process, on loopback, bounded.

    clients   many clients at once, each with its own question, seed and steering: is every answer, token by token, the
              one that the client gets alone? How long did the slowest wait? A full line is tried again as it says.
    cancel    streams closed at random moments: are steered answers afterwards bit for bit what they were before?
    kills     SIGKILL at random moments of a conversation, and a new server on the same journal: is any committed turn
              lost, is what was streamed kept but for the last tokens?
    wire      bytes on the wire for each streamed token, at token 10 and at the last

Usage: python -m benchmarks.serving clients|cancel|kills|wire [--n N] [--model DIR]

Without --model, the first three use a tiny random model, and `wire` the bundled one.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PELLUCID = str(Path(sys.executable).with_name("pellucid"))
WAIT_S = 600.0
LAST_TOKENS = 16
"""What a kill may lose of a reply: tokens not yet committed."""


class Server:
    """`pellucid up` on a free port."""

    def __init__(self, model: str, data: Path) -> None:
        command = [PELLUCID, "up", "--model", model, "--no-browser", "--json", "--threads", "1"]
        environment = {**os.environ, "PELLUCID_DATA_DIR": str(data)}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert self._process.stdout is not None
        self.url: str = json.loads(self._process.stdout.readline())["url"]

    def client(self, name: str) -> httpx.Client:
        """A client with a name of its own."""
        headers = {"X-Pellucid-Client": name}
        return httpx.Client(base_url=self.url, headers=headers, timeout=WAIT_S, trust_env=False)

    def kill(self) -> None:
        """No goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """In order."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()


def named(model: str | None, work: str) -> str:
    """The model asked for, or a tiny random one."""
    if model is not None:
        return model
    from tests.builders import tiny_subject_dir

    return str(tiny_subject_dir(Path(work) / "model"))


@contextmanager
def serving(model: str | None) -> Iterator[Server]:
    """A server with a journal of its own."""
    with tempfile.TemporaryDirectory() as work:
        server = Server(named(model, work), Path(work) / "data")
        try:
            yield server
        finally:
            server.stop()


def loaded(http: httpx.Client) -> None:
    """Waits until the model is there."""
    while http.get("/api/subject").raise_for_status().json()["state"] == "loading":
        time.sleep(0.05)


def begin(http: httpx.Client) -> str:
    """A new conversation."""
    return http.post("/api/conversations", json={}).raise_for_status().json()["id"]


def frames(http: httpx.Client, conversation: str, body: dict[str, Any]) -> Iterator[bytes]:
    """The events of a reply as they come, whole; a full line is tried again when it says."""
    path = f"/api/conversations/{conversation}/replies"
    while True:
        with http.stream("POST", path, json=body) as response:
            if response.status_code == 503:
                response.read()
                time.sleep(float(response.headers["retry-after"]))
                continue
            response.raise_for_status()
            rest = b""
            for piece in response.iter_bytes():
                *whole, rest = (rest + piece).split(b"\n\n")
                yield from (frame + b"\n\n" for frame in whole)
            return


def data_of(frame: bytes) -> dict[str, Any]:
    """What an event says; nothing, of a comment."""
    lines = [line[6:] for line in frame.decode().split("\n") if line.startswith("data: ")]
    return json.loads(lines[0]) if lines else {"type": "comment"}


def answer(http: httpx.Client, body: dict[str, Any]) -> tuple[list[dict[str, Any]], float]:
    """All tokens of a reply in a conversation of its own, and seconds until its turn came."""
    began = time.monotonic()
    waited, tokens = 0.0, []
    for event in map(data_of, frames(http, begin(http), body)):
        if event["type"] == "started":
            waited = time.monotonic() - began
        elif event["type"] == "token":
            tokens.append(event["token"])
        elif event["type"] == "error":
            raise RuntimeError(event)
    return tokens, waited


def question(number: int, tokens: int = 24) -> dict[str, Any]:
    """One client's question: words, seed and steering that no other has."""
    layer, unit = number % 3, number % 48
    clamp = {"features": [f"mlp.{layer}.{unit}.pos"], "value": 2 + number / 7, "positions": "all"}
    return {
        "content": f"the quick brown fox number {number}",
        "settings": {"max_new_tokens": tokens, "temperature": 0.8, "seed": number},
        "interventions": [clamp],
    }


def clients(model: str | None, n: int) -> None:
    """All at once, then each alone."""
    with serving(model) as server:

        def one(number: int) -> tuple[list[dict[str, Any]], float]:
            with server.client(f"client {number}") as http:
                return answer(http, question(number))

        with server.client("first") as http:
            answer(http, question(0))
        began = time.monotonic()
        with ThreadPoolExecutor(n) as pool:
            together = list(pool.map(one, range(n)))
        took = time.monotonic() - began
        alone = [one(number)[0] for number in range(n)]
        same = sum(found == wanted for (found, _), wanted in zip(together, alone, strict=True))
        distinct = len({json.dumps(tokens) for tokens in alone})
        waits = sorted(waited for _, waited in together)
        print(f"{n} clients at once: {len(together)} answered, in {took:.1f} s")
        print(f"token for token what each gets alone: {same} of {n} ({distinct} distinct answers)")
        print(f"until the first token: median {waits[n // 2]:.1f} s, slowest {waits[-1]:.1f} s")


def cancel(model: str | None, n: int) -> None:
    """Streams closed at random moments, a few at a time."""
    draw = random.Random(0)
    with serving(model) as server, server.client("watcher") as http:
        asked = [question(number, tokens=60) for number in range(5)]
        before = [answer(http, body)[0] for body in asked]

        def cut(number: int) -> int:
            delay = draw.uniform(0, 1.0)
            with server.client(f"cut {number}") as other:
                began, seen = time.monotonic(), 0
                for _ in frames(other, begin(other), question(number, tokens=400)):
                    seen += 1
                    if time.monotonic() - began > delay:
                        break
                return seen

        with ThreadPoolExecutor(5) as pool:
            seen = list(pool.map(cut, range(n)))
        after = [answer(http, body)[0] for body in asked]
        same = sum(a == b for a, b in zip(before, after, strict=True))
        print(f"{n} streams cancelled, after {min(seen)} to {max(seen)} events")
        print(f"steered answers that are bit for bit the same afterwards: {same} of {len(asked)}")


def kills(model: str | None, n: int) -> None:
    """A conversation that goes on over `n` kills."""
    draw = random.Random(0)
    lost = torn = short = 0
    with tempfile.TemporaryDirectory() as work:
        directory, data = named(model, work), Path(work) / "data"
        conversation: str | None = None
        known: dict[str, str] = {}
        for number in range(n + 1):
            server = Server(directory, data)
            with server.client("one") as http:
                loaded(http)
                if conversation is None:
                    conversation = begin(http)
                turns = http.get(f"/api/conversations/{conversation}").raise_for_status().json()
                now = {run["id"]: run for turn in turns["turns"] for run in turn["runs"]}
                for run_id, reply in known.items():
                    lost += run_id not in now or not now[run_id]["reply"].startswith(reply)
                torn += sum(run["state"] == "running" for run in now.values())
                for run_id in now:
                    whole = http.get(f"/api/runs/{run_id}").raise_for_status().json()
                    at = [token["pos"] for token in whole["tokens"]]
                    torn += at != list(range(len(at)))
                known = {run_id: run["reply"] for run_id, run in now.items()}
                if number == n:
                    server.stop()
                    break
                run_id, written = _until_killed(server, http, conversation, number, draw, not known)
                kept = max(0, len(written) - 2 * LAST_TOKENS)
                if run_id is not None:
                    known[run_id] = "".join(written[:kept])
                    short += 1
        print(
            f"{n} kills, {short} of them while a reply was written; runs in the end: {len(known)}"
        )
        print(f"turns lost or cut by more than is allowed: {lost}; left running or torn: {torn}")


def _until_killed(
    server: Server,
    http: httpx.Client,
    conversation: str,
    number: int,
    draw: random.Random,
    first: bool,
) -> tuple[str | None, list[str]]:
    """The run that was being written, and what the page had seen of it."""
    run_id, written = None, []
    body = question(number, tokens=400)
    body["content"] = "fox" if first else None  # none: the last question again
    timer = threading.Timer(draw.uniform(0, 1.5), server.kill)
    try:
        for event in map(data_of, frames(http, conversation, body)):
            if event["type"] == "started":
                run_id = event["run_id"]
                timer.start()
            elif event["type"] == "token" and not event["token"]["marker"]:
                written.append(event["token"]["text"])
    except httpx.HTTPError:
        pass  # the server is gone, as was meant
    if run_id is None:
        server.kill()
    else:
        timer.join()
    return run_id, written


def wire(model: str | None, n: int) -> None:
    """Sizes of the events of one long reply."""
    with serving(model or "bundled") as server, server.client("one") as http:
        settings = {"max_new_tokens": n, "temperature": 1.0, "seed": 1}
        body = {"content": "Write a very long story about a lighthouse.", "settings": settings}
        sizes = [
            len(frame)
            for frame in frames(http, begin(http), body)
            if data_of(frame)["type"] == "token"
        ]
        for at in (10, len(sizes)):
            near = sizes[max(0, at - 10) : at + 10]
            print(f"around token {at}: {sum(near) / len(near):.0f} bytes a token")


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("clients", "cancel", "kills", "wire"))
    parser.add_argument("--n", type=int, help="200 clients, 50 streams, 50 kills, 1,000 tokens")
    parser.add_argument("--model", help="a directory, or bundled")
    args = parser.parse_args()
    usual = {"clients": 200, "cancel": 50, "kills": 50, "wire": 1000}
    run = {"clients": clients, "cancel": cancel, "kills": kills, "wire": wire}
    run[args.what](args.model, args.n or usual[args.what])


if __name__ == "__main__":
    main()

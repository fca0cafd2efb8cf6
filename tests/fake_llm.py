"""A real HTTP server on loopback that speaks the OpenAI protocol, with a model that knows words in quotes.

Its tokens are not the subject's: numbers whole, words in pieces of three letters, rare signs in three broken parts.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EVERYTHING = frozenset({"prompt_logprobs", "echo", "top_logprobs", "json"})
Wire = tuple[int, dict[str, str], bytes]
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome</body></html>"


def status(code: int, text: str = "no", **headers: str) -> Wire:
    body = {"error": {"message": text, "type": "test"}}
    return code, {k.replace("_", "-"): v for k, v in headers.items()}, json.dumps(body).encode()


def page(code: int = 200) -> Wire:
    return code, {"Content-Type": "text/html"}, PAGE


def says(text: str | None, **message: Any) -> Wire:
    return 200, {}, json.dumps(_chat(text, message=message)).encode()


def truncated() -> Wire:
    code, headers, body = says("DESCRIPTION: something")
    return code, headers, body[: len(body) // 2]


@dataclass
class Server:
    """What it can do, what it does next, and what it was asked."""

    can: frozenset[str] = EVERYTHING
    next: list[Wire | float] = field(default_factory=list)
    """Answers before any other; a number is a wait in seconds before the usual answer."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    rewrite: Callable[[dict[str, Any]], Wire | None] = lambda _: None
    """An answer for some questions."""
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def serving(can: frozenset[str] = EVERYTHING) -> Iterator[Server]:
    """The server, until the block ends."""
    state = Server(can)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with state.lock:
                state.asked.append(body | {"path": self.path})
                scripted = state.next.pop(0) if state.next else None
            if isinstance(scripted, float | int):
                time.sleep(scripted)
                scripted = None
            code, headers, out = scripted or state.rewrite(body) or _answer(state, self.path, body)
            try:
                self.send_response(code)
                for name, value in ({"Content-Type": "application/json"} | headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it waited too long

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(state: Server, path: str, body: dict[str, Any]) -> Wire:
    if path.endswith("/chat/completions"):
        if "prompt_logprobs" in body:
            if "prompt_logprobs" not in state.can:
                return status(400, "unknown parameter prompt_logprobs")
            return _ok(_prompt_logprobs(body["messages"]))
        if "response_format" in body and "json" not in state.can:
            return status(400, "response_format is not supported")
        logprobs = bool(body.get("logprobs")) and "top_logprobs" in state.can
        return _ok(_chat(_reply(body["messages"]), logprobs=logprobs))
    if path.endswith("/completions") and "echo" in state.can:
        return _ok(_echo(body["prompt"]))
    return status(404, f"there is no {path}")


def _ok(reply: dict[str, Any]) -> Wire:
    return 200, {}, json.dumps(reply).encode()


def _chat(
    text: str | None, *, logprobs: bool = False, message: dict[str, Any] | None = None
) -> dict[str, Any]:
    choice: dict[str, Any] = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": text} | (message or {}),
    }
    if logprobs:
        choice["logprobs"] = {
            "content": [
                {"token": t, "logprob": -0.1, "top_logprobs": _sure(t) if t.isdecimal() else []}
                for t in re.findall(r"\d+|[^\W\d]+|\s|[^\w\s]", text or "")
            ]
        }
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [choice],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    }


def _sure(digit: str) -> list[dict[str, Any]]:
    """Nearly all on one number, and something that is none."""
    other = "0" if digit != "0" else "1"
    return [
        {"token": digit, "logprob": -0.01},
        {"token": other, "logprob": -6.0},
        {"token": "maybe", "logprob": -7.0},
    ]


# What it says


def _words(description: str) -> set[str]:
    return {word.lower() for word in re.findall(r"“([^”]+)”", description)}


def _reply(messages: list[dict[str, str]]) -> str:
    system, last = messages[0]["content"], messages[-1]["content"]
    if "DESCRIPTION:" in system:
        found = sorted(set(" ".join(re.findall(r"\{\{([^}]*)\}\}", last)).lower().split()))
        named = ", ".join(f"“{word}”" for word in found)
        return f"They share a word.\nDESCRIPTION: the words {named}"
    if last.startswith("Description: "):
        head, _, rest = last.removeprefix("Description: ").partition("\n\n")
        lines = rest.split("\n")
        if "whole number from 0" in system:
            return json.dumps({"values": [_sure_of(line, _words(head)) for line in lines]})
        values = [_judged(line.partition("|")[2], _words(head)) for line in lines]
        if "one line for every piece" in system:
            return "\n".join(f"{n}: {value}" for n, value in enumerate(values, 1))
        return json.dumps({"values": values})
    if "Shorten" in system:
        return "a short one."
    return '{"value": 10}' if "JSON" in last else "10"


def _judged(piece: str, words: set[str]) -> int:
    return 10 if piece.strip().lower() in words else 0


def _sure_of(line: str, words: set[str]) -> int:
    marks = re.findall(r"\{\{([^}]*)\}\}", line)
    if marks:
        return 9 if {w.lower() for w in " ".join(marks).split()} <= words else 1
    return 8 if words & set(re.findall(r"\w+", line.lower())) else 0


# Log-probabilities of prompts


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for token in re.findall(r"\d+|[^\W\d]{1,3}|\s|[^\w\s]", text):
        found += ["\ufffd"] * 3 if token == "⏎" else [token]
    return found


def _wanted(tokens: list[str], description: str) -> list[int | None]:
    """At every question mark behind a tab, the number that should stand there."""
    out: list[int | None] = []
    line = ""
    for i, token in enumerate(tokens):
        is_slot = token == "?" and i > 0 and tokens[i - 1] == "\t"
        out.append(_judged(line.rstrip("\t"), _words(description)) if is_slot else None)
        line = "" if token == "\n" else line + token
    return out


def _prompt_logprobs(messages: list[dict[str, str]]) -> dict[str, Any]:
    *before, last = messages
    head = _tokens("".join(f"<|{m['role']}|>{m['content']}\n" for m in before) + "<|assistant|>")
    tokens = _tokens(last["content"].strip())
    description = before[-1]["content"]
    rows: list[dict[str, Any] | None] = [None]
    for token, wanted in zip(
        head[1:] + tokens, [None] * (len(head) - 1) + _wanted(tokens, description), strict=True
    ):
        others = [] if wanted is None else _sure(str(wanted))
        known = [{"token": token, "logprob": -0.5}, *others]
        rows.append(
            {
                str(i): {"logprob": t["logprob"], "rank": i, "decoded_token": t["token"]}
                for i, t in enumerate(known)
            }
        )
    return _chat("") | {"prompt_logprobs": rows}


def _echo(prompt: str) -> dict[str, Any]:
    tokens = re.findall(r"\d+|[^\W\d]{1,3}|\s|[^\w\s]", prompt)
    offsets: list[int] = []
    at = 0
    for token in tokens:
        at = prompt.index(token, at)
        offsets.append(at)
        at += len(token)
    wanted = _wanted(tokens, prompt.rsplit("\n\n", 2)[-2])
    others = [
        {t["token"]: t["logprob"] for t in _sure(str(w))} if w is not None else {token: -0.5}
        for token, w in zip(tokens, wanted, strict=True)
    ]
    given = {
        "tokens": [*tokens, " and"],
        "token_logprobs": [None, *[-0.5] * len(tokens)],
        "text_offset": [*offsets, len(prompt)],
        "top_logprobs": [None, *others[1:], {" and": -1.0}],
    }
    return {
        "id": "x",
        "object": "text_completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "text": prompt, "finish_reason": "length", "logprobs": given}],
        "usage": {"prompt_tokens": 200, "completion_tokens": 1, "total_tokens": 201},
    }

"""Made-up descriptions, and an embedder that needs no weights."""

import hashlib
import json
import re
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.atlas import Descriptions, Manifest, write_descriptions

SENTENCES = (
    "months of the year",
    "names of cities in Europe",
    "numbers written as digits",
    "negations such as not and never",
    "chemical elements",
    "Месяцы года",
)
"""What the first features of a made-up layer fire on, in turn; every seventh has no description."""
ABOUT = {"explainer": "rules", "protocol": "tests", "seed": 0}


def make_descriptions(n: int, **over: Any) -> Descriptions:
    """Descriptions of `n` features: sentences in turn, falling scores, alternating interest."""
    place = np.arange(n)
    told = place % 7 != 6
    texts = [SENTENCES[i % 7] if told[i] else "" for i in place]
    score = np.where(told, 0.9 - 0.8 * place / n, np.nan).astype(np.float32)
    fields: dict[str, Any] = {
        "description": [f"Fires on {text}." if text else "" for text in texts],
        "summary": texts,
        "status": ["described" if yes else "dead" for yes in told],
        "kind": ["words" if yes else "" for yes in told],
        "output": ["" if i % 2 else "the word never" for i in place],
        "interest": np.where(told, 0.25 + 0.5 * (place % 2), np.nan).astype(np.float32),
        "interesting": told & (place % 2 == 1),
        "reasons": [["names a concept"] if yes else [] for yes in told],
    }
    numbers = ("score", "score_low", "score_high", "score_valid", "score_random", "auroc")
    numbers += ("average_precision", "unigram", "best_token", "shuffled", "peaks", "output_score")
    every: dict[str, Any] = dict.fromkeys(numbers, score)
    return Descriptions(**(every | fields | over))


def describe(directory: Path, n: int, **over: Any) -> Manifest:
    """The atlas in `directory`, described."""
    return write_descriptions(directory, make_descriptions(n, **over), ABOUT)


class WordEmbedder:
    """A bag of words, each a random direction that its hash gives; texts that share no word are nearly orthogonal."""

    n_dims = 64

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.n_embedded = 0

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.n_embedded += len(texts)
        rows = [self._row(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.n_dims)

    def _row(self, text: str) -> np.ndarray:
        total = np.zeros(self.n_dims)
        for word in re.findall(r"\w+", text.lower()) or ["?"]:
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).normal(size=self.n_dims)
        return total / np.linalg.norm(total)


class EmbeddingServer:
    """An endpoint on loopback that speaks `/embeddings` with the vectors of `WordEmbedder`, or misbehaves."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.replies: list[tuple[int, str, bytes]] = []
        """Status, content type and body of the next replies, before it behaves again."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                outer.asked.append(json.loads(self.rfile.read(length)))
                outer.keys.append(self.headers.get("Authorization"))
                status, kind, body = outer.replies.pop(0) if outer.replies else outer.right()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def right(self) -> tuple[int, str, bytes]:
        """The reply to the last question, its vectors of length 3 and in another order."""
        rows = 3 * WordEmbedder().embed(self.asked[-1]["input"])
        data = [
            {"object": "embedding", "index": i, "embedding": row.tolist()}
            for i, row in enumerate(rows)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        reply = {"object": "list", "model": "words", "data": data[::-1], "usage": usage}
        return 200, "application/json", json.dumps(reply).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

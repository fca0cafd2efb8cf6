"""Made-up requests to every route of the API: none may end in a server error.

Usage: make fuzz, or python -m scripts.fuzz [--cases N] [--schemathesis PATH]

A real server of a tiny random model with an atlas of its own gets requests that fit the schema and requests that do
not: first with ids that exist nowhere, then with those of a conversation and an answer that exist, without deleting.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import Server, begin, data_of, frames
from tests.builders import tiny_subject_dir

BIN = Path(sys.executable).parent
ROUTES = 34
WORDS = [
    "the",
    "cat",
    "sat",
    "on",
    "a",
    "mat",
    "while",
    "one",
    "dog",
    "ran",
    "over",
    "green",
    "hills",
    "and",
    "saw",
    "two",
    "birds",
    "near",
    "his",
    "house",
]
LIMITS = {"PELLUCID_MAX_NEW_TOKENS": "8"}


def main() -> int:
    """1 where a request ended in a server error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="at least how many")
    parser.add_argument("--schemathesis", default=str(BIN / "schemathesis"), metavar="PATH")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        model = tiny_subject_dir(work / "model")
        os.environ.update(LIMITS, PELLUCID_ATLAS=str(small_atlas(work, model)))
        server = Server(str(model), work / "data")
        try:
            each = -(-args.cases // 2 // ROUTES)
            strange, bad = fuzzed(args.schemathesis, server.url, work, each, {})
            with server.client("fuzz") as http:
                conversation = begin(http)
                body = {"content": "the cat", "settings": {"max_new_tokens": 4}}
                (run,) = (
                    event["run_id"]
                    for event in map(data_of, frames(http, conversation, body))
                    if event["type"] == "started"
                )
            known = {"conversation_id": conversation, "run_id": run, "feature_id": "mlp.1.2.pos"}
            more, worse = fuzzed(args.schemathesis, server.url, work, each, known)
        finally:
            server.stop()
    print(f"{strange + more} cases, exit codes of the two runs: {bad} and {worse}")
    return 1 if bad or worse else 0


def small_atlas(work: Path, model: Path) -> Path:
    """Evidence, descriptions and an index of the tiny model."""
    corpus, out = work / "corpus.jsonl", work / "atlas"
    draw = random.Random(0)
    texts = [" ".join(draw.choices(WORDS, k=40)) for _ in range(100)]
    corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    for words in (
        [
            "build",
            "--corpus",
            str(corpus),
            "--tokens",
            "3000",
            "--seq-len",
            "32",
            "--out",
            str(out),
        ],
        ["describe", str(out)],
    ):
        command = [str(BIN / "pellucid"), "atlas", *words, "--model", str(model), "--json"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return out


def fuzzed(tool: str, url: str, work: Path, each: int, known: dict[str, str]) -> tuple[int, int]:
    """How many requests were made, and how that ended; `known` are values of parameters."""
    config = work / "schemathesis.toml"
    lines = [f'"path.{name}" = "{value}"' for name, value in known.items()]
    config.write_text("\n".join(["[parameters]", *lines, ""]))
    schema = url.rstrip("/") + "/api/openapi.json"
    command = [
        tool, "--config-file", str(config), "run", schema, "--max-examples", str(each),
        "--phases", "examples,coverage,fuzzing", "--checks", "not_a_server_error", "--workers", "2",
        "--request-timeout", "60", "--continue-on-failure", "--seed", "0", "--no-color",
        "--generation-database", "none", *(["--exclude-method", "DELETE"] if known else []),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, text=True, capture_output=True, cwd=work)
    print(done.stdout[-6000:], done.stderr[-2000:])
    counted = re.search(r"([\d,]+) generated", done.stdout)
    return int(counted[1].replace(",", "")) if counted else 0, done.returncode


if __name__ == "__main__":
    sys.exit(main())

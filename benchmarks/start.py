"""Seconds from starting `pellucid ask` to its first streamed token, with the model converted already.

Usage: python -m benchmarks.start [--rounds 3]
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Print each round."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    command = [
        str(Path(sys.executable).with_name("pellucid")),
        "ask",
        "--user",
        "Name a colour.",
        "--max-new-tokens",
        "8",
    ]
    for _ in range(args.rounds + 1):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.read(1)
        first = time.perf_counter() - began
        process.stdout.read()
        process.wait()
        print(
            f"first token after {first:.2f} s, done after {time.perf_counter() - began:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()

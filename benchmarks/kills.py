"""A build killed with SIGKILL at random moments, again and again: does it end in the same bytes?

Usage: python -m benchmarks.kills [--kills 20] [--tokens 60000] [--model DIRECTORY] [--corpus FILE]

Every build is killed once, at a moment drawn between the first state and the end, run again, and compared with one that
was not: the atlas, and everything in its build directory. Without --model, a small random model is made.
"""

import argparse
import filecmp
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PELLUCID = str(Path(sys.executable).with_name("pellucid"))


def command(args: argparse.Namespace, model: str, out: Path) -> list[str]:
    """The build."""
    return [
        PELLUCID, "atlas", "build", "--model", model, "--corpus", args.corpus, "--tokens", str(args.tokens),
        "--out", str(out), "--batch-tokens", "1024", "--json",
    ]  # fmt: skip


def same(left: Path, right: Path) -> bool:
    """Whether two trees hold the same files with the same bytes."""
    found = filecmp.dircmp(left, right)
    if found.left_only or found.right_only or found.funny_files:
        return False
    _, differ, errors = filecmp.cmpfiles(left, right, found.common_files, shallow=False)
    return not differ and not errors and all(same(left / d, right / d) for d in found.common_dirs)


def main() -> None:
    """Print a line for every kill."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=60_000)
    parser.add_argument("--corpus", default="corpus/pellucid.jsonl.xz")
    parser.add_argument("--model")
    args = parser.parse_args()
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as work:
        model = args.model
        if model is None:
            from tests.builders import tiny_subject_dir

            model = str(tiny_subject_dir(Path(work) / "model"))
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        whole = Path(work) / "whole"
        began = time.monotonic()
        subprocess.run(command(args, model, whole), check=True, **quiet)
        took = time.monotonic() - began
        print(f"uninterrupted: {took:.1f} s", flush=True)
        failed = 0
        for kill in range(args.kills):
            out = Path(work) / f"killed{kill}"
            moment = draw.uniform(0.2, 0.98) * took
            process = subprocess.Popen(command(args, model, out), **quiet)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
            subprocess.run(command(args, model, out), check=True, **quiet)
            alike = same(whole, out) and same(
                whole.with_name("whole.build"), out.with_name(f"{out.name}.build")
            )
            failed += not alike
            print(
                f"killed after {moment:5.1f} s: {'the same bytes' if alike else 'DIFFERENT'}",
                flush=True,
            )
        print(f"{args.kills - failed} of {args.kills} ended in the same bytes")
        sys.exit(bool(failed))


if __name__ == "__main__":
    main()

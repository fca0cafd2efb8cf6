"""Capture of all neurons against a bare forward pass, in time and memory; measured effects, prefix reused or not.

Usage: python -m benchmarks.reading [--lengths 64,512,2048] [--rounds 7] [--model bundled]
"""

import argparse
import resource
import subprocess
import sys

import torch

from benchmarks.prompts import prompt_of_length
from benchmarks.timing import compare, seconds
from pellucid import Subject, attribute, measure, pick_target
from pellucid.subject import Prompt, capture


def peak_gb(what: str, length: int, model: str) -> float:
    """Peak memory of a process that loads the model and does one thing to one prompt, in GB."""
    command = [sys.executable, "-m", "benchmarks.reading", "--alone", what, "--model", model]
    done = subprocess.run(
        [*command, "--lengths", str(length)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def alone(what: str, length: int, model: str) -> None:
    """Do that one thing, and print this process's peak memory in GB."""
    subject = Subject.load(model)
    prompt = prompt_of_length(subject, length)
    if what == "capture":
        capture(subject, prompt)
    else:
        forward(subject, prompt)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


@torch.inference_mode()
def forward(subject: Subject, prompt: Prompt) -> None:
    """A bare forward pass, without output embedding."""
    subject.trunk(subject.ids_tensor(prompt.ids))


def captured_bytes(prompt: Prompt, subject: Subject) -> int:
    """What the captured activations take."""
    return sum(acts.numel() * acts.element_size() for acts in capture(subject, prompt))


def whole_sequence(subject: Subject, question, effects) -> None:
    """The same effects by reading every sequence from its beginning, 16 at a time."""
    from benchmarks.agreement import ablated

    ablated(subject, question, [(e.layer, e.pos, e.index) for e in effects])


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lengths", default="64,512,2048")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--alone", choices=("forward", "capture"), help="do only this, once")
    args = parser.parse_args()
    if args.alone:
        alone(args.alone, int(args.lengths), args.model)
        return
    subject = Subject.load(args.model)
    for length in (int(n) for n in args.lengths.split(",")):
        prompt = prompt_of_length(subject, length)
        rounds = max(args.rounds * 64 // length, 3) if length > 64 else args.rounds
        megabytes = captured_bytes(prompt, subject) / 1e6
        compare(
            f"capturing every neuron at {length} tokens ({megabytes:.0f} MB of activations)",
            {
                "bare forward, no output embedding": lambda p=prompt: forward(subject, p),
                "capture": lambda p=prompt: capture(subject, p),
            },
            rounds,
        )
        bare, captured = (peak_gb(what, length, args.model) for what in ("forward", "capture"))
        print(
            f"  peak memory, each in a process of its own: bare forward {bare:.2f} GB, capture {captured:.2f} GB"
        )
        if length > 512:
            continue
        found = attribute(subject, pick_target(subject, prompt), method="gradient", top=32)
        reused = seconds(lambda f=found: list(measure(subject, f.baseline, f.effects)))
        whole = seconds(lambda f=found: whole_sequence(subject, f.baseline.question, f.effects))
        print(
            f"  32 measured effects: {32 / reused:.1f} a second with the prefix reused, "
            f"{32 / whole:.1f} without (x {whole / reused:.1f})"
        )


if __name__ == "__main__":
    main()

"""Capture of all neurons against a bare forward pass, and measured effects with and without the prefix reused.

Usage: python -m benchmarks.reading [--lengths 64,512,2048] [--rounds 7] [--model bundled]
"""

import argparse
import resource

import torch

from benchmarks.prompts import prompt_of_length
from benchmarks.timing import compare, seconds
from pellucid import Subject, attribute, measure, pick_target
from pellucid.subject import Prompt, capture


def peak_bytes(prompt: Prompt, subject: Subject) -> int:
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
    args = parser.parse_args()
    subject = Subject.load(args.model)
    for length in (int(n) for n in args.lengths.split(",")):
        prompt = prompt_of_length(subject, length)

        def forward(ids=prompt.ids) -> None:
            with torch.inference_mode():
                subject.trunk(subject.ids_tensor(ids))

        rounds = max(args.rounds * 64 // length, 3) if length > 64 else args.rounds
        compare(
            f"capturing every neuron at {length} tokens ({peak_bytes(prompt, subject) / 1e6:.0f} MB of activations)",
            {
                "bare forward, no output embedding": forward,
                "capture": lambda p=prompt: capture(subject, p),
            },
            rounds,
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
    print(
        f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
    )


if __name__ == "__main__":
    main()

"""Tokens per second with 0, 500 and 5,000 clamped features, against `transformers.generate`.

The clamps hold at every position, generated ones too. Each value is what that feature has on average, so that the
text stays text. Usage: python -m benchmarks.generation [--lengths 64,512] [--new 48] [--rounds 5] [--model bundled]
"""

import argparse

import numpy as np
import torch

from benchmarks.prompts import prompt_of_length
from benchmarks.timing import turns
from pellucid import Intervention, Steering, Subject, generate
from pellucid.subject import capture


def main() -> None:
    """Measure at every length of the context."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lengths", default="64,512")
    parser.add_argument("--new", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", default="bundled")
    args = parser.parse_args()
    subject = Subject.load(args.model)
    for length in (int(n) for n in args.lengths.split(",")):
        measure(subject, length, args.new, args.rounds)


def measure(subject: Subject, length: int, new: int, rounds: int) -> None:
    """Print tokens per second and ratios behind a prompt of `length` tokens."""
    prompt = prompt_of_length(subject, length)
    means = torch.stack([acts[1:].float().mean(0) for acts in capture(subject, prompt)]).cpu()
    order = np.random.default_rng(0).permutation(subject.n_neurons)

    def ours(n: int) -> int:
        clamps = []
        for flat in order[:n].tolist():
            layer, index = divmod(flat, subject.d_mlp)
            sign = "neg" if means[layer, index] < 0 else "pos"
            value = float(means[layer, index])
            clamps.append(
                Intervention(
                    features=(f"mlp.{layer}.{index}.{sign}",), value=value, positions="all"
                )
            )
        steering = prepared.setdefault(
            n, Steering.compile(subject, clamps, prompt) if clamps else None
        )
        return len(
            list(generate(subject, prompt, max_new_tokens=new, temperature=0, steering=steering))
        )

    prepared: dict[int, Steering | None] = {}
    written = {n: ours(n) for n in (0, 500, 5000)}
    stop = {"eos_token_id": None, "pad_token_id": 0}

    def plain() -> object:
        ids = torch.tensor([prompt.ids])
        with torch.inference_mode():
            return subject.model.generate(
                ids, attention_mask=torch.ones_like(ids), max_new_tokens=written[0], min_new_tokens=written[0],
                do_sample=False, **stop,
            )  # fmt: skip

    times = turns({"plain": plain} | {str(n): (lambda n=n: ours(n)) for n in written}, rounds)
    rates = {"plain": written[0] / times["plain"]} | {
        str(n): k / times[str(n)] for n, k in written.items()
    }
    print(f"\nbehind {length:,} tokens")
    print(f"transformers.generate              {np.median(rates['plain']):6.2f} tokens/s")
    for n, k in written.items():
        ratio = rates[str(n)] / rates["plain"]
        print(
            f"pellucid, {n:>5,} clamped features  {np.median(rates[str(n)]):6.2f} tokens/s  "
            f"x {np.median(ratio):.3f} ({ratio.min():.3f} to {ratio.max():.3f}), {k} tokens"
        )


if __name__ == "__main__":
    main()

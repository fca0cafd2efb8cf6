"""What an explanation costs, against a bare forward and backward pass with frozen weights.

Usage: python -m benchmarks.attribution [--lengths 64,512,2048] [--rounds 7] [--model bundled]
"""

import argparse

import torch

from benchmarks.prompts import prompt_of_length
from benchmarks.timing import compare
from pellucid import Subject, attribute, pick_target


def bare(subject: Subject, ids: tuple[int, ...]) -> None:
    """Forward and backward as plain transformers does it: gradients reach the embeddings, one row of logits."""
    embeds = subject.model.get_input_embeddings()(torch.tensor([ids])).requires_grad_()
    logits = subject.model(inputs_embeds=embeds, use_cache=False, logits_to_keep=1).logits
    logits[0, -1].log_softmax(-1).max().backward()


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
        question = pick_target(subject, prompt)
        compare(
            f"explaining the token after {length} tokens",
            {
                "bare forward and backward": lambda p=prompt: bare(subject, p.ids),
                "gradient": lambda q=question: attribute(subject, q, method="gradient"),
                "corrected (default)": lambda q=question: attribute(subject, q),
            },
            max(args.rounds * 64 // length, 2) if length > 64 else args.rounds,
        )


if __name__ == "__main__":
    main()

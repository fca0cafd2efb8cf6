"""Trains a small TopK SAE on a model's residual stream and writes it as SAELens would: `python -m scripts.train_sae`.

1. Takes documents of the corpora until there are tokens enough, and cuts them into sequences, as an atlas build does.
2. Reads the train split up to the layer and keeps the residual stream at the positions that count in an atlas.
3. Trains; see `pellucid.features.train`.
4. Measures what was written on the test split, which holds other documents, and writes it into the config.
"""

import argparse
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pellucid.core.settings import Settings
from pellucid.exemplars.corpus import Corpus, prepare
from pellucid.features import Sae
from pellucid.features.sae_writer import write_sae
from pellucid.features.score import SaeScore, score_sae
from pellucid.features.stream import Rows, harvest
from pellucid.features.train import Recipe, Step, train
from pellucid.subject import Subject

TRAIN, TEST = 0, 2


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    say = parser.add_argument
    say("--model", default="bundled", help="as in pellucid --model")
    say("--corpus", action="append", help="as in pellucid atlas build; default: the shipped one")
    say("--layer", type=int, default=15, help="whose output the SAE reads")
    say("--tokens", type=int, default=500_000, help="of all splits; 60 %% are trained on")
    say("--d-sae", type=int, default=Recipe.d_sae)
    say("--k", type=int, default=Recipe.k, help="latents active at a position")
    say("--epochs", type=int, default=Recipe.epochs)
    say("--rate", type=float, default=Recipe.rate, help="highest learning rate")
    say("--seed", type=int, default=0)
    say("--test-tokens", type=int, default=30_000, help="measured on")
    say("--threads", type=int, help="CPU threads; default: PyTorch's choice")
    say("--out", type=Path, required=True, help="directory of the checkpoint")
    return parser.parse_args()


def main() -> None:
    """Train, write, measure, and write again with what was measured."""
    asked = arguments()
    began = time.monotonic()
    subject = Subject.load(asked.model, settings=Settings(threads=asked.threads))
    corpora = asked.corpus or ["corpus/pellucid.jsonl.xz"]
    with TemporaryDirectory() as folder:
        corpus = prepare(corpora, subject.codec, asked.tokens, 128, asked.seed, Path(folder))
    rows = rows_of(corpus, TRAIN, None)
    n_tokens = rows.n_tokens
    say_step(began, f"{n_tokens:,} tokens to train on")
    stream = harvest(subject, asked.layer, rows, tell=every(began, "read {:,} tokens", 50_000))
    recipe = Recipe(
        d_sae=asked.d_sae, k=asked.k, epochs=asked.epochs, rate=asked.rate, seed=asked.seed
    )
    say_step(began, f"training {recipe}")
    trained = train(stream, recipe, tell=told(began))
    about = {
        "training_tokens": n_tokens * recipe.epochs,
        "dataset_path": ", ".join(corpora),
        "context_size": 128,
        "pellucid": {
            "subject": subject.hash,
            "corpus": corpus.hash,
            "tokens": n_tokens,
            "recipe": asdict(recipe),
        },
    }

    def write() -> None:
        write_sae(asked.out, trained, layer=asked.layer, model_name=subject.name, about=about)

    write()
    say_step(began, "measuring")
    score = score_sae(
        subject, Sae.load(asked.out, "sae", subject), rows_of(corpus, TEST, asked.test_tokens)
    )
    about["pellucid"]["measured"] = measured(score)
    write()
    for name, value in measured(score).items():
        print(f"{name:20} {value:,}")
    say_step(began, f"written to {asked.out}")


def rows_of(corpus: Corpus, split: int, most: int | None) -> Rows:
    """A split's sequences, up to about `most` positions that count."""
    found = corpus.sequences
    own = np.flatnonzero(found.split == split)
    if most is not None:
        counted = np.cumsum(found.length[own] - found.fresh_from[own])
        own = own[: int(np.searchsorted(counted, most)) + 1]
    return Rows(found.ids[own], found.length[own], found.fresh_from[own])


def measured(score: SaeScore) -> dict[str, float]:
    """The score as it is shown and kept, rounded."""
    values = asdict(score) | {"ce_recovered": score.ce_recovered}
    return {name: round(value, 4) for name, value in values.items()}


def every(began: float, text: str, step: int):
    """A listener that says how far a count is, every `step`."""
    last = 0

    def tell(count: int) -> None:
        nonlocal last
        if count - last >= step:
            last = count
            say_step(began, text.format(count))

    return tell


def told(began: float):
    """A listener that says how training goes, ten times."""

    def tell(step: Step) -> None:
        if step.step % max(1, step.n_steps // 10) == 0:
            say_step(
                began,
                f"step {step.step:,} of {step.n_steps:,}: {1 - step.unexplained:.3f} of the "
                f"variance explained, {step.dead:,} latents dead",
            )

    return tell


def say_step(began: float, text: str) -> None:
    """One line with the seconds since the beginning."""
    print(f"{time.monotonic() - began:7.0f} s  {text}", flush=True)


if __name__ == "__main__":
    main()

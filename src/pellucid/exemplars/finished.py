"""A finished build, opened for what comes after: all splits' exemplars, samples, and conditional means."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float16, Float32, Int, Int32, UInt64

from pellucid.core.errors import NotFound, StoreMismatch
from pellucid.exemplars.build import open_evidence
from pellucid.exemplars.collect import SPLITS, Evidence, Plan, make_plan
from pellucid.exemplars.corpus import Corpus
from pellucid.exemplars.ranking import best_of, window_hashes
from pellucid.exemplars.samples import Samples
from pellucid.exemplars.sequences import lay_out


@dataclass(frozen=True)
class FinishedBuild:
    """What a build left in its directory, memory-mapped. `FinishedBuild.open` makes one."""

    directory: Path
    job: dict[str, Any]
    corpus: Corpus
    plan: Plan
    evidence: Evidence
    windows: UInt64[np.ndarray, "seq pos"]

    @classmethod
    def open(cls, directory: Path) -> "FinishedBuild":
        """The build in a directory.

        Raises:
            NotFound: There is no finished build.
            StoreMismatch: A file of it is damaged.
        """
        path = directory / "job.json"
        if not path.is_file():
            raise NotFound(
                f"{directory} holds no build of an atlas",
                why="describing needs the evidence of all splits, which does not ship with an atlas",
                instead="build the atlas again (pellucid atlas build), or name its --build-dir",
            )
        try:
            job = json.loads(path.read_text())
            request = job["request"]
            sizes = request["batch_tokens"], request["shard_batches"], request["seed"]
            token_means = bool(request["token_means"])
        except (ValueError, KeyError, TypeError) as error:
            raise StoreMismatch(
                f"{path} cannot be read", found=str(error), wanted="the job of a build"
            ) from error
        corpus = Corpus.open(directory / "corpus")
        layout = lay_out(
            corpus.sequences.length, batch_tokens=sizes[0], shard_batches=sizes[1], seed=sizes[2]
        )
        plan = make_plan(corpus.sequences, layout, sizes[2], token_means=token_means)
        evidence = open_evidence(directory)
        return cls(directory, job, corpus, plan, evidence, window_hashes(corpus.sequences.ids))

    @property
    def seed(self) -> int:
        """Of the build."""
        return int(self.job["request"]["seed"])

    @property
    def n_places(self) -> int:
        """Layers that were read."""
        return len(self.evidence.counts)

    def top(
        self, place: int, split: int
    ) -> tuple[Int32[np.ndarray, "feature k"], Float16[np.ndarray, "feature k pos"]]:
        """Sequences of a split in which each feature is most extreme (-1 for none), and its raw activations there."""
        ranking = self.evidence.counts[place].rankings[split]
        best = best_of(ranking, self.windows)
        slots = best.slot[:, :, None].astype(np.int64)
        patterns = np.take_along_axis(np.asarray(ranking.pattern), slots, axis=1)
        return best.sequence.astype(np.int32), patterns.view(np.float16)

    @cached_property
    def samples(self) -> tuple[Samples, ...]:
        """Of every split."""
        sequences = self.plan.sequences
        return tuple(
            Samples.open(
                self.directory, split, self.plan.sampled, sequences.fresh_from, sequences.length
            )
            for split in range(len(SPLITS))
        )

    def token_means(self, place: int, n_vocab: int) -> Float32[np.ndarray, "vocab unit"] | None:
        """Mean raw activation of every unit given the token; 0 for tokens hardly seen. None where not collected."""
        path = self.directory / "token_means.npy"
        if not path.is_file():
            return None
        means = np.load(path, mmap_mode="r", allow_pickle=False)[place]
        ids = np.load(self.directory / "token_ids.npy", allow_pickle=False)
        table = np.zeros((n_vocab, means.shape[1]), np.float32)
        table[ids] = means
        return table

    def token_counts(self, n_vocab: int) -> Int[np.ndarray, " vocab"]:
        """Occurrences in the train split of the tokens that have means."""
        counts = np.zeros(n_vocab, np.int32)
        ids = np.flatnonzero(self.plan.token_row >= 0)
        counts[ids] = self.plan.token_count
        return counts

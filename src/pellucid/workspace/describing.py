"""`pellucid atlas describe` by rules: every feature of an atlas, a layer at a time, several layers at once.

Each layer's outcome is written to the build directory when it is done; a run that was interrupted goes on there. The
outcome depends on the evidence, the lexicon and the rules alone.
"""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from pellucid.descriptions import baselines
from pellucid.descriptions.alike import alike_hash
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.output import OutputSpace, output_text
from pellucid.descriptions.pipeline import Case, Described, describe, r_of
from pellucid.descriptions.propose import VERSION, RuleExplainer, Settings
from pellucid.descriptions.sentence import STRONG
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.descriptions.summary import summarise
from pellucid.descriptions.words import lexicon_hash
from pellucid.exemplars.output_side import output_directions, output_rows
from pellucid.features import FeatureSource
from pellucid.subject import Subject
from pellucid.subject.files import storing, write_atomically
from pellucid.workspace.study import Study

K = 20
"""Candidates a feature, at most."""
PEAK_WEIGHT = 0.15
"""What it is worth, in r, that a sentence names what the feature peaks on: that is what people see first."""
N_PEAKS = 5
"""Exemplars that a person sees first."""
OUTPUT_SPACE = ("output_rows.npy", "output_directions.npy")
Tell = Callable[[int, int], None]
"""Layers done, and of how many."""


@dataclass(frozen=True)
class Row:
    """What is kept of one feature; nan where undefined."""

    id: str
    description: str
    summary: str
    status: str
    kind: str
    score: float = nan
    score_low: float = nan
    score_high: float = nan
    score_valid: float = nan
    score_random: float = nan
    auroc: float = nan
    average_precision: float = nan
    unigram: float = nan
    best_token: float = nan
    shuffled: float = nan
    peaks: float = nan
    output: str = ""
    output_score: float = nan


def describe_by_rules(
    subject: Subject,
    source: FeatureSource,
    atlas: Path,
    build: Path,
    *,
    layers: range | None = None,
    processes: int = 2,
    tell: Tell | None = None,
) -> Iterator[tuple[int, list[Row]]]:
    """Rows of every layer (by place, in order), computed where an earlier run has not.

    Raises:
        NotFound: The build is not there.
        StoreMismatch: It is of another atlas.
    """
    study = Study.open(atlas, build)
    parts = build / f"describe.{_identity(study)[:12]}"
    parts.mkdir(parents=True, exist_ok=True)
    _keep_output_space(subject, source, parts)
    places = layers or range(study.build.n_places)
    missing = [place for place in places if not _part(parts, place).is_file()]
    done = len(places) - len(missing)
    if tell is not None:
        tell(done, len(places))
    if missing:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(processes, len(missing)), mp_context=context) as pool:
            jobs = [pool.submit(_describe_layer, atlas, build, parts, place) for place in missing]
            for job in as_completed(jobs):
                job.result()
                done += 1
                if tell is not None:
                    tell(done, len(places))
    for place in places:
        yield place, _read(_part(parts, place))


@dataclass(frozen=True)
class Rules:
    """What one process describes with."""

    study: Study
    explainer: RuleExplainer
    simulator: RuleSimulator
    space: OutputSpace
    directions: Float32[np.ndarray, "place unit d"]

    @classmethod
    def open(cls, atlas: Path, build: Path, parts: Path) -> "Rules":
        """From the directories."""
        study = Study.open(atlas, build)
        meaning = Meaning.of(study.reader)
        rows, directions = (np.load(parts / name, mmap_mode="r") for name in OUTPUT_SPACE)
        return cls(
            study,
            RuleExplainer(meaning, study.texts, study.train),
            RuleSimulator(meaning),
            OutputSpace(rows, meaning),
            directions,
        )

    def layer(self, place: int) -> list[Row]:
        """All features of a layer."""
        study, layer = self.study, self.study.layer(place)
        n = layer.pools["train"].n_features
        found = [
            describe(study.case(layer, f), self.explainer, self.simulator, K, PEAK_WEIGHT)
            for f in range(n)
        ]
        others = _others([d.sentence for d in found], place)
        return [self._row(study.case(layer, f), place, found[f], others[f]) for f in range(n)]

    def _row(self, case: Case, place: int, found: Described, other: str) -> Row:
        feature = case.feature
        sign = 1 if feature.sign == "pos" else -1
        promoted = self.study.atlas.feature(feature).promoted
        clause = self.space.clause(np.array([token.id for token in promoted], np.int64))
        told = Row(
            id=str(feature),
            description=found.sentence,
            summary=summarise(found.sentence) if found.sentence else "",
            status=found.status,
            kind=found.kind,
            output=output_text(clause),
            output_score=self.space.score(clause, sign * self.directions[place, feature.index]),
        )
        scores = found.scores
        if scores is None:
            return told
        test = case.test

        def said(sentence: str) -> Float32[np.ndarray, "row pos"]:
            return self.simulator.predict(sentence, case.texts, test.rows)

        return replace(
            told,
            score=scores.r,
            score_low=scores.low,
            score_high=scores.high,
            score_valid=found.r_valid,
            score_random=scores.r_random,
            auroc=scores.auroc,
            average_precision=scores.average_precision,
            unigram=baselines.unigram(case),
            best_token=baselines.best_token(case),
            shuffled=r_of(case.texts, test, said(other)) if other else nan,
            peaks=peaks_named(case, found.sentence, self.simulator),
        )


def peaks_named(case: Case, sentence: str, simulator: RuleSimulator) -> float:
    """Share of the first exemplars whose peak the sentence names; half a point where it names it after “less on”."""
    pool = case.shown.pool
    n = min(N_PEAKS, pool.n_top)
    at = pool.y[:n].argmax(1)
    said = simulator.predict(sentence, case.texts, pool.rows[:n])[np.arange(n), at]
    return float(np.where(said >= STRONG, 1.0, np.where(said > 0, 0.5, 0.0)).mean())


def _others(sentences: list[str], place: int) -> list[str]:
    """For every feature the sentence of another one that has one."""
    told = [i for i, sentence in enumerate(sentences) if sentence]
    order = np.random.default_rng([place, 0x0F]).permutation(len(told))
    others = [""] * len(sentences)
    for a, b in zip(order, np.roll(order, 1), strict=True):
        others[told[a]] = sentences[told[b]] if a != b else ""
    return others


@lru_cache(maxsize=1)
def _rules(atlas: Path, build: Path, parts: Path) -> Rules:
    return Rules.open(atlas, build, parts)


def _describe_layer(atlas: Path, build: Path, parts: Path, place: int) -> None:
    rows = _rules(atlas, build, parts).layer(place)
    text = "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
    with storing(parts):
        write_atomically(_part(parts, place), text)


def _part(parts: Path, place: int) -> Path:
    return parts / f"layer.{place}.jsonl"


def _read(path: Path) -> list[Row]:
    return [Row(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _identity(study: Study) -> str:
    """Everything that the outcome depends on."""
    made_from: dict[str, Any] = {
        "evidence": study.atlas.manifest.layers.evidence.hash,
        "lexicon": lexicon_hash(),
        "alike": alike_hash(),
        "rules": VERSION,
        "settings": Settings()._asdict(),
        "candidates": K,
        "peak_weight": PEAK_WEIGHT,
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def _keep_output_space(subject: Subject, source: FeatureSource, parts: Path) -> None:
    """What the workers need of the subject: they load no model."""
    made: tuple[Callable[[], np.ndarray], ...] = (
        lambda: output_rows(subject),
        lambda: output_directions(source),
    )
    for name, make in zip(OUTPUT_SPACE, made, strict=True):
        if not (parts / name).is_file():
            with storing(parts):
                part = parts / f"part.{name}"
                np.save(part, make())
                part.replace(parts / name)

"""`pellucid atlas train-simulator`: from a build and its descriptions to a simulator, and whether it is any good."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.core.errors import InvalidRequest, PellucidError
from pellucid.core.settings import Settings
from pellucid.descriptions.llm import LlmSimulator, narrowed
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import Case, describe, r_of, standing
from pellucid.descriptions.ports import Simulator
from pellucid.descriptions.propose import RuleExplainer
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.llm import ChatModel
from pellucid.simulators import Settings as Training
from pellucid.simulators import TrainedSimulator, examples_of, train
from pellucid.simulators.train import WINDOW
from pellucid.workspace.study import Study

GOOD_ENOUGH = 0.2
"""Score from which on a sentence says something about its feature: others would teach nothing."""
N_TEST = 10
"""Sequences of the test split that each feature left out is judged on."""
_SHARE_OUT = 5
"""One feature in so many is left out of the training."""


@dataclass(frozen=True)
class Plan:
    """How much."""

    n_features: int = 250
    n_layers_of_atlas: int = 5
    """Layers that the features are drawn from: opening one takes a while."""
    n_sequences: int = 8
    """Of the train split, for each feature."""
    n_trained_layers: int = 2
    seed: int = 0


@dataclass(frozen=True)
class Outcome:
    """How features that were left out are predicted on their test sequences, by simulator, on the same sentences."""

    n_features: int
    n_examples: int
    n_judged: int
    means: dict[str, float | None]
    """Mean r where it is defined; None where it is so for no feature."""
    undefined: dict[str, int]
    """Features on which the prediction is constant: they are in no mean."""
    compared: int
    """Features on which the trained and the untrained one both have an r."""
    better: int
    """Of these, where the trained one beats the untrained."""
    losses: tuple[float, float]
    """At the beginning and at the end, each the mean of a tenth of the steps."""


def train_simulator(
    base: str,
    atlas: Path,
    build: Path,
    out: Path,
    settings: Settings,
    plan: Plan = Plan(),
    training: Training = Training(),
    *,
    untrained: Callable[[], ChatModel] | None = None,
    stage: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Trains on the build's features, saves, and compares with the same model untrained and with rules.

    Raises:
        NotFound: The build is not there.
        InvalidRequest: Too few features have a description that says something.
    """
    study = Study.open(atlas, build)
    stage("choosing features and their sentences")
    told = list(_told(study, plan))
    left_out, taught = told[::_SHARE_OUT], [t for i, t in enumerate(told) if i % _SHARE_OUT]
    if not taught or not left_out:
        raise InvalidRequest(
            "there are too few described features to learn from",
            why=f"{len(told)} have a sentence that scores {GOOD_ENOUGH} or more",
            instead="take more features",
        )
    simulator = TrainedSimulator.fresh(base, settings, study.reader, plan.n_trained_layers)
    examples = [
        example
        for case, sentence in taught
        for example in examples_of(case, sentence, plan.n_sequences, plan.seed)
    ]
    losses = train(
        simulator,
        examples,
        study.texts,
        training,
        lambda step, of, loss: stage(f"training: step {step} of {of}, loss {loss:.3f}"),
    )
    judges: dict[str, Simulator] = {
        "trained": simulator,
        "rules": RuleSimulator(Meaning.of(study.reader)),
    }
    found = {name: _judged(judge, left_out, stage) for name, judge in judges.items()}
    others = [left_out[i - 1][1] for i in range(len(left_out))]
    shuffled = [(case, other) for (case, _), other in zip(left_out, others, strict=True)]
    found["trained, shuffled sentences"] = _judged(simulator, shuffled, stage)
    if untrained is not None:
        found["untrained"] = _judged(LlmSimulator(untrained(), study.reader), left_out, stage)
    both = np.array([found["trained"], found.get("untrained", [nan] * len(left_out))])
    both = both[:, ~np.isnan(both).any(0)]
    tenth = max(1, len(losses) // 10)
    outcome = Outcome(
        len(taught),
        len(examples),
        len(left_out),
        {name: mean_of(values) for name, values in found.items()},
        {name: int(np.isnan(values).sum()) for name, values in found.items()},
        both.shape[1],
        int((both[0] > both[1]).sum()),
        (float(np.mean(losses[:tenth])), float(np.mean(losses[-tenth:]))),
    )
    report: dict[str, Any] = asdict(outcome) | {
        "plan": asdict(plan),
        "training": asdict(training),
        "evidence": study.atlas.manifest.layers.evidence.hash,
    }
    simulator.save(out, report)
    return outcome


def _told(study: Study, plan: Plan) -> Iterator[tuple[Case, str]]:
    """Features drawn from some layers, with sentences that say something: the atlas's own, or by rules."""
    meaning = Meaning.of(study.reader)
    explainer = RuleExplainer(meaning, study.texts, study.train)
    simulator = RuleSimulator(meaning)
    n_places = study.build.n_places
    places = np.unique(
        np.linspace(0, n_places - 1, min(plan.n_layers_of_atlas, n_places)).round().astype(int)
    )
    random = np.random.default_rng(plan.seed)
    left = plan.n_features
    for i, place in enumerate(places):
        layer = study.layer(int(place))
        wanted = left // (len(places) - i)
        for feature in random.permutation(layer.pools["train"].n_features).tolist():
            if wanted == 0:
                break
            case = study.case(layer, feature)
            if standing(case) is not None:
                continue
            known = study.atlas.description(case.feature)
            if known is None:
                found = describe(case, explainer, simulator, 20)
                sentence, score = found.sentence, found.r_valid
            else:
                sentence, score = known.description, known.score_valid
            if sentence and score is not None and score >= GOOD_ENOUGH:
                wanted -= 1
                left -= 1
                yield case, sentence


def mean_of(values: Sequence[float]) -> float | None:
    """Of those that are defined; None where none is."""
    return None if np.isnan(values).all() else float(np.nanmean(values))


def _judged(
    simulator: Simulator, told: Sequence[tuple[Case, str]], stage: Callable[[str], None]
) -> list[float]:
    """R of each feature on test; nan where the prediction is constant."""
    out: list[float] = []
    for i, (case, sentence) in enumerate(told, 1):
        few = narrowed(case, N_TEST, WINDOW)
        try:
            predicted = simulator.predict(sentence, few.texts, few.test.rows)
        except PellucidError as error:
            raise InvalidRequest(f"{simulator.name} fails", why=str(error)) from error
        out.append(r_of(few.texts, few.test, predicted))
        stage(f"judging {simulator.name}: {i} of {len(told)} features")
    return out

"""`pellucid atlas describe`, whole: sentences by rules or by an LLM, which of them matter, the layer, the index."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pellucid._version import __version__
from pellucid.atlas import Atlas, Manifest
from pellucid.atlas.descriptions import Descriptions, write_descriptions
from pellucid.atlas.indexing import make_index
from pellucid.core.settings import Settings
from pellucid.descriptions.interest import features_of, interest_model
from pellucid.descriptions.llm.prompts import prompts_hash
from pellucid.descriptions.llm.run import KIND as LLM
from pellucid.descriptions.llm.run import Protocol
from pellucid.descriptions.parts import parts_of, senses_of
from pellucid.embedding import open_embedder
from pellucid.features import FeatureSource
from pellucid.llm import open_chat_model
from pellucid.subject import Subject
from pellucid.workspace.describing import Row, describe_by_rules
from pellucid.workspace.describing_with_llm import LlmRun, with_llm
from pellucid.workspace.study import Study

PROTOCOL = (
    "signed Pearson r, not calibrated, over the 20 top, 20 mid-quantile and 50 random test sequences of each feature; "
    "chosen on valid"
)
"""Of rows by rules."""


@dataclass(frozen=True)
class Outcome:
    """What came of describing."""

    manifest: Manifest
    counts: Mapping[str, int]
    """Features by status."""
    run: LlmRun | None = None
    """Of a language model; None by rules."""


def describe_atlas(
    subject: Subject,
    source: FeatureSource,
    atlas: Path,
    build: Path,
    settings: Settings,
    *,
    explainer: str = "rules",
    limit: int | None = None,
    k: int | None = None,
    budget: float | None = None,
    processes: int = 2,
    index: bool = True,
    stage: Callable[[str], None],
) -> Outcome:
    """Describe the features of an atlas and write its layer `descriptions`, then its `index`.

    Raises:
        NotFound: The build is not there.
        StoreMismatch: It is of another atlas, or damaged.
        PellucidError: An LLM is asked for and cannot be used.
    """
    opened = Atlas.open(atlas)
    opened.require_subject(subject.hash)
    before: Sequence[Mapping[str, Any]] = ()
    run = None
    if explainer == "rules":
        rows = [
            row
            for _, layer in describe_by_rules(
                subject,
                source,
                atlas,
                build,
                processes=processes,
                tell=lambda done, of: stage(f"describing: {done} of {of} layers"),
            )
            for row in layer
        ]
    else:
        model = open_chat_model(
            explainer, settings, budget_usd=budget, cache=build / "llm.cache", progress=None
        )
        if opened.descriptions is not None:
            before = runs_of(opened.descriptions.about)
        rows, run = with_llm(Study.open(atlas, build), model, build, limit, k, stage)
    stage("writing the descriptions")
    runs = before if run is None else with_run(before, described_by(run))
    manifest = write_descriptions(atlas, columns_of(rows), about_of(rows, runs))
    if index:
        stage("indexing")
        embedder = open_embedder(settings, stage)
        manifest = make_index(
            atlas,
            embedder,
            lambda done, of: stage(f"embedding {done:,} of {of:,} parts"),
            parts_of,
            senses_of,
        )
    return Outcome(manifest, Counter(row.status for row in rows), run)


def about_of(rows: Sequence[Row], runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is written beside the rows: how many are by whom, and how they were made and judged."""
    kinds = [row.kind for row in rows if row.status == "described"]
    n_by_llm = kinds.count(LLM)
    n_by_rules = len(kinds) - n_by_llm
    by_rules = {"explainer": "rules", "simulator": "rules", "protocol": PROTOCOL}
    return {
        "n_by_rules": n_by_rules,
        "n_by_llm": n_by_llm,
        "rules": by_rules if n_by_rules else None,
        "llm": list(runs),
        "seed": 0,
        "interest_threshold": interest_model().threshold,
        "versions": {"pellucid": __version__, "numpy": np.__version__},
    }


def described_by(run: LlmRun) -> dict[str, Any]:
    """A run as it is written down. What it cost is not part of it: done again, it costs nothing."""
    return {
        "explainer": run.explainer,
        "simulator": run.simulator,
        "protocol": protocol_of(run.protocol),
        "settings": asdict(run.protocol),
        "prompts": prompts_hash(),
        "asked": run.asked,
        "described": dict(run.described),
    }


def with_run(
    before: Sequence[Mapping[str, Any]], run: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """The runs, oldest first; one that this run goes on with is part of it."""
    outcome = {"asked", "described"}

    def made(one: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in one.items() if name not in outcome}

    others = [one for one in before if made(one) != made(run) or one.get("asked", 0) > run["asked"]]
    return [*others, run]


def protocol_of(protocol: Protocol) -> str:
    """How a run's rows were chosen and judged, in words."""
    n, window = protocol.n_sequences, protocol.window
    which = "the 20 top, 20 mid-quantile and 50 random" if n is None else f"{n}"
    parts = f"{which} test sequences of each feature"
    if n is not None:
        parts += ", half of them top ones"
    if window is not None:
        parts += f", {window} positions of each"
    return f"signed Pearson r, not calibrated, over {parts}; best of {protocol.k} chosen on valid"


def runs_of(about: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The runs of language models that earlier descriptions name, oldest first."""
    if "llm" in about:
        return about["llm"]
    if about.get("explainer", "rules") == "rules":
        return []
    return [{name: about.get(name) for name in ("explainer", "simulator")}]


def columns_of(rows: Sequence[Row]) -> Descriptions:
    """The layer in memory, with what the classifier says of each description."""
    model = interest_model()
    verdicts = [
        model.judge(features_of(_as_stored(row)))
        if row.status == "described" and row.kind != LLM
        else None
        for row in rows
    ]

    def numbers(name: str) -> Any:
        return np.array([getattr(row, name) for row in rows], np.float32)

    def texts(name: str) -> list[str]:
        return [getattr(row, name) for row in rows]

    return Descriptions(
        **{name: texts(name) for name in ("description", "summary", "status", "kind", "output")},
        **{name: numbers(name) for name in NUMBERS},
        interest=np.array([np.nan if v is None else v.probability for v in verdicts], np.float32),
        interesting=np.array([v is None or v.interesting for v in verdicts], bool),
        reasons=[() if v is None else v.reasons for v in verdicts],
    )


def _as_stored(row: Row) -> dict[str, Any]:
    """With numbers as the atlas holds them: judged again from there, the verdict is the same to the last bit."""
    return asdict(row) | {name: float(np.float32(getattr(row, name))) for name in NUMBERS}


NUMBERS = (
    "score",
    "score_low",
    "score_high",
    "score_valid",
    "score_random",
    "auroc",
    "average_precision",
    "unigram",
    "best_token",
    "shuffled",
    "peaks",
    "output_score",
)

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
from pellucid.descriptions.llm.run import KIND as LLM
from pellucid.descriptions.parts import parts_of, senses_of
from pellucid.embedding import open_embedder
from pellucid.features import FeatureSource
from pellucid.llm import open_chat_model
from pellucid.subject import Subject
from pellucid.workspace.describing import Row, describe_by_rules
from pellucid.workspace.describing_with_llm import with_llm
from pellucid.workspace.study import Study

PROTOCOL = (
    "signed Pearson r, not calibrated, over the 20 top, 20 mid-quantile and 50 random test sequences of each feature; "
    "chosen on valid"
)


@dataclass(frozen=True)
class Outcome:
    """What came of describing."""

    manifest: Manifest
    counts: Mapping[str, int]
    """Features by status."""


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
    Atlas.open(atlas).require_subject(subject.hash)
    if explainer == "rules":
        made_by = {"explainer": "rules", "simulator": "rules"}
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
        made_by = {"explainer": model.name, "simulator": model.name}
        rows = with_llm(Study.open(atlas, build), model, build, limit, k, stage)
    stage("writing the descriptions")
    about = made_by | {
        "protocol": PROTOCOL,
        "seed": 0,
        "interest_threshold": interest_model().threshold,
        "versions": {"pellucid": __version__, "numpy": np.__version__},
    }
    manifest = write_descriptions(atlas, columns_of(rows), about)
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
    return Outcome(manifest, Counter(row.status for row in rows))


def columns_of(rows: Sequence[Row]) -> Descriptions:
    """The layer in memory, with what the classifier says of each description."""
    model = interest_model()
    verdicts = [
        model.judge(features_of(asdict(row)))
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

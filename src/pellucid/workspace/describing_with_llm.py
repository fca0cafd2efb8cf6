"""`pellucid atlas describe` by a language model: some features, or all; the others keep what they have."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from pellucid.atlas import Atlas
from pellucid.descriptions import baselines
from pellucid.descriptions.llm import LlmSimulator
from pellucid.descriptions.llm.null import shuffled
from pellucid.descriptions.llm.run import (
    KIND,
    Progress,
    Protocol,
    as_told,
    describe_with_llm,
    open_store,
)
from pellucid.descriptions.llm.summarise import summarise_with_llm
from pellucid.descriptions.pipeline import Case, Described
from pellucid.llm import BudgetSpent, ChatModel
from pellucid.llm.ledger import Used
from pellucid.llm.opening import LOCAL
from pellucid.workspace.describing import Row
from pellucid.workspace.study import Study

LOCAL_PROTOCOL = Protocol(k=2, n_sequences=10, window=32)
"""A small model in process takes seconds for every sequence."""
N_NULL = 50
"""Features of a run, at most, that another one's sentence is judged on too: a mean needs no more."""


@dataclass(frozen=True)
class LlmRun:
    """How a run was made, what came of it, and what it took."""

    explainer: str
    simulator: str
    """The model, and how it was asked."""
    protocol: Protocol
    """With the mode that was used."""
    asked: int
    """Features."""
    described: Mapping[str, int]
    """Features by status; fewer than `asked` where the run ended early."""
    used: Used
    """By this run itself: what an earlier one has done is not done again."""
    stopped: str
    """Why it ended early; empty where it did not."""

    @property
    def done(self) -> int:
        """Features that have an outcome."""
        return sum(self.described.values())


def with_llm(
    study: Study,
    model: ChatModel,
    build: Path,
    limit: int | None,
    k: int | None,
    stage: Callable[[str], None],
) -> tuple[list[Row], LlmRun]:
    """Rows of all features; at most `limit`, drawn at random, are described anew, the best of `k` sentences each.

    A run that ends where the budget does gives what it has.

    Raises:
        BudgetSpent: There is not even money enough to try what the model can do.
        UpstreamFailed: The model does not answer, or keeps failing.
        StoreFailed: The build directory cannot be written.
    """
    protocol = LOCAL_PROTOCOL if model.name.startswith(LOCAL) else Protocol()
    if k is not None:
        protocol = replace(protocol, k=k)
    simulator = LlmSimulator(model, study.reader)
    rows = {row.id: row for row in known_rows(study.atlas)}
    asked = drawn(study, limit)
    others = set(np.random.default_rng(1).permutation(asked)[:N_NULL].tolist())
    stopped = ""

    def tell(progress: Progress) -> None:
        nonlocal stopped
        stopped = progress.stopped
        cost = "" if progress.used.usd is None else f", {progress.used.usd:.2f} USD"
        stage(f"describing: {progress.done} of {len(asked)} features{cost}")

    cases = list[Case]()

    def kept() -> Iterator[Case]:
        for case in cases_of(study, asked):
            cases.append(case)
            yield case

    found = describe_with_llm(
        kept(),
        model,
        study.reader,
        store=build,
        protocol=protocol,
        simulator=simulator,
        on_progress=tell,
    )
    statuses = Counter[str]()
    told = list[tuple[Case, str]]()
    for described, place in zip(found, asked, strict=False):
        same = as_told(cases.pop(), protocol)
        before = rows[str(described.feature)]
        rows[before.id] = _row(before, same, described, model)
        statuses[described.status] += 1
        if place in others and described.sentence:
            told.append((same, described.sentence))
    if not stopped:
        nulls = shuffled(told, simulator, open_store(build, model, simulator, protocol))
        try:
            for n, (feature, r) in enumerate(nulls, 1):
                rows[str(feature)] = replace(rows[str(feature)], shuffled=r)
                stage(f"judging {n} of {len(told)} features by another one's sentence")
        except BudgetSpent as error:
            stopped = str(error)
    return list(rows.values()), LlmRun(
        model.name,
        simulator.name,
        replace(protocol, mode=simulator.mode),
        len(asked),
        dict(statuses),
        model.ledger.used,
        stopped,
    )


def known_rows(atlas: Atlas) -> list[Row]:
    """What the atlas says now of every feature, in feature order."""
    source = atlas.source
    ids = [str(source.feature(place)) for place in range(source.n_features)]
    if atlas.descriptions is None:
        return [Row(id_, "", "", "undefined", "") for id_ in ids]
    names = [field.name for field in fields(Row) if field.name != "id"]
    columns = [atlas.descriptions.values(name) for name in names]
    return [
        Row(id_, **dict(zip(names, values, strict=True)))
        for id_, *values in zip(ids, *columns, strict=True)
    ]


def drawn(study: Study, limit: int | None) -> list[int]:
    """Places of features, ascending: all, or `limit` drawn at random."""
    n = study.atlas.source.n_features
    if limit is None:
        return list(range(n))
    return sorted(np.random.default_rng(0).permutation(n)[:limit].tolist())


def cases_of(study: Study, places: list[int]) -> Iterator[Case]:
    """The cases of some features; each layer is opened once."""
    source = study.atlas.source
    size = source.n_units * source.n_signs
    opened, layer = -1, None
    for place in places:
        at, within = divmod(place, size)
        if layer is None or at != opened:
            opened, layer = at, study.layer(at)
        yield study.case(layer, within)


def _row(before: Row, case: Case, found: Described, model: ChatModel) -> Row:
    scores = found.scores
    told = Row(
        id=before.id,
        description=found.sentence,
        summary=summarise_with_llm(model, [found.sentence])[0] if found.sentence else "",
        status=found.status,
        kind=KIND if found.sentence else "",
        output=before.output,
        output_score=before.output_score,
    )
    if scores is None:
        return told
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
    )

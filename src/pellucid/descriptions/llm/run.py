"""Many features described by a language model: resumed where a run was interrupted, stopped where money runs out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.descriptions.llm.explain import LlmExplainer
from pellucid.descriptions.llm.prompts import prompts_hash
from pellucid.descriptions.llm.simulate import LlmSimulator, Mode
from pellucid.descriptions.llm.store import Store
from pellucid.descriptions.material import Pool, Texts
from pellucid.descriptions.pipeline import (
    MIN_ROWS,
    Case,
    Described,
    Tried,
    judged,
    r_of,
    standing,
)
from pellucid.descriptions.ports import Candidate, Simulator
from pellucid.descriptions.score import Scores
from pellucid.descriptions.tokens import Reader
from pellucid.llm import BudgetSpent, ChatModel
from pellucid.llm.ledger import Used

KIND = "llm"
IN_A_ROW = 5
"""Features that fail one after the other before the run gives up."""


@dataclass(frozen=True)
class Protocol:
    """How a run is made."""

    k: int = 2
    """Candidates a feature."""
    n_sequences: int | None = None
    """Sequences of each split that are judged on, half of them top ones; None for all of them."""
    window: int | None = None
    """Positions of each sequence that are judged; None for all of them. Long texts cost a small model much."""
    n_excerpts: int = 10
    """Excerpts that the explainer sees."""
    temperature: float = 1.0
    mode: Mode | None = None
    """Of the simulator; None for the best that the model is capable of."""


@dataclass(frozen=True)
class Progress:
    """How far a run has come."""

    done: int
    """Features."""
    used: Used
    stopped: str = ""
    """Why it ends early."""


def describe_with_llm(
    cases: Iterable[Case],
    model: ChatModel,
    reader: Reader,
    *,
    store: Path,
    protocol: Protocol = Protocol(),
    simulator: Simulator | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Iterator[Described]:
    """The outcome of each case, in order; ends early where the budget is spent, which `on_progress` tells.

    `model` explains, and simulates unless there is a `simulator`. `store` is a folder: everything that is done is kept
    there, under what it was done with.

    Raises:
        UpstreamFailed: The model does not answer at all, or failed for several features in a row.
        StoreFailed: The folder cannot be written.
    """
    judge = simulator or LlmSimulator(model, reader, protocol.mode)
    run = _Run(
        LlmExplainer(
            model, reader, n_excerpts=protocol.n_excerpts, temperature=protocol.temperature
        ),
        judge,
        open_store(store, model, judge, protocol),
        protocol.k,
    )
    failures = done = 0
    try:
        for case in cases:
            described, why = run.describe(as_told(case, protocol))
            failures = failures + 1 if described.status == "error" else 0
            done += 1
            yield described
            on_progress(Progress(done, model.ledger.used))
            if failures == IN_A_ROW:
                raise UpstreamFailed(
                    f"{model.name} failed for {IN_A_ROW} features in a row",
                    why=why,
                    instead="run it again later: it goes on where it stopped",
                )
    except BudgetSpent as error:
        on_progress(Progress(done, model.ledger.used, stopped=str(error)))


def narrowed(case: Case, n: int, window: int | None = None) -> Case:
    """The same feature on `n` sequences of valid and of test: half of them top ones, the rest drawn.

    With a window, on so many positions of each: around the peak of top ones, anywhere in the others.
    """
    seed = case.shown.seed
    valid, test = _fewer(case.valid, n, seed), _fewer(case.test, n, seed + 1)
    if window is None:
        return replace(case, valid=valid, test=test)
    texts = replace(case.texts, start=case.texts.start.copy(), stop=case.texts.stop.copy())
    valid, test = (_cropped(pool, texts, window, seed) for pool in (valid, test))
    return replace(case, shown=replace(case.shown, texts=texts), valid=valid, test=test)


def as_told(case: Case, protocol: Protocol) -> Case:
    """The case as a run with this protocol sees it."""
    if protocol.n_sequences is None and protocol.window is None:
        return case
    n = len(case.valid.rows) + len(case.test.rows)
    return narrowed(
        case, n if protocol.n_sequences is None else protocol.n_sequences, protocol.window
    )


def _cropped(pool: Pool, texts: Texts, window: int, seed: int) -> Pool:
    """Moves `start` and `stop` of the pool's sequences."""
    y = np.zeros_like(pool.y)
    random = np.random.default_rng([seed, window])
    for i, row in enumerate(pool.rows.tolist()):
        start, stop = int(texts.start[row]), int(texts.stop[row])
        latest = max(start, stop - window)
        first = int(random.integers(start, latest + 1))
        if i < pool.n_top:
            first = min(max(start, int(pool.y[i].argmax()) - 2 * window // 3), latest)
        texts.start[row], texts.stop[row] = first, min(stop, first + window)
        y[i, first : first + window] = pool.y[i, first : first + window]
    return replace(pool, y=y)


def _fewer(pool: Pool, n: int, seed: int) -> Pool:
    top = np.linspace(0, pool.n_top - 1, min(max(n // 2, MIN_ROWS), pool.n_top)).round().astype(int)
    drawn = np.random.default_rng(seed).permutation(len(pool.rows) - pool.n_top)[: n - len(top)]
    kept = np.concatenate([top, np.sort(drawn) + pool.n_top])
    return Pool(pool.rows[kept], pool.weight[kept], pool.y[kept], len(top))


def open_store(store: Path, model: ChatModel, simulator: Simulator, protocol: Protocol) -> Store:
    """What is known of runs with this model, this simulator and this protocol, but for the number of candidates."""
    about = {
        "explainer": model.name,
        "simulator": simulator.name,
        "protocol": {key: v for key, v in asdict(protocol).items() if key != "k"},
        "prompts": prompts_hash(),
    }
    key = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:12]
    opened = Store(store / f"llm.{key}.jsonl")
    if opened.get("", "about") is None:
        opened.put("", "about", 0, about)
    return opened


class _Run:
    """One explainer, one simulator, one store."""

    def __init__(self, explainer: LlmExplainer, simulator: Simulator, store: Store, k: int) -> None:
        self._explainer, self._simulator, self._store, self._k = explainer, simulator, store, k

    def describe(self, case: Case) -> tuple[Described, str]:
        """As `pipeline.describe`, each step at most once, and why the last failure was one."""
        status = standing(case)
        if status is not None:
            return Described(case.feature, status, "", "", nan, None, ()), ""
        key = key_of(case)
        candidates = self._candidates(key, case)
        judged_on_valid = [self._valid(key, case, i, c) for i, c in enumerate(candidates)]
        tried = tuple(
            Tried(c, _number(v.get("r"))) for c, v in zip(candidates, judged_on_valid, strict=True)
        )
        usable = [i for i, t in enumerate(tried) if not isnan(t.r_valid)]
        if not usable:
            status, why = _why_not(judged_on_valid)
            return Described(case.feature, status, "", "", nan, None, tried), why
        best = max(usable, key=lambda i: tried[i].r_valid - tried[i].candidate.cost)
        found = self._test(key, case, best, tried[best].candidate.sentence)
        if found["status"] != "ok":
            return Described(case.feature, found["status"], "", "", nan, None, tried), found["why"]
        scores = Scores(**{name: _number(value) for name, value in found["scores"].items()})
        return Described(
            case.feature,
            "undefined" if isnan(scores.r) else "described",
            tried[best].candidate.sentence,
            KIND,
            tried[best].r_valid,
            scores,
            tried,
        ), ""

    def _candidates(self, key: str, case: Case) -> list[Candidate]:
        missing = [i for i in range(self._k) if self._store.get(key, "candidate", i) is None]
        failed: dict[int, Candidate] = {}
        if missing:
            made = self._explainer.candidates(case.shown, missing)
            for i, candidate in zip(missing, made, strict=True):
                self._store.put(key, "candidate", i, asdict(candidate))
                failed[i] = candidate
        kept = [self._store.get(key, "candidate", i) for i in range(self._k)]
        return [failed[i] if row is None else Candidate(**row) for i, row in enumerate(kept)]

    def _valid(self, key: str, case: Case, number: int, candidate: Candidate) -> dict[str, Any]:
        if candidate.status != "ok":
            return {"status": candidate.status, "why": candidate.detail}

        def make() -> dict[str, Any]:
            pool = case.valid
            predicted = self._simulator.predict(candidate.sentence, case.texts, pool.rows)
            return {"r": _or_none(r_of(case.texts, pool, predicted))}

        return self._once(key, "valid", number, make)

    def _test(self, key: str, case: Case, number: int, sentence: str) -> dict[str, Any]:
        def make() -> dict[str, Any]:
            predicted = self._simulator.predict(sentence, case.texts, case.test.rows)
            scores = asdict(judged(case, predicted))
            return {"scores": {name: _or_none(value) for name, value in scores.items()}}

        return self._once(key, "test", number, make)

    def _once(
        self, key: str, stage: str, number: int, make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        known = self._store.get(key, stage, number)
        if known is not None:
            return known
        try:
            outcome = {"status": "ok", "why": ""} | make()
        except UnparseableReply as error:
            outcome = {"status": "unparseable", "why": f"{error}: {error.raw[:200]}"}
        except (InvalidRequest, UpstreamFailed) as error:
            outcome = {"status": "error", "why": str(error)}
        self._store.put(key, stage, number, outcome)
        return outcome


def key_of(case: Case) -> str:
    """The feature, and what it is described from and judged on."""
    seen = hashlib.sha256()
    for pool in (case.shown.pool, case.valid, case.test):
        seen.update(pool.rows.tobytes() + pool.y.tobytes())
    return f"{case.feature}@{seen.hexdigest()[:12]}"


def _why_not(outcomes: Sequence[dict[str, Any]]) -> tuple[str, str]:
    for status in ("error", "unparseable", "insufficient"):
        for outcome in outcomes:
            if outcome["status"] == status:
                return status, outcome["why"]
    return "undefined", ""


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value


def _number(value: float | None) -> float:
    return nan if value is None else value

"""Many features by a language model: end to end over HTTP, resumed, stopped by money, failing as a status."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import UpstreamFailed
from pellucid.core.ids import FeatureId
from pellucid.descriptions.llm import LlmExplainer, Protocol, describe_with_llm, narrowed
from pellucid.descriptions.llm.excerpts import excerpt, marked
from pellucid.descriptions.llm.explain import sentence_of
from pellucid.descriptions.llm.summarise import summarise_with_llm
from pellucid.descriptions.pipeline import Case, Described
from pellucid.llm import Ledger, Prices
from pellucid.llm.endpoint import Endpoint
from tests.builders_descriptions import planted_case, reader
from tests.fake_llm import Server, says, serving, status


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as state:
        yield state


FEW = Protocol(n_sequences=10)
planted = cache(planted_case)


@cache
def cases(n: int) -> tuple[Case, ...]:
    truths = ["Fires on “rum” and “oven”.", "Fires on “table”.", "Fires on “walk” and “blue”."]
    made: list[Case] = []
    for i in range(n):
        case = planted(truths[i % 3])
        made.append(replace(case, shown=replace(case.shown, feature=FeatureId("mlp", 0, i, "pos"))))
    return tuple(made)


def run(server: Server, store: Path, n: int = 3, protocol: Protocol = FEW, **over) -> list:
    model = Endpoint("m", url=server.url, retries=0, **over)
    return list(describe_with_llm(cases(n), model, reader(), store=store, protocol=protocol))


def test_features_are_described_and_judged_end_to_end(server: Server, tmp_path: Path) -> None:
    found = run(server, tmp_path)
    assert [d.status for d in found] == ["described"] * 3
    assert all(d.kind == "llm" and d.r_valid > 0.9 and len(d.tried) == 2 for d in found)
    assert all(d.scores is not None and d.scores.r > 0.9 for d in found)
    assert "“oven”" in found[0].sentence


def test_an_interrupted_run_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    whole = run(server, tmp_path / "whole")
    part = tmp_path / "part"
    run(server, part, n=2)
    (file,) = part.glob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-25])  # half of the last line
    n = len(server.asked)
    again = run(server, part)
    asked = [body for body in server.asked[n:] if "DESCRIPTION:" in str(body["messages"][:1])]
    assert len(asked) == 2  # the candidates of the third alone
    assert [as_text(d) for d in again] == [as_text(d) for d in whole]
    n = len(server.asked)
    assert [as_text(d) for d in run(server, part)] == [as_text(d) for d in whole]
    assert len(server.asked) - n <= 5  # what it can do, and nothing else


def as_text(described: Described) -> str:
    return repr(described)


def test_other_sequences_or_another_temperature_are_done_anew(
    server: Server, tmp_path: Path
) -> None:
    run(server, tmp_path, n=1)
    for protocol in (Protocol(n_sequences=12), replace(FEW, temperature=0.5)):
        n = len(server.asked)
        (found,) = run(server, tmp_path, n=1, protocol=protocol)
        assert found.status == "described"
        assert len(server.asked) - n > 10


def test_more_candidates_build_on_those_that_are_there(server: Server, tmp_path: Path) -> None:
    run(server, tmp_path, n=1, protocol=replace(FEW, k=1))
    n = len(server.asked)
    run(server, tmp_path, n=1, protocol=replace(FEW, k=2))
    asked = [body for body in server.asked[n:] if "DESCRIPTION:" in str(body["messages"][:1])]
    assert len(asked) == 1


def test_a_run_ends_where_the_money_does(server: Server, tmp_path: Path) -> None:
    ledger = Ledger(Prices(1000.0, 1000.0), budget_usd=6.0)
    model = Endpoint("m", url=server.url, retries=0, ledger=ledger)
    told = []
    found = list(
        describe_with_llm(
            cases(3), model, reader(), store=tmp_path, protocol=FEW, on_progress=told.append
        )
    )
    assert 0 < len(found) < 3
    assert told[-1].stopped.startswith("the budget of $6.00 is spent")
    assert told[-1].done == len(found)
    assert 0 < told[-1].used.usd <= 6.0
    rest = run(server, tmp_path)
    assert [as_text(d) for d in rest[: len(found)]] == [as_text(d) for d in found]
    assert len(rest) == 3


def test_failures_are_statuses_and_are_tried_again(server: Server, tmp_path: Path) -> None:
    def breaks(body):
        return status(500, "broken") if "prompt_logprobs" in body and len(seen) > 0 else None

    seen: list[int] = []
    model = Endpoint("m", url=server.url, retries=0)
    _ = model.capabilities
    seen.append(1)
    server.rewrite = breaks
    (found,) = describe_with_llm(cases(1), model, reader(), store=tmp_path, protocol=FEW)
    assert (found.status, found.sentence, found.scores) == ("error", "", None)
    assert all(isnan(t.r_valid) for t in found.tried)
    server.rewrite = lambda _: None
    (found,) = describe_with_llm(cases(1), model, reader(), store=tmp_path, protocol=FEW)
    assert found.status == "described"


@pytest.mark.parametrize(
    "wire",
    [
        says("I am sorry, I cannot help with that."),
        says(None, refusal="No."),
        says("DESCRIPTION: ..."),
        says("DESCRIPTION:"),
    ],
)
def test_answers_without_a_sentence_are_unparseable(wire, server: Server, tmp_path: Path) -> None:
    server.rewrite = lambda body: wire if "DESCRIPTION:" in str(body["messages"][:1]) else None
    (found,) = run(server, tmp_path, n=1)
    assert (found.status, found.sentence, found.scores) == ("unparseable", "", None)


def test_a_model_that_fails_again_and_again_ends_the_run(server: Server, tmp_path: Path) -> None:
    server.rewrite = lambda body: (
        status(503, "overloaded") if "DESCRIPTION:" in str(body["messages"][:1]) else None
    )
    with pytest.raises(UpstreamFailed, match=r"5 features in a row.*overloaded"):
        run(server, tmp_path, n=8)


def test_a_feature_on_fewer_sequences_keeps_top_ones_and_others() -> None:
    case = cases(1)[0]
    few = narrowed(case, 10)
    assert (len(few.valid.rows), few.valid.n_top, len(few.test.rows)) == (10, 5, 10)
    assert set(few.test.rows) <= set(case.test.rows)
    for row, y in zip(few.test.rows, few.test.y, strict=True):
        assert np.array_equal(y, case.test.y[list(case.test.rows).index(row)])


def test_a_window_keeps_the_peak_and_counts_nothing_else() -> None:
    case = cases(1)[0]
    few = narrowed(case, 10, window=4)
    for pool in (few.valid, few.test):
        start, stop = few.texts.start[pool.rows], few.texts.stop[pool.rows]
        assert (stop - start == 4).all()
        at = np.arange(12)
        assert not pool.y[(at < start[:, None]) | (at >= stop[:, None])].any()
    whole = narrowed(case, 10)
    n = whole.test.n_top
    np.testing.assert_array_equal(few.test.y[:n].max(1), whole.test.y[:n].max(1))
    np.testing.assert_array_equal(few.texts.stop[:30], case.texts.stop[:30])  # train is as it was


def test_every_candidate_sees_another_draw(server: Server) -> None:
    shown = cases(1)[0].shown
    explainer = LlmExplainer(Endpoint("m", url=server.url), reader(), n_excerpts=4)
    first, second = explainer.excerpts(shown, 0), explainer.excerpts(shown, 1)
    assert first == explainer.excerpts(shown, 0)
    assert first != second
    assert all("{{" in line for line in first)


def test_marks_are_merged_and_cannot_be_forged() -> None:
    texts = ["<|im_end|>", " red", " rum", "\n", "{{", " blue"]
    marks = np.array([False, True, True, False, False, False])
    assert excerpt(texts, marks) == "< |im_end| > {{red rum}} ⏎ { { blue"
    assert excerpt(["\n"], np.array([True])) == "{{⏎}}"
    y = np.array([0, 0.3, 1.0, 0.05], np.float32)
    assert marked(y, peak=1.0).tolist() == [False, False, True, False]
    assert marked(y[:2], peak=1.0).tolist() == [False, True]  # lower, until something is marked
    assert not marked(y[:1], peak=1.0).any()


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        ("Thinking.\nDESCRIPTION: names of rivers", "names of rivers"),
        ("description: “names of rivers”\nmore", "names of rivers"),
        ("DESCRIPTION: abc\n**DESCRIPTION:** names  of\trivers", "names of rivers"),
        ("names of rivers", None),
        ("DESCRIPTION: 12", None),
        ("DESCRIPTION: " + "x" * 500, None),
    ],
)
def test_the_sentence_stands_behind_the_last_marker(reply: str, sentence: str | None) -> None:
    assert sentence_of(reply) == sentence


def test_summaries_are_short(server: Server) -> None:
    model = Endpoint("m", url=server.url, retries=0)
    long = " ".join(["word"] * 20)
    assert summarise_with_llm(model, ["names of rivers.", "", long]) == [
        "names of rivers",
        "",
        "a short one",
    ]
    server.rewrite = lambda _: says(long)
    (summary,) = summarise_with_llm(model, [long])
    assert len(summary.split()) < 15
    server.rewrite = lambda _: status(500, "broken")
    assert summarise_with_llm(model, [long]) == [summary]
    poor = Endpoint("m", url=server.url, ledger=Ledger(Prices(1.0, 1.0), budget_usd=0.0))
    n = len(server.asked)
    assert summarise_with_llm(poor, [long]) == [summary]
    assert len(server.asked) == n


def test_the_file_holds_what_it_was_made_with(server: Server, tmp_path: Path) -> None:
    run(server, tmp_path, n=1)
    (file,) = tmp_path.glob("*.jsonl")
    about = json.loads(file.read_text().splitlines()[0])["outcome"]
    assert about["explainer"] == "endpoint:m"
    assert about["simulator"] == "endpoint:m (all-at-once, 0 to 10)"

"""Concepts in words on the command line: what is chosen, what it does, and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.atlas import Atlas, SubjectInfo
from pellucid.cli import session
from pellucid.cli.main import cli
from pellucid.subject import Subject
from tests.builders import tiny_subject_dir
from tests.builders_atlas import make_atlas
from tests.builders_search import describe
from tests.fake_search import FakeHit, FakeSearch

Run = Callable[..., Result]
USER = ("--user", "the quick brown fox")
BIRDS = [FakeHit("mlp.1.7.pos", 0.8), FakeHit("mlp.2.3.neg", 0.7), FakeHit("mlp.0.9.pos", 0.1)]
IDS = ["mlp.1.7.pos", "mlp.2.3.neg"]
LONG = "birds".ljust(10_000, "-")
HOSTILE = "\x1b[2J\x1b]0;title\x07[bold red]birds[/bold red] \x9b1m<b>"
"""A description that would clear the screen, name the window and turn bold."""
SHORT = ("--max-new-tokens", "4", "--temperature", "0")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("cli") / "model")


@pytest.fixture(scope="module")
def atlas(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    path = tmp_path_factory.mktemp("atlas")
    info = SubjectInfo(
        name="tiny", hash=Subject.load(str(model)).hash, n_layers=3, d_model=32, d_mlp=48, d_vocab=384,
        dtype="float32",
    )  # fmt: skip
    make_atlas(path, making={"subject": info}, n_layers=3, n_units=48)
    describe(path, 3 * 48 * 2)
    return Atlas.open(path)


@pytest.fixture
def run(model: Path, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Run:
    hostile = [replace(hit, description=HOSTILE, summary=HOSTILE) for hit in BIRDS]
    known = {"birds": BIRDS, LONG[:2_000]: BIRDS, "hostile": hostile}
    monkeypatch.setattr(session, "open_search", lambda *_: FakeSearch(known))
    common = ["--model", str(model), "--atlas", str(atlas.path)]
    return lambda *args: CliRunner().invoke(cli, [*args, *common])


@pytest.fixture
def answer(run: Run) -> Callable[..., dict[str, Any]]:
    def invoke(*args: str) -> dict[str, Any]:
        result = run(*args, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return invoke


def changes(path: Path, *entries: dict[str, Any]) -> str:
    path.write_text(json.dumps(entries))
    return str(path)


@pytest.mark.parametrize("command", ["ask", "why", "active"])
@pytest.mark.parametrize(("flag", "strength"), [("--suppress", 0), ("--strengthen", 0.5)])
def test_a_concept_does_what_its_features_do(
    answer: Callable[..., dict[str, Any]], tmp_path: Path, command: str, flag: str, strength: float
) -> None:
    extra = SHORT if command == "ask" else ("--top", "5")
    worded = answer(command, *USER, *extra, flag, "birds", "--k", "2")
    entry = {"features": IDS, "strength": strength}
    named = answer(command, *USER, *extra, "--interventions", changes(tmp_path / "f", entry))
    query = {"query": "birds", "k": 2, "strength": strength}
    asked = answer(command, *USER, *extra, "--interventions", changes(tmp_path / "q", query))
    (concept,) = worded.pop("concepts")
    assert asked.pop("concepts") == [concept] and named.pop("concepts") == []
    assert worded == named == asked and worded["touched"]["neurons"] == 2
    assert (concept["query"], concept["strength"], concept["k"]) == ("birds", strength, 2)
    assert concept["direction"] == flag.removeprefix("--")
    assert [f["id"] for f in concept["features"]] == IDS
    assert set(concept["features"][0]) >= {"id", "similarity", "score", "description"}


def test_the_number_of_features_follows_the_model(answer: Callable[..., dict[str, Any]]) -> None:
    found = answer("ask", *USER, *SHORT, "--suppress", "birds", "--strengthen", "birds")
    assert [(c["direction"], c["k"]) for c in found["concepts"]] == [
        ("suppress", 1),
        ("strengthen", 1),
    ]


def test_the_later_concept_wins(answer: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    first, last = {"features": IDS, "strength": 0}, {"features": IDS, "strength": 2.0}
    both = changes(tmp_path / "both", first | {"positions": "all"}, last | {"positions": "all"})
    wanted = answer("ask", *USER, *SHORT, "--interventions", both)
    file = changes(tmp_path / "first", first | {"positions": "all"})
    flags = ("--strengthen", "birds", "--k", "2", "--strength", "2", "--positions", "all")
    found = answer("ask", *USER, *SHORT, "--interventions", file, *flags)
    assert [t["logprob"] for t in found["tokens"]] == [t["logprob"] for t in wanted["tokens"]]


def test_verify_compares_the_features_of_a_concept(answer: Callable[..., dict[str, Any]]) -> None:
    worded = answer("verify", *USER, "--suppress", "birds", "--k", "2", "--n", "4")
    named = answer("verify", *USER, "--features", ",".join(IDS), "--n", "4")
    (concept,) = worded.pop("concepts")
    assert named.pop("concepts") == [] and worded == named
    assert [f["id"] for f in worded["features"]] == IDS == [f["id"] for f in concept["features"]]
    under = answer(
        "verify", *USER, "--features", "mlp.0.1.pos", "--n", "4", "--strengthen", "birds"
    )
    assert under["concepts"][0]["direction"] == "strengthen"
    assert [f["id"] for f in under["features"]] == ["mlp.0.1.pos"]


def test_rows_say_what_their_features_fire_on(
    run: Run, answer: Callable[..., dict[str, Any]], atlas: Atlas
) -> None:
    for command in ("why", "active"):
        rows = answer(command, *USER, "--top", "30")["effects"]
        assert any(row["description"] for row in rows)
        for row in rows:
            known = atlas.description(session_id(row["id"]))
            assert known is not None
            assert (row["description"], row["summary"]) == (known.description, known.summary)
            assert row["score"] == known.score
        told = run(command, *USER, "--top", "30").stdout
        assert "fires on" in told and "chemical elements" in told and "0.5" in told


def session_id(text: str):
    from pellucid.core.ids import FeatureId

    return FeatureId.parse(text)


def test_people_see_what_was_chosen_before_the_reply(run: Run) -> None:
    result = run("ask", *USER, *SHORT, "--suppress", "birds", "--k", "2")
    assert "mlp.1.7.pos" in result.stderr and "names of birds" in result.stderr
    assert "mlp.1.7.pos" not in result.stdout


def test_before_and_after_and_the_damage(run: Run, answer: Callable[..., dict[str, Any]]) -> None:
    flags = (*USER, *SHORT, "--strengthen", "birds", "--k", "2", "--strength", "3")
    found = answer("ask", *flags, "--compare", "--damage")
    plain = answer("ask", *USER, *SHORT)
    assert found["before"] == {"reply": plain["reply"]} and "before" not in plain
    meter = found["damage"]
    assert meter["kl"] > 0 and set(meter["kl_random"]) == {"mean", "low", "high", "n"}
    assert {"before", "after"} <= set(meter["repetition"])
    assert meter["verdict"] in ("mild", "strong", "babbling")
    assert f"damage    {meter['verdict']}" in run("ask", *flags, "--damage").stderr


@pytest.mark.parametrize("command", ["ask", "why", "active", "verify"])
def test_a_concept_that_nothing_is_about_is_one_clear_line(run: Run, command: str) -> None:
    result = run(command, *USER, "--suppress", "quarks")
    assert result.exit_code == 2 and result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "no feature is about 'quarks'" in line and "use other words" in line


def test_an_empty_query_in_a_file_is_named(run: Run, tmp_path: Path) -> None:
    file = changes(tmp_path / "f", {"query": " ", "strength": 0})
    result = run("ask", *USER, "--interventions", file)
    assert result.exit_code == 2 and "query is empty" in result.stderr


@pytest.mark.parametrize("flag", ["--suppress", "--strengthen"])
def test_of_a_very_long_concept_the_beginning_is_searched_and_it_says_so(
    run: Run, answer: Callable[..., dict[str, Any]], flag: str
) -> None:
    note = "only the first 2,000 of the query's 10,000 characters were searched"
    flags = (*USER, *SHORT, flag, LONG, "--k", "2")
    (concept,) = answer("ask", *flags)["concepts"]
    assert concept["notes"] == [note] and [f["id"] for f in concept["features"]] == IDS
    assert note in " ".join(run("ask", *flags).stderr.split())


def test_markup_in_a_description_is_text_on_the_terminal(run: Run) -> None:
    result = run("ask", *USER, *SHORT, "--suppress", "hostile", "--k", "2")
    assert result.exit_code == 0 and "[bold red]birds[/bold" in result.stderr
    assert not {"\x1b", "\x07", "\x9b"} & set(result.stderr) and "\\x1b[2J" in result.stderr


def test_a_reply_that_repeats_itself_is_said_to(run: Run) -> None:
    long = ("--max-new-tokens", "60", "--temperature", "0")
    steered = ("--strengthen", "birds", "--k", "2", "--strength", "1000", "--positions", "all")
    assert "The reply repeats itself" in run("ask", *USER, *long, *steered).stderr
    assert "The reply repeats itself" not in run("ask", *USER, *long).stderr
    assert "The reply repeats itself" not in run("ask", *USER, *SHORT, *steered).stderr

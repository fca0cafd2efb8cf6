"""What is written beside descriptions: by whom, how, and what earlier runs are remembered."""

from typing import Any

from pellucid.descriptions.llm import Protocol
from pellucid.workspace.described import about_of, protocol_of, runs_of, with_run
from pellucid.workspace.describing import Row
from pellucid.workspace.describing_with_llm import LOCAL_PROTOCOL

RULES = Row("mlp.0.0.pos", "Fires on “rum”.", "“rum”", "described", "words")
LLM = Row("mlp.0.0.neg", "names of rivers", "names of rivers", "described", "llm")
NONE = Row("mlp.0.1.pos", "", "", "dead", "")


def run(asked: int, k: int = 2) -> dict[str, Any]:
    return {"explainer": "endpoint:m", "settings": {"k": k}, "asked": asked, "described": {}}


def test_sentences_are_counted_by_who_made_them() -> None:
    about = about_of([RULES, LLM, NONE, LLM], [run(2)])
    assert (about["n_by_rules"], about["n_by_llm"], about["llm"]) == (1, 2, [run(2)])
    assert about["rules"]["explainer"] == "rules"
    assert about_of([LLM], [run(1)])["rules"] is None


def test_the_protocol_says_what_was_judged() -> None:
    local = protocol_of(LOCAL_PROTOCOL)
    assert "10 test sequences" in local and "32 positions of each" in local
    assert "50 random" not in local
    assert "50 random" in protocol_of(Protocol()) and "positions" not in protocol_of(Protocol())
    assert "best of 7" in protocol_of(Protocol(k=7))


def test_a_run_that_goes_on_is_one_run() -> None:
    assert with_run([], run(3)) == [run(3)]
    assert with_run([run(3)], run(5)) == [run(5)]
    assert with_run([run(3)], run(3, k=4)) == [run(3), run(3, k=4)]
    assert with_run([run(200)], run(3)) == [run(200), run(3)]  # most rows are still the first's


def test_earlier_forms_of_the_file_are_read() -> None:
    assert runs_of({"explainer": "rules", "simulator": "rules", "protocol": "r"}) == []
    told = runs_of({"explainer": "local:m", "simulator": "local:m", "protocol": "not true"})
    assert told == [{"explainer": "local:m", "simulator": "local:m"}]
    assert runs_of(about_of([LLM], [run(1)])) == [run(1)]
    assert with_run(told, run(1)) == [*told, run(1)]

"""Documents: what goes out comes back the same, and what is wrong is refused with the place named."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from pellucid.core.interventions import Intervention
from pellucid.journal import ConversationDocument, Journal
from tests.unit.journal.conftest import answered, make_run, make_token

Change = Callable[[dict[str, Any]], object]


def make_document(journal: Journal) -> ConversationDocument:
    """Two questions; the first with a plain run, a steered one that was given a beginning, and one that failed."""
    made = journal.conversations.create("Title", "System")
    answered(journal, made.id, "first", "one")
    steer = Intervention(name="up", features=("mlp.1.2.neg",), value=-0.125, positions="3:5")
    new = replace(
        make_run(made.id, content=None, n_prompt=5),
        interventions=(steer,), atlas="a" * 64, reply_from=3, reply="word word ",
    )  # fmt: skip
    run = journal.runs.begin(new).run_id
    journal.runs.append(run, [make_token(5, "on ")])
    journal.runs.finish(run, [make_token(6, "<end>", marker=True)], "done", "end")
    failed = journal.runs.begin(make_run(made.id, content=None))
    journal.runs.finish(failed.run_id, [], "failed", None)
    answered(journal, made.id, "second", "two")
    return journal.exchange.export(made.id)


def as_sent(document: ConversationDocument) -> dict[str, Any]:
    return json.loads(document.model_dump_json())


def test_a_round_trip_gives_the_same_conversation_with_the_same_tokens(journal: Journal) -> None:
    document = make_document(journal)
    (original,) = journal.conversations.all()
    made = journal.exchange.take_in(ConversationDocument.model_validate(as_sent(document)))
    assert journal.exchange.export(made.id) == document
    assert made.title == "Title" and made.system == "System"
    assert [turn.content for turn in made.turns] == ["first", "word word on ", "second", "two"]
    before = journal.conversations.get(original.id)
    for old, new in zip(before.turns, made.turns, strict=True):
        assert old.created_at == new.created_at
        for one, same in zip(old.runs, new.runs, strict=True):
            run, again = journal.runs.get(one.id), journal.runs.get(same.id)
            others = {"id", "turn_id", "conversation_id"}
            assert run.model_dump(exclude=others) == again.model_dump(exclude=others)
            assert run.id != again.id and run.turn_id != again.turn_id
    assert [one.id for one in journal.conversations.all()] == [made.id, original.id]


def test_a_document_holds_no_id_of_the_journal(journal: Journal) -> None:
    text = make_document(journal).model_dump_json()
    (made,) = journal.conversations.all()
    turns = journal.conversations.get(made.id).turns
    for ident in [made.id, *(t.id for t in turns), *(r.id for t in turns for r in t.runs)]:
        assert ident not in text


def test_what_was_being_written_is_stopped_by_an_import(journal: Journal) -> None:
    made = journal.conversations.create()
    journal.runs.begin(make_run(made.id))
    document = journal.exchange.export(made.id)
    assert document.turns[1].runs[0].state == "running"
    (run,) = journal.exchange.take_in(document).turns[1].runs
    assert (run.state, run.finish) == ("stopped", "stopped")
    assert journal.runs.stop_orphans() == 1


def test_an_empty_conversation_and_an_open_turn_make_the_round_trip(journal: Journal) -> None:
    empty = journal.exchange.export(journal.conversations.create().id)
    assert journal.exchange.export(journal.exchange.take_in(empty).id) == empty
    made = journal.conversations.create()
    answered(journal, made.id, "q", "a")
    opened = journal.copies.make(made.id, journal.conversations.get(made.id).turns[1].id)
    document = journal.exchange.export(opened.id)
    assert document.turns[1].runs == ()
    assert journal.exchange.export(journal.exchange.take_in(document).id) == document


def test_white_space_that_went_into_the_header_makes_the_round_trip(journal: Journal) -> None:
    made = journal.conversations.create()
    new = make_run(made.id)
    header = make_token(3, "\n\n", marker=True)
    new = replace(
        new, prompt=[*new.prompt, header, make_token(4, "So")], reply_from=4, reply="\nSo"
    )
    begun = journal.runs.begin(new)
    journal.runs.finish(begun.run_id, [], "done", "length")
    document = journal.exchange.export(made.id)
    assert journal.exchange.take_in(document).turns[1].content == "\nSo"


def run_of(document: dict[str, Any]) -> dict[str, Any]:
    return document["turns"][1]["runs"][1]


WRONG: dict[str, tuple[Change, str]] = {
    "another format": (lambda d: d.update(format="something"), "no pellucid conversation"),
    "a later version": (lambda d: d.update(version=2), "only version 1"),
    "no version": (lambda d: d.pop("version"), "version"),
    "a field that is none": (lambda d: d.update(mood="good"), "mood"),
    "a field of a run that is none": (lambda d: run_of(d).update(id="x"), "runs.1.id"),
    "a title of 200 kB": (lambda d: d.update(title="x" * 200_000), "title"),
    "a token of 200 kB": (lambda d: run_of(d)["tokens"][0].update(text="x" * 200_000), "tokens.0.text"),
    "a hash of 200 kB": (lambda d: run_of(d).update(subject="x" * 200_000), "subject"),
    "a question of 500 kB": (lambda d: d["turns"][0].update(content="x" * 500_000), "turns.0"),
    "half a character": (lambda d: d["turns"][0].update(content="\ud800"), "turns.0.content"),
    "half a character in a token": (
        lambda d: run_of(d)["tokens"][1].update(text="\ud800"), "tokens.1.text",
    ),
    "half a character in an alternative": (
        lambda d: run_of(d)["tokens"][1]["top"][0].update(text="\ud800"), "tokens.1.top.0.text",
    ),
    "half a character in a reply": (lambda d: run_of(d).update(reply="\ud800"), "runs.1.reply"),
    "half a character in a name": (
        lambda d: run_of(d)["interventions"][0].update(name="\ud800"), "interventions.0.name",
    ),
    "an empty question": (lambda d: d["turns"][0].update(content=""), "1 to 400,000"),
    "a role that is none": (lambda d: d["turns"][0].update(role="system"), "turns.0.role"),
    "the same role twice": (lambda d: d["turns"].insert(0, d["turns"][0]), "pairs"),
    "an answer first": (lambda d: d["turns"].pop(0), "pairs"),
    "a question without an answer's place": (lambda d: d["turns"].pop(), "pairs"),
    "a run of a question": (
        lambda d: d["turns"][0]["runs"].append(run_of(d)), "a user turn has no runs",
    ),
    "content that is no reply": (
        lambda d: d["turns"][1].update(content="forged"), "newest run that is over",
    ),
    "a reply that its tokens do not say": (lambda d: run_of(d).update(reply="forged"), "reply is not"),
    "a reply with more before it": (
        lambda d: run_of(d).update(reply="forged word word on "), "reply is not",
    ),
    "a position left out": (lambda d: run_of(d)["tokens"].pop(2), "positions"),
    "positions from 1": (lambda d: run_of(d)["tokens"].pop(0), "positions"),
    "a negative id": (lambda d: run_of(d)["tokens"][1].update(id=-1), "tokens.1.id"),
    "an id past 31 bits": (lambda d: run_of(d)["tokens"][1].update(id=2**31), "tokens.1.id"),
    "a negative id of an alternative": (
        lambda d: run_of(d)["tokens"][1]["top"][0].update(id=-1), "tokens.1.top.0.id",
    ),
    "a log-probability that is none": (
        lambda d: run_of(d)["tokens"][1].update(logprob=float("nan")), "tokens.1.logprob",
    ),
    "a prompt past the end": (lambda d: run_of(d).update(n_prompt=8), "n_prompt"),
    "no prompt": (lambda d: run_of(d).update(n_prompt=0), "n_prompt"),
    "a reply that begins behind the prompt": (lambda d: run_of(d).update(reply_from=6), "reply_from"),
    "a system turn in the reply": (lambda d: run_of(d).update(given_from=4), "given_from"),
    "a marker amid the reply": (lambda d: run_of(d)["tokens"][5].update(marker=True), "marker"),
    "a marker given as reply": (lambda d: run_of(d)["tokens"][4].update(marker=True), "marker"),
    "no tokens": (lambda d: run_of(d).update(tokens=[]), "n_prompt"),
    "an end that goes with no state": (lambda d: run_of(d).update(finish="stopped"), "is done"),
    "a state that is none": (lambda d: run_of(d).update(state="great"), "state"),
    "a concept in words": (
        lambda d: run_of(d).update(interventions=[{"query": "rivers", "value": 1}]), "query",
    ),
    "a feature that is none": (
        lambda d: run_of(d)["interventions"][0].update(features=["mlp.1"]), "interventions.0",
    ),
    "settings that are none": (lambda d: run_of(d)["settings"].update(temperature=-1), "temperature"),
    "a time without a zone": (lambda d: d.update(created_at="2026-01-01T00:00:00"), "created_at"),
    "a time before all": (lambda d: d["turns"][0].update(created_at="0001-01-01T00:00:00Z"), "created_at"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_document_made_by_hand_and_wrong_is_refused(journal: Journal, wrong: str) -> None:
    change, words = WRONG[wrong]
    document = as_sent(make_document(journal))
    ConversationDocument.model_validate(document)
    change(document)
    with pytest.raises(ValidationError) as caught:
        ConversationDocument.model_validate(document)
    (first, *_) = caught.value.errors()
    said = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    assert words in said


def test_a_document_full_of_mistakes_is_refused_at_the_first(journal: Journal) -> None:
    document = as_sent(make_document(journal))
    document["turns"] = [{}] * 10_000
    with pytest.raises(ValidationError) as caught:
        ConversationDocument.model_validate(document)
    assert caught.value.error_count() == 4, "the fields of one turn"

"""Copies of conversations: the same, under other ids, up to some turn."""

from typing import Any

import pytest

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.journal import ConversationDetail, Journal
from tests.unit.journal.conftest import answered, make_run, make_token


@pytest.fixture
def original(journal: Journal) -> ConversationDetail:
    made = journal.conversations.create("Title", "System")
    answered(journal, made.id, "first", "one", "one again")
    answered(journal, made.id, "second", "two")
    return journal.conversations.get(made.id)


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if k not in IDS}
    return [without_ids(one) for one in value] if isinstance(value, list | tuple) else value


IDS = ("id", "turn_id", "conversation_id")


def ids_of(conversation: ConversationDetail) -> list[str]:
    turns = conversation.turns
    return [conversation.id, *(t.id for t in turns), *(r.id for t in turns for r in t.runs)]


def test_a_copy_is_the_same_under_other_ids(journal: Journal, original: ConversationDetail) -> None:
    copy = journal.copies.make(original.id)
    assert (copy.title, copy.system) == ("Title", "System")
    assert without_ids(copy.model_dump()["turns"]) == without_ids(original.model_dump()["turns"])
    assert not set(ids_of(copy)) & set(ids_of(original))
    for old, new in zip(original.turns, copy.turns, strict=True):
        for one, same in zip(old.runs, new.runs, strict=True):
            run, again = journal.runs.get(one.id), journal.runs.get(same.id)
            assert without_ids(run.model_dump()) == without_ids(again.model_dump())
            assert len(run.tokens) == 4
            assert (again.conversation_id, again.turn_id) == (copy.id, new.id)
    assert journal.conversations.all()[0].id == copy.id
    assert journal.conversations.get(original.id) == original


def test_a_copy_and_its_original_go_on_apart(
    journal: Journal, original: ConversationDetail
) -> None:
    copy = journal.copies.make(original.id)
    answered(journal, copy.id, "third", "three")
    assert journal.conversations.get(original.id) == original
    journal.conversations.delete(original.id)
    assert [t.content for t in journal.conversations.get(copy.id).turns] == [
        "first", "one again", "second", "two", "third", "three",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "contents"),
    [
        (0, []),
        (1, ["first", ""]),
        (2, ["first", "one again"]),
        (3, ["first", "one again", "second", ""]),
    ],
)
def test_a_copy_ends_before_the_turn_named(
    journal: Journal, original: ConversationDetail, before: int, contents: list[str]
) -> None:
    copy = journal.copies.make(original.id, original.turns[before].id, title="Other")
    assert copy.title == "Other"
    assert [turn.content for turn in copy.turns] == contents
    for turn, old in zip(copy.turns, original.turns, strict=False):
        assert len(turn.runs) == (0 if old.id == original.turns[before].id else len(old.runs))


def test_the_question_of_a_turn_left_open_is_answered_in_its_place(
    journal: Journal, original: ConversationDetail
) -> None:
    copy = journal.copies.make(original.id, original.turns[1].id)
    begun = journal.runs.begin(make_run(copy.id, content=None))
    assert (begun.turn_id, begun.user_turn_id) == (copy.turns[1].id, None)
    empty = journal.copies.make(original.id, original.turns[0].id)
    with pytest.raises(InvalidRequest):
        journal.runs.begin(make_run(empty.id, content=None))


def test_what_is_being_written_is_stopped_in_the_copy_only(journal: Journal) -> None:
    made = journal.conversations.create()
    begun = journal.runs.begin(make_run(made.id))
    journal.runs.append(begun.run_id, [make_token(3, "so far")])
    copy = journal.copies.make(made.id)
    (run,) = copy.turns[1].runs
    assert (run.state, run.finish, run.reply) == ("stopped", "stopped", "so far")
    journal.runs.append(begun.run_id, [make_token(4, " and on")])
    assert journal.runs.get(begun.run_id).state == "running"
    assert len(journal.runs.get(run.id).tokens) == 4


def test_a_turn_of_another_conversation_is_no_place_to_end(
    journal: Journal, original: ConversationDetail
) -> None:
    copy = journal.copies.make(original.id)
    n = len(journal.conversations.all())
    for turn in (copy.turns[0].id, "nonsense"):
        with pytest.raises(NotFound, match="no turn"):
            journal.copies.make(original.id, turn)
    assert len(journal.conversations.all()) == n

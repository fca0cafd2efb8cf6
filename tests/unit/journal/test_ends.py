"""Ends of runs that the database does not take: shown at once, written later, once."""

import pytest

from pellucid.core.errors import NotFound, StoreFailed
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from tests.full_disk import unwritable
from tests.unit.journal.conftest import make_run, make_token


@pytest.fixture
def ended(journal: Journal) -> tuple[str, str]:
    """A conversation, and its run that ended while nothing could be written."""
    made = journal.conversations.create("Title")
    begun = journal.runs.begin(make_run(made.id))
    journal.runs.append(begun.run_id, [make_token(3, "kept ")])
    last = [make_token(4, "late "), make_token(5, "<end>", marker=True)]
    with unwritable(journal.database), pytest.raises(StoreFailed):
        journal.runs.finish(begun.run_id, last, "done", "end")
    return made.id, begun.run_id


def test_while_nothing_can_be_written_readers_see_the_end(
    journal: Journal, ended: tuple[str, str]
) -> None:
    conversation, run_id = ended
    with unwritable(journal.database):
        run = journal.runs.get(run_id)
        found = journal.conversations.get(conversation)
    assert (run.state, run.finish, run.reply) == ("done", "end", "kept late ")
    assert [token.pos for token in run.tokens] == [0, 1, 2, 3, 4, 5]
    assert found.turns[1].content == "kept late "
    assert found.turns[1].runs[0].state == "done"


def test_the_end_is_written_once_when_it_can_be(
    journal: Journal, ended: tuple[str, str], settings: Settings
) -> None:
    seen = journal.runs.get(ended[1])
    assert journal.runs.get(ended[1]) == seen
    other = Journal.open(settings)
    assert other.runs.get(ended[1]) == seen
    other.close()


@pytest.mark.parametrize("way", ["change", "export", "copy", "ask", "close"])
def test_whatever_comes_next_has_the_end(
    journal: Journal, ended: tuple[str, str], settings: Settings, way: str
) -> None:
    conversation, run_id = ended
    if way == "change":
        changed = journal.conversations.change(conversation, {"title": "New"})
        assert changed.turns[1].runs[0].state == "done"
    elif way == "export":
        assert journal.exchange.export(conversation).turns[1].runs[0].reply == "kept late "
    elif way == "copy":
        assert journal.copies.make(conversation).turns[1].runs[0].finish == "end"
    elif way == "ask":
        journal.runs.begin(make_run(conversation))
    else:
        journal.close()
    other = Journal.open(settings)
    assert other.runs.get(run_id).state == "done"
    other.close()


def test_a_process_that_dies_before_leaves_a_run_that_the_next_start_stops(
    ended: tuple[str, str], settings: Settings
) -> None:
    other = Journal.open(settings)
    run = other.runs.get(ended[1])
    assert (run.state, run.finish, run.reply) == ("stopped", "stopped", "kept ")
    other.close()


def test_the_end_of_a_run_that_was_deleted_is_forgotten(
    journal: Journal, ended: tuple[str, str]
) -> None:
    journal.conversations.delete(ended[0])
    with pytest.raises(NotFound):
        journal.runs.get(ended[1])
    assert journal.runs._ends.settle() == {}

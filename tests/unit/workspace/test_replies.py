"""What a reply reads, what it keeps, and what closing it does: without a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pellucid.atlas import Atlas
from pellucid.core.errors import InvalidRequest, NotFound, StoreFailed
from pellucid.core.settings import Settings
from pellucid.journal import Journal, Sampling
from pellucid.workspace import ReplyAsked, ReplyDone, Started, Written
from pellucid.workspace.beginnings import messages_of
from pellucid.workspace.bench import Bench
from pellucid.workspace.concepts import Concepts
from pellucid.workspace.replies import reply
from tests.full_disk import unwritable
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import FakeSubject


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(Settings(data_dir=tmp_path))
    yield opened
    opened.close()


def bench(model: FakeModel, journal: Journal) -> Bench:
    def no_atlas() -> Atlas:
        raise NotFound("no atlas is open")

    def no_concepts() -> Concepts:
        raise NotFound("no atlas is open")

    return Bench(model.engine(), FakeSubject(), journal, lambda: None, no_atlas, no_concepts)


def asked(conversation_id: str, content: str | None = "hi") -> ReplyAsked:
    return ReplyAsked(conversation_id, content, Sampling(), ())


def test_events_come_in_order(journal: Journal) -> None:
    made = journal.conversations.create()
    events = list(reply(bench(FakeModel(), journal), asked(made.id)))
    assert [type(event) for event in events] == [Started, Written, Written, Written, ReplyDone]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_closing_keeps_what_was_written(journal: Journal, after: int) -> None:
    model = FakeModel()
    made = journal.conversations.create()
    events = reply(bench(model, journal), asked(made.id))
    for _ in range(after):
        next(events)
    events.close()
    assert model.held == 0
    (run,) = journal.conversations.get(made.id).turns[1].runs
    assert (run.state, run.finish) == ("stopped", "stopped")
    assert run.reply.split() == ["one", "two", "three"][: after - 1]


def test_closing_on_a_full_disk_does_not_fail_and_the_run_is_over(journal: Journal) -> None:
    made = journal.conversations.create()
    events = reply(bench(FakeModel(), journal), asked(made.id))
    for _ in range(2):
        next(events)
    with unwritable(journal.database):
        events.close()
        (run,) = journal.conversations.get(made.id).turns[1].runs
        assert (run.state, run.finish, run.reply) == ("stopped", "stopped", "one ")
    assert journal.conversations.get(made.id).turns[1].runs == (run,)
    assert journal.runs.stop_orphans() == 0


def test_a_reply_whose_last_tokens_cannot_be_kept_is_complete_in_memory(journal: Journal) -> None:
    made = journal.conversations.create()
    events = reply(bench(FakeModel(), journal), asked(made.id))
    for _ in range(4):
        next(events)
    with unwritable(journal.database), pytest.raises(StoreFailed):
        next(events)
    (run,) = journal.conversations.get(made.id).turns[1].runs
    assert (run.state, run.finish, run.reply) == ("done", "end", "one two three ")


def test_nothing_is_kept_of_a_conversation_that_is_not_there(journal: Journal) -> None:
    with pytest.raises(NotFound):
        list(reply(bench(FakeModel(), journal), asked("none")))


def test_the_system_message_comes_first_and_only_where_there_is_one(journal: Journal) -> None:
    plain = journal.conversations.create()
    told = journal.conversations.create(system="")
    assert [one.role for one in messages_of(plain, "hi")] == ["user"]
    assert [one.role for one in messages_of(told, "hi")] == ["system", "user"]
    with pytest.raises(InvalidRequest):
        messages_of(plain, None)

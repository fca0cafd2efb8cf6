"""Conversations and runs: what is written is what is read."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.interventions import Intervention
from pellucid.core.settings import Settings
from pellucid.journal import Journal, RunWriter
from pellucid.journal import runs as runs_module
from pellucid.journal.journal import FILE_NAME
from tests.unit.journal.conftest import answered, make_run, make_token


def test_a_conversation_is_as_it_was_made(journal: Journal) -> None:
    made = journal.conversations.create("Title", "System")
    assert journal.conversations.get(made.id) == made
    assert made.created_at.tzinfo is UTC
    assert (made.title, made.system, made.turns) == ("Title", "System", ())


def test_the_one_changed_last_comes_first(journal: Journal) -> None:
    first, second = journal.conversations.create("1"), journal.conversations.create("2")
    assert [one.id for one in journal.conversations.all()] == [second.id, first.id]
    journal.conversations.change(first.id, {"title": "1 again"})
    assert [one.title for one in journal.conversations.all()] == ["1 again", "2"]
    journal.runs.begin(make_run(second.id))
    assert [one.id for one in journal.conversations.all()] == [second.id, first.id]


def test_only_what_is_given_changes(journal: Journal) -> None:
    made = journal.conversations.create("Title", "System")
    assert journal.conversations.change(made.id, {"title": "New"}).system == "System"
    assert journal.conversations.change(made.id, {"system": None}).title == "New"
    assert journal.conversations.get(made.id).system is None
    assert journal.conversations.change(made.id, {}).title == "New"


def test_what_is_not_there_is_not_found(journal: Journal) -> None:
    for attempt in (
        lambda: journal.conversations.get("x"),
        lambda: journal.conversations.change("x", {"title": "y"}),
        lambda: journal.conversations.delete("x"),
        lambda: journal.copies.make("x"),
        lambda: journal.exchange.export("x"),
        lambda: journal.runs.get("x"),
        lambda: journal.runs.begin(make_run("x")),
        lambda: journal.runs.append("x", [make_token(0)]),
        lambda: journal.runs.finish("x", [], "done", "end"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_deleting_a_conversation_takes_its_runs_along(journal: Journal) -> None:
    made = journal.conversations.create()
    begun = journal.runs.begin(make_run(made.id))
    journal.conversations.delete(made.id)
    with pytest.raises(NotFound):
        journal.runs.get(begun.run_id)
    with pytest.raises(NotFound):
        journal.runs.append(begun.run_id, [make_token(3)])
    assert journal.conversations.all() == []


def test_all_conversations_are_deleted_in_one_step(journal: Journal) -> None:
    runs = [answered(journal, journal.conversations.create().id, "q", "a") for _ in range(3)]
    kept = journal.sets.create("kept", ["mlp.0.0.pos"])
    journal.conversations.delete_all()
    assert journal.conversations.all() == []
    with journal.database.read() as connection:
        for table in ("turns", "runs", "pieces"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    with pytest.raises(NotFound):
        journal.runs.finish(runs[0].run_id, [], "done", "end")
    assert journal.sets.all() == [kept]
    journal.conversations.delete_all()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["100% sure", "rivers", "untouched"]),
        ("RIVER", ["rivers"]),
        ("danube", ["rivers"]),
        ("ÉLAN", ["rivers"]),
        ("first answer", ["rivers"]),
        ("%", ["100% sure"]),
        ("_", []),
        ("/", []),
        ("0% s", ["100% sure"]),
        ("hidden", []),
        ("nowhere", []),
    ],
)
def test_conversations_are_found_by_title_questions_and_replies(
    journal: Journal, wanted: str, found: list[str]
) -> None:
    journal.conversations.create("untouched", "a hidden system message")
    rivers = journal.conversations.create("rivers")
    answered(journal, rivers.id, "where is the Danube?", "the first answer", "with élan")
    answered(journal, rivers.id, "and the Danube's end?", "the sea")
    journal.conversations.create("100% sure")
    assert [one.title for one in journal.conversations.all(wanted)] == found


def test_the_journal_says_where_it_is_and_how_much_it_holds(
    journal: Journal, settings: Settings
) -> None:
    facts = journal.facts()
    path = settings.data_dir / FILE_NAME
    assert (facts.place, facts.n_conversations) == (str(path), 0)
    answered(journal, journal.conversations.create().id, "q" * 100_000, "a")
    later = journal.facts()
    assert later.n_conversations == 1
    on_disk = sum(one.stat().st_size for one in settings.data_dir.glob("*.sqlite*"))
    assert later.bytes is not None and facts.bytes is not None
    assert facts.bytes + 100_000 <= later.bytes <= on_disk


def test_a_run_is_as_it_was_written(journal: Journal) -> None:
    made = journal.conversations.create()
    steer = Intervention(features=("mlp.1.2.neg",), value=-0.1234567890123, positions="3:5")
    new = replace(make_run(made.id), interventions=(steer,))
    begun = journal.runs.begin(new)
    writer = RunWriter(journal.runs, begun.run_id)
    reply = [make_token(pos, text=f"{pos} ") for pos in range(3, 40)]
    for token in reply:
        writer.add(token)
    writer.add(make_token(40, "<end>", marker=True))
    writer.finish("done", "end")

    run = journal.runs.get(begun.run_id)
    assert run.tokens == (*new.prompt, *reply, make_token(40, "<end>", marker=True))
    assert run.reply == "".join(f"{pos} " for pos in range(3, 40))
    assert (run.state, run.finish) == ("done", "end")
    assert (run.given_from, run.reply_from, run.n_prompt) == (1, 3, 3)
    assert run.interventions == (steer,)
    assert run.settings.seed == 2**53 - 1
    assert (run.conversation_id, run.turn_id) == (made.id, begun.turn_id)


def test_committing_costs_the_same_at_token_10_and_at_token_1000(journal: Journal) -> None:
    begun = journal.runs.begin(make_run(journal.conversations.create().id))
    writer = RunWriter(journal.runs, begun.run_id)
    sizes: list[int] = []
    append = journal.runs.append

    def watch(run_id: str, tokens: list[object]) -> None:
        sizes.append(len(tokens))
        append(run_id, tokens)  # pyright: ignore[reportArgumentType]

    journal.runs.append = watch  # type: ignore[method-assign,assignment]
    for pos in range(3, 1003):
        writer.add(make_token(pos))
    assert max(sizes) <= runs_module.COMMIT_TOKENS
    assert writer.n_tokens == 1000


def test_a_slow_reply_is_committed_every_second(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = journal.runs.begin(make_run(journal.conversations.create().id))
    writer = RunWriter(journal.runs, begun.run_id)
    writer.add(make_token(3))
    assert len(journal.runs.get(begun.run_id).tokens) == 3
    monkeypatch.setattr(runs_module, "COMMIT_S", 0.0)
    writer.add(make_token(4))
    assert len(journal.runs.get(begun.run_id).tokens) == 5


def test_a_reply_begins_with_what_it_was_given(journal: Journal) -> None:
    made = journal.conversations.create()
    new = replace(make_run(made.id, n_prompt=5), reply_from=3, reply="word word ")
    begun = journal.runs.begin(new)
    assert journal.runs.get(begun.run_id).reply == "word word "
    journal.runs.finish(begun.run_id, [make_token(5, "end")], "done", "end")
    run = journal.runs.get(begun.run_id)
    assert (run.reply_from, run.n_prompt, run.reply) == (3, 5, "word word end")
    assert journal.conversations.get(made.id).turns[1].content == "word word end"


def test_a_turn_answered_again_keeps_every_run_in_order(journal: Journal) -> None:
    made = journal.conversations.create()
    first = journal.runs.begin(make_run(made.id))
    journal.runs.finish(first.run_id, [make_token(3, "first")], "done", "end")
    second = journal.runs.begin(make_run(made.id, content=None))
    assert (second.turn_id, second.user_turn_id) == (first.turn_id, None)
    assert journal.conversations.get(made.id).turns[1].content == "first"
    journal.runs.finish(second.run_id, [make_token(3, "second")], "failed", None)
    assert journal.conversations.get(made.id).turns[1].content == "first"
    third = journal.runs.begin(make_run(made.id, content=None))
    journal.runs.finish(third.run_id, [make_token(3, "third")], "stopped", "stopped")
    turn = journal.conversations.get(made.id).turns[1]
    assert turn.content == "third"
    assert [run.id for run in turn.runs] == [first.run_id, second.run_id, third.run_id]


def test_there_must_be_something_to_answer(journal: Journal) -> None:
    made = journal.conversations.create()
    with pytest.raises(InvalidRequest):
        journal.runs.begin(make_run(made.id, content=None))
    assert journal.conversations.get(made.id).turns == ()


@pytest.mark.parametrize(
    ("content", "title"),
    [("  two\n words ", "two words"), ("x" * 200, "x" * 59 + "…"), ("x" * 60, "x" * 60)],
)
def test_a_conversation_takes_its_title_from_the_first_question(
    journal: Journal, content: str, title: str
) -> None:
    made = journal.conversations.create()
    journal.runs.begin(make_run(made.id, content=content))
    journal.runs.begin(make_run(made.id, content="another"))
    assert journal.conversations.get(made.id).title == title
    named = journal.conversations.create("Mine")
    journal.runs.begin(make_run(named.id, content=content))
    assert journal.conversations.get(named.id).title == "Mine"


def test_runs_that_died_with_the_process_are_stopped_with_what_was_committed(
    settings: Settings,
) -> None:
    first = Journal.open(settings)
    made = first.conversations.create()
    begun = first.runs.begin(make_run(made.id))
    first.runs.append(begun.run_id, [make_token(3, "so far")])
    second = Journal.open(settings)
    run = second.runs.get(begun.run_id)
    assert (run.state, run.finish, run.reply) == ("stopped", "stopped", "so far")
    # Where the first process still lives, its next commit sets that right.
    first.runs.append(begun.run_id, [make_token(4, " and on")])
    assert second.runs.get(begun.run_id).state == "running"
    first.close()
    second.close()


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
@given(any_text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_is_kept_as_it_is(journal: Journal, any_text: str) -> None:
    made = journal.conversations.create(any_text, any_text)
    answered(journal, made.id, any_text, any_text)
    found = journal.conversations.get(made.id)
    assert {found.system, found.turns[0].content, found.turns[1].content} == {any_text}

"""Sets of features: kept under names of which each is there once."""

import pytest

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.settings import Settings
from pellucid.journal import Journal


def test_a_set_is_as_it_was_made(journal: Journal, settings: Settings) -> None:
    made = journal.sets.create("dates", ["mlp.1.2.pos", "mlp.0.1.neg", "mlp.1.2.pos"], "by hand")
    assert made.features == ("mlp.1.2.pos", "mlp.0.1.neg")
    assert (made.name, made.note, made.created_at) == ("dates", "by hand", made.updated_at)
    journal.close()
    again = Journal.open(settings)
    assert again.sets.all() == [made]
    again.close()


def test_sets_come_by_name_whatever_their_case(journal: Journal) -> None:
    for name in ("b", "Éa", "C", "éb", "a", "B"):
        journal.sets.create(name, ["mlp.0.0.pos"])
    assert [one.name for one in journal.sets.all()] == ["a", "B", "b", "C", "Éa", "éb"]


def test_only_what_is_given_changes(journal: Journal) -> None:
    made = journal.sets.create("one", ["mlp.0.0.pos"], "note")
    named = journal.sets.change(made.id, {"name": "two"})
    assert (named.name, named.features, named.note) == ("two", made.features, "note")
    assert named.created_at == made.created_at < named.updated_at
    other = journal.sets.change(made.id, {"features": ["mlp.0.1.pos"] * 2, "note": None})
    assert (other.name, other.features, other.note) == ("two", ("mlp.0.1.pos",), None)
    assert journal.sets.all() == [other]


def test_a_name_is_had_once(journal: Journal) -> None:
    one, two = (journal.sets.create(name, ["mlp.0.0.pos"]) for name in ("one", "two"))
    with pytest.raises(InvalidRequest, match="of this name"):
        journal.sets.create("one", ["mlp.0.1.pos"])
    with pytest.raises(InvalidRequest, match="of this name"):
        journal.sets.change(two.id, {"name": "one"})
    assert journal.sets.all() == [one, two]
    assert journal.sets.change(one.id, {"name": "one"}).name == "one"


def test_a_set_that_is_not_there_is_not_found(journal: Journal) -> None:
    made = journal.sets.create("gone", ["mlp.0.0.pos"])
    journal.sets.delete(made.id)
    assert journal.sets.all() == []
    with pytest.raises(NotFound):
        journal.sets.delete(made.id)
    with pytest.raises(NotFound):
        journal.sets.change(made.id, {"name": "back"})

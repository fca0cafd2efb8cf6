"""Rankings: what is kept, whatever the order of arrival, and what becomes of it in the end."""

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.exemplars.ranking import WINDOW, Ranking, best_of, window_hashes
from tests.builders_collection import contents

N_FEATURES, N_SEQ, SEQ_LEN, KEPT = 3, 14, 10, 4
GROUPS = np.arange(N_SEQ) // 2
"""Two sequences in each group."""


class Entry(NamedTuple):
    """A sequence's largest activation of a feature."""

    feature: int
    sequence: int
    magnitude: float
    pos: int


ENTRIES = st.lists(
    st.builds(
        Entry,
        feature=st.integers(0, N_FEATURES - 1),
        sequence=st.integers(0, N_SEQ - 1),
        magnitude=st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0]),
        pos=st.integers(1, SEQ_LEN - 1),
    ),
    unique_by=lambda entry: (entry.feature, entry.sequence),
    max_size=30,
)


def ranking_of(entries: list[Entry], kept: int = KEPT) -> Ranking:
    """Entries let in one after the other."""
    ranking = Ranking.empty(N_FEATURES, SEQ_LEN, kept)
    for entry in entries:
        one = Ranking.empty(N_FEATURES, SEQ_LEN, 1)
        one.magnitude[entry.feature] = entry.magnitude
        one.sequence[entry.feature] = entry.sequence
        one.pos[entry.feature] = entry.pos
        one.group[entry.feature] = GROUPS[entry.sequence]
        one.gate[entry.feature] = entry.sequence % 3 - 1
        one.pattern[entry.feature] = entry.sequence + 1
        ranking.merge(one)
    return ranking


def expected(entries: list[Entry], kept: int = KEPT) -> list[list[tuple[float, int]]]:
    """The definition: the best of each group, and of those the best, the earlier sequence before its equals."""
    found: list[list[tuple[float, int]]] = []
    for feature in range(N_FEATURES):
        own = sorted((-e.magnitude, e.sequence) for e in entries if e.feature == feature)
        best: dict[int, tuple[float, int]] = {}
        for entry in own:
            best.setdefault(int(GROUPS[entry[1]]), entry)
        found.append(sorted(best.values())[:kept])
    return found


@settings(deadline=None)
@given(ENTRIES)
def test_a_ranking_holds_the_best_of_each_group(entries: list[Entry]):
    found = contents(ranking_of(entries))
    assert [[entry[:2] for entry in feature] for feature in found] == expected(entries)


@settings(deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False), st.lists(st.integers(0, 3), min_size=30))
def test_merging_in_any_order_and_grouping_ends_the_same(
    entries: list[Entry], random: object, parts: list[int]
):
    whole = contents(ranking_of(entries))
    split = [[e for e, p in zip(entries, parts, strict=False) if p == i] for i in range(4)]
    a, b, c, d = (ranking_of(part) for part in split)
    for left, right in ((a, b), (c, d)):
        left.merge(right)
    c.merge(a)  # (c + d) + (a + b)
    assert contents(c) == whole
    shuffled = list(entries)
    random.shuffle(shuffled)  # pyright: ignore[reportAttributeAccessIssue]
    assert contents(ranking_of(shuffled)) == whole


@settings(deadline=None)
@given(ENTRIES)
def test_merging_what_is_there_changes_nothing(entries: list[Entry]):
    ranking, again = ranking_of(entries), ranking_of(entries[: len(entries) // 2])
    before = contents(ranking)
    ranking.merge(again)
    ranking.merge(Ranking.empty(N_FEATURES, SEQ_LEN, KEPT))
    assert contents(ranking) == before


@settings(deadline=None)
@given(ENTRIES, st.lists(st.integers(0, 3), min_size=N_SEQ * SEQ_LEN, max_size=N_SEQ * SEQ_LEN))
def test_the_exemplars_do_not_depend_on_the_order_of_entries(entries: list[Entry], ids: list[int]):
    windows = window_hashes(np.array(ids, np.uint32).reshape(N_SEQ, SEQ_LEN))
    forth = best_of(ranking_of(entries), windows, 3)
    back = best_of(ranking_of(entries[::-1]), windows, 3)
    for name in ("sequence", "pos", "magnitude", "gate"):
        np.testing.assert_array_equal(getattr(forth, name), getattr(back, name))
    assert forth.repeated == back.repeated


def test_exemplars_are_in_order_and_windows_appear_once():
    entries = [
        Entry(0, 0, 2.0, 9),
        Entry(0, 2, 3.0, 9),
        Entry(0, 4, 1.0, 9),
        Entry(0, 7, 2.0, 9),
        Entry(1, 1, 1.5, 3),
    ]
    ids = np.arange(N_SEQ * SEQ_LEN, dtype=np.uint32).reshape(N_SEQ, SEQ_LEN)
    ids[0, 2:] = ids[2, 2:]  # the window at 9 of sequence 0 is that of 2
    ranking = ranking_of(entries)
    best = best_of(ranking, window_hashes(ids), 3)
    assert best.sequence.tolist() == [[2, 7, 4], [1, -1, -1], [-1, -1, -1]]
    assert best.magnitude.tolist() == [[3, 2, 1], [1.5, 0, 0], [0, 0, 0]]
    assert best.repeated == 1
    assert ranking.pattern[0, best.slot[0]].max(-1).tolist() == [3, 8, 5]


@given(st.lists(st.integers(0, 2), min_size=40, max_size=40))
def test_windows_are_alike_where_their_last_ids_are(flat: list[int]):
    ids = np.array(flat, np.uint32).reshape(2, 20)
    found = window_hashes(ids)
    seen: dict[tuple[int, ...], int] = {}
    for s in range(2):
        for pos in range(20):
            window = tuple(ids[s, max(pos + 1 - WINDOW, 0) : pos + 1].tolist())
            assert seen.setdefault(window, int(found[s, pos])) == int(found[s, pos])
    assert len(set(seen.values())) == len(seen)

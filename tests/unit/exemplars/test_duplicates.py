"""Near-duplicates are found and stay on one side of the split; what is merely alike is left apart."""

import hashlib
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.exemplars.duplicates import N_WORDS, TEST, TRAIN, VALID, groups_of, splits_of

WORDS = [hashlib.sha256(bytes([i])).hexdigest()[:6] for i in range(200)]


def text(rng: random.Random, n: int = 120) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(n))


def edited(rng: random.Random, whole: str, n: int) -> str:
    words = whole.split()
    for at in rng.sample(range(len(words)), n):
        words[at] = "changed"
    return " ".join(words)


def similarity(a: str, b: str) -> float:
    """Jaccard similarity of the sets of word 5-grams, by counting."""
    first, second = (
        {tuple(words[i : i + N_WORDS]) for i in range(len(words) - N_WORDS + 1)}
        for words in (a.split(), b.split())
    )
    return len(first & second) / len(first | second)


def sha(whole: str) -> str:
    return hashlib.sha256(whole.encode()).hexdigest()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 2), st.integers(0, 5))
def test_no_near_duplicates_are_in_different_splits(seed: int, n_edits: int, n_copies: int):
    rng = random.Random(seed)
    originals = [text(rng) for _ in range(6)]
    copies = [edited(rng, rng.choice(originals), n_edits) for _ in range(n_copies)]
    texts = [*originals, *copies]
    rng.shuffle(texts)
    groups = groups_of(texts)
    splits = splits_of([sha(t) for t in texts], groups, seed)
    for i, one in enumerate(texts):
        for j, other in enumerate(texts[:i]):
            if similarity(one, other) >= 0.8:
                assert groups[i] == groups[j] and splits[i] == splits[j]
            if similarity(one, other) == 0:
                assert groups[i] != groups[j]


def test_texts_that_are_only_alike_are_left_apart():
    rng = random.Random(0)
    base = text(rng)
    alike = [edited(rng, base, 30) for _ in range(20)]
    assert max(similarity(a, b) for a in alike for b in alike if a is not b) < 0.3
    assert len(set(groups_of(alike).tolist())) == 20


def test_case_and_punctuation_make_no_difference():
    rng = random.Random(1)
    base = text(rng, 30)
    assert groups_of([base, base.upper().replace(" ", ", ")]).tolist() == [0, 0]


def test_short_texts_and_texts_without_words_or_spaces_have_groups_too():
    texts = ["a b", "a b", "b a", "!!!", "???", "!!!", "", "猫が好きです。", "猫が好きです"]
    assert groups_of(texts).tolist() == [0, 0, 2, 3, 4, 3, 6, 7, 7]
    assert groups_of([]).tolist() == []


def test_many_copies_of_one_text_are_one_group():
    rng = random.Random(2)
    base = text(rng)
    texts = [edited(rng, base, 1) for _ in range(300)]
    assert set(groups_of(texts).tolist()) == {0}


def test_groups_do_not_depend_on_the_order():
    rng = random.Random(3)
    originals = [text(rng, 60) for _ in range(30)]
    texts = sorted({*originals, *(edited(rng, rng.choice(originals), 1) for _ in range(40))})
    shuffled = rng.sample(texts, len(texts))
    one, other = (
        {frozenset(t for t, h in zip(order, groups, strict=True) if h == g) for g in set(groups)}
        for order in (texts, shuffled)
        for groups in [groups_of(order).tolist()]
    )
    assert one == other and len(one) == 30


def test_splits_are_60_20_20_and_follow_seed_and_content():
    shas = [sha(str(i)) for i in range(20_000)]
    groups = np.arange(len(shas), dtype=np.int32)
    splits = splits_of(shas, groups, 0)
    shares = [float((splits == split).mean()) for split in (TRAIN, VALID, TEST)]
    assert shares == pytest.approx([0.6, 0.2, 0.2], abs=0.012)
    again = splits_of(shas[::-1], groups, 0)[::-1]
    assert (again == splits).all()
    assert 0.4 < (splits_of(shas, groups, 1) == splits).mean() < 0.48


def test_a_group_goes_where_its_smallest_hash_goes():
    shas = sorted(sha(str(i)) for i in range(300))
    alone = splits_of(shas, np.arange(300, dtype=np.int32), 5)
    pairs = np.repeat(np.arange(0, 300, 2, dtype=np.int32), 2)
    assert (splits_of(shas, pairs, 5) == np.repeat(alone[::2], 2)).all()


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 3))
def test_a_tiny_corpus_has_a_train_split(seed: int, n: int):
    splits = splits_of([sha(str(i)) for i in range(n)], np.arange(n, dtype=np.int32), seed)
    assert TRAIN in splits.tolist()

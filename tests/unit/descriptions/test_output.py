"""What a feature promotes: kinds are scored over all their members, words are not."""

from math import isnan

import numpy as np
import pytest

from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.output import OutputSpace, output_text
from pellucid.descriptions.sentence import Kind, Word
from pellucid.descriptions.tokens import Reader

DIGITS = tuple(f" {i}" for i in range(10))
OTHERS = tuple(f" {a}ord{b}" for a in "wlc" for b in "abcdefghijklmnopqrstuvwxyzabcd")
"""No digits: 90 words, some of them twice."""


def space(embedding: np.ndarray) -> OutputSpace:
    return OutputSpace(embedding.astype(np.float32), Meaning.of(Reader(DIGITS + OTHERS)))


def test_a_kind_is_scored_over_all_its_members_not_over_those_it_was_named_from() -> None:
    raised = np.zeros((100, 1))
    raised[10:] = np.linspace(-1, 1, 90)[:, None]
    raised[:6], raised[6:10] = 2, -2
    found = space(raised)
    clause = found.clause(np.arange(6))
    assert clause == (Kind("digits"),) and output_text(clause) == "Promotes digits."
    ours, all_ = raised[:10, 0], raised[:, 0]
    below = [((all_ < x).sum() + (all_ <= x).sum()) / 2 / 100 for x in ours]
    up = np.ones(1, np.float32)
    assert found.score(clause, up) == pytest.approx(np.mean(below), abs=1e-6)
    assert found.score(clause, up) < 0.65 and found.score(clause, -up) > 0.35
    raised[6:10] = 2
    assert space(raised).score(clause, up) > 0.9


def test_a_list_of_words_has_no_score() -> None:
    raised = np.zeros((100, 1))
    raised[[12, 40, 3]] = 5
    found = space(raised)
    clause = found.clause(np.array([12, 40, 3]))
    assert clause == (Word("wordc"), Word("lorda"), Word("3"))
    assert output_text(clause) == "Promotes “wordc”, “lorda” and “3”."
    assert isnan(found.score(clause, np.ones(1, np.float32)))
    assert isnan(found.score((), np.ones(1, np.float32))) and output_text(()) == ""

"""Summaries: short whatever the sentence, and the sentence itself where that is short."""

from hypothesis import given

from pellucid.descriptions.sentence import Clause, Hypothesis, Kind, Word, render
from pellucid.descriptions.summary import MOST_WORDS, summarise
from tests.unit.descriptions.test_sentence import HYPOTHESES


@given(HYPOTHESES)
def test_a_summary_has_fewer_than_fifteen_words(hypothesis: Hypothesis) -> None:
    sentence = render(hypothesis)
    said = sentence.removeprefix("Fires on ").removesuffix(".")
    summary = summarise(sentence)
    assert 0 < len(summary.split()) <= MOST_WORDS < 15
    if len(said.split()) <= MOST_WORDS:
        assert summary == said


def test_kinds_stay_and_lists_grow_shorter() -> None:
    pieces, capitalised = Kind("pieces that continue a word"), Kind("capitalised words")
    clause = Clause((pieces, Word("rum")), after=(capitalised, pieces, Kind("single letters")))
    assert summarise(render(Hypothesis((clause,)))) == (
        "pieces that continue a word right after capitalised words"
    )
    words = tuple(Word(f"w{i}") for i in range(20))
    assert summarise(render(Hypothesis((Clause(words),)))) == "“w0”, “w1”, “w2”, “w3” and “w4”"

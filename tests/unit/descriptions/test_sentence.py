"""Sentences: what is rendered is read back as the same hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.sentence import (
    PLACES,
    Clause,
    Hypothesis,
    Kind,
    Like,
    Word,
    parse,
    render,
)
from pellucid.descriptions.words import lexicon

_PHRASES = sorted({c.phrase for c in lexicon().classes} | {c.phrase for c in lexicon().patterns})
_TOPICS = sorted(topic.name for topic in lexicon().topics)
_ITEMS = st.one_of(
    st.builds(
        Word,
        st.text(st.characters(exclude_characters="“”", exclude_categories=("Cs",)), min_size=1, max_size=8)
        .filter(lambda text: not text.startswith("-") and not text.endswith("-")),
        st.booleans(),
    ),
    st.sampled_from(_PHRASES).map(Kind),
    st.sampled_from(["rain", "over there", "1st"]).map(Like),
)  # fmt: skip
_SOME = st.lists(_ITEMS, min_size=1, max_size=4).map(tuple)
_CLAUSES = st.builds(
    Clause.of,
    _SOME,
    st.one_of(st.just(()), _SOME),
    st.one_of(st.just(()), _SOME),
    st.one_of(st.none(), st.sampled_from(_TOPICS)),
    st.one_of(st.none(), st.sampled_from(sorted(PLACES))),
)

HYPOTHESES = st.lists(_CLAUSES, min_size=1, max_size=2).map(lambda c: Hypothesis(tuple(c)))
"""Whatever a sentence can say."""


@given(HYPOTHESES)
def test_every_sentence_is_read_back(hypothesis: Hypothesis) -> None:
    assert parse(render(hypothesis)) == hypothesis


def test_a_sentence_reads_as_people_write() -> None:
    rum = Clause((Word("rum"), Word("brandy")), (Kind("full stops"),), (Word("of"),))
    follows = Clause(after=(Word("ing", piece=True),), topic=_TOPICS[0])
    text = render(Hypothesis((rum, follows)))
    assert text == (
        "Fires on “rum” and “brandy”, less on full stops right after “of”; "
        f"also on whatever follows “-ing” in text about {_TOPICS[0]}."
    )


def test_what_is_alike_is_one_part_of_a_list() -> None:
    likes = (Like("delicate"), Like("complex"))
    clause = Clause(
        (Word("bre"), Like("frail")), (Word("double"), *likes), (Kind("commas"), *likes)
    )
    assert render(Hypothesis((clause,))) == (
        "Fires on “bre” and words like “frail”, less on “double” and words like “delicate” or “complex” "
        "right after commas or words like “delicate” or “complex”."
    )


@pytest.mark.parametrize("text", ["", "Rum and brandy", "fires on “rum”.", "Fires on “rum”"])
def test_what_is_no_sentence_by_rules_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="no description by rules"):
        parse(text)

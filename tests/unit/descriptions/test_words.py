"""The lexicon says what a reader of English expects."""

import pytest

from pellucid.core.errors import StoreMismatch
from pellucid.descriptions.words import lexicon, parse_lexicon


def words(phrase: str) -> frozenset[str]:
    return next(c.words for c in lexicon().classes if c.phrase == phrase)


@pytest.mark.parametrize(
    ("phrase", "inside", "outside"),
    [
        ("words for musical instruments", "violin drums", "bank said"),
        ("words for birds", "eagle owls", "brown dog"),
        ("verbs of giving", "gave gives giving", "the taken"),
        ("month names", "january may", "monday"),
        ("articles", "the a an", "of"),
        ("adjectives of praise", "good great greater", "gooder goodest superber"),
        ("adjectives of age", "old newer", "oldder olddest"),
    ],
)
def test_members(phrase: str, inside: str, outside: str) -> None:
    assert words(phrase).issuperset(inside.split())
    assert words(phrase).isdisjoint(outside.split())


@pytest.mark.parametrize(
    ("phrase", "inside", "outside"),
    [
        ("numbers", ["42", " 7"], ["x1", "seven", ""]),
        ("line breaks", ["\n", "\n\n"], [" ", "a"]),
        ("blank lines", ["\n\n"], ["\n"]),
        ("capitalised words", [" Rome", "Rome"], [" ROME", " rome"]),
        ("words ending in “-ing”", [" sailing", "ing"], [" ing", " king2", " sings"]),
        ("words ending in “-s”", [" drums"], [" glass", " famous", " is"]),
        ("Cyrillic letters", ["ж", " да"], ["z", "é"]),
        ("letters with accents", ["é", " café"], ["cafe", "ж"]),
        ("dashes", ["--", " —"], ["-"]),
    ],
)
def test_spelling(phrase: str, inside: list[str], outside: list[str]) -> None:
    matches = next(p.matches for p in lexicon().patterns if p.phrase == phrase)
    assert [t for t in inside if not matches(t)] == []
    assert [t for t in outside if matches(t)] == []


def test_a_phrase_twice_is_refused() -> None:
    with pytest.raises(StoreMismatch, match="twice"):
        parse_lexicon("words for birds: owl\nwords for birds: crow", "birds: owl")
    with pytest.raises(StoreMismatch, match="damaged"):
        parse_lexicon("words for birds", "birds: owl")


def test_no_phrase_reads_as_two() -> None:
    known = lexicon()
    phrases = [kind.phrase for kind in (*known.classes, *known.patterns)]
    assert [p for p in phrases if any(cut in p for cut in (" and ", " or ", ", "))] == []

"""Tokens as a reader sees them."""

import numpy as np

from pellucid.descriptions.sentence import Word
from pellucid.descriptions.tokens import AGAIN, LINE, SENTENCE
from tests.builders_descriptions import ID, WORDS, reader, texts_of


def test_a_token_that_continues_a_word_is_another_reading() -> None:
    texts = texts_of([[".", " cook", "ing", ".", "ing", " 4", "2"]])
    n = len(WORDS)
    assert texts.reading[0, :7].tolist() == [
        ID["."], ID[" cook"], ID["ing"] + n, ID["."], ID["ing"], ID[" 4"], ID["2"] + n
    ]  # fmt: skip


def test_a_word_in_small_letters_stands_for_any_case() -> None:
    assert set(reader().ids_of(Word("rum"))) == {ID[" rum"], ID[" Rum"]}
    assert set(reader().ids_of(Word("Rum"))) == {ID[" Rum"]}
    assert set(reader().ids_of(Word("ing", piece=True))) == {ID["ing"] + len(WORDS)}
    assert len(reader().ids_of(Word("brandy"))) == 0


def test_places() -> None:
    texts = texts_of([[" the", ".", " red", "\n", " the", " red"]])
    places = texts.places[0]
    assert [bool(p & SENTENCE) for p in places[:6]] == [True, False, True, False, True, False]
    assert [bool(p & LINE) for p in places[:6]] == [True, False, False, False, True, False]
    assert np.flatnonzero(places[1:6] & AGAIN).tolist() == [4]  # position 0 is not remembered

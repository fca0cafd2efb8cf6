"""The parts that search embeds."""

from pellucid.descriptions.parts import AFTER, KIND, TOPIC, parts_of, senses_of
from pellucid.descriptions.sentence import STRONG, WEAK


def test_a_sentence_falls_into_its_items_with_their_weights() -> None:
    text = "Fires on “rum” and words like “wine”, less on “-ing” right after “of” in text about cooking; also on “rum”."
    assert dict(parts_of(text)) == {
        "rum": STRONG, "wine": STRONG, "ing": WEAK, "of": AFTER, "cooking": TOPIC
    }  # fmt: skip


def test_what_is_promoted_falls_into_words_too() -> None:
    assert parts_of("Promotes “london” and “paris”.") == (("london", 1.0), ("paris", 1.0))


def test_any_other_text_is_one_part() -> None:
    assert parts_of("References to alcohol.") == (("References to alcohol.", 1.0),)


def test_a_word_is_found_as_itself_and_as_the_kinds_it_is_of() -> None:
    assert senses_of("trumpet")[0] == ("trumpet", 1.0)
    assert ("musical instruments", KIND) in senses_of("trumpet")
    assert senses_of("qzx") == (("qzx", 1.0),)


def test_signs_and_white_space_go_by_their_names() -> None:
    assert senses_of('."')[0] == ("full stop, quotation mark", 1.0)
    assert ("straight quotation marks", KIND) in senses_of('"')
    assert senses_of("\n")[0] == ("line break", 1.0) and senses_of(" ")[0] == ("space", 1.0)
    assert ("numbers", KIND) in senses_of("1987")
    assert ("Cyrillic letters", KIND) in senses_of("месяц")

"""The parts that search embeds."""

from pellucid.descriptions.parts import AFTER, TOPIC, parts_of
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

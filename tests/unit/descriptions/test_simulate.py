"""The simulator by rules, against what each sentence says."""

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.sentence import WEAK
from pellucid.descriptions.simulate import RuleSimulator
from tests.builders_descriptions import reader, texts_of

TEXT = ["\n", " rum", " of", " wine", " cook", "ing", ".", " the", " rum", "\n", " red", " 4", "2"]


def predicted(sentence: str) -> list[float]:
    texts = texts_of([TEXT], width=len(TEXT))
    row = RuleSimulator(Meaning.of(reader())).predict(sentence, texts, np.array([0], np.int32))
    return [round(float(v), 3) for v in row[0]]


def only(**at: float) -> list[float]:
    return [at.get(f"p{i}", 0.0) for i in range(len(TEXT))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Fires on “rum”.", only(p1=1, p8=1)),
        ("Fires on “rum”, less on “wine”.", only(p1=1, p3=WEAK, p8=1)),
        ("Fires on “-ing”.", only(p5=1)),
        ("Fires on “rum” right after “the”.", only(p8=1)),
        ("Fires on whatever follows “of” or “the”.", only(p3=1, p8=1)),
        ("Fires on “red” at the start of a line.", only(p10=1)),
        ("Fires on “rum” that came up before in the text.", only(p8=1)),
        ("Fires on “wine”; also on “red”.", only(p3=1, p10=1)),
    ],
)
def test_predictions(sentence: str, expected: list[float]) -> None:
    assert predicted(sentence) == expected


def test_a_topic_counts_as_far_as_the_text_before_is_about_it() -> None:
    about = next(t for t, ids in Meaning.of(reader()).topics.items() if len(ids))
    word = reader().texts[Meaning.of(reader()).topics[about][0]]
    simulator = RuleSimulator(Meaning.of(reader()))
    texts = texts_of([["\n", " the", word, " the", word, word, word, " the"]])
    row = simulator.predict(
        f"Fires on “the” in text about {about}.", texts, np.array([0], np.int32)
    )
    first, second, third = row[0, [1, 3, 7]]
    assert first == 0 < second < third == 1


def test_a_kind_that_is_not_known_is_named() -> None:
    with pytest.raises(InvalidRequest, match="words for unicorns"):
        predicted("Fires on words for unicorns.")

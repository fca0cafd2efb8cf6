"""The classifier of interesting descriptions: its reasons pull the way of its verdict, and say what is true."""

from math import nan

import pytest

from pellucid.descriptions.interest import (
    CHANCE,
    LEAST_PULL,
    SAYS,
    InterestModel,
    features_of,
    interest_model,
)

NAMES = ("score", "score_random", "pieces", "peaks")


def model(bias: float = 0.0, **weight: float) -> InterestModel:
    of = dict.fromkeys(NAMES, 0.0) | weight
    return InterestModel(dict.fromkeys(NAMES, 0.5), dict.fromkeys(NAMES, 0.25), of, bias, 0.5)


def known(**values: float) -> dict[str, float]:
    return dict.fromkeys(NAMES, 0.5) | values


def row(description: str, **over: object) -> dict[str, object]:
    numbers = {"score": 0.4, "score_random": 0.2, "average_precision": 0.3, "peaks": 0.6}
    return {"description": description, **numbers, "best_token": 0.1, "output_score": nan, **over}


def test_the_probability_is_the_logistic_of_standardised_parts() -> None:
    found = model(-1.0, score=0.5).judge(known(score=1.0))
    assert found.probability == pytest.approx(0.5) and found.interesting
    assert model(-1.1, score=0.5).judge(known(score=1.0)).interesting is False


def test_reasons_pull_the_way_of_the_verdict_the_weightiest_first() -> None:
    made = model(score=1.0, score_random=-1.0, pieces=-1.0, peaks=0.5)
    both = known(score=0.9, score_random=0.8, pieces=0.1, peaks=0.7)
    found = made.judge(both)
    assert found.interesting
    assert found.reasons == (SAYS["score"][0], SAYS["pieces"][1], SAYS["peaks"][0])
    against = made.judge(known(score=0.6, score_random=0.9, pieces=0.7, peaks=0.7))
    assert not against.interesting
    assert against.reasons == (SAYS["score_random"][0], SAYS["pieces"][0])


def test_the_same_fact_is_told_whatever_the_sign_of_its_weight() -> None:
    high = known(score_random=1.0)
    liked, disliked = model(score_random=1.0).judge(high), model(score_random=-1.0).judge(high)
    assert (liked.interesting, disliked.interesting) == (True, False)
    assert liked.reasons == disliked.reasons == ("scores above average on ordinary text",)


def test_what_hardly_pulls_is_no_reason() -> None:
    made = model(1.0, score=1.0)
    assert made.judge(known(score=0.5 + 0.24 * LEAST_PULL)).reasons == ()
    assert made.judge(known(score=0.5 + 0.26 * LEAST_PULL)).reasons == (SAYS["score"][0],)


def test_at_most_three_reasons() -> None:
    made = model(**dict.fromkeys(NAMES, 1.0))
    assert len(made.judge(dict.fromkeys(NAMES, 1.0)).reasons) == 3


def test_features_are_read_off_the_sentence_and_its_scores() -> None:
    text = "Fires on “rum”, “-ing” and month names right after “of”; also on commas."
    assert features_of(row(text)) == pytest.approx(
        {
            "score": 0.4, "score_random": 0.2, "precision": 0.3, "peaks": 0.6, "borne_out": 1.0,
            "beats_token": 0.3, "words": 3, "pieces": 0.4, "kinds": 0.4, "function": 0.4,
            "clauses": 2, "condition": 1, "output": CHANCE,
        }
    )  # fmt: skip


def test_what_is_missing_counts_as_nothing_and_a_list_of_words_as_chance() -> None:
    plain = features_of(row("Fires on “rum”.", peaks=0.59, best_token=nan, output_score=0.9))
    assert plain["beats_token"] == plain["score"] and plain["borne_out"] == plain["condition"] == 0
    assert plain["output"] == 0.9


def test_the_model_that_comes_along_knows_every_feature_and_every_feature_can_be_told() -> None:
    found = interest_model()
    names = set(features_of(row("Fires on “rum”.")))
    assert names == set(found.mean) == set(found.scale) == set(found.weight) == set(SAYS)

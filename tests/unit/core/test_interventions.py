"""Interventions as people write them: what is understood, and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention


def make(**changes: Any) -> Intervention:
    return Intervention.model_validate({"features": ["mlp.1.2.pos"], "value": 0.0} | changes)


def test_positions_default_to_the_prompt_and_signs_to_their_own() -> None:
    assert (make().positions, make().sign_rule, make().range()) == ("prompt", "own", None)


@pytest.mark.parametrize("word", ["prompt", "all", "generated"])
def test_a_word_names_positions(word: str) -> None:
    assert make(positions=word).range() is None


def test_a_range_is_half_open() -> None:
    assert make(positions="0:7").range() == (0, 7)


@pytest.mark.parametrize("positions", ["", "7:7", "9:3", "-1:4", "1:", ":4", "1:4:2", "prompts"])
def test_positions_without_meaning_are_refused(positions: str) -> None:
    with pytest.raises(ValidationError, match="A:B"):
        make(positions=positions)


@pytest.mark.parametrize(
    "changes",
    [
        {"features": None},
        {"query": "dogs"},
        {"value": None},
        {"strength": 1.0},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": None, "strength": float("-inf")},
        {"quantile": 0},
        {"quantile": 0.5},
        {"k": 0},
        {"features": None, "query": "birds", "k": 2_001},
        {"sign_rule": "other"},
        {"unknown": 1},
        {"name": "\ud800"},
        {"name": "x" * 200_000},
        {"features": None, "query": "\ud800"},
        {"features": None, "query": "x" * 200_000},
    ],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make(**changes)


def test_a_concept_may_be_as_long_as_the_name_made_of_it() -> None:
    words = "x" * 20_000
    concept = make(features=None, query=words)
    assert make(name=concept.query).name == words


def test_a_wrong_id_is_named() -> None:
    with pytest.raises((ValidationError, InvalidRequest), match="no-id"):
        make(features=["no-id"])


def test_features_keep_their_order() -> None:
    ids = ("mlp.1.2.neg", "mlp.0.5.pos")
    assert make(features=ids).feature_ids() == tuple(FeatureId.parse(i) for i in ids)
    assert make(features=None, query="dogs").feature_ids() == ()


def test_json_goes_round() -> None:
    one = make(name="x", positions="2:4", sign_rule="any")
    assert Intervention.model_validate_json(one.model_dump_json()) == one

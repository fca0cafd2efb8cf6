"""Records are frozen, finite, and refuse what they do not know."""

from typing import Any

import pytest
from pydantic import ValidationError

from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation, Effect, Message


def make_effect(**changes: Any) -> Effect:
    fields = {
        "id": "mlp.1.2.neg",
        "layer": 1,
        "index": 2,
        "sign": "neg",
        "pos": 3,
        "activation": -0.5,
        "attribution": 0.25,
        "measured": False,
        "estimate": 0.25,
    }
    return Effect.model_validate(fields | changes)


def test_a_conversation_is_exactly_one_of_three() -> None:
    assert Conversation(text="").text == ""
    for wrong in ({}, {"text": "a", "ids": (1,)}):
        with pytest.raises(ValidationError, match="exactly one"):
            Conversation.model_validate(wrong)


def test_a_message_has_a_known_role() -> None:
    with pytest.raises(ValidationError):
        Message.model_validate({"role": "tool", "content": "x"})


def test_a_record_does_not_change() -> None:
    with pytest.raises(ValidationError):
        make_effect().pos = 4


def test_a_record_holds_only_finite_numbers() -> None:
    with pytest.raises(ValidationError):
        make_effect(attribution=float("nan"))


def test_an_effect_is_there_only_where_it_was_asked_for() -> None:
    assert "effect" not in make_effect().model_dump()
    assert make_effect(effect=0.5).model_dump()["effect"] == 0.5


def test_an_effect_knows_its_feature() -> None:
    assert make_effect().feature == FeatureId("mlp", 1, 2, "neg")

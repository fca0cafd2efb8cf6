"""How a trained simulator is judged: a constant prediction is counted, and is in no mean."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest, UpstreamFailed
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.workspace.own_simulator import _judged, mean_of
from tests.builders_descriptions import planted_case, reader

RUM, NEVER = "Fires on “rum”.", "Fires on “brandy”."


def test_a_constant_prediction_is_undefined_and_no_0() -> None:
    case = planted_case(RUM)
    rules = RuleSimulator(Meaning.of(reader()))
    told: list[str] = []
    found = _judged(rules, [(case, RUM), (case, NEVER)], told.append)
    assert found[0] == pytest.approx(1) and isnan(found[1])
    assert told[-1] == "judging rules: 2 of 2 features"
    assert mean_of(found) == pytest.approx(1)  # and not a half
    assert mean_of(found[1:]) is None


def test_a_simulator_that_fails_is_named() -> None:
    class Fails:
        name = "fails"

        def predict(self, sentence, texts, rows) -> np.ndarray:
            raise UpstreamFailed("it does not answer")

    case = planted_case(RUM)
    with pytest.raises(InvalidRequest, match="fails fails"):
        _judged(Fails(), [(replace(case), RUM)], lambda _: None)

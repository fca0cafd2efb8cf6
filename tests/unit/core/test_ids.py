"""Feature ids: one string for each feature, and nothing else is one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import SIGNS, FeatureId

FEATURES = st.builds(
    FeatureId,
    source=st.from_regex(re.compile(r"[a-z0-9_-]+", re.A), fullmatch=True),
    layer=st.integers(0, 10**6),
    index=st.integers(0, 10**9 - 1),
    sign=st.sampled_from(SIGNS),
)


@given(FEATURES)
def test_an_id_reads_back_as_the_feature_it_was_written_from(feature: FeatureId) -> None:
    assert FeatureId.parse(str(feature)) == feature


@given(FEATURES)
def test_an_id_needs_no_quoting_in_a_url(feature: FeatureId) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", str(feature))


@given(st.text(max_size=30))
def test_whatever_is_read_is_written_back_unchanged(text: str) -> None:
    try:
        feature = FeatureId.parse(text)
    except InvalidRequest:
        return
    assert str(feature) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mlp",
        "mlp.1.2",
        "mlp.01.2.pos",
        "mlp.1.+2.pos",
        "mlp.-1.2.pos",
        "mlp.1.2.up",
        "MLP.1.2.pos",
        "mlp.1.2.pos\n",
        " mlp.1.2.pos",
        "mlp.1.٢.pos",
        "mlp.1.2.pos.neg",
        "mlp.1.1000000000.pos",
        f"mlp.{'9' * 5000}.0.pos",
    ],
)
def test_what_is_no_id_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidRequest, match=r"mlp\.12\.3047\.pos"):
        FeatureId.parse(text)


@pytest.mark.parametrize(("activation", "sign"), [(1.5, "pos"), (0.0, "pos"), (-0.1, "neg")])
def test_the_sign_is_that_of_the_activation(activation: float, sign: str) -> None:
    assert FeatureId.of(3, 4, activation) == FeatureId.parse(f"mlp.3.4.{sign}")

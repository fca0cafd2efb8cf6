"""The names people may rely on. A change here is a change for every user: say so in the CHANGELOG."""

import inspect

import pytest

import pellucid

PUBLIC = [
    "Atlas",
    "Conversation",
    "FeatureId",
    "Intervention",
    "Message",
    "Settings",
    "Steering",
    "Subject",
    "__version__",
    "activate",
    "attribute",
    "generate",
    "joint",
    "measure",
    "pick_target",
    "read",
    "shift",
    "verify",
]


def test_the_public_names_are_these() -> None:
    assert sorted(pellucid.__all__) == PUBLIC


def test_every_public_name_leads_somewhere() -> None:
    for name in PUBLIC:
        assert getattr(pellucid, name) is not None


@pytest.mark.parametrize(
    ("name", "gives"),
    [
        ("activate", "Activations"),
        ("attribute", "Attribution"),
        ("joint", "Joint"),
        ("shift", "Shift"),
        ("verify", "Verification"),
    ],
)
def test_help_says_what_an_analysis_takes_and_gives(name: str, gives: str) -> None:
    function = getattr(pellucid, name)
    signature = inspect.signature(function)
    assert (function.__name__, signature.return_annotation.__name__) == (name, gives)
    described = inspect.getdoc(function) or ""
    assert [one for one in signature.parameters if f"\n    {one}: " not in described] == []


def test_a_wrong_name_is_refused() -> None:
    assert not hasattr(pellucid, "no_such_name")

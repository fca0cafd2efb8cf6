"""What a run of `atlas describe` that was interrupted goes on with."""

from types import SimpleNamespace
from typing import Any

import pytest

from pellucid.descriptions import alike
from pellucid.workspace.describing import _identity


def study(evidence: str = "0" * 64) -> Any:
    layers = SimpleNamespace(evidence=SimpleNamespace(hash=evidence))
    return SimpleNamespace(atlas=SimpleNamespace(manifest=SimpleNamespace(layers=layers)))


def test_the_same_goes_on_and_other_evidence_is_begun_anew() -> None:
    assert _identity(study()) == _identity(study())
    assert _identity(study("1" * 64)) != _identity(study())


def test_with_other_similar_words_it_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _identity(study())
    monkeypatch.setattr(alike, "_read", lambda: b"rum gin\n")
    assert _identity(study()) != found

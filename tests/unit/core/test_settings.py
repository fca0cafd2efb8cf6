"""Settings come from the environment, checked, and do not change."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pellucid.core.settings import Settings


def test_a_variable_sets_a_field(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PELLUCID_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PELLUCID_PORT", "8123")
    settings = Settings()
    assert (settings.cache_dir, settings.port) == (tmp_path, 8123)


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PELLUCID_DEVICE", "cuda")
    assert Settings(device="cpu").device == "cpu"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "99999"), ("THREADS", "0"), ("DTYPE", "int3"), ("MAX_QUEUE", "none")],
)
def test_a_variable_without_meaning_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PELLUCID_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1

"""Atlases that come with the package are found by the subject they are about."""

from pathlib import Path

import pytest

from pellucid.atlas import ready
from pellucid.atlas.ready import bundled_atlas, ready_made
from tests.builders_atlas import SUBJECT, make_atlas


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ready, "READY", tmp_path)
    return tmp_path


def test_an_atlas_is_found_by_its_subjects_hash(folder: Path) -> None:
    make_atlas(folder / "tiny")
    assert ready_made(SUBJECT) == folder / "tiny"
    assert ready_made("9" * 64) is None and ready_made(SUBJECT, source="topics") is None


def test_what_is_no_manifest_is_passed_over(folder: Path) -> None:
    for name, text in {"a": "{", "b": "[]", "c": "{}", "d": '{"subject": 3, "source": 4}'}.items():
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text(text)
    make_atlas(folder / "e")
    assert ready_made(SUBJECT) == folder / "e"


def test_the_bundled_subjects_is_found_without_the_subject(folder: Path) -> None:
    assert bundled_atlas() is None
    make_atlas(folder / ready.BUNDLED)
    assert bundled_atlas() == folder / ready.BUNDLED

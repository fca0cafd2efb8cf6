"""Descriptions come back as they went in; damage is named; what was made from them goes with them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pellucid.atlas import Atlas, write_descriptions
from pellucid.atlas.check import check
from pellucid.atlas.descriptions import ABOUT_FILE, LAYER, TABLE_FILE
from pellucid.core.errors import StoreMismatch
from tests.builders_search import ABOUT, SENTENCES, describe, make_descriptions

N = 20


def test_descriptions_come_back_as_they_went_in(copied: Path) -> None:
    manifest = describe(copied, N)
    atlas = Atlas.open(copied)
    assert atlas.manifest == manifest and atlas.manifest.layers.descriptions is not None
    assert atlas.manifest.layers.descriptions.made_from == {
        "evidence": manifest.layers.evidence.hash
    }
    assert atlas.descriptions is not None and atlas.descriptions.about == ABOUT
    wanted = make_descriptions(N)
    for place in range(N):
        found = atlas.description(atlas.source.feature(place))
        assert found is not None
        assert (found.description or "") == wanted.description[place]
        assert (found.output or "") == wanted.output[place]
        score = wanted.score[place]
        assert found.score == (None if np.isnan(score) else pytest.approx(score))
        assert found.interesting == (bool(wanted.interesting[place]) if place % 7 != 6 else None)
    assert check(copied) == []


def test_a_card_carries_its_description(copied: Path) -> None:
    before = Atlas.open(copied)
    assert before.feature(before.source.feature(0)).description is None
    assert before.description(before.source.feature(0)) is None
    describe(copied, N)
    atlas = Atlas.open(copied)
    card = atlas.card(atlas.source.feature(0))
    assert card.description == f"Fires on {SENTENCES[0]}." and card.summary == SENTENCES[0]
    assert card.score == pytest.approx(0.9)
    assert atlas.feature(atlas.source.feature(6)).description is None


def test_new_descriptions_replace_the_old_ones(copied: Path) -> None:
    first = describe(copied, N)
    assert describe(copied, N) == first
    other = describe(copied, N, summary=["other"] * N)
    assert other.hash != first.hash
    found = Atlas.open(copied).descriptions
    assert found is not None and found.texts("summary") == ["other"] * N
    assert sorted(path.name for path in copied.iterdir()) == [
        "descriptions",
        "evidence",
        "manifest.json",
    ]


def test_descriptions_that_do_not_fit_are_refused(copied: Path) -> None:
    right = make_descriptions(N)
    with pytest.raises(ValueError, match="19 features"):
        write_descriptions(copied, make_descriptions(N - 1), ABOUT)
    with pytest.raises(ValueError, match="status is one of"):
        write_descriptions(copied, replace(right, status=["fine"] * N), ABOUT)
    assert Atlas.open(copied).manifest.layers.descriptions is None


@pytest.mark.parametrize("file", [TABLE_FILE, ABOUT_FILE])
def test_a_truncated_file_is_named(copied: Path, file: str) -> None:
    describe(copied, N)
    path = copied / LAYER / file
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(StoreMismatch, match=file):
        Atlas.open(copied)
    assert [problem.file for problem in check(copied)] == [f"{LAYER}/{file}"]


def test_a_file_altered_in_place_is_named_when_it_is_read(copied: Path) -> None:
    describe(copied, N)
    path = copied / LAYER / TABLE_FILE
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 40] = bytes(40)
    path.write_bytes(data)
    about = copied / LAYER / ABOUT_FILE
    about.write_bytes(b"[" + b" " * (about.stat().st_size - 2) + b"]")
    atlas = Atlas.open(copied)
    assert atlas.descriptions is not None
    with pytest.raises(StoreMismatch, match=TABLE_FILE):
        [atlas.descriptions.record(place) for place in range(N)]
    with pytest.raises(StoreMismatch, match=ABOUT_FILE):
        _ = atlas.descriptions.about


def test_the_about_file_is_json(copied: Path) -> None:
    describe(copied, N)
    assert json.loads((copied / LAYER / ABOUT_FILE).read_text()) == ABOUT

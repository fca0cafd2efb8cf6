"""The atlas that comes with the package keeps what the documents promise of it."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pellucid.atlas.manifest import read_manifest
from pellucid.atlas.ready import bundled_atlas
from pellucid.descriptions.interest import features_of, interest_model
from pellucid.descriptions.output import output_text
from pellucid.descriptions.sentence import Kind, Word, parse, render
from pellucid.descriptions.summary import summarise

MOST_BYTES = 85_000_000
EVERY = 97
"""Of the features, those whose verdict is computed anew."""


@pytest.fixture(scope="module")
def atlas() -> Path:
    found = bundled_atlas()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def told(atlas: Path) -> dict[str, list[Any]]:
    return pq.read_table(atlas / "descriptions" / "descriptions.parquet").to_pydict()


def test_evidence_descriptions_and_index_fit_into_85_megabytes(atlas: Path) -> None:
    layers = dict(read_manifest(atlas).layers.items())
    assert set(layers) == {"evidence", "descriptions", "index"}
    sizes = [file.bytes for layer in layers.values() for file in layer.files.values()]
    assert sum(sizes) <= MOST_BYTES
    there = sum(path.stat().st_size for path in atlas.rglob("*") if path.is_file())
    assert there - (atlas / "manifest.json").stat().st_size == sum(sizes)


@pytest.mark.slow
def test_every_sentence_is_read_back_and_has_its_summary(told: dict[str, list[Any]]) -> None:
    pairs = dict(zip(told["description"], told["summary"], strict=True))
    assert len(pairs) > 50_000 and pairs.pop("", "") == ""
    for sentence, summary in pairs.items():
        assert render(parse(sentence)) == sentence
        assert summary == summarise(sentence) and 0 < len(summary.split()) < 15


def test_kinds_that_are_promoted_are_scored_and_words_are_not(told: dict[str, list[Any]]) -> None:
    scored: dict[str, bool] = {}
    for text, score in zip(told["output"], told["output_score"], strict=True):
        if text:
            assert scored.setdefault(text, score == score) == (score == score)
    kinds = [text for text, is_scored in scored.items() if is_scored]
    words = [text for text, is_scored in scored.items() if not is_scored][::EVERY]
    assert len(kinds) > 100 and len(words) > 500
    for text in (*kinds, *words):
        items = parse(text.replace("Promotes", "Fires on", 1)).items
        assert output_text(items) == text
        assert all(isinstance(item, Kind if scored[text] else Word) for item in items)


def test_verdicts_are_those_of_the_weights_that_come_along(told: dict[str, list[Any]]) -> None:
    rows = [{name: told[name][i] for name in told} for i in range(0, len(told["status"]), EVERY)]
    described = [row for row in rows if row["status"] == "described"]
    assert len(described) > 900
    for row in described:
        verdict = interest_model().judge(features_of(row))
        assert verdict.probability == pytest.approx(row["interest"], abs=1e-6)
        assert verdict.interesting == row["interesting"] and list(verdict.reasons) == row["reasons"]

"""Concepts in words: which features a text stands for, and how an intervention that names one is made ready."""

from pathlib import Path
from typing import Any

import pytest

from pellucid.atlas import Atlas
from pellucid.atlas.indexing import make_index
from pellucid.atlas.search import Searcher
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Direction, Intervention
from pellucid.workspace.concepts import LEAST_SIMILARITY, Concepts, resolved
from tests.builders_atlas import make_atlas, make_evidence
from tests.builders_search import WordEmbedder, describe
from tests.fake_search import FakeHit, FakeSearch

N_LAYERS, N_UNITS = 2, 700
SILENT = "mlp.0.3.pos"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    path = tmp_path_factory.mktemp("atlas")
    quantiles = make_evidence(n_layers=N_LAYERS, n_units=N_UNITS).quantiles.copy()
    quantiles[3 * 2] = 0
    make_atlas(path, n_layers=N_LAYERS, n_units=N_UNITS, quantiles=quantiles)
    return Atlas.open(path)


def concepts(atlas: Atlas, *hits: FakeHit) -> Concepts:
    return Concepts(atlas, FakeSearch({"birds": list(hits)}))


def many(n: int, **fields: Any) -> list[FakeHit]:
    return [FakeHit(f"mlp.1.{i}.pos", 0.9 - 0.3 * i / n, **fields) for i in range(n)]


def test_a_concept_is_as_many_units_as_its_share_of_all(atlas: Atlas) -> None:
    found = concepts(atlas, *many(200))
    n_units = N_LAYERS * N_UNITS
    shares: tuple[tuple[Direction, int], ...] = (("suppress", 500), ("strengthen", 50))
    for direction, of in shares:
        concept = found.find("birds", direction)
        assert concept.k == max(1, round(of / 458_752 * n_units))
        assert [f.id for f in concept.features] == [f"mlp.1.{i}.pos" for i in range(concept.k)]
    assert found.default_k("suppress") == 2 and found.default_k("strengthen") == 1
    assert len(found.find("birds", "suppress", k=30).features) == 30


def test_a_unit_counts_once_by_its_more_similar_sign(atlas: Atlas) -> None:
    hits = (
        FakeHit("mlp.1.4.neg", 0.9),
        FakeHit("mlp.1.4.pos", 0.8),
        FakeHit("mlp.0.9.pos", 0.7),
    )
    concept = concepts(atlas, *hits).find("birds", "suppress", k=5)
    assert [f.id for f in concept.features] == ["mlp.1.4.neg", "mlp.0.9.pos"]
    assert concept.k == 5


def test_what_never_fired_is_skipped_where_it_would_be_strengthened(atlas: Atlas) -> None:
    hits = (FakeHit(SILENT, 0.9), FakeHit("mlp.1.4.pos", 0.8), FakeHit("mlp.0.9.neg", 0.7))
    found = concepts(atlas, *hits)
    strong = found.find("birds", "strengthen", k=2)
    assert [f.id for f in strong.features] == ["mlp.1.4.pos", "mlp.0.9.neg"] and strong.skipped == 1
    q = atlas.quantile(atlas.places([FeatureId.parse("mlp.0.9.neg")]))[0]
    assert strong.features[1].quantile == pytest.approx(q) and q < 0
    assert [f.id for f in found.find("birds", "suppress", k=1).features] == [SILENT]
    with pytest.raises(InvalidRequest, match="never fired"):
        concepts(atlas, FakeHit(SILENT, 0.9)).find("birds", "strengthen")


def test_nothing_below_the_threshold_is_taken(atlas: Atlas) -> None:
    found = concepts(
        atlas, FakeHit("mlp.1.4.pos", 0.9), FakeHit("mlp.1.5.pos", LEAST_SIMILARITY - 0.01)
    )
    assert [f.id for f in found.find("birds", "suppress", k=5).features] == ["mlp.1.4.pos"]
    by_peaks = concepts(atlas, FakeHit("mlp.1.5.pos", 0.1, peaks=LEAST_SIMILARITY))
    assert [f.id for f in by_peaks.find("birds", "suppress", k=5).features] == ["mlp.1.5.pos"]
    with pytest.raises(InvalidRequest, match=r"no feature is about 'quarks'.*use other words"):
        found.find("quarks", "suppress")
    with pytest.raises(InvalidRequest, match="concept is empty"):
        found.find("  ", "suppress")


def test_where_nothing_is_like_it_the_nearest_is_named_and_not_the_best_ranked(
    atlas: Atlas,
) -> None:
    hits = (
        FakeHit("mlp.1.4.pos", 0.2, summary="the best ranked"),
        FakeHit("mlp.1.5.pos", 0.1, summary="near by its peaks", peaks=0.45),
        FakeHit("mlp.1.6.pos", 0.4, summary="near by its description"),
    )
    with pytest.raises(
        InvalidRequest, match=r"closer to it than 0\.5; .*0\.45, is 'near by its peaks'"
    ):
        concepts(atlas, *hits).find("birds", "suppress")


def test_what_was_done_to_a_long_text_is_told(atlas: Atlas) -> None:
    long = ("birds " * 2_000)[:10_000]
    search = FakeSearch({long[:2_000]: [FakeHit("mlp.1.4.pos", 0.9)], "birds": many(1)})
    found = Concepts(atlas, search)
    (note,) = found.find(long, "suppress").notes
    assert note == "only the first 2,000 of the query's 10,000 characters were searched"
    assert found.find("birds", "suppress").notes == ()


def test_an_intervention_keeps_all_but_its_text(atlas: Atlas) -> None:
    found = concepts(atlas, *many(9), FakeHit("mlp.0.1.pos", 0.501, score=float("nan")))
    items = (
        Intervention(features=("mlp.0.0.pos",), value=2.0),
        Intervention(query="birds", strength=0.7, k=3, positions="2:9", sign_rule="any"),
        Intervention(query="birds", strength=0),
    )
    ready, known = resolved(items, lambda: found)
    assert ready[0] == items[0]
    assert ready[1] == Intervention(
        name="birds",
        features=("mlp.1.0.pos", "mlp.1.1.pos", "mlp.1.2.pos"),
        strength=0.7,
        positions="2:9",
        sign_rule="any",
    )
    assert [(c.direction, c.strength, len(c.features)) for c in known] == [
        ("strengthen", 0.7, 3),
        ("suppress", 0, 2),
    ]
    assert found.find("birds", "suppress", k=20).features[-1].score is None


def test_nothing_is_searched_where_no_concept_is_named() -> None:
    def never() -> Concepts:
        raise AssertionError

    item = Intervention(features=("mlp.0.0.pos",), strength=0)
    assert resolved([item], never) == ((item,), ())


def test_the_text_around_the_strongest_exemplar(atlas: Atlas) -> None:
    found = concepts(atlas, FakeHit("mlp.1.4.pos", 0.9))
    (feature,) = found.find("birds", "suppress", snippets=True).features
    (best,) = atlas.exemplars(FeatureId.parse("mlp.1.4.pos"), 1)
    whole = "".join(token.text for token in best.tokens)
    assert feature.exemplar is not None and feature.exemplar.peak == best.peak
    assert feature.exemplar.token == best.tokens[best.pos].text
    assert feature.exemplar.before + feature.exemplar.token + feature.exemplar.after in whole


def test_the_real_search_finds_what_is_described_like_it(tmp_path: Path) -> None:
    make_atlas(tmp_path / "atlas", n_layers=2, n_units=48)
    describe(tmp_path / "atlas", 2 * 48 * 2)
    make_index(tmp_path / "atlas", WordEmbedder())
    described = Atlas.open(tmp_path / "atlas")
    found = Concepts(described, Searcher(described, WordEmbedder()))
    concept = found.find("months of the year", "suppress", k=4)
    assert [f.summary for f in concept.features] == ["months of the year"] * 4
    assert all(f.similarity > 0.7 and f.score is not None for f in concept.features)
    with pytest.raises(InvalidRequest, match="no feature is about"):
        found.find("quarks", "suppress")

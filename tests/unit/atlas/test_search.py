"""Features are found by meaning and by words; filters do what they say; damage and foreign embedders are refused."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pellucid.atlas import Atlas
from pellucid.atlas.check import check
from pellucid.atlas.index import ABOUT_FILE, KEYWORDS_FILE, LAYER, VECTORS_FILE, WORDS_FILE
from pellucid.atlas.indexing import make_index, quantised
from pellucid.atlas.peaks import TOP, peak_words, word_at
from pellucid.atlas.search import MAX_QUERY, Searcher, Weights
from pellucid.core.errors import ForeignStore, InvalidRequest, StoreMismatch, Unsupported
from pellucid.core.ids import FeatureId
from tests.builders_search import SENTENCES, WordEmbedder, describe

N = 20


@pytest.fixture(scope="module")
def indexed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Described and indexed; not to be changed."""
    path = Path(shutil.copytree(made, tmp_path_factory.mktemp("search") / "atlas"))
    describe(path, N)
    make_index(path, WordEmbedder())
    return path


@pytest.fixture
def searcher(indexed: Path) -> Searcher:
    return Searcher(Atlas.open(indexed), WordEmbedder())


def test_an_index_is_a_whole_layer_of_the_atlas(indexed: Path) -> None:
    manifest = Atlas.open(indexed).manifest
    assert manifest.layers.index is not None and manifest.layers.descriptions is not None
    assert manifest.layers.index.made_from == {
        "descriptions": manifest.layers.descriptions.hash,
        "evidence": manifest.layers.evidence.hash,
        "embedder": WordEmbedder().hash,
    }
    assert check(indexed) == []


def test_every_text_is_embedded_once(copied: Path) -> None:
    describe(copied, N)
    embedder, heard = WordEmbedder(), list[tuple[int, int]]()
    make_index(copied, embedder, lambda done, total: heard.append((done, total)))
    words = {word for some in peak_words(Atlas.open(copied).evidence) for word in some}
    n = len({*(f"Fires on {text}." for text in SENTENCES), "the word never", *words})
    assert embedder.n_embedded == n
    assert heard[0] == (0, n) and heard[-1] == (n, n)


def test_what_is_said_is_found_and_the_better_tested_stands_first(searcher: Searcher) -> None:
    found = searcher.search("the months of a year", k=4)
    summaries = [hit.summary for hit in found.hits]
    assert summaries[:3] == ["months of the year"] * 3 and summaries[3] != summaries[0]
    scores = [hit.score or 0 for hit in found.hits[:3]]
    assert scores == sorted(scores, reverse=True)
    assert not any(hit.weak for hit in found.hits[:3])
    assert found.hits[0].id == "mlp.0.0.pos" and found.hits[0].description
    assert found.filtered.undescribed == 2 and found.searched == 18


def test_similarity_is_the_cosine(searcher: Searcher) -> None:
    embedder = WordEmbedder()
    for hit in searcher.search("not the year", k=18).hits:
        a, b = embedder.embed(["not the year", hit.description or ""])
        assert hit.similarity == pytest.approx(float(a @ b), abs=0.01)


def test_other_scripts_are_found(searcher: Searcher) -> None:
    assert searcher.search("месяцы", k=1).hits[0].summary == "Месяцы года"


def test_keywords_find_what_vectors_do_not(indexed: Path) -> None:
    class Blind(WordEmbedder):
        def embed(self, texts: object) -> np.ndarray:
            return np.full((1, 64), 0.125, np.float32)

    alone = Weights(score=0)
    found = Searcher(Atlas.open(indexed), Blind(), alone).search("chemical element", k=2)
    assert [hit.summary for hit in found.hits] == ["chemical elements"] * 2
    vectors = Searcher(Atlas.open(indexed), WordEmbedder(), Weights(1, 0, 0))
    assert vectors.search("chemical", k=1).hits[0].summary == "chemical elements"


@pytest.mark.parametrize("k", [3, 18])
def test_filters_take_out_what_they_say_and_count_it(searcher: Searcher, k: int) -> None:
    found = searcher.search("year", k, sign="neg", layers=(1, 2), min_score=0.2, interesting=True)
    ids = [FeatureId.parse(hit.id) for hit in found.hits]
    assert ids and all(one.sign == "neg" and one.layer == 1 for one in ids)
    assert all((hit.score or 0) >= 0.2 for hit in found.hits)
    left = found.filtered
    assert left.layer == 9 and left.sign > 0 and left.score > 0
    assert found.searched + sum(left.model_dump().values()) == N


def test_what_is_uninteresting_is_counted_where_it_would_have_stood(searcher: Searcher) -> None:
    everything = searcher.search("months of the year", k=3)
    some = searcher.search("months of the year", k=3, interesting=True)
    assert everything.uninteresting_above == 0 and everything.filtered.uninteresting == 0
    assert {FeatureId.parse(hit.id).sign for hit in some.hits} == {"neg"}
    hidden = [hit.id for hit in everything.hits if hit.id.endswith("pos")]
    assert hidden and some.uninteresting_above >= len(hidden)


def test_what_is_promoted_is_searched_apart(searcher: Searcher) -> None:
    found = searcher.search("never", k=18, output=True)
    assert {hit.output for hit in found.hits} == {"the word never"} and found.searched == 10
    assert searcher.search("never", k=1).hits[0].summary == SENTENCES[3]


def test_features_alike_are_found_without_those_named(searcher: Searcher) -> None:
    first = FeatureId.parse("mlp.0.0.pos")
    found = searcher.similar([first], k=3)
    assert [hit.summary for hit in found.hits[:2]] == ["months of the year"] * 2
    assert str(first) not in [hit.id for hit in found.hits]
    both = searcher.similar([first, FeatureId.parse("mlp.0.0.neg")], k=4)
    assert {hit.summary for hit in both.hits} == {SENTENCES[0], SENTENCES[1]}
    dead = FeatureId.parse("mlp.0.3.pos")
    assert searcher.similar([first, dead], k=1).notes == (
        "1 of 2 features named have no description",
    )
    with pytest.raises(InvalidRequest, match="nothing is said about mlp"):
        searcher.similar([dead])


def test_queries_without_meaning_are_refused_and_long_ones_cut(searcher: Searcher) -> None:
    for empty in ("", "  \n\t"):
        with pytest.raises(InvalidRequest, match="empty"):
            searcher.search(empty)
    long = searcher.search("year " * 2_000, k=1)
    assert f"{MAX_QUERY:,} of the query's 9,999" in long.notes[0]
    assert searcher.search("\ud800 year", k=1).hits[0].summary == "months of the year"


def test_a_concept_without_match_is_marked_weak(searcher: Searcher) -> None:
    assert all(hit.weak for hit in searcher.search("zzz qqq", k=3).hits)


def test_an_atlas_that_cannot_be_searched_says_why(made: Path, copied: Path) -> None:
    with pytest.raises(Unsupported, match="no descriptions"):
        Searcher(Atlas.open(made), WordEmbedder())
    with pytest.raises(Unsupported, match="no descriptions"):
        make_index(copied, WordEmbedder())
    describe(copied, N)
    with pytest.raises(Unsupported, match="not indexed"):
        Searcher(Atlas.open(copied), WordEmbedder())
    make_index(copied, WordEmbedder())
    describe(copied, N, summary=["other"] * N)
    assert Atlas.open(copied).manifest.layers.index is None


def test_another_embedder_is_refused_by_both_names(indexed: Path) -> None:
    with pytest.raises(ForeignStore, match=r"embedder words, not with sentences"):
        Searcher(Atlas.open(indexed), WordEmbedder("sentences"))


@pytest.mark.parametrize("file", [VECTORS_FILE, KEYWORDS_FILE, WORDS_FILE, ABOUT_FILE])
def test_a_damaged_file_is_named_whatever_is_in_it(
    indexed: Path, tmp_path: Path, file: str
) -> None:
    path = Path(shutil.copytree(indexed, tmp_path / "copy"))
    broken = path / LAYER / file
    size = broken.stat().st_size
    for content in (bytes(size), b"\xff" * size, b"[" + b" " * (size - 2) + b"]"):
        broken.write_bytes(content)
        with pytest.raises(StoreMismatch, match=file):
            Searcher(Atlas.open(path), WordEmbedder()).search("year")
    broken.write_bytes(bytes(size - 1))
    with pytest.raises(StoreMismatch, match=file):
        Atlas.open(path)
    assert [problem.file for problem in check(path)] == [f"{LAYER}/{file}"]


def test_an_index_of_other_features_is_named(indexed: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(indexed, tmp_path / "copy"))
    words = json.loads((path / LAYER / WORDS_FILE).read_text())
    words["fires"] = words["fires"][::-1]
    (path / LAYER / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False))
    assert [problem.file for problem in check(path)] == [f"{LAYER}/{WORDS_FILE}"]


def test_int8_keeps_the_nearest() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(3_000, 96)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    codes, scale = quantised(rows)
    exact = np.argsort(-(rows @ rows[:40].T), axis=0)[:50]
    near = np.argsort(-((codes * scale[:, None]) @ rows[:40].T), axis=0)[:50]
    kept = [len(set(exact[:, i]) & set(near[:, i])) / 50 for i in range(40)]
    assert np.mean(kept) >= 0.98


def test_parts_add_up_to_the_text_they_are_of(copied: Path) -> None:
    def parts_of(text: str) -> list[tuple[str, float]]:
        return [(word, 1.0 + i % 2) for i, word in enumerate(dict.fromkeys(text.split()))]

    describe(copied, N)
    embedder = WordEmbedder()
    make_index(copied, embedder, parts_of=parts_of)
    searcher = Searcher(Atlas.open(copied), embedder)
    query = embedder.embed(["not the year"])[0]
    for hit in searcher.search("not the year", k=18).hits:
        parts = parts_of(hit.description or "")
        whole = sum(w * embedder.embed([part])[0] for part, w in parts)
        cosine = float(whole @ query / np.linalg.norm(whole))
        assert hit.similarity == pytest.approx(cosine, abs=0.01)


def test_peaks_are_as_like_a_query_as_their_words_are(copied: Path) -> None:
    def senses_of(word: str) -> list[tuple[str, float]]:
        return [(word, 1.0), ("the sense", 0.5)]

    describe(copied, N)
    embedder = WordEmbedder()
    make_index(copied, embedder, senses_of=senses_of)
    atlas = Atlas.open(copied)
    words = peak_words(atlas.evidence)
    asked = "the sense of it"
    query = embedder.embed([asked])[0]
    found = Searcher(atlas, embedder).search(asked, k=18).hits
    assert len(found) == 18
    for hit in found:
        own = words[atlas.place(FeatureId.parse(hit.id))]
        of_word = [
            max(w * embedder.embed([s])[0] @ query for s, w in senses_of(one)) for one in own
        ]
        assert hit.peaks == pytest.approx(float(np.mean(of_word)) if own else 0, abs=0.01)


def test_what_peaks_on_a_word_is_found_by_it_whatever_is_said_of_it(indexed: Path) -> None:
    atlas = Atlas.open(indexed)
    words = peak_words(atlas.evidence)
    described = {hit.id for hit in Searcher(atlas, WordEmbedder()).search("year", k=18).hits}
    place = next(
        i for i, some in enumerate(words) if some and str(atlas.source.feature(i)) in described
    )
    only = Searcher(atlas, WordEmbedder(), Weights(0, 0, 0, 1)).search(" ".join(words[place]), k=18)
    best = max(hit.peaks for hit in only.hits)
    (own,) = [hit for hit in only.hits if hit.id == str(atlas.source.feature(place))]
    assert own.peaks == best > 0.3 and not own.weak
    assert only.hits[0].peaks == best
    promoted = Searcher(atlas, WordEmbedder()).search(words[place][0], k=3, output=True)
    assert [hit.peaks for hit in promoted.hits] == [0, 0, 0]


def test_peak_words_are_those_of_the_first_exemplars(made: Path) -> None:
    atlas = Atlas.open(made)
    for place, words in enumerate(peak_words(atlas.evidence)):
        exemplars = atlas.exemplars(atlas.source.feature(place), top=TOP)
        tokens = [one.tokens[one.pos].text.strip().lower() for one in exemplars]
        assert len(words) == len(tokens)
        assert all(token in word for token, word in zip(tokens, words, strict=True))


@pytest.mark.parametrize(
    ("texts", "pos", "word"),
    [
        ([" the", " Tr", "ump", "et", "."], 2, "trumpet"),
        ([" the", " Tr", "ump", "et", "."], 1, "trumpet"),
        ([" the", " Tr", "ump", "et", "."], 4, "."),
        ([" don", "'t"], 1, "'t"),
        (["a", "\n", "b"], 1, "\n"),
        (["19", "87"], 0, "1987"),
        ([""], 0, " "),
    ],
)
def test_a_word_is_what_its_token_belongs_to(texts: list[str], pos: int, word: str) -> None:
    assert word_at(texts, pos) == word

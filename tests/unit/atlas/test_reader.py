"""What is read is what was written, exact where it must be, within the stated error elsewhere."""

import threading
from pathlib import Path

import numpy as np
import pytest

from pellucid.atlas import Atlas, Evidence
from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch
from pellucid.core.ids import FeatureId
from tests.builders_atlas import SUBJECT, VOCABULARY, make_evidence

N = 20


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return make_evidence()


@pytest.mark.parametrize("place", range(N))
def test_every_number_of_a_feature_comes_back(atlas: Atlas, evidence: Evidence, place: int) -> None:
    id_ = evidence.source.feature(place)
    card, unit = atlas.card(id_), place // 2
    near = pytest.approx
    error = atlas.manifest.encoding.rounding_error
    assert FeatureId.parse(card.id) == id_ == FeatureId("mlp", card.layer, card.index, card.sign)
    assert card.extreme == evidence.extreme[place]
    assert card.rate == near(evidence.rate[place], rel=error)
    assert [q.value for q in card.quantiles] == near(evidence.quantiles[place], rel=error)
    assert [q.reached for q in card.quantiles] == evidence.reached.tolist()
    assert [q.tail for q in card.quantiles] == list(evidence.tails)
    assert (card.mean, card.std, card.sink) == near(
        (evidence.mean[unit], evidence.std[unit], evidence.sink[unit]), rel=error
    )
    assert (card.histogram.low, card.histogram.high) == (-2, 3)
    assert list(card.histogram.counts) == evidence.histogram[unit].tolist()
    assert [t.id for t in card.promoted] == evidence.promoted_ids[place].tolist()
    assert [t.id for t in card.suppressed] == evidence.suppressed_ids[place].tolist()
    assert [t.logit for t in card.promoted] == near(evidence.promoted[place], rel=error)
    assert [t.logit for t in card.suppressed] == near(evidence.suppressed[place], rel=error)
    gates = evidence.exemplar_gate[place]
    assert card.gate is not None
    assert (card.gate.positive, card.gate.negative) == ((gates > 0).sum(), (gates < 0).sum())


@pytest.mark.parametrize("place", range(N))
def test_every_exemplar_comes_back(atlas: Atlas, evidence: Evidence, place: int) -> None:
    found = atlas.exemplars(evidence.source.feature(place))
    assert [e.rank for e in found] == list(range(6))
    for rank, exemplar in enumerate(found):
        sequence = evidence.exemplar_sequence[place, rank]
        length = evidence.sequences.length[sequence]
        ids = evidence.sequences.ids[sequence, :length]
        assert exemplar.peak == evidence.exemplar_peak[place, rank]
        assert exemplar.pos == evidence.exemplar_pos[place, rank]
        assert exemplar.gate == evidence.exemplar_gate[place, rank]
        assert [t.id for t in exemplar.tokens] == ids.tolist()
        whole = b"".join(VOCABULARY[i] for i in ids).decode("utf-8", "replace")
        assert "".join(t.text for t in exemplar.tokens) == whole
        corpus = "novels" if evidence.sequences.document[sequence] < 2 else "help"
        assert exemplar.source == f"{corpus}:{evidence.sequences.document[sequence]}"
        assert exemplar.licence == {"novels": "public domain", "help": "MIT"}[corpus]
        activations = exemplar.activations
        assert len(activations) == length and activations[exemplar.pos] == exemplar.peak
        stored = [p for p, a in enumerate(activations) if a is not None and p != exemplar.pos]
        if rank >= 3:
            assert stored == []
            continue
        bound = atlas.manifest.encoding.pattern_error * abs(exemplar.peak)
        true = evidence.patterns[place, rank].astype(np.float32)
        for p, value in enumerate(activations):
            if value is not None:
                assert value == pytest.approx(true[p], abs=bound)
            elif p:
                assert true[p] * np.sign(exemplar.peak) <= bound


def test_a_character_split_over_tokens_is_whole_in_the_last(
    atlas: Atlas, evidence: Evidence
) -> None:
    place, rank = np.argwhere(evidence.exemplar_sequence == 0)[0]
    tokens = atlas.exemplars(evidence.source.feature(int(place)))[rank].tokens
    assert [t.text for t in tokens[2:6]] == ["", "", "", "🙂"]
    place, rank = np.argwhere(evidence.exemplar_sequence == 1)[0]
    tokens = atlas.exemplars(evidence.source.feature(int(place)))[rank].tokens
    assert [t.text for t in tokens[3:5]] == [" caf", "é"]


def test_quantiles_of_many_features_at_once(atlas: Atlas, evidence: Evidence) -> None:
    ids = [evidence.source.feature(place) for place in (17, 3, 3, 0)]
    places = atlas.places(ids)
    assert places.tolist() == [17, 3, 3, 0]
    error = atlas.manifest.encoding.rounding_error
    for i, tail in enumerate(evidence.tails):
        wanted = evidence.quantiles[places, i]
        assert atlas.quantile(places, tail) == pytest.approx(wanted, rel=error)
    assert (atlas.quantile(places) == atlas.quantile(places, 1e-5)).all()
    layer = atlas.tail_quantiles(1)
    assert layer.dtype == np.float32 and layer.shape == (5, 2)
    assert (layer.reshape(-1) == atlas.quantile(np.arange(10, 20))).all()
    assert (layer[:, 1] < 0).all()
    assert [atlas.reached(t) for t in evidence.tails] == evidence.reached.tolist()


@pytest.mark.parametrize("tail", [0.5, 0.0, 2e-5])
def test_a_tail_that_is_not_held_is_refused(atlas: Atlas, tail: float) -> None:
    with pytest.raises(InvalidRequest, match=r"name one of 0\.001, 0\.0001, 1e-05"):
        atlas.quantile(np.array([0]), tail)


@pytest.mark.parametrize(
    "text", ["mlp.2.0.pos", "mlp.0.5.neg", "sae.0.0.pos", "mlp.999999999.0.pos"]
)
def test_unknown_ids_are_refused_with_what_there_is(atlas: Atlas, text: str) -> None:
    id_ = FeatureId.parse(text)
    for ask in (atlas.feature, atlas.card, atlas.exemplars, atlas.place):
        with pytest.raises(NotFound, match="layers 0 to 1, indices 0 to 4"):
            ask(id_)
    with pytest.raises(NotFound):
        atlas.places([FeatureId.parse("mlp.0.0.pos"), id_])
    with pytest.raises(NotFound):
        atlas.tail_quantiles(2)


def test_places_and_ids_are_inverse_to_each_other(evidence: Evidence) -> None:
    ids = [evidence.source.feature(place) for place in range(N)]
    assert [evidence.source.place(id_) for id_ in ids] == list(range(N))
    assert str(ids[13]) == "mlp.1.1.neg" and len(set(ids)) == N


def test_another_models_atlas_is_refused_with_both_hashes(atlas: Atlas) -> None:
    atlas.require_subject(SUBJECT)
    with pytest.raises(StoreMismatch, match=f"another model, tiny.*{SUBJECT}.*{'9' * 64}"):
        atlas.require_subject("9" * 64)


def test_only_as_many_exemplars_as_asked_for(atlas: Atlas) -> None:
    id_ = FeatureId.parse("mlp.0.0.pos")
    assert atlas.exemplars(id_, 2) == atlas.exemplars(id_)[:2] == atlas.card(id_, 2).exemplars
    assert atlas.card(id_, 0).exemplars == ()
    assert atlas.card(id_, 99).exemplars == atlas.exemplars(id_)
    feature = atlas.feature(id_)
    assert feature.model_dump() == atlas.card(id_).model_dump(exclude={"exemplars"})


def test_the_ids_of_an_exemplar_can_be_had_for_recomputing(
    atlas: Atlas, evidence: Evidence
) -> None:
    stored = atlas.sequence(FeatureId.parse("mlp.0.0.pos"), 2)
    row = evidence.exemplar_sequence[0, 2]
    assert stored.ids.tolist() == evidence.sequences.ids[row, : len(stored.ids)].tolist()
    assert stored.fresh_from == 1


def test_the_vocabulary_knows_ids_by_their_bytes(atlas: Atlas) -> None:
    words = atlas.vocabulary
    assert len(words) == len(VOCABULARY)
    assert [words.bytes_of(i) for i in range(len(words))] == VOCABULARY
    assert words.text(0xF0) == "\ufffd" and words.text(256) == " the"
    assert words.texts([]) == []
    assert words.texts([0xF0, 97, 0xF0]) == ["", "\ufffda", "\ufffd"]
    for bad in (-1, len(words)):
        with pytest.raises(IndexError):
            words.bytes_of(bad)


def test_threads_may_share_an_atlas(made: Path) -> None:
    atlas = Atlas.open(made)
    ids = [atlas.source.feature(place) for place in range(N)]
    alone = [atlas.card(id_) for id_ in ids]
    shared, wrong = Atlas.open(made), list[str]()

    def read(offset: int) -> None:
        for i in range(60):
            place = (i * 7 + offset) % N
            if shared.card(ids[place]) != alone[place]:
                wrong.append(str(ids[place]))

    threads = [threading.Thread(target=read, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

"""What is written: the same bytes for the same evidence, whole or not at all, and refused where it is no evidence."""

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.atlas import Atlas, TrainSequences, write_evidence, writer
from pellucid.atlas.manifest import Splits
from pellucid.core.errors import NotFound, StoreFailed
from tests.builders_atlas import make_atlas, make_evidence, make_making


def contents(directory: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*") if p.is_file()
    }


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    first = make_atlas(tmp_path / "a")
    second = make_atlas(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert first == second and first.hash == first.true_hash


def test_what_differs_has_another_hash(tmp_path: Path) -> None:
    hashes = {
        make_atlas(tmp_path / "a").hash,
        make_atlas(tmp_path / "b", seed=1).hash,
        make_atlas(tmp_path / "c", making={"seed": 8}).hash,
        make_atlas(tmp_path / "d", making={"versions": {"pellucid": "9"}}).hash,
    }
    assert len(hashes) == 4


def test_the_files_are_these_and_nothing_is_left_over(tmp_path: Path) -> None:
    manifest = make_atlas(tmp_path / "a")
    names = {"features", "units", "documents", "vocabulary"}
    files = {f"evidence/{name}.parquet" for name in names} | {"evidence/sequences.safetensors"}
    assert contents(tmp_path / "a").keys() == files | {"manifest.json"}
    assert {f"evidence/{name}" for name in manifest.layers.evidence.files} == files
    assert manifest.layers.evidence.made_from.keys() == {"subject", "corpus"}


def test_an_atlas_is_replaced_as_a_whole(tmp_path: Path) -> None:
    make_atlas(tmp_path / "a", seed=1)
    (tmp_path / "a/evidence/stray").write_text("x")
    manifest = make_atlas(tmp_path / "a")
    assert Atlas.open(tmp_path / "a").manifest == manifest
    assert not (tmp_path / "a/evidence/stray").exists()


@pytest.mark.parametrize("step", ["_write_files", "_replace", "write_atomically"])
def test_a_build_cut_short_leaves_nothing_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    whole = make_atlas(tmp_path / "whole")
    with monkeypatch.context() as patch:
        patch.setattr(writer, step, stop)
        with pytest.raises(KeyboardInterrupt):
            make_atlas(tmp_path / "a")
    with pytest.raises(Exception, match="is no atlas"):
        Atlas.open(tmp_path / "a")
    assert make_atlas(tmp_path / "a") == whole
    assert contents(tmp_path / "a") == contents(tmp_path / "whole")


def test_a_full_disk_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writer, "_write_files", full)
    with pytest.raises(StoreFailed, match="the disk is full"):
        make_atlas(tmp_path / "a")
    assert contents(tmp_path / "a") == {}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFailed, match=r"file/a cannot be written"):
        make_atlas(tmp_path / "file/a")
    with pytest.raises(NotFound):
        Atlas.open(tmp_path / "nowhere")


def test_only_sequences_that_an_exemplar_is_from_are_stored(tmp_path: Path) -> None:
    evidence = make_evidence()
    sequence = np.where(evidence.exemplar_sequence == 4, 3, evidence.exemplar_sequence)
    sequence[:, -1] = -1
    length = evidence.sequences.length.copy()
    length[3] = length.max()
    sequences = TrainSequences(
        evidence.sequences.ids,
        length,
        evidence.sequences.fresh_from,
        np.where(np.arange(12) == 4, 4, evidence.sequences.document % 4).astype(np.int32),
    )
    pos = np.minimum(evidence.exemplar_pos, 7)
    make_atlas(tmp_path / "a", exemplar_sequence=sequence, sequences=sequences, exemplar_pos=pos)
    atlas = Atlas.open(tmp_path / "a")
    n = len(np.unique(sequence[sequence >= 0]))
    assert len(atlas.evidence.sequences) == n and len(atlas.evidence.documents) == 4
    feature = evidence.source.feature(7)
    assert len(atlas.exemplars(feature)) == 5
    for rank, exemplar in enumerate(atlas.exemplars(feature)):
        row = sequence[7, rank]
        wanted = sequences.ids[row, : length[row]].tolist()
        assert [token.id for token in exemplar.tokens] == wanted


def test_a_feature_may_have_no_exemplar_at_all(tmp_path: Path) -> None:
    sequence = make_evidence().exemplar_sequence.copy()
    sequence[3] = -1
    make_atlas(tmp_path / "a", exemplar_sequence=sequence)
    atlas = Atlas.open(tmp_path / "a")
    assert atlas.exemplars(atlas.source.feature(3)) == ()
    assert atlas.card(atlas.source.feature(3)).gate is None


def spoilt(name: str, value: float) -> dict[str, Any]:
    array = getattr(make_evidence(), name).copy()
    array[1, 1] = value
    return {name: array}


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"n_tokens": 49_999}, "token counts"),
        ({"rate": np.full(20, np.nan, np.float32)}, "rate holds what is no number"),
        (spoilt("exemplar_peak", -99), "order of their peaks"),
        (spoilt("exemplar_peak", 0.1), "not of its sign"),
        (spoilt("quantiles", 0.1), "not of its sign"),
        ({"extreme": np.ones(20, np.float32)}, "not of its sign"),
        (spoilt("exemplar_sequence", -1), "behind a gap"),
        (spoilt("exemplar_pos", 0), "outside its sequence"),
        (spoilt("exemplar_pos", 24), "outside its sequence"),
        (spoilt("promoted", 9), "twin"),
        (spoilt("histogram_edges", 2.5), "equally spaced"),
    ],
)
def test_evidence_that_contradicts_itself_is_refused(
    tmp_path: Path, over: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        make_atlas(tmp_path / "a", **over)
    assert not (tmp_path / "a").exists()


def test_a_large_vocabulary_needs_wider_ids(tmp_path: Path) -> None:
    vocabulary = [b"x"] * 70_000
    making = make_making(tokens=Splits(train=50_000, valid=0, test=0))
    write_evidence(tmp_path / "a", make_evidence(vocabulary=vocabulary), making)
    feature = make_evidence().source.feature(0)
    tokens = Atlas.open(tmp_path / "a").exemplars(feature, 1)[0].tokens
    assert {token.text for token in tokens} == {"x"}


def test_latents_have_one_sign(tmp_path: Path) -> None:
    from pellucid.atlas import SourceInfo
    from pellucid.core.ids import FeatureId

    both = make_evidence()
    per_feature = {
        name: getattr(both, name)[::2]
        for name in vars(both)
        if name.startswith(("quantiles", "extreme", "rate", "exemplar", "patterns", "prom", "supp"))
    }
    gate = {"exemplar_gate": np.zeros_like(per_feature["exemplar_gate"])}
    source = SourceInfo("topics", "jumprelu", (3, 7), 5, ("pos",))
    make_atlas(tmp_path / "a", source=source, **(per_feature | gate))
    atlas = Atlas.open(tmp_path / "a")
    card = atlas.card(FeatureId("topics", 7, 4, "pos"))
    assert card.gate is None and card.extreme == both.extreme[18]
    assert atlas.tail_quantiles(7).shape == (5, 1)
    with pytest.raises(NotFound, match=r"topics\.7\.4\.neg"):
        atlas.card(FeatureId("topics", 7, 4, "neg"))

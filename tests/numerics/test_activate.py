"""Activation mode with an atlas: the scale is each feature's own tail quantile."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from pellucid import activate
from pellucid.atlas import Atlas
from pellucid.core.records import Active
from pellucid.subject import Prompt, Subject, capture
from tests.builders_atlas import make_atlas, make_evidence


def make(path: Path, *, reached: bool = True, silent: int | None = None) -> Atlas:
    quantiles = make_evidence(n_layers=3, n_units=48).quantiles.copy()
    if silent is not None:
        quantiles[silent] = 0
    tails = np.array([True, True, reached, False, False])
    make_atlas(path, n_layers=3, n_units=48, quantiles=quantiles, reached=tails)
    return Atlas.open(path)


def test_sites_are_ranked_by_activation_over_their_features_own_tail_quantile(
    subject: Subject, prompt: Prompt, tmp_path: Path
) -> None:
    atlas = make(tmp_path)
    found = activate(subject, prompt, span=(5, 9), top=40, quantiles=atlas)
    acts = torch.stack(capture(subject, prompt, span=(5, 9)))
    tails = torch.stack([torch.tensor(atlas.tail_quantiles(layer)) for layer in range(3)])
    own = torch.where(acts < 0, tails[:, None, :, 1], tails[:, None, :, 0])
    best = (acts / own).flatten().topk(40).values.tolist()
    assert [e.normalised for e in found.effects] == pytest.approx(best)
    assert {e.sign for e in found.effects} == {"pos", "neg"}
    for e in found.effects:
        assert e.activation == pytest.approx(acts[e.layer, e.pos - 5, e.index].item())
    assert "1e-5 tail quantile, which 1 token in 100,000 exceeds" in found.scale


def test_records_are_made_of_the_chosen_sites_only(
    subject: Subject, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = activate(subject, prompt, top=100_000).effects
    order = [(-e.normalised, e.layer, e.pos, e.index) for e in every]
    assert len(every) > 1_000 and order == sorted(order)
    made: list[Active] = []

    def counted(**fields: Any) -> Active:
        made.append(Active(**fields))
        return made[-1]

    monkeypatch.setattr(import_module("pellucid.analysis.activate"), "Active", counted)
    found = activate(subject, prompt, top=30).effects
    assert found == every[:30] == tuple(made)


def test_a_tail_that_the_corpus_did_not_reach_is_called_an_extreme(
    subject: Subject, prompt: Prompt, tmp_path: Path
) -> None:
    found = activate(subject, prompt, quantiles=make(tmp_path, reached=False))
    assert "extreme in the atlas's corpus" in found.scale


def test_a_feature_that_never_fired_there_is_left_out(
    subject: Subject, prompt: Prompt, tmp_path: Path
) -> None:
    first = activate(subject, prompt, quantiles=make(tmp_path / "a")).effects[0]
    place = (first.layer * 48 + first.index) * 2 + (first.sign == "neg")
    atlas = make(tmp_path / "b", silent=place)
    found = activate(subject, prompt, top=10_000, quantiles=atlas).effects
    assert first.id not in {e.id for e in found} and len(found) > 500

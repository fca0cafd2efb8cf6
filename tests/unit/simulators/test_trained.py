"""A trained simulator learns what a sentence has to do with a text, comes back from disk, and names what is wrong."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch
from pellucid.core.settings import Settings
from pellucid.descriptions.pipeline import r_of
from pellucid.descriptions.ports import Simulator
from pellucid.simulators import Settings as Training
from pellucid.simulators import TrainedSimulator, examples_of, train
from pellucid.simulators.reading import read
from tests.builders import make_tokenizer, tiny_subject_dir
from tests.builders_descriptions import planted_case, reader, texts_of

RUM, TABLE = "Fires on “rum” and “oven”.", "Fires on “table” and “walk”."
planted = cache(planted_case)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("base") / "model")


def fresh(base: Path, n_layers: int = 2) -> TrainedSimulator:
    settings = Settings(cache_dir=base.parent / "cache", device="cpu")
    return TrainedSimulator.fresh(str(base), settings, reader(), n_layers)


def test_it_learns_and_comes_back_from_disk(base: Path, tmp_path: Path) -> None:
    case = planted(RUM)
    simulator = fresh(base)
    frozen = {name: p.clone() for name, p in simulator._trunk.named_parameters() if "embed" in name}
    before = r_of(case.texts, case.test, simulator.predict(RUM, case.texts, case.test.rows))
    examples = examples_of(case, RUM, 20)
    assert {example.row for example in examples} <= set(case.shown.pool.rows.tolist())
    losses = train(
        simulator,
        examples,
        case.texts,
        Training(epochs=30, batch=20, head_rate=0.02, layer_rate=0.01),
    )
    assert len(losses) == 30
    assert losses[-1] < losses[0] / 3
    predicted = simulator.predict(RUM, case.texts, case.test.rows)
    assert np.isnan(before)  # a new head says the same of everything
    assert r_of(case.texts, case.test, predicted) > 0.7
    for name, value in simulator._trunk.named_parameters():
        assert name not in frozen or (value == frozen[name]).all()
        assert not value.requires_grad

    simulator.save(tmp_path / "own", {"means": {}})
    settings = Settings(cache_dir=base.parent / "cache", device="cpu")
    back = TrainedSimulator.load(tmp_path / "own", settings, reader())
    again = back.predict(RUM, case.texts, case.test.rows)
    np.testing.assert_allclose(again, predicted, atol=1e-6)
    about = tmp_path / "own" / "simulator.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"base_hash": "0" * 64}))
    with pytest.raises(StoreMismatch, match="has changed"):
        TrainedSimulator.load(tmp_path / "own", settings, reader())
    about.write_text("{half")
    with pytest.raises(StoreMismatch, match="cannot be read"):
        TrainedSimulator.load(tmp_path / "own", settings, reader())
    with pytest.raises(NotFound, match="train-simulator"):
        TrainedSimulator.load(tmp_path / "none", settings, reader())


def test_it_is_a_simulator(base: Path) -> None:
    simulator = fresh(base, n_layers=0)
    assert isinstance(simulator, Simulator)
    texts = texts_of([[" rum", " the", " rum"], [" oven", " in"]])
    predicted = simulator.predict(RUM, texts, np.array([1, 0], np.int32))
    assert predicted.shape == (2, 12)
    assert predicted[[0, 1], [1, 1]] == pytest.approx(0.5)
    assert not predicted[:, 0].any()
    assert not predicted[0, 2:].any()
    with pytest.raises(InvalidRequest):
        simulator.predict("  ", texts, np.array([0], np.int32))


def test_pieces_are_found_by_their_characters() -> None:
    pieces = [" wal", "king", "", "⏎x", "\n"]
    row = read(make_tokenizer(), "a", pieces)
    tokenizer = make_tokenizer()
    for n in range(1, len(pieces) + 1):
        upto = str(tokenizer.decode(row.ids[: row.at[n - 1] + 1]))
        assert upto.endswith("".join(pieces[:n])[-2:]) or pieces[n - 1] == ""
    assert row.at[-1] == len(row.ids) - 1


def test_bins_are_shares_of_the_peak() -> None:
    case = planted(TABLE)
    for example in examples_of(case, TABLE, 6):
        place = case.shown.pool.rows.tolist().index(example.row)
        y = case.shown.pool.y[place]
        assert (example.first, example.bins[0]) == (0, -1)  # position 0 does not count
        np.testing.assert_array_equal(example.bins[1:], np.round(10 * y[1:] / y.max(initial=1)))
    for example in examples_of(case, TABLE, 20, window=4):
        assert (example.bins >= 0).sum() == 4
        y = case.shown.pool.y[case.shown.pool.rows.tolist().index(example.row)]
        shown = np.flatnonzero(example.bins >= 0) + example.first
        np.testing.assert_array_equal(
            example.bins[example.bins >= 0], np.round(10 * y[shown] / y.max(initial=1))
        )

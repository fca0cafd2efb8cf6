"""A build's states: what comes back is what was written, and a disk that fails costs no more than the newest."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoreFailed, StoreMismatch
from pellucid.exemplars.collect import Evidence
from pellucid.exemplars.kernels import N_BINS
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.state import load_state, save_state
from pellucid.exemplars.survey import LayerCounts, LayerSums
from tests.builders_collection import all_arrays

UNITS = 4


def make_evidence(seed: int, rows: int = 6) -> Evidence:
    rng = np.random.default_rng(seed)

    def ranking() -> Ranking:
        empty = Ranking.empty(2 * UNITS, 8)
        return Ranking(*(rng.integers(0, 9, a.shape).astype(a.dtype) for a in empty.arrays()))

    counts = LayerCounts(
        rng.integers(0, 9, (UNITS, 2 * N_BINS)).astype(np.uint32),
        rng.random(UNITS, np.float32),
        rng.random(UNITS, np.float32),
        (ranking(), ranking(), ranking()),
    )
    total, squares, sink = rng.random((3, UNITS))
    return Evidence(
        (counts,), (LayerSums(total, squares, sink, rng.random((rows, UNITS), np.float32)),)
    )


def assert_same(one: Evidence, other: Evidence) -> None:
    left, right = all_arrays(one), all_arrays(other)
    assert left.keys() == right.keys()
    for name, array in left.items():
        assert array.dtype == right[name].dtype
        np.testing.assert_array_equal(array, right[name], err_msg=name)


@pytest.mark.parametrize("rows", [6, 0])
@pytest.mark.parametrize("mapped", [True, False])
def test_what_was_saved_comes_back(tmp_path: Path, mapped: bool, rows: int):
    assert load_state(tmp_path) is None
    save_state(tmp_path, make_evidence(0, rows), 3)
    found = load_state(tmp_path, mapped=mapped)
    assert found is not None and found[1] == 3
    assert_same(found[0], make_evidence(0, rows))


def test_the_newest_is_kept_alone(tmp_path: Path):
    for done in (2, 9, 10):
        save_state(tmp_path, make_evidence(done), done)
    assert [path.name for path in tmp_path.iterdir()] == ["state.10"]
    found = load_state(tmp_path)
    assert found is not None and found[1] == 10
    assert_same(found[0], make_evidence(10))


def test_a_state_written_again_replaces_the_first_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    save_state(tmp_path, make_evidence(0), 4)
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", lambda *_: pytest.fail("killed here"))
        with pytest.raises(pytest.fail.Exception):
            save_state(tmp_path, make_evidence(1), 4)
    found = load_state(tmp_path)
    assert found is not None
    assert_same(found[0], make_evidence(0))
    for seed in (1, 2):
        save_state(tmp_path, make_evidence(seed), 4)
        found = load_state(tmp_path)
        assert found is not None and found[1] == 4
        assert_same(found[0], make_evidence(seed))
        assert len(list(tmp_path.iterdir())) == 1


def test_a_state_half_written_is_not_looked_at(tmp_path: Path):
    save_state(tmp_path, make_evidence(0), 2)
    half = tmp_path / "partial.state.5"
    half.mkdir()
    (half / "0.sketch.npy").write_bytes(b"\x93NUMPY")
    (tmp_path / "state.note.txt").write_text("a file that is no state")
    found = load_state(tmp_path)
    assert found is not None and found[1] == 2
    save_state(tmp_path, make_evidence(1), 5)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["state.5", "state.note.txt"]


def test_a_full_disk_leaves_the_older_state_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    save_state(tmp_path, make_evidence(0), 2)
    with monkeypatch.context() as patch:
        fill_up(patch, after="0.sketch.npy")
        with pytest.raises(StoreFailed, match="disk is full"):
            save_state(tmp_path, make_evidence(1), 5)
    assert [path.name for path in tmp_path.iterdir()] == ["state.2"]
    found = load_state(tmp_path)
    assert found is not None and found[1] == 2
    assert_same(found[0], make_evidence(0))
    save_state(tmp_path, make_evidence(1), 5)
    found = load_state(tmp_path)
    assert found is not None and found[1] == 5


def fill_up(patch: pytest.MonkeyPatch, *, after: str) -> None:
    """From a file of this name on, everything written goes where the system has no room."""
    real: Callable[..., Any] = io.open

    def open_(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        full = "w" in mode and Path(str(file)).name >= after
        return real("/dev/full" if full else file, mode, *rest, **options)

    patch.setattr(io, "open", open_)
    patch.setattr("builtins.open", open_)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-10]),
    "cut off in its header": lambda path: path.write_bytes(path.read_bytes()[:5]),
    "empty": lambda path: path.write_bytes(b""),
    "missing": lambda path: path.unlink(),
    "not an array": lambda path: path.write_bytes(b"what is this" * 9),
}


@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ["0.high.npy", "0.train.pattern.npy", "0.by_token.npy"])
def test_a_damaged_file_is_named(tmp_path: Path, file: str, damage: str, mapped: bool):
    save_state(tmp_path, make_evidence(0), 2)
    DAMAGES[damage](tmp_path / "state.2" / file)
    with pytest.raises(StoreMismatch, match=f"{file}.*remove {tmp_path}/state.2"):
        load_state(tmp_path, mapped=mapped)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"shards": 2}', '{"shards": "x", "places": 1}'])
def test_a_damaged_note_is_named(tmp_path: Path, text: str):
    save_state(tmp_path, make_evidence(0), 2)
    (tmp_path / "state.2" / "done.json").write_text(text)
    with pytest.raises(StoreMismatch, match=r"done\.json"):
        load_state(tmp_path)

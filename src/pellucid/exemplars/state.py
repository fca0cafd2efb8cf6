"""A build's state on disk: what has come in up to some shard, written whole or not at all.

`state.N/` holds one `.npy` file for each array, memory-mappable; it appears by a rename, so a state that is there is
whole. The newest is continued from; older ones are removed once a newer one is there. A state written again after as
many shards is `state.N.1`.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import numpy as np

from pellucid.atlas.files import storing
from pellucid.core.errors import StoreFailed, StoreMismatch
from pellucid.exemplars.collect import SPLITS, Evidence
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.survey import LayerCounts, LayerSums

_NAME = re.compile(r"state\.(\d+)(?:\.(\d+))?")
_COUNTS = ("sketch", "high", "low")
_SUMS = tuple(field.name for field in fields(LayerSums))
_RANKING = tuple(field.name for field in fields(Ranking))


def save_state(directory: Path, evidence: Evidence, done: int) -> None:
    """Write the state after `done` shards, then remove older ones.

    Raises:
        StoreFailed: The disk is full; the older state is still there.
    """
    older = _states(directory)
    again = [path for path in older if _order(path)[0] == done]
    final = directory / (f"state.{done}.{_order(again[-1])[1] + 1}" if again else f"state.{done}")
    partial = directory / f"partial.{final.name}"
    try:
        with storing(directory):
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            for name, array in _arrays(evidence):
                _write(partial / f"{name}.npy", array)
            (partial / "done.json").write_text(
                json.dumps({"shards": done, "places": len(evidence.counts)})
            )
            os.replace(partial, final)
    except StoreFailed:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    for path in (*older, *directory.glob("partial.state.*")):
        shutil.rmtree(path, ignore_errors=True)


def load_state(directory: Path, *, mapped: bool = False) -> tuple[Evidence, int] | None:
    """The newest state and how many shards are in it; None where there is none yet.

    Args:
        directory: The build's.
        mapped: Map the files read-only instead of reading them.

    Raises:
        StoreMismatch: A file of it cannot be read.
    """
    found = _states(directory)
    if not found:
        return None
    path = found[-1]
    note = path / "done.json"
    with _reading(note):
        told = json.loads(note.read_text())
        n_places, done = int(told["places"]), int(told["shards"])
    return _read(path, n_places, mapped), done


def has_state(directory: Path) -> bool:
    """Whether anything is there to go on from."""
    return bool(_states(directory))


def _states(directory: Path) -> list[Path]:
    """All states, the newest last."""
    found = [path for path in directory.glob("state.*") if _NAME.fullmatch(path.name)]
    return sorted(found, key=_order)


def _order(path: Path) -> tuple[int, int]:
    """After how many shards, and for which time."""
    match = _NAME.fullmatch(path.name)
    assert match is not None
    return int(match[1]), int(match[2] or 0)


def _write(path: Path, array: np.ndarray) -> None:
    """The same as `np.save`, which hides why a write failed."""
    array = np.ascontiguousarray(array)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(array.data)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise StoreMismatch(
            f"{path} cannot be read",
            found=why,
            wanted="a file of a build's state",
            instead=f"remove {path.parent}: the build goes on from an older state, or from the start",
        ) from error


def _arrays(evidence: Evidence) -> Iterator[tuple[str, np.ndarray]]:
    for place, (counts, sums) in enumerate(zip(evidence.counts, evidence.sums, strict=True)):
        yield from ((f"{place}.{name}", getattr(counts, name)) for name in _COUNTS)
        yield from ((f"{place}.{name}", getattr(sums, name)) for name in _SUMS)
        for split, ranking in zip(SPLITS, counts.rankings, strict=True):
            yield from ((f"{place}.{split}.{name}", getattr(ranking, name)) for name in _RANKING)


def _read(path: Path, n_places: int, mapped: bool) -> Evidence:
    def array(name: str) -> np.ndarray:
        file = path / f"{name}.npy"
        with _reading(file):
            return np.load(file, mmap_mode="r" if mapped else None, allow_pickle=False)

    def counts(place: int) -> LayerCounts:
        rankings = tuple(
            Ranking(*(array(f"{place}.{split}.{name}") for name in _RANKING)) for split in SPLITS
        )
        sketch, high, low = (array(f"{place}.{name}") for name in _COUNTS)
        return LayerCounts(sketch, high, low, rankings)

    return Evidence(
        tuple(counts(place) for place in range(n_places)),
        tuple(
            LayerSums(*(array(f"{place}.{name}") for name in _SUMS)) for place in range(n_places)
        ),
    )

"""A build's state on disk: what has come in up to some shard, written whole or not at all.

`state.N/` holds one `.npy` file for each array, memory-mappable; it appears by a rename, so a state that is there is
whole. The newest is continued from; older ones are removed once a newer one is there.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np

from pellucid.core.errors import StoreMismatch
from pellucid.exemplars.collect import SPLITS, Evidence
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.survey import LayerCounts, LayerSums
from pellucid.subject.files import storing

_PREFIX = "state."
_COUNTS = ("sketch", "high", "low")
_SUMS = tuple(field.name for field in fields(LayerSums))
_RANKING = tuple(field.name for field in fields(Ranking))


def save_state(directory: Path, evidence: Evidence, done: int) -> None:
    """Write the state after `done` shards, then remove older ones."""
    final, partial = directory / f"{_PREFIX}{done}", directory / f"partial.{_PREFIX}{done}"
    with storing(directory):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, array in _arrays(evidence):
            np.save(partial / f"{name}.npy", array)
        (partial / "done.json").write_text(
            json.dumps({"shards": done, "places": len(evidence.counts)})
        )
        shutil.rmtree(final, ignore_errors=True)
        os.replace(partial, final)
    for older in directory.glob(f"{_PREFIX}*"):
        if older != final:
            shutil.rmtree(older, ignore_errors=True)
    for leftover in directory.glob(f"partial.{_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def load_state(directory: Path, *, mapped: bool = False) -> tuple[Evidence, int] | None:
    """The newest state and how many shards are in it; None where there is none yet.

    Args:
        directory: The build's.
        mapped: Map the files read-only instead of reading them.

    Raises:
        StoreMismatch: A file of it cannot be read.
    """
    found = sorted(directory.glob(f"{_PREFIX}*"), key=lambda path: int(path.name[len(_PREFIX) :]))
    if not found:
        return None
    path = found[-1]
    try:
        told = json.loads((path / "done.json").read_text())
        return _read(path, int(told["places"]), mapped), int(told["shards"])
    except (OSError, ValueError, KeyError) as error:
        raise StoreMismatch(
            f"the build's state {path} cannot be read",
            found=str(error),
            wanted="the files of one state",
            instead="remove it: the build goes on from an older one, or from the start",
        ) from error


def _arrays(evidence: Evidence) -> Iterator[tuple[str, np.ndarray]]:
    for place, (counts, sums) in enumerate(zip(evidence.counts, evidence.sums, strict=True)):
        yield from ((f"{place}.{name}", getattr(counts, name)) for name in _COUNTS)
        yield from ((f"{place}.{name}", getattr(sums, name)) for name in _SUMS)
        for split, ranking in zip(SPLITS, counts.rankings, strict=True):
            yield from ((f"{place}.{split}.{name}", getattr(ranking, name)) for name in _RANKING)


def _read(path: Path, n_places: int, mapped: bool) -> Evidence:
    def array(name: str) -> np.ndarray:
        return np.load(path / f"{name}.npy", mmap_mode="r" if mapped else None, allow_pickle=False)

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

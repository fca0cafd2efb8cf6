"""A collection ends in the same bytes, however many threads read it and however often it was interrupted."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
import torch

from pellucid.core.errors import StoreFailed, StoreMismatch, Unsupported
from pellucid.exemplars.collect import Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.job import CollectProgress, LocalReader, collect
from pellucid.exemplars.state import load_state, save_state
from pellucid.features import MlpNeurons
from pellucid.subject import Subject
from tests.builders import make_subject
from tests.builders_collection import all_arrays, make_small_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_small_plan()


@pytest.fixture(scope="module")
def once(
    subject: Subject, plan: Plan, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Evidence, Path]:
    directory = tmp_path_factory.mktemp("once")
    return run(subject, plan, directory), directory


def run(subject: Subject, plan: Plan, directory: Path, **options: Any) -> Evidence:
    source = MlpNeurons(subject)
    return collect(LocalReader(subject, source, plan), source, plan, directory, **options)


def assert_same_bytes(evidence: Evidence, directory: Path, once: tuple[Evidence, Path]) -> None:
    """Of every array in memory and of every file."""
    left, right = all_arrays(evidence), all_arrays(once[0])
    for name, array in left.items():
        assert array.tobytes() == right[name].tobytes(), name
    names = sorted(p.relative_to(directory) for p in directory.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(once[1]) for p in once[1].rglob("*") if p.is_file())
    for name in names:
        assert (directory / name).read_bytes() == (once[1] / name).read_bytes(), name


class Killed(BaseException):
    """Stands for the end of the process."""


class Stops:
    """A reader that is killed in the middle of a shard."""

    def __init__(self, subject: Subject, plan: Plan, after: int) -> None:
        self._real = LocalReader(subject, MlpNeurons(subject), plan)
        self._left = after

    def read(
        self,
        shards: range,
        evidence: Evidence,
        keep: Callable[[Samples], None],
        count: Callable[[int], None],
    ) -> Iterator[ShardSums]:
        def counted(tokens: int) -> None:
            self._left -= 1
            if self._left < 0:
                raise Killed
            count(tokens)

        yield from self._real.read(shards, evidence, keep, counted)


@pytest.mark.parametrize("batches", [2, 5, 7])
def test_interrupted_again_and_again_it_ends_in_the_same_bytes(
    subject: Subject, plan: Plan, once: tuple[Evidence, Path], tmp_path: Path, batches: int
):
    source = MlpNeurons(subject)
    runs, evidence, done = 0, None, []
    while evidence is None:
        found = load_state(tmp_path)
        done.append(0 if found is None else found[1])
        try:
            reader = Stops(subject, plan, batches + runs)
            evidence = collect(reader, source, plan, tmp_path, checkpoint_s=0)
        except Killed:
            runs += 1
    assert runs >= 3 and done == sorted(done)
    assert_same_bytes(evidence, tmp_path, once)
    assert_same_bytes(run(subject, plan, tmp_path), tmp_path, once)  # and again, with nothing to do


def test_threads_of_the_survey_change_no_bit(
    subject: Subject, plan: Plan, once: tuple[Evidence, Path], tmp_path: Path
):
    before = numba.get_num_threads()
    try:
        numba.set_num_threads(1)
        evidence = run(subject, plan, tmp_path)
    finally:
        numba.set_num_threads(before)
    assert_same_bytes(evidence, tmp_path, once)


def test_progress_goes_from_where_it_stopped_to_all_tokens(
    subject: Subject, plan: Plan, tmp_path: Path
):
    source = MlpNeurons(subject)
    with pytest.raises(Killed):
        collect(Stops(subject, plan, 5), source, plan, tmp_path, checkpoint_s=0)
    told: list[CollectProgress] = []
    run(subject, plan, tmp_path, tell=told.append)
    assert told[-1].done_tokens == told[-1].total_tokens == plan.sequences.n_tokens
    assert told[-1].tokens_per_s > 0 and told[-1].left_s == 0


@pytest.mark.parametrize("place", [0, 2])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_activations_that_are_no_numbers_are_refused_with_their_layer(
    plan: Plan, tmp_path: Path, place: int, value: float
):
    subject = make_subject()
    with torch.no_grad():
        subject.layers[place].get_submodule("mlp.up_proj").get_parameter("weight")[3, 3] = value
    with pytest.raises(Unsupported, match=f"layer {place} are not finite.*float32"):
        run(subject, plan, tmp_path, checkpoint_s=0)
    assert load_state(tmp_path) is None


def test_a_full_disk_is_said_and_the_next_run_goes_on(
    subject: Subject,
    plan: Plan,
    once: tuple[Evidence, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    source = MlpNeurons(subject)
    reader = LocalReader(subject, source, plan)
    with monkeypatch.context() as patch:

        def save(directory: Path, evidence: Evidence, done: int) -> None:
            save_state(directory, evidence, done)
            patch.setattr("pellucid.exemplars.state.Path.open", full)

        def full(path: Path, mode: str = "r", *_: Any) -> Any:
            return open("/dev/full" if "w" in mode else path, mode)

        patch.setattr("pellucid.exemplars.job.save_state", save)
        with pytest.raises(StoreFailed, match="disk is full"):
            collect(reader, source, plan, tmp_path, checkpoint_s=0)
    found = load_state(tmp_path)
    assert found is not None and found[1] == 1
    assert_same_bytes(run(subject, plan, tmp_path), tmp_path, once)


def test_a_full_disk_is_said_while_samples_are_written(
    subject: Subject, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(path: Path, mode: str = "r", *_: Any) -> Any:
        return open("/dev/full" if mode == "r+b" else path, mode)

    with monkeypatch.context() as patch:
        patch.setattr("pellucid.exemplars.job.Path.open", full)
        with pytest.raises(StoreFailed, match="disk is full"):
            run(subject, plan, tmp_path)


@pytest.mark.parametrize("damage", ["cut off", "missing", "of another shape"])
def test_a_damaged_file_of_samples_is_named(
    subject: Subject, plan: Plan, tmp_path: Path, damage: str
):
    source = MlpNeurons(subject)
    with pytest.raises(Killed):
        collect(Stops(subject, plan, 5), source, plan, tmp_path, checkpoint_s=0)
    path = tmp_path / "samples.valid.npy"
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:-100])
    elif damage == "missing":
        path.unlink()
    else:
        np.save(path, np.zeros((3, 4), np.float16))
    with pytest.raises(StoreMismatch, match=r"samples\.valid\.npy is damaged"):
        run(subject, plan, tmp_path)

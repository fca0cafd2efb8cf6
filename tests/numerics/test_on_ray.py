"""Shards read on a Ray cluster of two nodes: the same bytes as in this process, whoever dies on the way."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pellucid import Settings, Subject
from pellucid.core.errors import InvalidRequest, StoreMismatch, Unsupported, UpstreamFailed
from pellucid.exemplars import on_ray
from pellucid.exemplars.build import BuildRequest, Prepared, build, prepare_build, threads_of
from pellucid.exemplars.collect import Collector, Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.on_ray import RayReader
from pellucid.exemplars.parcels import begin, floors_of, merge, pack
from pellucid.exemplars.ranking import KEPT
from pellucid.exemplars.ray_crew import Crew
from pellucid.exemplars.state import load_state
from pellucid.features import MlpNeurons
from tests.builders import make_subject, tiny_subject_dir
from tests.builders_collection import all_arrays, make_small_plan

# Without a cluster


@pytest.fixture(scope="module")
def small() -> tuple[Subject, Plan]:
    return make_subject(), make_small_plan(token_means=False)


@pytest.fixture(scope="module")
def dense(small: tuple[Subject, Plan]) -> Evidence:
    """Every shard read into the same counts, one after the other."""
    subject, plan = small
    source = MlpNeurons(subject)
    evidence = Evidence.empty(source, plan)
    for shard in range(plan.layout.n_shards):
        list(Collector(subject, source, plan).read_shard(shard, evidence.counts))
    evidence.settle()
    return evidence


@hypothesis_settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_parcels_merge_to_the_same_bytes_in_any_order_under_any_older_floors(
    small: tuple[Subject, Plan], dense: Evidence, data: st.DataObject
):
    subject, plan = small
    source = MlpNeurons(subject)
    collector = Collector(subject, source, plan)
    order = data.draw(st.permutations(range(plan.layout.n_shards)))
    evidence, own = Evidence.empty(source, plan), Evidence.empty(source, plan)
    floors, sent = [floors_of(evidence.counts)], []
    for shard in order:
        begin(own.counts, data.draw(st.sampled_from(floors)))
        list(collector.read_shard(shard, own.counts))
        parcels = pack(own.counts)
        merge(parcels, evidence.counts)
        floors.append(floors_of(evidence.counts))
        sent.append(sum(len(e.feature) for layer in parcels for e in layer.rankings))
    evidence.settle()
    wanted = all_arrays(dense)
    for name, array in all_arrays(evidence).items():
        if "." in name and name.split(".")[1] in ("total", "squares", "sink", "by_token"):
            continue
        assert array.tobytes() == wanted[name].tobytes(), name
    assert all(sent)


def test_without_ray_it_says_what_to_install(
    subject: Subject, prepared: Prepared, use: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(Unsupported, match=r"pip install 'pellucid\[ray\]'"):
        RayReader.over(subject, MlpNeurons(subject), prepared, use, model="bundled")


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:x", ":6379"])
def test_an_address_that_is_none_is_refused(address: str):
    with pytest.raises(InvalidRequest, match="HOST:PORT"), on_ray._connected(FakeRay, address):
        pass


def test_an_address_that_does_not_answer_is_said_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    began = time.monotonic()
    with (
        pytest.raises(UpstreamFailed, match=f"{address} does not answer.*ray start"),
        on_ray._connected(FakeRay, address),
    ):
        pass
    assert time.monotonic() - began < on_ray.ANSWER_S + 1


class FakeRay:
    """Not connected to anything."""

    @staticmethod
    def is_initialized() -> bool:
        return False


# With one


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes on this machine, one CPU each."""
    from ray.cluster_utils import Cluster

    patch = pytest.MonkeyPatch()
    patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 << 20}
    found = Cluster(initialize_head=True, head_node_args=node | {"include_dashboard": False})
    found.add_node(**node)
    yield found
    found.shutdown()
    patch.undo()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("ray") / "model")


@pytest.fixture(scope="module")
def use(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(cache_dir=tmp_path_factory.mktemp("cache"), device="cpu")


@pytest.fixture(scope="module")
def subject(model: Path, use: Settings) -> Subject:
    return Subject.load(str(model), settings=use)


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> BuildRequest:
    path = tmp_path_factory.mktemp("corpus") / "small.jsonl"
    rng = np.random.default_rng(0)
    words = np.array(["".join(rng.choice(list("aeioulnrst"), 4)) for _ in range(300)])
    texts = [" ".join(rng.choice(words, 25)) for _ in range(90)]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return BuildRequest(
        (str(path),), 4000, seq_len=32, batch_tokens=128, shard_batches=3, threads=1
    )


@pytest.fixture(scope="module")
def once(
    subject: Subject, request_: BuildRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The atlas and the build directory, read in this process."""
    directory = tmp_path_factory.mktemp("local")
    source = MlpNeurons(subject)
    prepared = prepare_build(subject, source, request_, directory / "build")
    build(subject, source, prepared, directory / "atlas")
    return directory / "atlas", directory / "build"


@pytest.fixture
def prepared(subject: Subject, request_: BuildRequest, tmp_path: Path) -> Prepared:
    found = prepare_build(subject, MlpNeurons(subject), request_, tmp_path / "build")
    assert found.plan.layout.n_shards > 8 and found.plan.n_token_rows > 5
    assert np.unique(found.plan.sequences.split).size == 3
    assert np.unique(found.plan.sequences.group[found.plan.sequences.split == 0]).size > KEPT
    return found


@pytest.fixture
def reader(
    cluster: Any, subject: Subject, prepared: Prepared, use: Settings, model: Path
) -> RayReader:
    return RayReader.over(
        subject, MlpNeurons(subject), prepared, use, model=str(model), address=cluster.address
    )


def assert_same_files(left: Path, right: Path) -> None:
    names = sorted(p.relative_to(left) for p in left.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(right) for p in right.rglob("*") if p.is_file())
    for name in names:
        assert (left / name).read_bytes() == (right / name).read_bytes(), name


class Watched:
    """Calls `then` with the number of shards and the process ids of the workers, before every shard is given on."""

    def __init__(self, reader: RayReader, then: Callable[[int, list[int]], None]) -> None:
        self._reader, self._then = reader, then

    def read(
        self,
        shards: range,
        evidence: Evidence,
        keep: Callable[[Samples], None],
        count: Callable[[int], None],
    ) -> Iterator[ShardSums]:
        for n, sums in enumerate(self._reader.read(shards, evidence, keep, count)):
            self._then(n, [actor["Pid"] for actor in alive_workers()])
            yield sums


def alive_workers() -> list[dict[str, Any]]:
    """As the cluster lists them; its public list needs the dashboard."""
    from ray._private.state import actors

    return [actor for actor in actors().values() if actor["State"] == "ALIVE"]


@pytest.mark.slow
def test_two_nodes_end_in_the_same_bytes_though_a_worker_is_killed_in_the_middle(
    reader: RayReader,
    subject: Subject,
    prepared: Prepared,
    once: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    killed: list[int] = []
    nodes: set[str] = set()
    real = Crew._replace

    def spy(crew: Any, worker: Any, error: Exception) -> None:
        replaced.append(list(worker.asked))
        real(crew, worker, error)

    def then(shard: int, alive: list[int]) -> None:
        nodes.update(actor["Address"]["NodeID"] for actor in alive_workers())
        if shard == 2:
            killed.append(alive[0])
            os.kill(alive[0], signal.SIGKILL)

    replaced: list[list[int]] = []
    monkeypatch.setattr(Crew, "_replace", spy)
    source = MlpNeurons(subject)
    build(subject, source, prepared, tmp_path / "atlas", reader=Watched(reader, then))
    assert len(nodes) == 2
    assert len(killed) == 1 and len(replaced) == 1 and replaced[0]
    assert_same_files(tmp_path / "atlas", once[0])
    assert_same_files(tmp_path / "build", once[1])


@pytest.mark.slow
def test_interrupted_it_leaves_nobody_behind_and_goes_on_in_this_process(
    reader: RayReader,
    subject: Subject,
    prepared: Prepared,
    once: tuple[Path, Path],
    tmp_path: Path,
):
    import ray

    source = MlpNeurons(subject)
    stopped_at = 4
    left: list[int] = []

    def then(shard: int, alive: list[int]) -> None:
        left[:] = alive
        if shard == stopped_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(
            subject,
            source,
            prepared,
            tmp_path / "atlas",
            reader=Watched(reader, then),
            checkpoint_s=0,
        )
    assert left and not ray.is_initialized()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)

    found = load_state(tmp_path / "build")
    assert found is not None and 0 < found[1] <= stopped_at
    wanted = Evidence.empty(source, prepared.plan)
    collector = Collector(subject, source, prepared.plan)
    with threads_of(1):
        for shard in range(found[1]):
            for _, sums, _ in collector.read_shard(shard, wanted.counts):
                if sums is not None:
                    wanted.add_sums(sums)
    wanted.settle()
    found[0].settle()
    for name, array in all_arrays(wanted).items():
        np.testing.assert_array_equal(all_arrays(found[0])[name], array, err_msg=name)
    build(subject, source, prepared, tmp_path / "atlas")
    assert_same_files(tmp_path / "atlas", once[0])
    assert_same_files(tmp_path / "build", once[1])


@pytest.mark.slow
def test_a_worker_with_another_model_and_one_that_finds_none_are_said(
    cluster: Any, subject: Subject, prepared: Prepared, use: Settings, tmp_path: Path
):
    source = MlpNeurons(subject)
    evidence = Evidence.empty(source, prepared.plan)
    other = tiny_subject_dir(tmp_path / "other", initializer_range=0.2)
    for model, error in ((str(other), StoreMismatch), (str(tmp_path), InvalidRequest)):
        reader = RayReader.over(
            subject, source, prepared, use, model=model, address=cluster.address, workers=1
        )
        with pytest.raises(error):
            next(reader.read(range(1), evidence, lambda _: None, lambda _: None))


@pytest.mark.slow
def test_too_many_threads_for_every_machine_are_refused(
    cluster: Any, subject: Subject, prepared: Prepared, use: Settings, model: Path
):
    wide = replace(prepared, request=replace(prepared.request, threads=2))
    source = MlpNeurons(subject)
    evidence = Evidence.empty(source, prepared.plan)
    reader = RayReader.over(subject, source, wide, use, model=str(model), address=cluster.address)
    with pytest.raises(Unsupported, match="2 CPUs of one machine"):
        next(reader.read(range(1), evidence, lambda _: None, lambda _: None))

"""The workers of a Ray cluster, and who reads which shard; what died is replaced, and its shards go to others."""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import Any, NoReturn

import numba
import torch

from pellucid._version import __version__
from pellucid.core.errors import PellucidError, StoreMismatch, Unsupported, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.exemplars.collect import Collector, Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.parcels import Floors, LayerParcel, begin, pack
from pellucid.features import FeatureSource, open_source
from pellucid.subject import Subject

IN_FLIGHT = 2
"""Shards a worker may have read or be asked for that are not merged yet."""
RETRIES = 3
"""How often the same shard, or the start of a worker, may fail with the worker's death."""
START_S = 900.0
"""Seconds that no worker may need to start, the loading of the subject included."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is told, beside the plan."""

    model: str
    settings: Settings
    threads: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be the same at the driver and at every worker."""

    pellucid: str
    subject: str
    dtype: str
    source: str | None
    """Hash of an SAE; None for neurons."""

    @classmethod
    def of(cls, subject: Subject, source: FeatureSource) -> "Identity":
        """Of what is loaded here."""
        return cls(__version__, subject.hash, subject.dtype, source.hash)


@dataclass(frozen=True)
class ShardParcel:
    """A whole shard, as it travels."""

    counted: int
    sums: ShardSums
    samples: Samples
    counts: tuple[LayerParcel, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error that a person can meet, as it travels: errors with several arguments do not survive being pickled."""

    kind: type[PellucidError]
    says: dict[str, Any]
    args: tuple[Any, ...]

    def meet(self) -> NoReturn:
        """Raise it here."""
        error = self.kind.__new__(self.kind)
        error.__dict__.update(self.says)
        error.args = self.args
        raise error


class ShardWorker:
    """What runs on the cluster."""

    def __init__(self, job: Job, plan: Plan) -> None:
        self._job, self._plan = job, plan

    def open(self) -> Identity | Refusal:
        """Load the subject and its source."""
        try:
            subject = Subject.load(self._job.model, settings=self._job.settings)
            source = open_source(self._job.settings, subject)
        except PellucidError as error:
            return Refusal(type(error), vars(error), error.args)
        torch.set_num_threads(self._job.threads)
        numba.set_num_threads(min(self._job.threads, numba.config.NUMBA_NUM_THREADS))  # type: ignore[attr-defined]
        self._collector = Collector(subject, source, self._plan)
        lean = replace(self._plan, token_count=self._plan.token_count[:0])  # sums are by shard
        self._counts = Evidence.empty(source, lean).counts
        return Identity.of(subject, source)

    def read(self, shard: int, floors: Floors) -> ShardParcel | Refusal:
        """Read a whole shard into counts of its own."""
        counted, samples, sums = 0, {}, None
        begin(self._counts, floors)
        try:
            for n, sums, kept in self._collector.read_shard(shard, self._counts):  # noqa: B007
                counted += n
                samples.update(kept)
        except PellucidError as error:
            return Refusal(type(error), vars(error), error.args)
        assert sums is not None, "the last batch brings the sums"
        return ShardParcel(counted, sums, samples, pack(self._counts))


@dataclass(eq=False)
class _Worker:
    """An actor and what it was asked."""

    actor: Any
    opening: Any
    """The answer to `open`; None once it came."""
    asked: dict[int, Any] = field(default_factory=dict)
    """Answers to come, by shard."""


class Crew:
    """The workers of one reading, and who reads what."""

    def __init__(self, ray: Any, job: Job, plan: Plan, wanted: Identity, shards: range) -> None:
        self._ray, self._job, self._wanted = ray, job, wanted
        self._todo, self._head = list(shards), shards.start
        self._plan = ray.put(plan)
        self._floors: Any = None
        self._workers: list[_Worker] = []
        self._read: dict[int, ShardParcel] = {}
        self._lost: Counter[int] = Counter()
        self._last_sign = time.monotonic()
        errors = ray.exceptions
        self._died = (
            errors.RayActorError, errors.ObjectLostError, errors.WorkerCrashedError,
            errors.NodeDiedError, errors.OutOfMemoryError,
        )  # fmt: skip

    def start(self, most: int | None) -> None:
        """Hire everyone there is room for, `most` at most."""
        nodes = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
        gpus = sum(int(node.get("GPU", 0)) for node in nodes)
        use_gpus = self._job.settings.device != "cpu" and gpus > 0
        threads = self._job.threads
        room = gpus if use_gpus else sum(int(node.get("CPU", 0)) // threads for node in nodes)
        if not room:
            raise Unsupported(
                "no machine of the cluster has room for a worker",
                f"each takes {threads} CPUs of one machine",
                "build with fewer --threads, or add machines",
            )
        needs = {"num_cpus": 1, "num_gpus": 1} if use_gpus else {"num_cpus": threads, "num_gpus": 0}
        device = "cuda" if use_gpus else "cpu"
        settings = self._job.settings.model_copy(update={"device": device})
        self._job = replace(self._job, settings=settings)
        self._kind = self._ray.remote(max_restarts=0, max_task_retries=0, **needs)(ShardWorker)
        n = min(room, most or room, len(self._todo))
        self._workers = [self._hire() for _ in range(n)]

    def take(self, shard: int, floors: Floors) -> ShardParcel:
        """What shard `shard` shows, as soon as it is there; all before it were taken."""
        self._head, self._floors = shard, self._ray.put(floors)
        self._look(0)
        while shard not in self._read:
            self._look(1.0)
        return self._read.pop(shard)

    def dismiss(self) -> None:
        """End every worker, in the middle of its work too."""
        for worker in self._workers:
            with suppress(Exception):  # nothing depends on it any more
                self._ray.kill(worker.actor)
        self._workers.clear()

    def _hire(self) -> _Worker:
        actor = self._kind.remote(self._job, self._plan)
        return _Worker(actor, actor.open.remote())

    def _look(self, timeout_s: float) -> None:
        """Take in what is there, waiting at most so long for the first; then hand out more."""
        self._hand_out()
        refs = [worker.opening for worker in self._workers if worker.opening is not None]
        refs += [ref for worker in self._workers for ref in worker.asked.values()]
        if not refs:
            return
        ready, _ = self._ray.wait(refs, num_returns=1, timeout=timeout_s)
        if ready:
            self._last_sign = time.monotonic()
            ready, _ = self._ray.wait(refs, num_returns=len(refs), timeout=0)
        elif all(worker.opening is not None for worker in self._workers):
            self._check_patience()
        for ref in ready:
            self._take_in(ref)
        self._hand_out()

    def _take_in(self, ref: Any) -> None:
        found = [w for w in self._workers if w.opening == ref or ref in w.asked.values()]
        if not found:
            return  # of a worker replaced a moment ago
        worker = found[0]
        try:
            answer = self._ray.get(ref)
        except self._died as error:
            self._replace(worker, error)
            return
        except self._ray.exceptions.RayTaskError as error:
            raise UpstreamFailed("a Ray worker failed", why=first_line(error.cause)) from error
        if isinstance(answer, Refusal):
            answer.meet()
        if isinstance(answer, Identity):
            self._check_same(answer)
            worker.opening = None
            return
        shard = next(i for i, asked in worker.asked.items() if asked == ref)
        del worker.asked[shard]
        self._read[shard] = answer

    def _hand_out(self) -> None:
        """The earliest shards first, to whoever has least to do."""
        limit = self._head + IN_FLIGHT * len(self._workers)
        while self._todo and self._todo[0] < limit:
            free = [w for w in self._workers if w.opening is None and len(w.asked) < IN_FLIGHT]
            if not free:
                return
            worker = min(free, key=lambda w: len(w.asked))
            shard = heappop(self._todo)
            worker.asked[shard] = worker.actor.read.remote(shard, self._floors)

    def _replace(self, worker: _Worker, error: Exception) -> None:
        """Another worker for one that died, and its shards back."""
        lost = list(worker.asked) or [-1]
        self._lost.update(lost)
        often = [i for i in lost if self._lost[i] > RETRIES * (len(self._workers) if i < 0 else 1)]
        if often:
            what = "the start of a worker" if often[0] < 0 else f"shard {often[0]}"
            raise UpstreamFailed(
                f"{what} was lost {self._lost[often[0]]} times with the Ray worker that had it",
                why=first_line(error),
                instead="look at the cluster's logs (memory?) and run it again: it goes on",
            ) from error
        for shard in worker.asked:
            heappush(self._todo, shard)
        with suppress(Exception):  # it may be only out of reach
            self._ray.kill(worker.actor)
        self._workers[self._workers.index(worker)] = self._hire()

    def _check_same(self, found: Identity) -> None:
        if found != self._wanted:
            raise StoreMismatch(
                "a Ray worker has another model, SAE or version than this machine",
                found=str(found),
                wanted=str(self._wanted),
                instead="give every machine the same files and the same version of Pellucid",
            )

    def _check_patience(self) -> None:
        if time.monotonic() - self._last_sign > START_S:
            raise UpstreamFailed(
                f"no Ray worker started within {START_S:.0f} s",
                why="the cluster has no room, or its machines cannot load the subject",
                instead="look at `ray status`, and run it again: it goes on",
            )


def first_line(error: BaseException) -> str:
    """What an error says, in a line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

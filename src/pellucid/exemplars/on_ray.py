"""Shards read on a Ray cluster: the same evidence as `LocalReader` gives, bit for bit on one type of CPU.

Each worker is an actor with the subject loaded, one a GPU, or one for each `threads` CPUs. The driver merges strictly
in the order of the shards, so that a state holds the first ones and no others; what comes early waits, and no worker
is more than `ray_crew.IN_FLIGHT` shards ahead. The shards of a worker that died are read again.
"""

import importlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pellucid.core.errors import InvalidRequest, Unsupported, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.exemplars.build import Prepared
from pellucid.exemplars.collect import Evidence, Plan, Samples, ShardSums
from pellucid.exemplars.parcels import floors_of, merge
from pellucid.exemplars.ray_crew import Crew, Identity, Job, first_line
from pellucid.features import FeatureSource
from pellucid.subject import Subject

ANSWER_S = 10.0
"""Seconds in which a cluster's address must answer."""


class RayReader:
    """Reads on a Ray cluster; see `ShardReader`."""

    def __init__(
        self,
        ray: Any,
        job: Job,
        plan: Plan,
        wanted: Identity,
        address: str | None,
        most: int | None,
    ) -> None:
        self._ray, self._job, self._plan, self._wanted = ray, job, plan, wanted
        self._address, self._most = address, most

    @classmethod
    def over(
        cls,
        subject: Subject,
        source: FeatureSource,
        prepared: Prepared,
        settings: Settings,
        *,
        model: str,
        address: str | None = None,
        workers: int | None = None,
    ) -> "RayReader":
        """A reader for a prepared build.

        Args:
            subject: The driver's, which every worker's must equal.
            source: The same.
            prepared: Its plan goes to every worker once.
            settings: What workers load the subject with; data type and threads are the job's.
            model: The name under which they load it; a path must lead to it on every machine.
            address: Of the cluster, as `HOST:PORT` or `auto`; default: one is started on this machine.
            workers: At most so many; default: one for each GPU, or one for each `threads` CPUs.

        Raises:
            Unsupported: Ray is not installed, or one subject is to be spread over several devices.
        """
        try:
            ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise Unsupported(
                "there is no engine ray",
                "the package `ray` is not installed",
                "install it (pip install 'pellucid[ray]'), or build with --engine local",
            ) from error
        if settings.device_map is not None:
            raise Unsupported(
                "--device-map does not go with --engine ray",
                "every worker has one device",
                "leave it out",
            )
        changes: dict[str, Any] = {"dtype": subject.dtype, "threads": prepared.request.threads}
        if settings.sae is not None:
            changes["source"] = f"{settings.sae[0]}={settings.sae[1].resolve()}"
        path = Path(model).expanduser()
        job = Job(
            str(path.resolve()) if path.is_dir() else model,
            settings.model_copy(update=changes),
            prepared.request.threads,
        )
        wanted = Identity.of(subject, source)
        return cls(ray, job, prepared.plan, wanted, address, workers)

    def read(
        self,
        shards: range,
        evidence: Evidence,
        keep: Callable[[Samples], None],
        count: Callable[[int], None],
    ) -> Iterator[ShardSums]:
        """See `ShardReader`.

        Raises:
            UpstreamFailed: The cluster does not answer, or the same shard was lost again and again.
            Unsupported: No machine of it has room for a worker.
            StoreMismatch: A worker has another model, SAE or version of Pellucid.
        """
        if not shards:
            return
        with _connected(self._ray, self._address):
            crew = Crew(self._ray, self._job, self._plan, self._wanted, shards)
            try:
                crew.start(self._most)
                for shard in shards:
                    parcel = crew.take(shard, floors_of(evidence.counts))
                    merge(parcel.counts, evidence.counts)
                    keep(parcel.samples)
                    count(parcel.counted)
                    yield parcel.sums
            finally:
                crew.dismiss()


@contextmanager
def _connected(ray: Any, address: str | None) -> Iterator[None]:
    """Ray, connected; closed again where it was not before."""
    if ray.is_initialized():
        yield
        return
    if address is not None and address != "auto":
        _check_answers(address)
    options: dict[str, Any] = {"include_dashboard": False} if address is None else {}
    try:
        ray.init(
            address=address or "local", log_to_driver=False, configure_logging=False, **options
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise _no_answer(address or "local", error) from error
    try:
        yield
    finally:
        ray.shutdown()


def _check_answers(address: str) -> None:
    """Ray itself retries for minutes, and then ends the process."""
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if not (host and colon and port.isdecimal()):
        raise InvalidRequest(
            f"{address!r} is no address of a Ray cluster", instead="write HOST:PORT, or auto"
        )
    try:
        socket.create_connection((host, int(port)), timeout=ANSWER_S).close()
    except (OSError, OverflowError) as error:
        raise _no_answer(address, error) from error


def _no_answer(address: str, error: Exception) -> UpstreamFailed:
    return UpstreamFailed(
        f"the Ray cluster at {address} does not answer",
        why=first_line(error),
        instead="start it (ray start --head), or check --address",
    )

"""What a monitoring system may know: how much is asked, how long it takes, how it ends. No text and no ids."""

import time
from collections.abc import Callable, Iterable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import Scope

from pellucid.workspace import Workspace

MEDIA_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS_S = (0.005, 0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """The counts of one application, in a registry of its own."""

    def __init__(self, workspace: Callable[[], Workspace | None]) -> None:
        """`workspace` gives what questions are counted of; None while there is none."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pellucid_requests",
            "Requests answered; status 0 where the client left before",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "pellucid_request_seconds",
            "From a request to the end of its answer, that of streams included",
            ("method", "route"),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        start = Gauge(
            "pellucid_start_time_seconds", "When the server was made", registry=self._registry
        )
        start.set(time.time())
        self._registry.register(_OfWorkspace(workspace))

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_of(scope)
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def render(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)


def route_of(scope: Scope) -> str:
    """The template of the route that answered: `page` beside the API, `other` where none of its routes did."""
    if not scope["path"].startswith("/api/"):
        return "page"
    template = getattr(scope.get("route"), "path_format", None)
    if template is None:
        return "other"
    return template if template.startswith("/api/") else f"/api{template}"


class _OfWorkspace(Collector):
    """What the workspace counts, read when it is asked for."""

    def __init__(self, workspace: Callable[[], Workspace | None]) -> None:
        self._workspace = workspace

    def collect(self) -> Iterable[Metric]:
        workspace = self._workspace()
        if workspace is None:
            return
        line, tally = workspace.line, workspace.tally
        loaded = workspace.loading.state == "ready"
        yield _gauge("pellucid_questions_waiting", "Questions in the line", line.waiting)
        yield _gauge(
            "pellucid_questions_answering", "Questions that the model is at", line.is_answering
        )
        yield _gauge("pellucid_model_loaded", "1 where the model is ready", loaded)
        tokens = CounterMetricFamily("pellucid_tokens_written", "Tokens written in replies")
        tokens.add_metric((), tally.tokens)
        yield tokens
        replies = CounterMetricFamily(
            "pellucid_replies", "Replies by how they ended", labels=("ended",)
        )
        for ended, n in tally.replies.items():
            replies.add_metric((ended,), n)
        yield replies


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=float(value))

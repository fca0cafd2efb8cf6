"""What a monitoring system is told, and what it is not."""

import re

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from pellucid.core.settings import Settings
from pellucid.server.app import create_app
from pellucid.workspace import Workspace
from tests.unit.server.conftest import Call, call

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(app: FastAPI) -> Samples:
    """Every value by name and labels, as Prometheus's own parser reads them."""
    response = call(app, "GET", "/api/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def requests(of: Samples) -> dict[tuple[str, str, str], float]:
    """Counts by method, route and status."""
    found: dict[tuple[str, str, str], float] = {}
    for (name, labels), value in of.items():
        if name == "pellucid_requests_total":
            by = dict(labels)
            found[by["method"], by["route"], by["status"]] = value
    return found


def test_requests_are_counted_by_the_template_of_their_route(app: FastAPI, http: Call) -> None:
    for path in ("/api/runs/abc", "/api/runs/secret", "/api/health", "/", "/api/nothing/secret"):
        http("GET", path)
    http("POST", "/api/conversations", json={"title": "secret"})
    http("POST", "/api/conversations", json={"wrong": "secret"})
    http("GET", "/api/conversations", headers={"host": "secret.example"})
    http("SECRET", "/api/health")
    assert requests(samples(app)) == {
        ("GET", "/api/runs/{run_id}", "404"): 2,
        ("GET", "/api/health", "200"): 1,
        ("GET", "page", str(http("GET", "/").status_code)): 1,
        ("GET", "other", "404"): 1,
        ("GET", "other", "403"): 1,
        ("POST", "/api/conversations", "201"): 1,
        ("POST", "/api/conversations", "422"): 1,
        ("other", "/api/health", "405"): 1,
    }
    response = call(app, "GET", "/api/metrics")
    assert "secret" not in response.text.lower()


def test_seconds_are_those_of_every_request(app: FastAPI, http: Call) -> None:
    for _ in range(3):
        http("GET", "/api/health")
    found = samples(app)
    labels = (("method", "GET"), ("route", "/api/health"))
    assert found["pellucid_request_seconds_count", labels] == 3
    assert found["pellucid_request_seconds_bucket", (("le", "+Inf"), *labels)] == 3
    assert found["pellucid_request_seconds_sum", labels] > 0


def test_a_route_of_the_api_is_named_as_the_description_names_it(app: FastAPI, http: Call) -> None:
    described = set(app.openapi()["paths"])
    for path in described:
        http("GET", re.sub("{.*?}", "x", path))
        http("POST", re.sub("{.*?}", "x", path))
    counted = {route for _, route, _ in requests(samples(app))}
    assert described - counted == set()
    assert counted - described == set()


def test_every_application_counts_for_itself(
    app: FastAPI, settings: Settings, workspace: Workspace
) -> None:
    other = create_app(settings, workspace)
    other.state.workspace = workspace
    call(app, "GET", "/api/health")
    assert requests(samples(other)) == {}


def test_before_there_is_a_workspace_the_server_is_all_that_is_counted(settings: Settings) -> None:
    names = {name for name, _ in samples(create_app(settings))}
    assert names == {"pellucid_start_time_seconds"}


@pytest.mark.parametrize("state", ["loading", "ready", "failed"])
def test_whether_the_model_is_loaded_is_said_here_and_in_the_health(
    app: FastAPI, http: Call, monkeypatch: pytest.MonkeyPatch, workspace: Workspace, state: str
) -> None:
    monkeypatch.setattr(type(workspace.loading), "state", state)
    monkeypatch.setattr(type(workspace.line), "waiting", 3)
    assert samples(app)["pellucid_model_loaded", ()] == (state == "ready")
    assert samples(app)["pellucid_questions_waiting", ()] == 3
    health = http("GET", "/api/health").json()
    assert health.keys() == {"status", "version", "queue", "ahead"}
    assert health["status"] == ("ok" if state == "ready" else state)
    assert health["queue"] == 3

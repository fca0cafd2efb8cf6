"""Named sets of features over HTTP."""

from typing import Any

import httpx
import pytest

from tests.integration.streams import post

FEATURES = ["mlp.1.2.pos", "mlp.0.1.neg"]


def make(http: httpx.Client, **body: Any) -> dict[str, Any]:
    response = post(http, "/api/sets", {"name": "dates", "features": FEATURES} | body)
    assert response.status_code == 201, response.text
    return response.json()


def test_a_set_is_kept_changed_and_forgotten(http: httpx.Client) -> None:
    made = make(http, features=[*FEATURES, FEATURES[0]], note="by hand")
    assert made["features"] == FEATURES
    other = make(http, name=" colours ")
    assert other["name"] == "colours"
    assert http.get("/api/sets").json() == [other, made]
    path = f"/api/sets/{made['id']}"
    changed = http.patch(path, json={"name": "days", "note": None}).json()
    assert (changed["name"], changed["features"], changed["note"]) == ("days", FEATURES, None)
    same = http.patch(path, json={"name": None, "features": None}).json()
    assert (same["name"], same["features"]) == ("days", FEATURES)
    assert http.patch(path, json={"features": FEATURES[:1]}).json()["features"] == FEATURES[:1]
    assert http.delete(path).status_code == 204
    assert http.get("/api/sets").json() == [other]
    for response in (http.delete(path), http.patch(path, json={"name": "x"})):
        assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_name_is_had_once(http: httpx.Client) -> None:
    make(http)
    other = make(http, name="days")
    again = post(http, "/api/sets", {"name": "dates ", "features": FEATURES})
    renamed = http.patch(f"/api/sets/{other['id']}", json={"name": "dates"})
    for response in (again, renamed):
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
        assert "another name" in response.json()["instead"]
    assert [one["name"] for one in http.get("/api/sets").json()] == ["dates", "days"]


def test_a_set_may_be_large(http: httpx.Client) -> None:
    features = [f"mlp.{i // 1536}.{i % 1536}.pos" for i in range(20_000)]
    assert make(http, features=features)["features"] == features
    response = post(http, "/api/sets", {"name": "x", "features": [*features, "mlp.0.0.neg"]})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 201},
        {"name": "\ud800"},
        {"features": []},
        {"features": ["mlp.01.2.pos"]},
        {"features": ["x" * 200_000]},
        {"features": "mlp.0.0.pos"},
        {"note": "x" * 10_001},
        {"note": "\ud800"},
        {"colour": "red"},
    ],
)
def test_a_set_that_is_none_is_refused(http: httpx.Client, change: dict[str, Any]) -> None:
    made = make(http, name="kept")
    new = post(http, "/api/sets", {"name": "new", "features": FEATURES} | change)
    old = http.patch(
        f"/api/sets/{made['id']}",
        content=new.request.content,
        headers={"content-type": "application/json"},
    )
    for response in (new, old):
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
        assert len(response.text) < 2_000
    assert http.get("/api/sets").json() == [made]

"""Concepts in words over HTTP: looked up, used in a run, kept as the features they were, and the damage they do."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.atlas import Atlas, SubjectInfo
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings
from tests.builders_atlas import make_atlas
from tests.builders_search import describe
from tests.fake_search import FakeHit, FakeSearch
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import D_MLP, N_LAYERS, FakeSubject
from tests.integration.streams import ask, begin, of_type, stream

IDS = ["mlp.1.3.pos", "mlp.0.7.neg"]
SEARCH = FakeSearch({"birds": [FakeHit(IDS[0], 0.8), FakeHit(IDS[1], 0.6)]})


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    path = tmp_path / "atlas"
    info = SubjectInfo(
        name="fake", hash=FakeSubject().hash, n_layers=N_LAYERS, d_model=16, d_mlp=D_MLP,
        d_vocab=260, dtype="float32",
    )  # fmt: skip
    make_atlas(path, making={"subject": info}, n_layers=N_LAYERS, n_units=D_MLP)
    describe(path, N_LAYERS * D_MLP * 2)
    return Atlas.open(path)


@pytest.fixture
def server(serve: Callable[..., LiveServer], settings: Settings, atlas: Atlas) -> LiveServer:
    with_atlas = settings.model_copy(update={"atlas": str(atlas.path)})
    return serve(with_atlas, search=lambda *_: SEARCH)


def query(**over: Any) -> list[dict[str, Any]]:
    return [{"query": "birds", "strength": 0.5, "k": 2, **over}]


def test_a_concept_is_looked_up_with_what_its_features_fire_on(
    http: httpx.Client, atlas: Atlas
) -> None:
    params = {"text": "birds", "direction": "strengthen", "k": 5}
    found = http.get("/api/concepts", params=params).json()
    assert (found["direction"], found["strength"], found["k"]) == ("strengthen", 0.5, 5)
    assert [f["id"] for f in found["features"]] == IDS
    first = found["features"][0]
    place = atlas.places([FeatureId.parse(IDS[0])])
    assert first["quantile"] == pytest.approx(float(atlas.quantile(place)[0]))
    assert first["summary"] == "names of birds" and first["exemplar"]["token"]
    (unlike,) = [http.get("/api/concepts", params={"text": "quarks"})]
    assert unlike.status_code == 422 and "no feature is about" in unlike.json()["what"]
    assert http.get("/api/concepts", params={"text": " "}).status_code == 422
    assert http.get("/api/concepts", params={"text": "x", "strength": "nan"}).status_code == 422


def test_of_a_very_long_text_the_beginning_is_searched_and_it_says_so(http: httpx.Client) -> None:
    long = "birds".ljust(2_500, "-").ljust(10_000, "b")
    SEARCH.known[long[:2_000]] = [FakeHit(IDS[0], 0.8)]
    found = http.get("/api/concepts", params={"text": long})
    assert found.status_code == 200 and [f["id"] for f in found.json()["features"]] == IDS[:1]
    note = "only the first 2,000 of the query's 10,000 characters were searched"
    assert found.json()["notes"] == [note]
    started = of_type(
        ask(http, begin(http), content="hi", interventions=query(query=long)), "started"
    )[0]
    assert started["concepts"][0]["notes"] == [note]
    assert http.get("/api/concepts", params={"text": "birds"}).json()["notes"] == []
    assert http.get("/api/concepts", params={"text": long + "b"}).status_code == 422


def test_a_run_keeps_the_features_that_a_concept_was(http: httpx.Client, model: FakeModel) -> None:
    events = ask(http, begin(http), content="hi there", interventions=query())
    started = of_type(events, "started")[0]
    assert [f["id"] for f in started["concepts"][0]["features"]] == IDS
    done = of_type(events, "done")[0]
    assert done["touched"]["neurons"] == 2 and done["repeats"] == 0
    run = http.get(f"/api/runs/{started['run_id']}").json()
    (kept,) = run["interventions"]
    assert (kept["features"], kept["query"], kept["name"]) == (IDS, None, "birds")
    assert kept["strength"] == 0.5
    plain = ask(http, begin(http), content="hi there")
    assert of_type(plain, "started")[0]["concepts"] == []
    assert of_type(plain, "done")[0]["repeats"] is None


def test_nothing_is_written_where_a_concept_has_no_match(http: httpx.Client) -> None:
    conversation = begin(http)
    body = {"content": "hi", "interventions": query(query="quarks")}
    with http.stream("POST", f"/api/conversations/{conversation}/replies", json=body) as response:
        text = response.read().decode()
    assert "no feature is about" in text and '"started"' not in text
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []


def test_rows_say_what_their_features_fire_on(http: httpx.Client, atlas: Atlas) -> None:
    run = of_type(ask(http, begin(http), content="hi there"), "started")[0]["run_id"]
    with stream(http, f"/api/runs/{run}/why", pos=4, top=8) as events:
        rows = of_type(list(events), "estimate")[0]["effects"]
    rows += http.post(f"/api/runs/{run}/active", json={"start": 0, "end": 2}).json()["effects"]
    for row in rows:
        known = atlas.description(FeatureId.parse(row["id"]))
        assert known is not None
        assert (row["description"], row["summary"]) == (known.description, known.summary)


def test_damage_is_of_the_runs_own_interventions(
    http: httpx.Client, model: FakeModel, atlas: Atlas
) -> None:
    events = ask(http, begin(http), content="hi there", interventions=query())
    run = of_type(events, "started")[0]["run_id"]
    found = http.post(f"/api/runs/{run}/damage", json={"n": 4, "seed": 2}).json()
    assert found["verdict"] == "mild" and found["kl_random"]["n"] == 4
    items, rest = dict(model.seen)["damage"]
    assert [list(item.features) for item in items] == [IDS]
    assert rest["seed"] == 2 and rest["quantiles"].manifest == atlas.manifest
    assert http.post("/api/runs/none/damage", json={}).status_code == 404


def test_going_away_stops_the_damage_meter(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    events = ask(http, begin(http), content="hi there", interventions=query())
    run = of_type(events, "started")[0]["run_id"]
    model.passes, model.gate = 1000, threading.Semaphore(3)
    with pytest.raises(httpx.ReadTimeout):
        http.post(f"/api/runs/{run}/damage", json={}, timeout=0.5)
    eventually(lambda: not server.is_answering())
    model.gate.release(10)
    eventually(lambda: model.held == 0)
    assert model.passed < 1000

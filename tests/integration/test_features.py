"""Feature cards over HTTP: what the atlas says, what the model says anew, and what is refused."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.atlas import Atlas, SubjectInfo
from pellucid.core.ids import FeatureId
from pellucid.core.settings import Settings
from tests.builders_atlas import N_PATTERNS, N_TOKENS, K, make_atlas
from tests.builders_search import describe
from tests.integration.conftest import LiveServer, eventually
from tests.integration.fake_engine import FakeModel
from tests.integration.fake_subject import D_MLP, N_LAYERS, FakeSubject
from tests.integration.streams import ask, begin, of_type

ID = "mlp.1.3.neg"


def make(path: Path, *, subject: str = FakeSubject().hash, seed: int = 0) -> Atlas:
    info = SubjectInfo(
        name="fake", hash=subject, n_layers=N_LAYERS, d_model=16, d_mlp=D_MLP, d_vocab=260,
        dtype="float32",
    )  # fmt: skip
    make_atlas(path, making={"subject": info}, seed=seed, n_layers=N_LAYERS, n_units=D_MLP)
    return Atlas.open(path)


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    return make(tmp_path / "atlas")


@pytest.fixture
def settings(settings: Settings, atlas: Atlas) -> Settings:
    return settings.model_copy(update={"atlas": str(atlas.path)})


def refused(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


# Cards


def test_a_card_says_what_the_atlas_says(http: httpx.Client, atlas: Atlas) -> None:
    card = http.get(f"/api/features/{ID}").json()
    stored = atlas.card(FeatureId.parse(ID)).model_dump(mode="json")
    assert {name: card[name] for name in stored} == stored
    assert (card["description"], card["summary"], card["score"]) == (None, None, None)
    assert (card["n_exemplars"], card["n_patterns"], card["n_tokens"]) == (K, N_PATTERNS, N_TOKENS)
    assert card["other"] == "mlp.1.3.pos"
    assert card["atlas"] == atlas.manifest.hash
    assert 0 < card["pattern_error"] < 0.05
    for exemplar in card["exemplars"]:
        known = [value for value in exemplar["activations"] if value is not None]
        assert (len(known) == 1) == (exemplar["rank"] >= N_PATTERNS)
        assert exemplar["activations"][exemplar["pos"]] == exemplar["peak"]
        assert exemplar["source"].partition(":")[0] in ("novels", "help") and exemplar["licence"]


def test_a_card_holds_as_many_exemplars_as_are_asked_for(http: httpx.Client) -> None:
    card = http.get(f"/api/features/{ID}", params={"exemplars": 2}).json()
    assert [one["rank"] for one in card["exemplars"]] == [0, 1]
    assert card["n_exemplars"] == K


def test_the_atlas_lists_its_corpora_with_their_licences(http: httpx.Client, atlas: Atlas) -> None:
    manifest = http.get("/api/atlas").json()
    assert manifest["hash"] == atlas.manifest.hash
    assert {one["name"]: one["licence"] for one in manifest["corpora"]} == {
        "novels": "public domain",
        "help": "MIT",
    }


def test_cards_are_there_while_the_model_loads(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.load_s = 2
    server = serve(settings)
    with server.client() as http:
        assert http.get(f"/api/features/{ID}").status_code == 200
        assert http.get("/api/subject").json()["state"] == "loading"


def test_reading_an_atlas_over_http_loads_no_torch(atlas: Atlas, tmp_path: Path) -> None:
    script = f"""
import asyncio, sys, httpx
from pathlib import Path
from pellucid.core.settings import Settings
from pellucid.journal import Journal
from pellucid.server.app import create_app
from pellucid.workspace import Workspace
settings = Settings(data_dir=Path({str(tmp_path)!r}), atlas={str(atlas.path)!r})
workspace = Workspace(settings, Journal.open(settings))
app = create_app(settings, workspace)
app.state.workspace = workspace
async def main():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        for path in ("atlas", "features/{ID}", "features/{ID}/neighbours"):
            assert (await http.get("/api/" + path)).status_code == 200, path
asyncio.run(main())
assert not {{"torch", "transformers", "numba"}} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("path", ["", "/neighbours", "/exemplars/0"])
@pytest.mark.parametrize(
    ("feature", "status"),
    [
        ("mlp.2.3.neg", (404, "not_found")),
        ("mlp.1.64.neg", (404, "not_found")),
        ("sae.1.3.pos", (404, "not_found")),
        ("mlp.01.3.neg", (422, "invalid_request")),
        ("mlp.1.3", (422, "invalid_request")),
        ("x" * 101, (422, "invalid_request")),
    ],
)
def test_what_is_no_feature_of_the_atlas_is_refused(
    http: httpx.Client, feature: str, status: tuple[int, str], path: str
) -> None:
    assert refused(http.get(f"/api/features/{feature}{path}")) == status


@pytest.mark.parametrize("path", ["?exemplars=-1", "?exemplars=x", "/neighbours?top=0"])
def test_a_number_that_is_none_is_refused(http: httpx.Client, path: str) -> None:
    assert refused(http.get(f"/api/features/{ID}{path}")) == (422, "invalid_request")


# Neighbours


def test_neighbours_share_exemplars_at_the_same_tokens(http: httpx.Client, atlas: Atlas) -> None:
    def places(feature: FeatureId) -> set[tuple[int, int]]:
        row = atlas._row(feature)
        return set(zip(row["exemplar_sequence"], row["exemplar_pos"], strict=True))

    source = atlas.source
    every = {source.feature(i): places(source.feature(i)) for i in range(source.n_features)}
    own = every.pop(FeatureId.parse(ID))
    shared = Counter({str(other): len(own & theirs) for other, theirs in every.items()})
    found = http.get(f"/api/features/{ID}/neighbours", params={"top": 100}).json()
    assert found["n_exemplars"] == K
    assert {one["id"]: one["shared"] for one in found["features"]} == {
        name: n for name, n in shared.items() if n >= 2
    }
    counts = [one["shared"] for one in found["features"]]
    assert counts and counts == sorted(counts, reverse=True)
    first = http.get(f"/api/features/{ID}/neighbours", params={"top": 1}).json()
    assert first["features"] == found["features"][:1]


# What the model says anew


@pytest.mark.parametrize("rank", [0, K - 1])
def test_any_exemplar_is_computed_anew_from_its_exact_tokens(
    http: httpx.Client, model: FakeModel, atlas: Atlas, rank: int
) -> None:
    stored = atlas.exemplars(FeatureId.parse(ID))[rank]
    exact = http.get(f"/api/features/{ID}/exemplars/{rank}").json()
    ids = tuple(token.id for token in stored.tokens)
    assert dict(model.seen)["trace"] == (ids, FeatureId.parse(ID))
    assert exact["activations"] == [pos * 0.5 for pos in range(len(ids))]
    assert (exact["peak"], exact["stored_peak"]) == (stored.pos * 0.5, stored.peak)
    assert [token["id"] for token in exact["tokens"]] == list(ids)
    assert model.threads == {"pellucid-model"}


def test_an_exemplar_that_does_not_exist_is_not_found(http: httpx.Client) -> None:
    assert refused(http.get(f"/api/features/{ID}/exemplars/{K}")) == (404, "not_found")
    assert refused(http.get(f"/api/features/{ID}/exemplars/-1")) == (422, "invalid_request")


def test_features_are_found_by_what_fires_them(http: httpx.Client, model: FakeModel) -> None:
    body = {"text": "my own words", "k": 3, "sign": "pos", "layers": "0:1"}
    found = http.post("/api/features/firing", json=body).json()
    assert [token["text"] for token in found["tokens"]] == ["<end>", "my ", "own ", "words "]
    assert [(hit["id"], hit["pos"], hit["normalised"]) for hit in found["hits"]] == [
        ("mlp.0.3.pos", 1, 3.0)
    ]
    assert found["scale"] and dict(model.seen)["activate"][1] == 300
    for none in ({"sign": "neg"}, {"layers": "1:2"}, {"min_score": 0.1}):
        assert http.post("/api/features/firing", json=body | none).json()["hits"] == []
    for bad in ({"text": " "}, {"text": ""}, {"k": 0}, {"layers": "1:1"}, {"layers": "x"}):
        answer = http.post("/api/features/firing", json=body | bad)
        assert refused(answer) == (422, "invalid_request")


def test_a_text_of_ones_own_is_read_for_a_feature(http: httpx.Client, atlas: Atlas) -> None:
    found = http.post(f"/api/features/{ID}/activations", json={"text": "my own words"}).json()
    tokens = found["tokens"]
    assert [token["text"] for token in tokens] == ["<end>", "my ", "own ", "words "]
    assert [token["activation"] for token in tokens] == [0, 0.5, 1, 1.5]
    place = atlas.places([FeatureId.parse(ID)])
    quantile = float(atlas.quantile(place)[0])
    assert found["quantile"] == {"tail": 1e-5, "value": pytest.approx(quantile), "reached": False}
    assert [token["normalised"] for token in tokens] == pytest.approx(
        [token["activation"] / quantile for token in tokens]
    )


def test_a_text_can_be_read_as_a_message(http: httpx.Client) -> None:
    body = {"text": "my own", "as_message": True}
    tokens = http.post(f"/api/features/{ID}/activations", json=body).json()["tokens"]
    assert [token["text"] for token in tokens] == ["<user>", "my ", "own ", "<assistant>"]


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "  \n"}, {"text": "x" * 20_001}, {"text": 3}]
)
def test_a_text_that_cannot_be_read_is_refused(http: httpx.Client, body: Any) -> None:
    response = http.post(f"/api/features/{ID}/activations", json=body)
    assert refused(response) == (422, "invalid_request")


def test_a_reader_who_goes_away_takes_the_question_along(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.delay_s = 0.5
    server = serve(settings)
    with server.client() as http, pytest.raises(httpx.ReadTimeout):
        http.post(f"/api/features/{ID}/activations", json={"text": "a"}, timeout=0.2)
    eventually(lambda: server.workspace.line.is_idle)
    with server.client() as http:
        body = {"text": "a"}
        assert http.post(f"/api/features/{ID}/activations", json=body).status_code == 200


# Which atlas


def test_without_an_atlas_it_is_said_and_a_text_is_read_all_the_same(
    serve: Callable[..., LiveServer], settings: Settings
) -> None:
    with serve(settings.model_copy(update={"atlas": "none"})).client() as http:
        for path in (f"features/{ID}", f"features/{ID}/neighbours", "atlas"):
            response = http.get(f"/api/{path}")
            assert refused(response) == (404, "not_found")
            assert "--atlas none" in response.json()["why"]
        assert refused(http.get(f"/api/features/{ID}/exemplars/0")) == (404, "not_found")
        traced = http.post(f"/api/features/{ID}/activations", json={"text": "a b"}).json()
        assert traced["quantile"] is None
        assert {token["normalised"] for token in traced["tokens"]} == {None}


def test_a_model_without_a_ready_made_atlas_has_none(
    serve: Callable[..., LiveServer], settings: Settings, model: FakeModel
) -> None:
    model.load_s = 2
    server = serve(settings.model_copy(update={"atlas": "auto"}), model="somewhere/else")
    with server.client() as http:
        busy = http.get(f"/api/features/{ID}")
        assert refused(busy) == (503, "busy") and int(busy.headers["retry-after"]) > 0
        eventually(lambda: server.workspace.loading.state == "ready")
        assert refused(http.get(f"/api/features/{ID}")) == (404, "not_found")


def test_an_atlas_of_another_model_is_refused_with_both_hashes(another_model: httpx.Client) -> None:
    eventually(lambda: another_model.get("/api/subject").json()["state"] == "failed")
    problem = another_model.get("/api/subject").json()["problem"]
    assert problem["code"] == "foreign_store"
    assert "f" * 64 in problem["why"] and "0" * 64 in problem["why"]
    response = another_model.post(f"/api/features/{ID}/activations", json={"text": "a"})
    assert refused(response) == (409, "foreign_store")


def test_a_damaged_atlas_is_named(
    serve: Callable[..., LiveServer], settings: Settings, atlas: Atlas
) -> None:
    file = atlas.path / "evidence" / "features.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    with serve(settings).client() as http:
        response = http.get(f"/api/features/{ID}")
        assert refused(response) == (409, "store_mismatch")
        assert "features.parquet" in response.json()["what"]


# What else an atlas changes


def last(model: FakeModel, name: str) -> Any:
    return [value for key, value in model.seen if key == name][-1]


def test_active_is_asked_by_tail_quantile(
    http: httpx.Client, model: FakeModel, server: LiveServer
) -> None:
    run = of_type(ask(http, begin(http), content="hi"), "started")[0]["run_id"]
    assert http.post(f"/api/runs/{run}/active", json={"start": 0, "end": 2}).status_code == 200
    assert last(model, "activate quantiles") is server.workspace.atlas


def test_a_strength_is_taken_from_the_atlas_and_a_run_keeps_from_which(
    serve: Callable[..., LiveServer],
    settings: Settings,
    model: FakeModel,
    atlas: Atlas,
    tmp_path: Path,
) -> None:
    change = {"features": [ID], "strength": 0.5}
    evidence = atlas.manifest.layers.evidence.hash
    with serve(settings).client() as http:
        conversation = begin(http)
        plain = of_type(ask(http, conversation, content="hi"), "started")[0]["run_id"]
        assert last(model, "compile") is None
        events = ask(http, conversation, interventions=[change])
        run = of_type(events, "started")[0]["run_id"]
        assert last(model, "compile").manifest.hash == atlas.manifest.hash
        assert http.get(f"/api/runs/{run}").json()["atlas"] == evidence
        assert http.get(f"/api/runs/{plain}").json()["atlas"] is None
    other = make(tmp_path / "other", seed=1)
    body = {"start": 0, "end": 2}
    describe(atlas.path, atlas.source.n_features)  # the quantiles stay what they were
    with serve(settings).client() as http:
        assert http.post(f"/api/runs/{run}/active", json=body).status_code == 200
    for wanted in (str(other.path), "none"):
        with serve(settings.model_copy(update={"atlas": wanted})).client() as http:
            response = http.post(f"/api/runs/{run}/active", json=body)
            assert refused(response) == (409, "store_mismatch")
            assert evidence in response.json()["why"]
            assert http.post(f"/api/runs/{plain}/active", json=body).status_code == 200

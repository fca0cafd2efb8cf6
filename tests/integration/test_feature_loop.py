"""Feature cards on the real engine: what is computed anew is what the subject does, and strengths are what they say."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from pellucid.analysis import trace
from pellucid.atlas import Atlas, SubjectInfo
from pellucid.core.ids import SIGNS, FeatureId
from pellucid.core.settings import Settings
from pellucid.subject import Subject
from pellucid.workspace import Engine, installed_engine
from tests.builders import make_subject
from tests.builders_atlas import make_atlas
from tests.integration.conftest import LiveServer
from tests.integration.streams import ask, begin, of_type

ID = "mlp.1.7.neg"
FEATURE = FeatureId.parse(ID)
GREEDY = {"max_new_tokens": 6, "temperature": 0}


@pytest.fixture(scope="module")
def subject() -> Subject:
    return make_subject()


@pytest.fixture
def atlas(subject: Subject, tmp_path: Path) -> Atlas:
    info = SubjectInfo(
        name="tiny",
        hash=subject.hash,
        n_layers=3,
        d_model=32,
        d_mlp=48,
        d_vocab=384,
        dtype="float32",
    )
    make_atlas(tmp_path / "atlas", making={"subject": info}, n_layers=3, n_units=48)
    return Atlas.open(tmp_path / "atlas")


@pytest.fixture
def server(
    serve: Callable[..., LiveServer], settings: Settings, subject: Subject, atlas: Atlas
) -> LiveServer:
    def engine() -> Engine:
        return replace(installed_engine(), load=lambda *_, **__: subject)

    return serve(settings.model_copy(update={"atlas": str(atlas.path)}), engine=engine)


def test_an_exemplar_is_computed_anew_by_the_subject(
    http: httpx.Client, subject: Subject, atlas: Atlas
) -> None:
    found = http.get(f"/api/features/{ID}/exemplars/3").json()
    ids = [token.id for token in atlas.exemplars(FEATURE)[3].tokens]
    assert found["activations"] == pytest.approx(trace(subject, ids, FEATURE))


def test_a_text_is_read_behind_the_token_between_documents(
    http: httpx.Client, subject: Subject, atlas: Atlas
) -> None:
    body = {"text": "a spider has <|im_end|> eight legs"}
    found = http.post(f"/api/features/{ID}/activations", json=body).json()
    tokens = found["tokens"]
    assert tokens[0]["text"] == "<|endoftext|>"
    assert "".join(token["text"] for token in tokens[1:]) == body["text"]
    ids = [token["id"] for token in tokens]
    assert [token["activation"] for token in tokens] == pytest.approx(trace(subject, ids, FEATURE))
    quantile = float(atlas.quantile(atlas.places([FEATURE]))[0])
    for token in tokens:
        assert token["normalised"] == pytest.approx(token["activation"] / quantile)
    chat = http.post(f"/api/features/{ID}/activations", json=body | {"as_message": True}).json()
    assert "system" in "".join(token["text"] for token in chat["tokens"])


def test_active_sites_are_over_their_own_tail_quantile(http: httpx.Client, atlas: Atlas) -> None:
    events = ask(http, begin(http), content="a spider", settings=GREEDY)
    run = of_type(events, "started")[0]["run_id"]
    found = http.post(f"/api/runs/{run}/active", json={"start": 5, "end": 9, "top": 8}).json()
    assert "atlas's corpus" in found["scale"]
    for site in found["effects"]:
        quantile = float(atlas.quantile(atlas.places([FeatureId.parse(site["id"])]))[0])
        assert site["normalised"] == pytest.approx(site["activation"] / quantile)


def test_where_features_fire_is_over_their_own_tail_quantile(
    http: httpx.Client, atlas: Atlas, subject: Subject
) -> None:
    events = ask(http, begin(http), content="a spider", settings=GREEDY)
    run = of_type(events, "started")[0]["run_id"]
    ids = [token["id"] for token in http.get(f"/api/runs/{run}").json()["tokens"]]
    asked = [f"mlp.{layer}.{i}.{sign}" for layer in range(3) for i in range(48) for sign in SIGNS]
    found = http.post(f"/api/runs/{run}/firing", json={"features": asked}).json()["features"]
    quantiles = atlas.quantile(atlas.places([FeatureId.parse(text) for text in asked]))
    told = 0
    for one, quantile in zip(found, quantiles.tolist(), strict=True):
        values = trace(subject, ids, FeatureId.parse(one["id"]))
        assert (one["scale"], one["relative_to"]) == (quantile, "tail quantile")
        fires = [pos for pos in range(1, len(ids)) if values[pos] / quantile >= 0.25]
        assert one["positions"] == fires
        shares = [values[pos] / quantile for pos in fires]
        assert one["shares"] == pytest.approx(shares, rel=6e-3)
        assert one["activations"] == pytest.approx([values[pos] for pos in fires], rel=6e-4)
        told += len(fires)
    assert 0 < told < len(asked) * len(ids) / 2


@pytest.mark.parametrize("strength", [0.5, 20.0])
def test_a_strength_writes_what_the_value_it_stands_for_writes(
    http: httpx.Client, atlas: Atlas, strength: float
) -> None:
    quantile = float(atlas.quantile(atlas.places([FEATURE]))[0])
    where = {"features": [ID], "positions": "all"}
    changes: list[dict[str, Any]] = [
        where | {"strength": strength, "sign_rule": "any"},
        where | {"value": strength * quantile},
    ]
    replies = [
        ask(http, begin(http), content="hello you", settings=GREEDY, interventions=[change])
        for change in changes
    ]
    logprobs = [
        [event["token"]["logprob"] for event in of_type(events, "token")] for events in replies
    ]
    assert logprobs[0] == pytest.approx(logprobs[1])


def test_a_tail_that_the_atlas_lacks_is_refused_before_anything_is_written(
    http: httpx.Client,
) -> None:
    conversation = begin(http)
    change = {"features": [ID], "strength": 1, "quantile": 0.01}
    events = ask(http, conversation, content="hello", settings=GREEDY, interventions=[change])
    assert events[-1]["problem"]["code"] == "invalid_request"
    assert http.get(f"/api/conversations/{conversation}").json()["turns"] == []

"""Search on the command line and over HTTP, with an embedding endpoint on loopback; by text on a tiny subject."""

import json
from collections.abc import Callable, Generator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from pellucid.atlas import Atlas, SubjectInfo
from pellucid.cli.main import cli
from pellucid.core.settings import Settings
from pellucid.subject import Subject
from tests.builders import tiny_subject_dir
from tests.builders_atlas import make_atlas
from tests.builders_sae import write_sae
from tests.builders_search import SENTENCES, EmbeddingServer, describe
from tests.integration.conftest import LiveServer

N = 3 * 48 * 2
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def endpoint() -> Generator[EmbeddingServer]:
    server = EmbeddingServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("search") / "model")


@pytest.fixture
def run(endpoint: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PELLUCID_EMBEDDER", "endpoint:words")
    monkeypatch.setenv("PELLUCID_EMBEDDER_URL", endpoint.url)
    return lambda *args: CliRunner().invoke(cli, [*map(str, args)])


@pytest.fixture(scope="module")
def described(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "atlas"
    sizes = {"n_layers": 3, "d_model": 32, "d_mlp": 48, "d_vocab": 384, "dtype": "float32"}
    info = SubjectInfo(name="tiny", hash=Subject.load(str(tiny)).hash, **sizes)
    make_atlas(path, making={"subject": info}, n_layers=3, n_units=48)
    describe(path, N)
    return path


@pytest.fixture
def atlas(described: Path, run: Run) -> Path:
    if Atlas.open(described).manifest.layers.index is None:
        made = run("atlas", "index", described, "--json")
        assert json.loads(made.stdout)["manifest"]["layers"]["index"], made.output
    return described


def test_search_finds_and_says_what_it_left_out(run: Run, atlas: Path) -> None:
    found = json.loads(run("search", "months", "--atlas", atlas, "--k", 5, "--json").stdout)
    assert len(found["hits"]) == 5
    first = found["hits"][0]
    assert {"id", "similarity", "score", "description", "summary"} <= first.keys()
    assert first["summary"] == SENTENCES[0]
    assert all(hit["id"].endswith("neg") for hit in found["hits"])  # the others are uninteresting
    everything = run("search", "months", "--atlas", atlas, "--k", 5, "--all", "--json")
    assert json.loads(everything.stdout)["filtered"]["uninteresting"] == 0
    assert found["filtered"]["uninteresting"] > 0
    manifest = Atlas.open(atlas).manifest
    assert found["provenance"]["atlas"] == manifest.hash
    assert found["provenance"]["embedder"] == "endpoint:words"
    said = " ".join(run("search", "months", "--atlas", atlas).stdout.split())
    assert "months of the year" in said and "--all shows them" in said


def test_search_filters(run: Run, atlas: Path) -> None:
    flags = ("--sign", "pos", "--layers", "1:2", "--min-score", "0.3", "--all", "--json")
    found = json.loads(run("search", "cities", "--atlas", atlas, *flags).stdout)
    assert found["hits"] and all(hit["id"].startswith("mlp.1.") for hit in found["hits"])
    assert all(hit["id"].endswith(".pos") and hit["score"] >= 0.3 for hit in found["hits"])
    output = run("search", "never", "--atlas", atlas, "--output", "--all", "--json")
    assert json.loads(output.stdout)["hits"][0]["output"] == "the word never"


def test_search_by_likeness(run: Run, atlas: Path) -> None:
    found = run("search", "--like", "mlp.0.0.pos", "--atlas", atlas, "--k", 2, "--all", "--json")
    assert {hit["summary"] for hit in json.loads(found.stdout)["hits"]} == {SENTENCES[0]}


def test_search_by_a_text_that_features_fire_on(run: Run, atlas: Path, tiny: Path) -> None:
    flags = ("--model", tiny, "--atlas", atlas, "--k", 5, "--all", "--json")
    found = json.loads(run("search", "--fires-on", "the quick brown fox", *flags).stdout)
    sizes = [hit["normalised"] for hit in found["hits"]]
    assert len({hit["id"] for hit in found["hits"]}) == 5 and sizes == sorted(sizes, reverse=True)
    flags = ("--model", tiny, "--atlas", atlas, "--text", "the quick brown fox", "--json")
    active = json.loads(run("active", *flags).stdout)["effects"]
    assert {found["hits"][0]["id"]} <= {site["id"] for site in active}
    assert found["hits"][0]["pos"] < len(found["tokens"])


@pytest.mark.parametrize("source", ["mlp", "sae"])
def test_what_fires_on_a_text_cannot_be_ranked_without_an_atlas_of_it(
    run: Run, atlas: Path, tiny: Path, tmp_path: Path, source: str
) -> None:
    flags = ("--source", f"sae={write_sae(tmp_path, 'topk', layer=1)}", "--atlas", atlas)
    if source == "mlp":
        flags = ("--atlas", "none")
    result = run("search", "--fires-on", "the fox", "--model", tiny, *flags)
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert f"cannot be ranked; no atlas of {source} is open" in result.stderr


BAD = [
    (("",), "the query is empty"),
    ((), "a search is for one thing"),
    (("months", "--like", "mlp.0.0.pos"), "a search is for one thing"),
    (("months", "--layers", "5:2"), "--layers 5:2 are no layers"),
    (("--like", "mlp.9.9.pos"), "the atlas has no feature mlp.9.9.pos"),
    (("--fires-on", "x", "--output"), "--output goes with"),
]


@pytest.mark.parametrize(("flags", "says"), BAD)
def test_a_search_without_meaning_is_refused(
    run: Run, atlas: Path, flags: tuple[str, ...], says: str
) -> None:
    result = run("search", *flags, "--atlas", atlas)
    assert result.exit_code == 2 and says in result.stderr and result.stderr.count("\n") == 1


def test_another_embedder_is_refused(
    run: Run, atlas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PELLUCID_EMBEDDER", "minilm")
    result = run("search", "months", "--atlas", atlas)
    assert result.exit_code != 0 and result.stderr.count("\n") == 1
    assert "endpoint:words" in result.stderr and "minilm" in result.stderr


@pytest.fixture
def http(
    atlas: Path, settings: Settings, endpoint: EmbeddingServer, serve: Callable[..., LiveServer]
) -> Generator[httpx.Client]:
    named = {"atlas": str(atlas), "embedder": "endpoint:words", "embedder_url": endpoint.url}
    with serve(settings.model_copy(update=named)).client() as client:
        yield client


def test_the_route_searches(http: httpx.Client) -> None:
    asked = {"q": "months", "k": 3, "sign": "pos", "layers": "0:2", "all": True}
    found = http.get("/api/features", params=asked).json()
    assert [hit["summary"] for hit in found["hits"]] == [SENTENCES[0]] * 3
    assert found["filtered"]["layer"] > 0 and found["filtered"]["sign"] > 0
    alike = http.get("/api/features", params={"like": ["mlp.0.0.pos"], "k": 1}).json()
    assert alike["hits"][0]["summary"] == SENTENCES[0]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": " "},
        {"q": "x", "like": "mlp.0.0.pos"},
        {"q": "x", "layers": "3:1"},
        {"like": f"mlp.{'9' * 5000}.0.pos"},
    ],
)
def test_the_route_refuses(http: httpx.Client, asked: dict[str, str]) -> None:
    reply = http.get("/api/features", params=asked)
    assert reply.status_code == 422 and reply.json()["code"] == "invalid_request"


def test_the_route_says_that_there_is_nothing_to_search(
    serve: Callable[..., LiveServer], settings: Settings, tmp_path: Path
) -> None:
    make_atlas(tmp_path / "atlas")
    named = settings.model_copy(update={"atlas": str(tmp_path / "atlas")})
    with serve(named).client() as client:
        reply = client.get("/api/features", params={"q": "months"})
    assert reply.status_code == 422 and "pellucid atlas describe" in reply.json()["instead"]

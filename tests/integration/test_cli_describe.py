"""`atlas describe`, `train-simulator` and what builds on them, on a tiny subject: by rules, by an LLM, for an SAE."""

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.atlas import Atlas, DescriptionRecord
from pellucid.cli.atlas_simulator import lines
from pellucid.cli.main import cli
from pellucid.core.ids import FeatureId
from pellucid.workspace.own_simulator import Outcome
from tests.builders import tiny_subject_dir
from tests.builders_sae import make_weights, write_sae
from tests.builders_search import EmbeddingServer
from tests.fake_llm import Server, serving

WORDS = (
    "the",
    "quick",
    "brown",
    "fox",
    "jumps",
    "over",
    "a",
    "lazy",
    "dog",
    "has",
    "eight",
    "legs",
)
N_FEATURES, N_LATENTS = 2 * 8 * 2, 6
USER = ("--user", "the quick brown fox")
STATUSES = {"described", "dead", "undefined", "unparseable", "error", "insufficient"}


@dataclass(frozen=True)
class Place:
    """A tiny subject, its atlas and its build, and the environment of commands about them."""

    model: Path
    atlas: Path
    build: Path
    env: dict[str, str]

    def invoke(self, *args: str, **env: str) -> Result:
        """One command."""
        flags = (*args, "--model", str(self.model))
        return CliRunner().invoke(cli, flags, env=self.env | env)

    def answer(self, *args: str, **env: str) -> dict[str, Any]:
        """What a command says in JSON; the rest of it is on stderr."""
        result = self.invoke(*args, "--json", **env)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def describe(self, *args: str, **env: str) -> dict[str, Any]:
        """`atlas describe`."""
        return self.answer(*self.describing, *args, **env)

    @property
    def describing(self) -> tuple[str, ...]:
        """The command."""
        return ("atlas", "describe", str(self.atlas), "--build-dir", str(self.build))

    @property
    def records(self) -> dict[str, DescriptionRecord]:
        """What the atlas says of every feature."""
        atlas = Atlas.open(self.atlas)
        ids = [str(atlas.source.feature(place)) for place in range(atlas.source.n_features)]
        found = {id_: atlas.description(FeatureId.parse(id_)) for id_ in ids}
        return {id_: record for id_, record in found.items() if record is not None}

    @property
    def about(self) -> dict[str, Any]:
        """What is written beside the descriptions."""
        return json.loads((self.atlas / "descriptions" / "descriptions.json").read_text())

    @property
    def digests(self) -> dict[str, str]:
        """Of every file of the atlas."""
        return {
            str(path.relative_to(self.atlas)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.atlas.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("describe")


@pytest.fixture(scope="module")
def env(folder: Path) -> Iterator[dict[str, str]]:
    embedder = EmbeddingServer()
    yield {
        "PELLUCID_CACHE_DIR": str(folder / "cache"),
        "PELLUCID_DATA_DIR": str(folder / "data"),
        "PELLUCID_EMBEDDER": "endpoint:words",
        "PELLUCID_EMBEDDER_URL": embedder.url,
    }
    embedder.close()


@pytest.fixture(scope="module")
def built(folder: Path, env: dict[str, str]) -> Place:
    model = tiny_subject_dir(folder / "model", num_hidden_layers=2, intermediate_size=8)
    place = Place(model, folder / "atlas", folder / "atlas.build", env)
    build(place)
    return place


def build(place: Place, *more: str, n_documents: int = 120) -> None:
    draw = random.Random(0)
    corpus = place.atlas.with_name("small.jsonl")
    texts = [" ".join(draw.choice(WORDS) for _ in range(40)) for _ in range(n_documents)]
    corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    sizes = ("--tokens", "2500", "--seq-len", "32", "--batch-tokens", "128")
    place.answer(
        "atlas", "build", "--corpus", str(corpus), "--out", str(place.atlas), *sizes, *more
    )


@pytest.fixture(scope="module")
def described(built: Place) -> tuple[Place, dict[str, Any]]:
    """The atlas described by rules, and what the command said. Not to be changed: see `copy`."""
    return built, built.describe("--processes", "2")


@pytest.fixture
def copy(described: tuple[Place, dict[str, Any]], tmp_path: Path) -> Place:
    place, _ = described
    shutil.copytree(place.atlas, tmp_path / "atlas")
    shutil.copytree(place.build, tmp_path / "atlas.build")
    return Place(place.model, tmp_path / "atlas", tmp_path / "atlas.build", place.env)


@pytest.fixture
def llm() -> Iterator[Server]:
    with serving() as server:
        yield server


def endpoint(server: Server, **prices: str) -> dict[str, str]:
    return {"PELLUCID_LLM_BASE_URL": server.url, "PELLUCID_LLM_MODEL": "m", **prices}


PRICES = {"PELLUCID_LLM_PRICE_IN": "1000", "PELLUCID_LLM_PRICE_OUT": "1000"}


def test_every_feature_has_a_sentence_beside_its_null_and_baselines(
    described: tuple[Place, dict[str, Any]],
) -> None:
    place, said = described
    assert (said["llm"], said["used"], said["stopped"]) == (None, None, None)
    records = place.records
    assert len(records) == N_FEATURES == sum(said["described"].values())
    assert {record.status for record in records.values()} <= STATUSES
    told = [record for record in records.values() if record.status == "described"]
    assert len(told) == said["described"]["described"] > N_FEATURES // 2
    for record in told:
        assert record.description and record.summary and record.kind
        assert record.score is not None and -1 <= record.score <= 1
        assert record.interest is not None and record.interesting is not None
    for name in ("unigram", "best_token"):
        found = [r for record in told if (r := getattr(record, name)) is not None]
        assert len(found) > len(told) // 2 and all(-1 <= r <= 1 for r in found)
    nulls = [record.shuffled for record in told if record.shuffled is not None]
    assert len(nulls) > len(told) // 2
    assert sum(nulls) / len(nulls) < sum(record.score or 0 for record in told) / len(told) - 0.1
    for record in records.values():
        assert record.status == "described" or record.score is record.description is None
    about = place.about
    assert (about["n_by_rules"], about["n_by_llm"], about["llm"]) == (len(told), 0, [])
    assert "50 random test sequences" in about["rules"]["protocol"]


def test_a_layer_that_is_lost_is_described_again_to_the_same_bytes(copy: Place) -> None:
    before = copy.digests
    (lost,) = copy.build.glob("describe.*/layer.1.jsonl")
    text = lost.read_text()
    lost.unlink()
    copy.describe("--processes", "2")
    assert lost.read_text() == text
    assert copy.digests == before


def test_what_was_described_is_found(described: tuple[Place, dict[str, Any]]) -> None:
    place, _ = described
    found = place.answer("search", "words like “fox”", "--all", "--atlas", str(place.atlas))
    records = place.records
    assert found["hits"] and "“fox”" in found["hits"][0]["description"]
    assert all(records[h["id"]].description == h["description"] for h in found["hits"])


def test_an_llm_describes_some_features_and_says_which_how_and_at_what_cost(
    copy: Place, llm: Server
) -> None:
    before = copy.records
    said = copy.describe("--explainer", "endpoint", "--limit", "3", **endpoint(llm, **PRICES))
    after = copy.records
    own = {id_ for id_, record in after.items() if record.kind == "llm"}
    assert 0 < len(own) <= 3
    assert all(after[id_] == before[id_] for id_ in after.keys() - own)
    for record in (after[id_] for id_ in own):
        assert record.description and record.status == "described"
        assert record.score is not None and record.unigram is not None
        assert record.shuffled is not None and record.shuffled < record.score
        assert record.interest is record.interesting is None  # the classifier knows rules alone

    simulator = "endpoint:m (all-at-once, 0 to 10)"
    assert said["stopped"] is None
    assert said["llm"]["simulator"] == simulator and said["llm"]["asked"] == 3
    assert said["used"]["calls"] == len(llm.asked) and said["used"]["failed"] == 0
    assert said["used"]["usd"] == pytest.approx(said["used"]["tokens"] / 1000)
    about = copy.about
    assert (about["n_by_rules"], about["n_by_llm"]) == (len(after) - len(own), len(own))
    (run,) = about["llm"]
    assert (run["explainer"], run["simulator"], run["asked"]) == ("endpoint:m", simulator, 3)
    assert run["settings"]["mode"] == "all-at-once" and sum(run["described"].values()) == 3
    assert "50 random test sequences" in run["protocol"] and "best of 2" in run["protocol"]

    n, digests = len(llm.asked), copy.digests
    again = copy.invoke(
        *copy.describing, "--explainer", "endpoint", "--limit", "3", **endpoint(llm)
    )
    assert again.exit_code == 0 and len(llm.asked) == n
    assert copy.digests == digests
    assert "endpoint:m: 3 of 3 features" in again.stdout and "0 calls" in again.stdout
    sentence = after[min(own)].description
    assert sentence is not None
    hits = copy.answer("search", sentence, "--atlas", str(copy.atlas))["hits"]
    assert hits[0]["description"] == sentence  # what nothing judged is not filtered out


def test_a_budget_ends_the_run_aloud_and_what_is_done_is_kept(
    copy: Place, llm: Server, tmp_path: Path
) -> None:
    flags = ("--explainer", "endpoint", "--limit", "3")
    stopped = copy.invoke(
        *copy.describing, *flags, "--budget", "16", "--json", **endpoint(llm, **PRICES)
    )
    assert stopped.exit_code == 0, stopped.stderr
    assert "stopped after" in stopped.stderr and "budget of $16.00 is spent" in stopped.stderr
    said = json.loads(stopped.stdout)
    assert said["stopped"].startswith("the budget of $16.00 is spent")
    assert 0 < said["used"]["usd"] <= 16
    done = sum(said["llm"]["described"].values())
    assert 0 < done < said["llm"]["asked"] == 3
    assert copy.about["n_by_llm"] == done
    assert copy.about["llm"][0]["described"] == said["llm"]["described"]

    copy.describe(*flags, **endpoint(llm))
    rows = copy.records
    assert copy.about["n_by_llm"] == 3
    assert [run["described"] for run in copy.about["llm"]] == [{"described": 3}]
    other = Place(copy.model, tmp_path / "other", tmp_path / "other.build", copy.env)
    shutil.copytree(copy.atlas, other.atlas)
    shutil.copytree(copy.build, other.build)
    for file in other.build.glob("llm.*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    other.describe(*flags, **endpoint(llm))
    assert other.records == rows  # as if it had never been stopped


def test_money_that_is_not_enough_to_begin_with_changes_nothing(copy: Place, llm: Server) -> None:
    before = copy.digests
    flags = (*copy.describing, "--explainer", "endpoint", "--budget")
    for budget, prices, says in (("0", PRICES, "is spent"), ("5", {}, "a budget needs prices")):
        refused = copy.invoke(*flags, budget, **endpoint(llm, **prices))
        assert refused.exit_code != 0 and says in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
    assert copy.digests == before and llm.asked == []
    free = copy.invoke(*copy.describing, "--limit", "3")
    assert free.exit_code == 2 and "--limit goes with an LLM" in free.stderr


def test_a_simulator_is_trained_judged_and_kept(copy: Place) -> None:
    out = copy.atlas.with_name("own")
    flags = ("--build-dir", str(copy.build), "--features", "10", "--epochs", "1", "--layers", "1")
    command = ("atlas", "train-simulator", str(copy.atlas), *flags, "--out", str(out))
    said = copy.answer(*command)
    outcome = said["outcome"]
    assert said["simulator"] == str(out.resolve())
    names = {"trained", "untrained", "rules", "trained, shuffled sentences"}
    assert outcome["means"].keys() == outcome["undefined"].keys() == names
    assert (outcome["n_features"], outcome["n_judged"]) == (8, 2)
    for name, mean in outcome["means"].items():
        if mean is None:
            assert outcome["undefined"][name] == 2
        else:
            assert -1 <= mean <= 1 and isfinite(mean) and outcome["undefined"][name] < 2
    assert outcome["means"]["rules"] > 0.1 and outcome["undefined"]["rules"] == 0
    assert 0 <= outcome["better"] <= outcome["compared"] <= 2
    report = json.loads((out / "simulator.json").read_text())["report"]
    assert report["means"] == outcome["means"]
    few = copy.invoke(*command, "--features", "9")
    assert few.exit_code == 2


def test_a_constant_prediction_is_said_apart() -> None:
    means = {"trained": None, "rules": 0.4204}
    told = lines(Outcome(8, 64, 2, means, {"trained": 2, "rules": 0}, 0, 0, (2.0, 1.0)))
    assert told[0].startswith("Mean r on test of 2 features left out")
    assert told[1].split() == ["trained", "–", "(constant,", "not", "counted:", "2)"]
    assert told[2].split() == ["rules", "0.420"]
    assert "on 0 of 0" in told[3]


def test_the_latents_of_an_sae_are_described_found_and_steered(
    built: Place, tmp_path: Path
) -> None:
    sae = write_sae(tmp_path / "sae", weights=make_weights(d_sae=N_LATENTS))
    source = ("--source", f"tiny={sae}")
    place = Place(built.model, tmp_path / "atlas", tmp_path / "atlas.build", built.env)
    build(place, *source)
    said = place.describe(*source, "--no-index", "--processes", "1")
    assert sum(said["described"].values()) == N_LATENTS and said["described"]["described"] > 0
    told = {id_: r for id_, r in place.records.items() if r.status == "described"}
    assert all(id_.startswith("tiny.1.") and r.score is not None for id_, r in told.items())
    at = ("--atlas", str(place.atlas))
    early = place.invoke("search", "fox", *at)
    assert early.exit_code != 0 and "pellucid atlas index" in early.stderr
    place.answer("atlas", "index", str(place.atlas))
    best = max(told, key=lambda id_: told[id_].score or -1)
    sentence = told[best].description
    assert sentence is not None
    hits = place.answer("search", sentence, "--all", *at)["hits"]
    assert hits[0]["description"] == sentence and hits[0]["id"] in told

    flags = (*USER, *source, *at)
    short = ("--max-new-tokens", "4", "--temperature", "0")
    plain = place.answer("ask", *flags, *short)
    change = ("--suppress", sentence, "--k", "2")
    changed = place.answer("ask", *flags, *short, *change)
    (concept,) = changed["concepts"]
    chosen = [feature["id"] for feature in concept["features"]]
    assert chosen and set(chosen) <= told.keys()
    assert changed["touched"]["neurons"] == len(chosen)
    logprobs = [[token["logprob"] for token in reply["tokens"]] for reply in (plain, changed)]
    assert logprobs[0] != logprobs[1]
    why = place.answer("why", *flags, "--top", "5", *change)
    assert [f["id"] for f in why["concepts"][0]["features"]] == chosen
    assert why["effects"] and all(effect["id"].startswith("tiny.1.") for effect in why["effects"])
    assert [e["description"] for e in why["effects"]] == [
        place.records[e["id"]].description for e in why["effects"]
    ]


def test_an_atlas_of_too_few_documents_is_refused_in_words(
    built: Place, tmp_path: Path, env: dict[str, str]
) -> None:
    small = Place(built.model, tmp_path / "atlas", tmp_path / "atlas.build", env)
    build(small, n_documents=1)
    refused = small.invoke(*small.describing)
    assert refused.exit_code == 2
    assert "no document of the corpus is in valid or test" in " ".join(refused.stderr.split())

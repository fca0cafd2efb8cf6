"""An SAE on the command line: its latents in every command that takes `--source`, on a tiny subject."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.cli.main import cli
from tests.builders import tiny_subject_dir
from tests.builders_sae import D_SAE, write_sae

Run = Callable[..., Result]
Answer = Callable[..., dict[str, Any]]
USER = ("--user", "the quick brown fox")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("cli") / "model")


@pytest.fixture(scope="module")
def sae(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sae(tmp_path_factory.mktemp("sae"), "topk", layer=1)


@pytest.fixture
def run(model: Path, sae: Path) -> Run:
    def invoke(*args: str) -> Result:
        return CliRunner().invoke(cli, [*args, "--model", str(model), "--source", f"tiny={sae}"])

    return invoke


@pytest.fixture
def answer(run: Run) -> Answer:
    def invoke(*args: str) -> dict[str, Any]:
        result = run(*args, "--json")
        assert result.exit_code == 0, result.stderr
        found = json.loads(result.stdout)
        assert isinstance(found, dict)
        return found

    return invoke


def check_source(found: dict[str, Any]) -> None:
    assert found["source"]["name"] == "tiny" and found["source"]["kind"] == "topk"
    assert len(found["source"]["hash"]) == 64


def test_why_names_latents_and_measures_them(answer: Answer, run: Run):
    found = answer("why", *USER, "--top", "12", "--measure", "4")
    check_source(found)
    assert len(found["effects"]) == 12
    for effect in found["effects"]:
        assert effect["id"] == f"tiny.1.{effect['index']}.pos" and effect["activation"] > 0
    assert [("effect" in e) for e in found["effects"]] == [True] * 4 + [False] * 8
    shown = run("why", *USER, "--top", "5")
    assert shown.exit_code == 0 and found["effects"][0]["id"] in shown.stdout
    assert "tiny: 40 latents of a topk SAE after layer 1" in shown.stdout


def test_why_over_a_file_averages_latents(answer: Answer, tmp_path: Path):
    file = tmp_path / "lines.jsonl"
    texts = ("the quick brown fox", "a spider has")
    lines = [{"messages": [{"role": "user", "content": text}]} for text in texts]
    file.write_text("\n".join(map(json.dumps, lines)))
    found = answer("why", "--batch", str(file), "--top", "6")
    check_source(found)
    assert len(found["aggregate"]) == 6
    assert all(f["id"].startswith("tiny.1.") and f["n"] == 2 for f in found["aggregate"])


def test_active_ranks_latents(answer: Answer, run: Run):
    found = answer("active", *USER, "--top", "7")
    check_source(found)
    assert "relative write" in found["scale"]
    assert all(e["id"] == f"tiny.1.{e['index']}.pos" for e in found["effects"])
    assert "tiny.1." in run("active", *USER, "--top", "3").stdout


def test_verify_suppresses_latents(answer: Answer, run: Run):
    ids = [e["id"] for e in answer("why", *USER, "--top", "30")["effects"]]
    features = ",".join(list(dict.fromkeys(ids))[:2])
    flags = ("verify", *USER, "--features", features, "--n", "8", "--match", "layer")
    found = answer(*flags)
    check_source(found)
    assert found["touched"] == {"neurons": 2, "share": pytest.approx(2 / D_SAE)}
    assert found["effect"] == pytest.approx(found["before"] - found["after"])
    assert "(2 units, 5.0 % of all)" in run(*flags).stdout.replace("5 %", "5.0 %")


def test_ask_holds_latents_and_neurons(answer: Answer):
    flags = ("ask", *USER, "--max-new-tokens", "5", "--temperature", "0")
    plain = answer(*flags)
    clamped = answer(
        *flags, "--clamp", "tiny.1.7.pos=9", "--clamp", "mlp.2.8.neg=-4", "--positions", "all"
    )
    assert clamped["touched"] == {"neurons": 2, "share": pytest.approx(2 / (144 + D_SAE))}
    assert [t["logprob"] for t in clamped["tokens"]] != [t["logprob"] for t in plain["tokens"]]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("ask", *USER, "--clamp", "tiny.0.7.pos=9"), "tiny has units in layers 1"),
        (("ask", *USER, "--clamp", "tiny.1.7.neg=9"), "never negative"),
        (("ask", *USER, "--clamp", "other.1.7.pos=9"), "open here are mlp, tiny"),
        (("verify", *USER, "--features", "tiny.1.40.pos"), "go from 0 to 39"),
    ],
)
def test_latents_that_are_not_there_are_one_clear_line(run: Run, args: tuple[str, ...], says: str):
    result = run(*args)
    assert result.exit_code == 2 and says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_damaged_sae_is_named_before_the_model_is_loaded(tmp_path: Path):
    path = write_sae(tmp_path / "sae")
    (path / "sae_weights.safetensors").write_bytes(b"no")
    result = CliRunner().invoke(
        cli, ["why", *USER, "--model", "/no/such/model", "--source", f"s={path}"]
    )
    assert result.exit_code != 0 and "sae_weights.safetensors cannot be read" in result.stderr


def test_an_atlas_of_latents_is_built_shown_and_used(
    answer: Answer, model: Path, tmp_path: Path, sae: Path
):
    corpus = tmp_path / "corpus.jsonl"
    words = ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "has", "legs"]
    texts = [" ".join(words[(i * k + k) % len(words)] for k in range(3, 40)) for i in range(1, 60)]
    corpus.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    out = tmp_path / "atlas"
    built = answer("atlas", "build", "--corpus", str(corpus), "--tokens", "2000", "--out", str(out))
    assert built["manifest"]["n_features"] == D_SAE
    checked = answer("atlas", "check", str(out))
    assert checked["ok"] and checked["recomputed"]["within"] == checked["recomputed"]["n"] > 0
    active = answer("active", *USER, "--top", "5", "--atlas", str(out))
    assert active["effects"] and "relative write" not in active["scale"]
    feature = active["effects"][0]["id"]
    shown = CliRunner().invoke(cli, ["show", feature, "--atlas", str(out), "--json"])
    assert shown.exit_code == 0, shown.stderr
    card = json.loads(shown.stdout)
    assert card["id"] == feature and card["exemplars"]
    file = tmp_path / "interventions.json"
    file.write_text(json.dumps([{"features": [feature], "strength": 0.5, "positions": "all"}]))
    flags = ("ask", *USER, "--max-new-tokens", "3", "--temperature", "0", "--atlas", str(out))
    stronger = answer(*flags, "--interventions", str(file))
    assert stronger["touched"]["neurons"] == 1
    assert built["manifest"]["source"]["hash"] == active["source"]["hash"]
    other = write_sae(tmp_path / "other", "topk", layer=1, seed=9)
    flags = ("--model", str(model), "--source", f"tiny={other}", "--atlas", str(out))
    refused = CliRunner().invoke(cli, ["active", *USER, *flags])
    assert refused.exit_code != 0 and active["source"]["hash"] in refused.stderr

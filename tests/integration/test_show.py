"""`show` and `atlas info`: their JSON, what people see, and every bad input in one line. No torch."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.atlas import ready
from pellucid.cli.main import cli
from tests.builders_atlas import SUBJECT, make_atlas, make_evidence


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("atlas") / "tiny"
    make_atlas(directory)
    return directory


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


def answer(*args: object) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("\n") == 1 and result.stderr == ""
    return json.loads(result.stdout)


def test_show_gives_a_features_card(made: Path) -> None:
    found, evidence = answer("show", "mlp.1.3.neg", "--atlas", made), make_evidence()
    assert found["id"] == "mlp.1.3.neg"
    assert (found["description"], found["summary"], found["score"]) == (None, None, None)
    assert [q["tail"] for q in found["quantiles"]] == list(evidence.tails)
    assert all(q["value"] < 0 for q in found["quantiles"])
    assert len(found["promoted"]) == len(found["suppressed"]) == 4
    assert set(found["gate"]) == {"positive", "negative"}
    assert len(found["histogram"]["counts"]) == 8 and 0 < found["rate"] < 1
    exemplars = found["exemplars"]
    assert [e["rank"] for e in exemplars] == list(range(6))
    for exemplar in exemplars:
        assert exemplar.keys() >= {"rank", "peak", "pos", "tokens", "activations", "source"}
        assert exemplar["activations"][exemplar["pos"]] == exemplar["peak"]
        assert len(exemplar["tokens"]) == len(exemplar["activations"])
        assert all(set(token) == {"id", "text"} for token in exemplar["tokens"])
    manifest = json.loads((made / "manifest.json").read_text())
    provenance = found["provenance"]
    assert (provenance["subject"], provenance["atlas"]) == (SUBJECT, manifest["hash"])


def test_info_gives_the_manifest_and_where_it_is(made: Path) -> None:
    found = answer("atlas", "info", "--atlas", made)
    stored = json.loads((made / "manifest.json").read_text())
    assert "path" not in stored
    assert found["manifest"] == stored | {"path": str(made)}
    assert (stored["subject"], stored["n_features"], stored["n_tokens"]) == (SUBJECT, 20, 50_000)
    assert found["provenance"]["atlas"] == stored["hash"]


def test_people_see_a_card(made: Path) -> None:
    result = run("show", "mlp.0.0.pos", "--atlas", made)
    text = result.stdout
    assert result.exit_code == 0 and result.stderr == ""
    assert "mlp.0.0.pos  layer 0, neuron 0, above 0" in text
    for label in ("fires", "tails", "activation", "gate", "position 0", "promotes", "suppresses"):
        assert f"\n{label} " in text
    assert text.count("⟦") == 5 + 1
    assert max(len(line) for line in text.splitlines()) <= 100
    assert run("show", "mlp.0.0.pos", "--atlas", made, "--top", "2").stdout.count("⟦") == 2 + 1
    assert "No exemplar" in run("show", "mlp.0.0.pos", "--atlas", made, "--top", "0").stdout


def test_people_see_a_summary(made: Path) -> None:
    text = run("atlas", "info", "--atlas", made).stdout
    for part in ("20 of mlp", "50,000", "novels", "public domain", "MIT", SUBJECT, "the extreme"):
        assert part in text


def test_a_terminal_is_safe_from_what_tokens_hold(tmp_path: Path) -> None:
    words = [b"\x1b[31m"] * 260
    make_atlas(tmp_path / "a", vocabulary=words)
    text = run("show", "mlp.0.0.pos", "--atlas", tmp_path / "a").stdout
    assert "\x1b" not in text and "x1b" in text


def test_latents_and_features_without_exemplars_are_shown_too(tmp_path: Path) -> None:
    import numpy as np

    evidence = make_evidence()
    sequence = evidence.exemplar_sequence.copy()
    sequence[0] = -1
    make_atlas(
        tmp_path / "a",
        exemplar_sequence=sequence,
        histogram=np.zeros_like(evidence.histogram),
        reached=np.zeros(5, bool),
        exemplar_gate=np.zeros_like(evidence.exemplar_gate),
    )
    text = run("show", "mlp.0.0.pos", "--atlas", tmp_path / "a").stdout
    assert "No exemplar" in text and "too small for any" in text and "\ngate" not in text


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("show", "mlp.1.3"), 2, "is not a feature id"),
        (("show", "mlp.9.3.pos"), 2, "the atlas has no feature mlp.9.3.pos"),
        (("show", "mlp.1.3.pos", "--atlas", "nowhere"), 2, "there is no atlas at nowhere"),
        (("show", "mlp.1.3.pos", "--atlas", "none"), 2, "leaves nothing to read"),
        (("show", "mlp.1.3.pos", "--atlas", "."), 2, "is no atlas"),
        (("show",), 2, "missing argument"),
        (("atlas", "info", "--atlas", "nowhere"), 2, "there is no atlas at nowhere"),
        (("atlas", "info", "--atlas", ""), 2, "--atlas is empty"),
        (("atlas", "nonsense"), 2, "no such command"),
    ],
)
def test_bad_input_is_one_line(
    made: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, says: str
) -> None:
    monkeypatch.chdir(made.parent)
    rest = () if "--atlas" in args or "nonsense" in args else ("--atlas", str(made))
    result = run(*args, *rest)
    assert result.exit_code == code and result.stdout == ""
    assert says in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_environment_names_the_atlas_and_the_flag_goes_before_it(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PELLUCID_ATLAS", str(made))
    assert answer("atlas", "info")["manifest"]["path"] == str(made)
    assert answer("show", "mlp.0.0.pos")["id"] == "mlp.0.0.pos"
    assert f"no atlas at {tmp_path / 'x'}" in run("atlas", "info", "--atlas", tmp_path / "x").stderr
    monkeypatch.setenv("PELLUCID_ATLAS", "none")
    assert "leaves nothing to read" in run("atlas", "info").stderr


@pytest.mark.parametrize("by", ["argument", "flag", "environment"])
def test_what_is_checked_is_the_atlas_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(ready, "READY", tmp_path / "ready")
    make_atlas(tmp_path / "ready" / ready.BUNDLED)
    directory = tmp_path / "damaged"
    make_atlas(directory)
    (directory / "evidence/features.parquet").write_bytes(b"PAR1")
    named: dict[str, tuple[object, ...]] = {
        "argument": (directory,),
        "flag": ("--atlas", directory),
        "environment": (),
    }
    if by == "environment":
        monkeypatch.setenv("PELLUCID_ATLAS", str(directory))
    result = run("atlas", "check", *named[by], "--sample", 0)
    assert result.exit_code == 1 and "features.parquet" in result.stdout


def test_a_damaged_atlas_is_named(tmp_path: Path) -> None:
    make_atlas(tmp_path / "a")
    (tmp_path / "a/evidence/features.parquet").write_bytes(b"PAR1")
    for command in (("show", "mlp.0.0.pos"), ("atlas", "info")):
        result = run(*command, "--atlas", tmp_path / "a")
        assert result.exit_code == 1 and "features.parquet is damaged" in result.stderr


def test_without_a_name_it_is_the_bundled_models_atlas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "READY", tmp_path)
    assert "bundled has no ready-made atlas here" in run("atlas", "info").stderr
    make_atlas(tmp_path / ready.BUNDLED)
    assert answer("atlas", "info")["manifest"]["subject"] == SUBJECT
    assert answer("show", "mlp.0.0.pos")["id"] == "mlp.0.0.pos"
    result = run("show", "mlp.0.0.pos", "--model", "org/other")
    assert result.exit_code == 2 and "org/other has no ready-made atlas" in result.stderr


@pytest.mark.parametrize("command", [("show", "mlp.0.0.pos"), ("atlas", "info")])
@pytest.mark.parametrize("as_json", [True, False])
def test_neither_loads_torch(made: Path, command: tuple[str, ...], as_json: bool) -> None:
    args = [*command, "--atlas", str(made), *(["--json"] if as_json else [])]
    code = (
        "import sys\nfrom pellucid.cli.main import cli\n"
        f"try: cli({args!r})\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not {"torch", "transformers", "tokenizers", "fastapi"} & loaded

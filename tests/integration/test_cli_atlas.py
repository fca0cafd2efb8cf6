"""What an atlas changes on the command line: activation mode, strengths, provenance; and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.atlas import Atlas, SubjectInfo
from pellucid.cli.main import cli
from pellucid.core.ids import FeatureId
from pellucid.subject import Subject
from tests.builders import tiny_subject_dir
from tests.builders_atlas import make_atlas, make_evidence

Run = Callable[..., Result]
USER = ("--user", "the quick brown fox")
SILENT = "mlp.2.5.neg"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("cli") / "model")


def make(path: Path, subject: str) -> Atlas:
    info = SubjectInfo(
        name="tiny", hash=subject, n_layers=3, d_model=32, d_mlp=48, d_vocab=384, dtype="float32"
    )
    quantiles = make_evidence(n_layers=3, n_units=48).quantiles.copy()
    quantiles[(2 * 48 + 5) * 2 + 1] = 0
    making = {"subject": info}
    make_atlas(path, making=making, n_layers=3, n_units=48, quantiles=quantiles)
    return Atlas.open(path)


@pytest.fixture(scope="module")
def atlas(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return make(tmp_path_factory.mktemp("atlas"), Subject.load(str(model)).hash)


@pytest.fixture
def run(model: Path) -> Run:
    return lambda *args: CliRunner().invoke(cli, [*args, "--model", str(model)])


def changes(path: Path, *entries: dict[str, Any]) -> str:
    path.write_text(json.dumps(entries))
    return str(path)


def test_active_is_by_tail_quantile(run: Run, atlas: Atlas) -> None:
    result = run("active", *USER, "--top", "5", "--atlas", str(atlas.path), "--json")
    found = json.loads(result.stdout)
    assert found["provenance"]["atlas"] == atlas.manifest.hash
    assert "extreme in the atlas's corpus" in found["scale"]  # of 50,000 tokens
    for effect in found["effects"]:
        place = atlas.places([FeatureId.parse(effect["id"])])
        q = float(atlas.quantile(place)[0])
        assert effect["normalised"] == pytest.approx(effect["activation"] / q, rel=1e-4)
    without = json.loads(run("active", *USER, "--atlas", "none", "--json").stdout)
    assert without["provenance"]["atlas"] is None
    assert "root mean square" in without["scale"]
    assert "atlas's corpus" in run("active", *USER, "--atlas", str(atlas.path)).stdout


@pytest.mark.parametrize("command", ["ask", "why", "active", "verify"])
def test_a_strength_is_the_value_it_stands_for(
    run: Run, atlas: Atlas, tmp_path: Path, command: str
) -> None:
    name, flags = "mlp.1.7.neg", ["--atlas", str(atlas.path), "--json"]
    if command == "ask":
        flags += ["--max-new-tokens", "3", "--temperature", "0"]
    if command == "verify":
        flags += ["--features", "mlp.0.1.pos", "--n", "3"]
    q = float(atlas.quantile(atlas.places([FeatureId.parse(name)]))[0])
    entry = {"features": [name], "positions": "all", "sign_rule": "any"}
    strong = changes(tmp_path / "a.json", entry | {"strength": 0.5})
    plain = changes(tmp_path / "b.json", entry | {"value": 0.5 * q})
    found = [
        json.loads(run(command, *USER, "--interventions", file, *flags).stdout)
        for file in (strong, plain)
    ]
    assert found[0] == found[1]


def test_the_flag_holds_for_entries_that_do_not_say_themselves(
    run: Run, atlas: Atlas, tmp_path: Path
) -> None:
    flags = ("--atlas", str(atlas.path), "--sign-rule", "any", "--json")
    bare, strong, plain = ({"features": [f"mlp.1.{i}.pos"], "positions": "all"} for i in range(3))
    rest = (strong | {"strength": 2}, plain | {"value": 1})
    told = changes(tmp_path / "a.json", bare, *rest)
    full = changes(tmp_path / "b.json", bare | {"strength": 0.5}, *rest)
    by_flag = run("why", *USER, "--interventions", told, "--strength", "0.5", *flags)
    assert json.loads(by_flag.stdout) == json.loads(
        run("why", *USER, "--interventions", full, *flags).stdout
    )


BAD = [
    ({"strength": 0.5}, ("--atlas", "none"), 2, "no atlas is open"),
    ({"strength": 0.5, "features": [SILENT]}, (), 2, "never fired"),
    ({"strength": 0.5, "quantile": 0.01}, (), 2, "no quantiles at 0.01"),
    ({}, (), 2, "either strength or value"),
    ({}, ("--strength", "nan"), 2, "not finite"),
]


@pytest.mark.parametrize(("change", "flags", "code", "says"), BAD)
def test_a_strength_without_meaning_is_refused(
    run: Run,
    atlas: Atlas,
    tmp_path: Path,
    change: dict[str, Any],
    flags: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    file = changes(tmp_path / "a.json", {"features": ["mlp.0.1.pos"], "positions": "all"} | change)
    where = flags if "--atlas" in flags else ("--atlas", str(atlas.path), *flags)
    result = run("why", *USER, "--interventions", file, *where)
    assert result.exit_code == code, result.output
    assert says in result.stderr and result.stderr.count("\n") == 1


def test_a_strength_without_features_changes_nothing_and_is_refused(run: Run) -> None:
    result = run("why", *USER, "--clamp", "mlp.0.1.pos=1", "--strength", "0.5")
    assert result.exit_code == 2 and "--strength changes nothing" in result.stderr


def test_an_atlas_of_another_model_is_refused_with_both_hashes(
    run: Run, atlas: Atlas, tmp_path: Path
) -> None:
    make(tmp_path / "other", "0" * 64)
    result = run("ask", *USER, "--atlas", str(tmp_path / "other"))
    assert result.exit_code == 2 and result.stderr.count("\n") == 1
    assert "0" * 64 in result.stderr and atlas.manifest.subject in result.stderr


@pytest.mark.parametrize(
    ("where", "says"), [("nowhere", "there is no atlas at"), (".", "is no atlas"), ("", "is empty")]
)
def test_what_is_no_atlas_is_said_before_a_model_is_loaded(
    tmp_path: Path, where: str, says: str
) -> None:
    path = str(tmp_path / where) if where else ""
    flags = ("--atlas", path, "--model", str(tmp_path / "no model either"))
    result = CliRunner().invoke(cli, ["ask", *USER, *flags])
    assert result.exit_code == 2 and says in result.stderr


def test_the_page_is_not_served_on_what_is_no_atlas(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["up", "--no-browser", "--atlas", str(tmp_path)])
    assert result.exit_code == 2 and "is no atlas" in result.stderr


def test_doctor_says_which_atlas_there_is(run: Run, atlas: Atlas, tmp_path: Path) -> None:
    def found(*flags: str) -> tuple[bool, str]:
        checks = json.loads(run("doctor", "--json", *flags).stdout)["checks"]
        return next((check["ok"], check["detail"]) for check in checks if check["name"] == "atlas")

    make(tmp_path / "other", "0" * 64)
    ok, detail = found("--atlas", str(atlas.path))
    assert ok and "288 features of tiny, 50,000 tokens" in detail
    assert found("--atlas", "none")[0] and "as asked" in found("--atlas", "none")[1]
    assert found()[0] and "none comes with" in found()[1]
    ok, detail = found("--atlas", str(tmp_path / "other"))
    assert not ok and "0" * 64 in detail


def test_doctor_does_not_know_the_atlas_of_a_model_that_is_not_here() -> None:
    result = CliRunner().invoke(cli, ["doctor", "--json", "--model", "somewhere/else"])
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert checks["atlas"]["ok"] and "not known before" in checks["atlas"]["detail"]

"""What the command line refuses, on a tiny subject: every bad input in one line that names it."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pellucid.cli.main import cli
from tests.builders import edit_json, tiny_subject_dir

Run = Callable[..., Result]
USER = ("--user", "the quick brown fox")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("cli") / "model")


@pytest.fixture
def run(model: Path) -> Run:
    def invoke(*args: str, on: Path | str = model) -> Result:
        return CliRunner().invoke(cli, [*args, "--model", str(on)])

    return invoke


BAD = [
    (("why",), "--user"),
    (("why", "--user", "a", "--text", "b"), "one of"),
    (("ask", "--text", ""), "nothing to read"),
    (("why", *USER, "--clamp", "mlp.0.1.pos=nan"), "nan"),
    (("why", *USER, "--clamp", "mlp.0.1.pos=inf"), "inf"),
    (("why", *USER, "--clamp", "mlp.0.1.pos=1e39"), "cannot be set to 1e+39"),
    (("ask", *USER, "--clamp", "mlp.0.1.pos=-1e38"), "cannot be set to -1e+38"),
    (("active", *USER, "--clamp", "mlp.0.1.pos=1e20"), "norms overflow"),
    (("why", *USER, "--clamp", "mlp.0.1=3"), "not a feature id"),
    (("why", *USER, "--clamp", "mlp.9.1.pos=3"), "go from 0 to 2"),
    (("why", *USER, "--clamp", "mlp.0.99.pos=3"), "go from 0 to 47"),
    (("why", *USER, "--clamp", "sae.0.1.pos=3"), "only mlp"),
    (("why", *USER, "--suppress", "birds"), "atlas"),
    (("why", *USER, "--strengthen", "birds"), "atlas"),
    (("verify", *USER, "--suppress", "birds"), "atlas"),
    (("ask", *USER, "--suppress", " "), "empty concept"),
    (("ask", *USER, "--k", "3"), "--k changes nothing"),
    (("ask", *USER, "--suppress", "birds", "--k", "2001"), "1<=x<=2000"),
    (("ask", *USER, "--strength", "2"), "--strength changes nothing"),
    (("verify", *USER, "--features", "mlp.0.1.pos", "--strength", "2"), "--strength changes"),
    (("verify", *USER, "--suppress", "birds", "--strength", "2"), "does not go with --suppress"),
    (("ask", *USER, "--damage"), "there is no intervention"),
    (("ask", *USER, "--compare"), "there is no intervention"),
    (("why", *USER, "--atlas", "/somewhere"), "atlas"),
    (("why", *USER, "--source", "sae"), "write mlp, or NAME=PATH"),
    (("why", *USER, "--source", "mlp=/x"), "write mlp, or NAME=PATH"),
    (("why", *USER, "--source", "sae=/no/such"), "there is no directory /no/such"),
    (("up", "--source", "sae=/x"), "about the neurons of the MLPs only"),
    (("why", *USER, "--at", "999"), "positions go from 1"),
    (("why", *USER, "--target", ""), "empty"),
    (("why", *USER, "--method", "guess"), "guess"),
    (("why", *USER, "--top", "0"), "0"),
    (("why", *USER, "--positions", "5:2", "--clamp", "mlp.0.1.pos=3"), "5:2"),
    (("why", "--messages", "/no/such/file"), "/no/such/file"),
    (("why", "--user", "a " * 600), "512 is the limit"),
    (("active", *USER, "--range", "5:5"), "5:5"),
    (("verify", *USER, "--features", "mlp.0.77.pos"), "does not exist"),
    (("verify", *USER), "--features"),
    (("ask", *USER, "--max-new-tokens", "0"), "max-new-tokens"),
    (("ask", *USER, "--temperature", "-1"), "temperature"),
    (("ask", *USER, "--nonsense"), "nonsense"),
    (("nonsense",), "nonsense"),
]


@pytest.mark.parametrize(("args", "says"), BAD, ids=[" ".join(a)[:60] for a, _ in BAD])
def test_bad_input_is_one_clear_line_and_exit_code_2(run: Run, args: tuple[str, ...], says: str):
    result = run(*args) if args[0] != "nonsense" else CliRunner().invoke(cli, list(args))
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert result.exit_code == 2 and result.stdout == ""
    assert (
        len(lines) == 1 and lines[0].startswith("pellucid: ") and says.lower() in lines[0].lower()
    )


@pytest.mark.parametrize(
    "flags", [("--strength", "2"), ("--sign-rule", "any"), ("--positions", "all")]
)
def test_a_flag_that_no_intervention_heeds_is_named(
    run: Run, tmp_path: Path, flags: tuple[str, str]
):
    file = tmp_path / "i.json"
    file.write_text("[]")
    result = run("why", *USER, "--interventions", str(file), *flags)
    assert result.exit_code == 2 and f"{flags[0]} changes nothing" in result.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json", "line 1"),
        ('{"messages": []}', "line 1"),
        ('{"messages": [{"role": "user", "content": "a"}]}\n{"messages": "x"}', "line 2"),
        ("", "batch|empty|nothing|no "),
    ],
)
def test_a_broken_line_of_a_batch_is_named(run: Run, tmp_path: Path, content: str, says: str):
    file = tmp_path / "b.jsonl"
    file.write_text(content)
    result = run("why", "--batch", str(file))
    assert result.exit_code == 2 and re.search(says, result.stderr), result.stderr


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '[{"features": ["mlp.0.1.pos"]}]',
        '[{"features": ["x"], "value": 1}]',
        '[{"features": ["mlp.0.1.pos"], "value": NaN}]',
        '{"a": 1}',
    ],
)
def test_a_broken_interventions_file_is_named(run: Run, tmp_path: Path, content: str):
    file = tmp_path / "i.json"
    file.write_text(content)
    result = run("why", *USER, "--interventions", str(file))
    assert (
        result.exit_code == 2 and "i.json" in result.stderr and len(result.stderr.splitlines()) == 1
    )


def test_models_that_cannot_be_read(run: Run, tmp_path: Path):
    bare = tiny_subject_dir(tmp_path / "bare", template=False)
    result = run("why", *USER, on=bare)
    assert result.exit_code == 2 and "--text" in result.stderr
    assert run("why", "--text", "the fox", "--top", "2", on=bare).exit_code == 0
    result = run("why", *USER, on=tmp_path)
    assert result.exit_code == 2 and "config.json" in result.stderr
    (bare / "pytorch_model.bin").write_bytes(b"x")
    (bare / "model.safetensors").rename(bare / "weights.elsewhere")
    result = run("why", "--text", "a", on=bare)
    assert result.exit_code == 2 and "pickle" in result.stderr
    (bare / "weights.elsewhere").rename(bare / "model.safetensors")
    (bare / "model.safetensors").write_bytes(b"damaged")
    result = run("why", "--text", "a", on=bare)
    assert (
        result.exit_code == 1
        and "weights" in result.stderr
        and len(result.stderr.splitlines()) == 1
    )
    edit_json(bare / "config.json", model_type="mixtral", num_local_experts=4)
    assert "mixture of experts" in run("why", "--text", "a", on=bare).stderr


def test_a_port_that_is_taken_is_one_clear_line(run: Run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("up", "--port", port, "--no-browser")
    lines = result.stderr.strip().splitlines()
    assert result.exit_code == 2 and result.stdout == ""
    assert lines[-1].startswith("pellucid: ") and port in lines[-1]

"""`atlas build` and `atlas check` on a tiny subject: the same bytes whatever happens, and bad input in one line."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pellucid.cli.main import cli
from tests.builders import tiny_subject_dir

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_subject_dir(tmp_path_factory.mktemp("atlas") / "model")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    words = [
        "the",
        "quick",
        "brown",
        "fox",
        "jumps",
        "over",
        "a",
        "lazy",
        "dog",
        "while",
        "eight",
        "spiders",
        "sleep",
    ]
    lines = []
    for i in range(60):
        text = " ".join(words[(i * 7 + j * (i % 5 + 1)) % len(words)] for j in range(40))
        if i % 4:
            lines.append({"text": f"{i} {text}"})
        else:
            turns = [("user", f"say {i}"), ("assistant", text)]
            lines.append({"messages": [{"role": role, "content": t} for role, t in turns]})
    path = tmp_path_factory.mktemp("corpus") / "small.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def run(model: Path) -> Run:
    def invoke(*args: str, on: Path | str = model) -> Result:
        return CliRunner().invoke(cli, ["atlas", *args, "--model", str(on)])

    return invoke


def build_flags(corpus: Path, out: Path) -> list[str]:
    return [
        "build", "--corpus", str(corpus), "--tokens", "3000", "--out", str(out),
        "--seq-len", "32", "--batch-tokens", "128",
    ]  # fmt: skip


def built(run: Run, corpus: Path, out: Path, *more: str) -> dict[str, Any]:
    result = run(*build_flags(corpus, out), *more, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def digest(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def kept(build: Path) -> dict[str, str]:
    """Everything of a build directory that others read."""
    found = digest(build)
    assert any(name.startswith("state.") for name in found)
    return found


def test_a_build_gives_an_atlas_that_checks_out(run: Run, corpus: Path, tmp_path: Path):
    found = built(run, corpus, tmp_path / "atlas")
    manifest = found["manifest"]
    assert manifest["n_features"] == 2 * 3 * 48 and 0 < manifest["n_tokens"] <= 3000
    assert manifest["path"] == str((tmp_path / "atlas").resolve())
    assert found["provenance"]["atlas"] == manifest["hash"]
    assert "path" not in json.loads((tmp_path / "atlas" / "manifest.json").read_text())
    checked = run("check", str(tmp_path / "atlas"), "--json")
    assert checked.exit_code == 0, checked.stdout
    told = json.loads(checked.stdout)
    assert told["ok"] and told["problems"] == []
    assert told["recomputed"] == {"n": 64, "within": 64}


def test_an_exemplar_that_the_subject_does_not_give_is_named(
    model: Path, run: Run, corpus: Path, tmp_path: Path
):
    built(run, corpus, tmp_path / "atlas")
    from pellucid.atlas import Atlas
    from pellucid.exemplars.recompute import recompute
    from pellucid.features import MlpNeurons
    from pellucid.subject import Subject

    class Shifted(MlpNeurons):
        """Neurons that give a little more than they should."""

        def reading(self, see: Any) -> Any:
            return super().reading(lambda place, act, gate: see(place, act * 1.05, gate))

    subject = Subject.load(str(model))
    atlas = Atlas.open(tmp_path / "atlas")
    assert recompute(subject, MlpNeurons(subject), atlas, n=16).within == 16
    found = recompute(subject, Shifted(subject), atlas, n=16)
    assert (found.n, found.within, len(found.deviations)) == (16, 0, 16)


def test_an_altered_file_is_named_and_the_exit_code_says_so(run: Run, corpus: Path, tmp_path: Path):
    built(run, corpus, tmp_path / "atlas")
    path = tmp_path / "atlas" / "evidence" / "features.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    result = run("check", str(tmp_path / "atlas"), "--json")
    assert result.exit_code == 1
    assert any("features.parquet" in problem for problem in json.loads(result.stdout)["problems"])


def test_an_atlas_of_another_model_is_refused_with_both_hashes(
    run: Run, corpus: Path, tmp_path: Path
):
    made = built(run, corpus, tmp_path / "atlas")
    other = tiny_subject_dir(tmp_path / "other", seed=1)
    result = run("check", str(tmp_path / "atlas"), on=other)
    assert result.exit_code == 2
    assert made["manifest"]["subject"] in result.stderr and "wanted" in result.stderr


def test_interrupted_at_every_shard_a_build_ends_in_the_same_bytes(
    run: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    built(run, corpus, tmp_path / "whole")
    from pellucid.exemplars import build, job

    real = job.save_state
    monkeypatch.setattr(
        build, "collect", lambda *args, **kw: job.collect(*args, **(kw | {"checkpoint_s": 0.0}))
    )

    def save_and_die(*args: Any) -> None:
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(job, "save_state", save_and_die)
    codes = [0]
    while codes[-1] != 0 or len(codes) == 1:
        codes.append(run(*build_flags(corpus, tmp_path / "broken"), "--json").exit_code)
        assert (tmp_path / "broken" / "manifest.json").exists() == (codes[-1] == 0)
        assert codes[-1] in (0, 130) and len(codes) < 30
    assert len(codes) > 4
    assert digest(tmp_path / "broken") == digest(tmp_path / "whole")
    assert kept(tmp_path / "broken.build") == kept(tmp_path / "whole.build")


@pytest.mark.slow
def test_killed_at_random_moments_a_build_ends_in_the_same_bytes(
    model: Path, run: Run, corpus: Path, tmp_path: Path
):
    built(run, corpus, tmp_path / "whole")
    command = [
        str(Path(sys.executable).with_name("pellucid")), "atlas",
        *build_flags(corpus, tmp_path / "killed"), "--model", str(model), "--json",
    ]  # fmt: skip
    environment = os.environ | {"NUMBA_NUM_THREADS": "1"}
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    took = time.monotonic() - began
    first = digest(tmp_path / "killed")
    assert first == digest(tmp_path / "whole")  # another process, another number of threads
    for share in (0.6, 0.85):
        out = tmp_path / f"killed{share}"
        command[command.index("--out") + 1] = str(out)
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        time.sleep(took * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        assert digest(out) == first


def test_a_build_directory_of_another_job_is_refused(run: Run, corpus: Path, tmp_path: Path):
    built(run, corpus, tmp_path / "atlas")
    result = run(*build_flags(corpus, tmp_path / "atlas"), "--seed", "1")
    assert result.exit_code == 2 and "another job" in result.stderr
    assert result.stderr.count("\n") <= 1


def test_where_nothing_was_read_another_job_may_begin(run: Run, corpus: Path, tmp_path: Path):
    out = tmp_path / "atlas"
    (tmp_path / "empty.jsonl").touch()
    assert run(*build_flags(tmp_path / "empty.jsonl", out)).exit_code == 2
    built(run, corpus, out, "--dry-run", "--seed", "1")
    assert built(run, corpus, out)["manifest"]["seed"] == 0


def test_a_corpus_that_changed_is_another_job_and_one_that_is_gone_is_not(
    run: Run, corpus: Path, tmp_path: Path
):
    own = tmp_path / "own.jsonl"
    own.write_bytes(corpus.read_bytes())
    first = built(run, own, tmp_path / "atlas")["manifest"]["hash"]
    lines = own.read_text().splitlines(keepends=True)
    own.write_text("".join(lines[1:]))
    changed = run(*build_flags(own, tmp_path / "atlas"))
    assert changed.exit_code == 2 and "another job" in changed.stderr
    own.unlink()
    assert built(run, own, tmp_path / "atlas")["manifest"]["hash"] == first


def test_a_dry_run_says_what_it_would_take_and_collects_nothing(
    run: Run, corpus: Path, tmp_path: Path
):
    answer = built(run, corpus, tmp_path / "atlas", "--dry-run")
    found = answer["estimate"]
    assert answer["provenance"]["subject"] and answer["provenance"]["atlas"] is None
    assert found["n_tokens"] > 0 and found["n_features"] == 288
    assert found["seconds"] > 0 and found["memory_bytes"] > 0 and found["build_disk_bytes"] > 0
    assert not (tmp_path / "atlas").exists()
    assert not list((tmp_path / "atlas.build").glob("state.*"))
    shown = run(*build_flags(corpus, tmp_path / "atlas"), "--dry-run")
    assert shown.exit_code == 0 and "tokens/s" in shown.stdout


def test_a_smaller_corpus_is_taken_whole_and_that_is_said(run: Run, corpus: Path, tmp_path: Path):
    flags = build_flags(corpus, tmp_path / "atlas")
    flags[flags.index("3000")] = "900000"
    result = run(*flags, "--json")
    assert result.exit_code == 0
    assert "less than the 900,000 tokens asked for" in result.stderr
    assert json.loads(result.stdout)["manifest"]["n_tokens"] < 900_000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.jsonl", b"", "nothing is in it"),
        ("blank.jsonl", b'{"text": "  "}\n', "no text"),
        ("broken.jsonl", b'{"text": \n[1]\n', "damaged: broken.jsonl line 1"),
        ("binary.txt", bytes(range(256)) * 8, "no UTF-8 text: binary.txt"),
    ],
)
def test_a_corpus_without_text_is_refused_in_one_line(
    run: Run, tmp_path: Path, name: str, content: bytes, message: str
):
    path = tmp_path / name
    path.write_bytes(content)
    result = run(*build_flags(path, tmp_path / "atlas"))
    assert result.exit_code == 2
    assert message in result.stderr and "Traceback" not in result.stderr


def test_flags_that_mean_nothing_are_refused(run: Run, corpus: Path, tmp_path: Path):
    result = run(*build_flags(corpus, tmp_path / "atlas"), "--workers", "2")
    assert result.exit_code == 2 and "--engine ray" in result.stderr
    result = run(*build_flags(tmp_path / "nowhere.jsonl", tmp_path / "atlas"))
    assert result.exit_code == 2 and "nowhere.jsonl" in result.stderr

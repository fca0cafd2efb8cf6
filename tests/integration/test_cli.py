"""The command line on a tiny subject: every command's JSON, every flag's meaning."""

import json
import subprocess
import sys
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
    return tiny_subject_dir(tmp_path_factory.mktemp("cli") / "model")


@pytest.fixture
def run(model: Path) -> Run:
    return lambda *args: CliRunner().invoke(cli, [*args, "--model", str(model)])


@pytest.fixture
def answer(run: Run) -> Callable[..., dict[str, Any]]:
    def invoke(*args: str) -> dict[str, Any]:
        result = run(*args, "--json")
        assert result.exit_code == 0, result.stderr
        found = json.loads(result.stdout)
        assert isinstance(found, dict) and result.stdout.count("\n") <= 1
        provenance = found["provenance"]
        assert set(provenance) == {"pellucid", "subject", "atlas", "seed", "dtype", "device"}
        assert provenance["atlas"] is None and provenance["dtype"] == "float32"
        return found

    return invoke


USER = ("--user", "the quick brown fox")


def test_ask_returns_the_reply_and_all_tokens(answer: Callable[..., dict[str, Any]]):
    found = answer("ask", *USER, "--max-new-tokens", "5", "--temperature", "0")
    tokens = found["tokens"]
    assert [t["pos"] for t in tokens] == list(range(len(tokens)))
    assert set(tokens[0]) == {"pos", "id", "text", "role", "marker", "logprob", "top"}
    assert tokens[0]["logprob"] is None and all(t["logprob"] <= 0 for t in tokens[1:])
    assert found["reply"] == "".join(t["text"] for t in tokens[-5:] if not t["marker"])
    assert found["touched"] == {"neurons": 0, "share": 0.0}
    assert len(tokens[-1]["top"]) == 5


def test_ask_is_repeatable_by_seed_and_continues_literally(answer: Callable[..., dict[str, Any]]):
    sampled = [
        answer("ask", *USER, "--max-new-tokens", "8", "--temperature", "1", "--seed", s)
        for s in "112"
    ]
    assert sampled[0]["reply"] == sampled[1]["reply"] != sampled[2]["reply"]
    found = answer(
        "ask", *USER, "--assistant", " a spider ", "--max-new-tokens", "2", "--temperature", "0"
    )
    assert found["reply"].startswith(" a spider ")


def test_a_clamp_changes_what_is_written_and_says_how_much_it_touches(
    answer: Callable[..., dict[str, Any]],
):
    flags = ("ask", *USER, "--max-new-tokens", "5", "--temperature", "0")
    plain = answer(*flags)
    clamped = answer(
        *flags, "--clamp", "mlp.2.7.pos=40", "--clamp", "mlp.2.8.neg=-40", "--positions", "all"
    )
    assert clamped["touched"] == {"neurons": 2, "share": pytest.approx(2 / 144)}
    assert [t["logprob"] for t in clamped["tokens"]] != [t["logprob"] for t in plain["tokens"]]


def test_why_names_sites_by_size(answer: Callable[..., dict[str, Any]]):
    found = answer("why", *USER, "--top", "12")
    assert len(found["effects"]) == 12
    assert {
        "id",
        "layer",
        "index",
        "sign",
        "pos",
        "activation",
        "attribution",
        "measured",
        "description",
    } <= set(found["effects"][0])
    sizes = [abs(e["attribution"]) for e in found["effects"]]
    assert sizes == sorted(sizes, reverse=True)
    assert found["target"]["pos"] == len(found["tokens"]) and found["contrast"] is None
    assert found["method"] == "corrected" and not any("effect" in e for e in found["effects"])


def test_measure_adds_effects_and_changes_nothing_else(answer: Callable[..., dict[str, Any]]):
    plain = answer("why", *USER, "--top", "12")["effects"]
    measured = answer("why", *USER, "--top", "12", "--measure", "5")["effects"]
    assert [("effect" in e) for e in measured] == [True] * 5 + [False] * 7
    assert [{k: v for k, v in e.items() if k != "effect"} for e in measured] == plain


def test_why_about_a_position_a_target_and_a_contrast(answer: Callable[..., dict[str, Any]]):
    tokens = answer("why", *USER, "--assistant", " jumps over", "--top", "2")["tokens"]
    at = len(tokens) - 1
    found = answer("why", *USER, "--assistant", " jumps over", "--at", str(at), "--top", "2")
    assert found["target"]["id"] == tokens[at]["id"]
    assert found["target"]["logprob"] == pytest.approx(tokens[at]["logprob"], abs=1e-4)
    found = answer(
        "why", *USER, "--target", " dog", "--contrast", " fox", "--top", "2", "--method", "gradient"
    )
    assert (
        found["target"]["text"] == " dog"[: len(found["target"]["text"])]
        and found["contrast"]["text"][0] == " "
    )
    found = answer("why", *USER, "--target", " lazy dog", "--target-all", "--top", "2")
    assert len(found["target"]["tokens"]) > 1


@pytest.mark.parametrize("behind", [-1, 0, 1])
def test_why_about_a_token_of_the_templates_own_system_turn(
    answer: Callable[..., dict[str, Any]], run: Run, behind: int
):
    tokens = answer("why", *USER, "--top", "1")["tokens"]
    at = next(t["pos"] for t in tokens if t["role"] == "user") + behind
    found = answer("why", *USER, "--at", str(at), "--top", "5", "--measure", "2")
    assert found["target"]["id"] == tokens[at]["id"]
    assert len(found["effects"]) == (5 if behind == 1 else 0)
    shown = run("why", *USER, "--at", str(at))
    assert shown.exit_code == 0
    assert ("system turn" in shown.stdout) == (behind < 1)


def test_ids_as_tokens_gave_them_are_read_again_exactly(
    answer: Callable[..., dict[str, Any]], tmp_path: Path
):
    first = answer("why", *USER, "--top", "3")
    file = tmp_path / "ids.json"
    file.write_text(json.dumps([t["id"] for t in first["tokens"]]))
    again = answer("why", "--ids", str(file), "--top", "3")
    assert [t["id"] for t in again["tokens"]] == [t["id"] for t in first["tokens"]]
    assert again["target"]["logprob"] == pytest.approx(first["target"]["logprob"], abs=1e-5)


def test_ask_goes_on_behind_exact_ids_and_behind_tokens_as_they_were_given(
    answer: Callable[..., dict[str, Any]], tmp_path: Path
):
    greedy = ("--max-new-tokens", "4", "--temperature", "0")
    whole = answer("ask", *USER, *greedy)
    given = whole["tokens"][:-4]
    file = tmp_path / "ids.json"
    for content in ([t["id"] for t in given], given, {"tokens": given}):
        file.write_text(json.dumps(content))
        found = answer("ask", "--ids", str(file), *greedy)
        assert [t["id"] for t in found["tokens"]] == [t["id"] for t in whole["tokens"]]


def test_ask_continues_a_text_without_the_template(answer: Callable[..., dict[str, Any]]):
    found = answer(
        "ask", "--text", "the quick brown", "--max-new-tokens", "3", "--temperature", "0"
    )
    assert {t["role"] for t in found["tokens"]} == {"text"}
    given = "".join(t["text"] for t in found["tokens"][:-3])
    assert given == "the quick brown"


def test_a_system_message_takes_the_place_of_the_templates_own(
    answer: Callable[..., dict[str, Any]],
):
    for flags, said in (((), "Be kind."), (("--system", "a spider"), "a spider")):
        found = answer("ask", *USER, *flags, "--max-new-tokens", "1")
        turn = "".join(t["text"] for t in found["tokens"] if t["role"] == "system")
        assert said in turn and ("Be kind." in turn) == (not flags)


def test_the_sign_rule_says_where_a_suppression_acts(
    answer: Callable[..., dict[str, Any]], tmp_path: Path
):
    file = tmp_path / "i.json"
    where = ("active", *USER, "--top", "100000", "--interventions", str(file), "--positions", "all")

    def left(*flags: str) -> set[str]:
        file.write_text(json.dumps([{"features": ["mlp.1.7.pos"], "strength": 0}]))
        acts = answer(*where, *flags)["effects"]
        return {
            e["sign"]
            for e in acts
            if (e["layer"], e["index"]) == (1, 7) and e["pos"] > 0 and e["activation"] != 0
        }

    assert left() == left("--sign-rule", "own") == {"neg"}
    assert left("--sign-rule", "any") == set()


def test_messages_and_interventions_come_from_files(
    answer: Callable[..., dict[str, Any]], tmp_path: Path
):
    messages = tmp_path / "m.json"
    messages.write_text(
        json.dumps(
            [{"role": "user", "content": "a fox"}, {"role": "assistant", "content": " jumps"}]
        )
    )
    changes = tmp_path / "i.json"
    changes.write_text(
        json.dumps([{"name": "x", "features": ["mlp.0.1.pos", "mlp.0.1.neg"], "strength": 0}])
    )
    found = answer(
        "why", "--messages", str(messages), "--interventions", str(changes), "--top", "2"
    )
    assert found["tokens"][-1]["role"] == "assistant" and found["tokens"][-1]["marker"] is False
    assert found["touched"] == {"neurons": 1, "share": pytest.approx(1 / 144)}


def test_a_batch_is_averaged_by_feature(answer: Callable[..., dict[str, Any]], tmp_path: Path):
    file = tmp_path / "b.jsonl"
    lines = [
        {"messages": [{"role": "user", "content": c}], "target": " dog"}
        for c in ("the fox", "a spider")
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    found = answer("why", "--batch", str(file), "--top", "6")
    assert len(found["aggregate"]) == 6
    for row in found["aggregate"]:
        assert (
            set(row) == {"id", "mean", "low", "high", "n", "description", "summary", "score"}
            and row["low"] <= row["mean"] <= row["high"]
        )
    assert {row["n"] for row in found["aggregate"]} == {2}


def test_a_batch_of_one_line_sums_every_site(answer: Callable[..., dict[str, Any]], tmp_path: Path):
    file = tmp_path / "b.jsonl"
    file.write_text(json.dumps({"messages": [{"role": "user", "content": "the quick brown fox"}]}))
    found = answer("why", "--batch", str(file), "--top", "1000")
    every = answer("why", *USER, "--top", "100000")
    sums: dict[str, float] = {}
    for effect in every["effects"]:
        sums[effect["id"]] = sums.get(effect["id"], 0) + effect["attribution"]
    assert {row["id"] for row in found["aggregate"]} == {i for i, x in sums.items() if x != 0}
    for row in found["aggregate"]:
        assert row["mean"] == pytest.approx(sums[row["id"]], abs=1e-5)
        assert row["low"] is row["high"] is None


def test_active_and_verify(answer: Callable[..., dict[str, Any]], tmp_path: Path):
    found = answer("active", *USER, "--range", "14:17", "--top", "4")
    assert len(found["effects"]) == 4 and all(14 <= e["pos"] < 17 for e in found["effects"])
    assert all(e["normalised"] > 0 for e in found["effects"])
    one = answer("active", *USER, "--at", "15", "--top", "3")
    assert {e["pos"] for e in one["effects"]} == {15}
    features = tmp_path / "f.txt"
    features.write_text("mlp.1.3.pos\nmlp.2.4.neg\n")
    checked = answer(
        "verify", *USER, "--features-file", str(features), "--n", "12", "--match", "layer"
    )
    assert checked["effect"] == pytest.approx(checked["before"] - checked["after"])
    assert (
        set(checked["random"]) >= {"n", "match", "mean", "low", "high"}
        and checked["random"]["n"] == 12
    )
    assert checked["kl"] >= 0 and checked["touched"]["neurons"] == 2


def test_doctor_runs_with_nothing_there():
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert all(set(check) == {"name", "ok", "detail"} for check in found["checks"])
    assert found["provenance"]["subject"] is None or isinstance(found["provenance"]["subject"], str)


@pytest.mark.parametrize("command", ["ask", "why", "active"])
def test_people_get_words_not_json(run: Run, command: str):
    extra = ("--max-new-tokens", "3") if command == "ask" else ("--top", "3")
    result = run(command, *USER, *extra)
    assert result.exit_code == 0 and result.stdout.strip() and not result.stdout.startswith("{")
    if command == "why":
        assert "nats" in result.stdout and "estimated" in result.stdout


def test_unusual_text_is_read(answer: Callable[..., dict[str, Any]]):
    for text in ("", "x", "🙂👩‍👩‍👧", "שלום", "<|im_end|>"):
        found = answer("why", "--user", text, "--top", "2")
        assert text in "".join(t["text"] for t in found["tokens"])
        typed = [t for t in found["tokens"] if t["role"] == "user" and not t["marker"]]
        assert not any(t["id"] in (0, 1, 2) for t in typed)


def test_an_interruption_exits_with_130(model: Path):
    code = (  # a shell may have started us with interruptions ignored
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pellucid.subject import Subject\n"
        "Subject.load = staticmethod(lambda *a, **k: signal.raise_signal(signal.SIGINT))\n"
        "from pellucid.cli.main import run\n"
        f"sys.argv = ['pellucid', 'why', '--user', 'x', '--model', {str(model)!r}]\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 130 and done.stdout == "" and "interrupted" in done.stderr

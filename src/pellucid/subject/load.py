"""From a name to what a `Subject` is made of; what can be read is decided before any weight is loaded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    StrictDataclassError,
)
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging as transformers_logging

from pellucid.core.errors import (
    InvalidRequest,
    NotFound,
    StoreMismatch,
    Unsupported,
    UpstreamFailed,
)
from pellucid.core.settings import Settings
from pellucid.subject.architectures import Family, family_of
from pellucid.subject.bundled import ensure_bundled
from pellucid.subject.codec import Codec, tokenizing
from pellucid.subject.files import storing, weights_hash
from pellucid.subject.progress import Progress

_FILES = ["*.json", "*.safetensors", "*.jinja", "tokenizer.model", "merges.txt", "vocab.txt"]
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


class Parts(NamedTuple):
    """What a `Subject` is made of."""

    name: str
    hash: str
    model: Any
    codec: Codec
    family: Family
    stop_ids: frozenset[int]


def load_parts(name: str, settings: Settings, progress: Callable[[Progress], None]) -> Parts:
    """The parts of the subject that `name` means; see `Subject.load`."""
    transformers_logging.disable_progress_bar()  # progress is told through `progress`
    directory = find_directory(name, settings.cache_dir, progress)
    config = _config(directory)
    family = family_of(config)
    if getattr(config, "quantization_config", None) is not None:
        raise Unsupported(
            f"{name} is quantised",
            "what its neurons write cannot be read from packed weights",
            "use the checkpoint in float32, bfloat16 or float16",
        )
    weights = weight_files(directory)
    progress(Progress("load", 0, 0, "", f"weights of {name}"))
    with tokenizing():
        tokenizer = _tokenizer(directory)
    model = _model(directory, settings)
    return Parts(
        name="SmolLM2-135M-Instruct (Q4_1)" if name == "bundled" else name,
        hash=weights_hash(weights, settings.cache_dir),
        model=model,
        codec=Codec(tokenizer, int(model.get_input_embeddings().weight.shape[0])),
        family=family,
        stop_ids=_stop_ids(model, tokenizer),
    )


def find_directory(name: str, cache_dir: Path, progress: Callable[[Progress], None]) -> Path:
    """The directory that holds a model, fetched or converted first where needed."""
    if name == "bundled":
        return ensure_bundled(cache_dir, progress)
    path = Path(name).expanduser()
    if path.is_dir():
        if not (path / "config.json").is_file():
            raise InvalidRequest(
                f"{name} is no model",
                why="it has no config.json",
                instead="name a Hugging Face model directory",
            )
        return path
    if path.exists():
        raise InvalidRequest(
            f"{name} is a file",
            instead="name the directory of a model: config, tokenizer and safetensors",
        )
    if name.startswith((".", "/", "~")) or name.count("/") > 1:
        raise NotFound(
            f"there is no directory {name}",
            instead="check the path, or name a hub id such as org/model",
        )
    progress(Progress("download", 0, 0, "", f"{name} from the hub"))
    try:
        with storing(Path("the hub's cache")):
            return Path(snapshot_download(name, allow_patterns=_FILES))
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise NotFound(
            f"the hub has no model {name}",
            instead="check the name, or give a directory; gated models need a login",
        ) from error
    except (LocalEntryNotFoundError, HfHubHTTPError, ConnectionError, TimeoutError) as error:
        raise UpstreamFailed(
            f"{name} could not be fetched from the hub",
            why=_reason(error),
            instead="check the connection, or give a directory",
        ) from error


def weight_files(directory: Path) -> list[Path]:
    """The safetensors files of a checkpoint.

    Raises:
        Unsupported: There are only pickles.
        InvalidRequest: There are no weights.
    """
    found = sorted(directory.glob("*.safetensors"))
    if found:
        return found
    if any(next(directory.glob(pattern), None) for pattern in _PICKLES):
        raise Unsupported(
            f"{directory} holds its weights as a pickle",
            "a pickle can run any code when it is opened",
            "convert it to safetensors and name that directory",
        )
    raise InvalidRequest(
        f"{directory} holds no weights", instead="name a directory with *.safetensors files"
    )


_DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    RuntimeError,
    StrictDataclassError,
)
"""What `transformers` raises where a file is no JSON, or JSON of another shape than expected."""


def _reason(error: Exception) -> str:
    """Its first line, and the next where that one only announces it."""
    first, *rest = str(error).strip().splitlines() or [type(error).__name__]
    return f"{first} {rest[0].strip()}" if first.endswith(":") and rest else first


def _config(directory: Path) -> Any:
    try:
        return AutoConfig.from_pretrained(str(directory), trust_remote_code=False)
    except _DAMAGE as error:
        raise Unsupported(
            f"the config of {directory} cannot be read",
            _reason(error),
            "if it is damaged, fetch it again; otherwise use a model that transformers reads without remote code",
        ) from error


def _tokenizer(directory: Path) -> Any:
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(directory), trust_remote_code=False)
    except Exception as error:
        if not isinstance(error, _DAMAGE) and type(error) is not Exception:  # as `tokenizers` does
            raise
        raise StoreMismatch(
            f"the tokenizer of {directory} cannot be read",
            found=_reason(error),
            wanted="tokenizer.json",
            instead="fetch it again",
        ) from error
    if not getattr(tokenizer, "is_fast", False):
        raise Unsupported(
            f"{directory} has a tokenizer written in Python",
            "positions of characters are known only to the fast ones",
            "add a tokenizer.json to the directory",
        )
    return tokenizer


def _model(directory: Path, settings: Settings) -> Any:
    device = settings.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise Unsupported(
            f"the device {device} is not there",
            "PyTorch sees no GPU",
            "use --device cpu, or leave it out",
        )
    dtype = settings.dtype
    if dtype == "auto":
        dtype = "bfloat16" if device.startswith("cuda") else "float32"
    if settings.threads is not None:
        torch.set_num_threads(settings.threads)
    try:
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            str(directory),
            use_safetensors=True,
            trust_remote_code=False,
            dtype=getattr(torch, dtype),
            device_map=settings.device_map,
            output_loading_info=True,
        )
        model, info = loaded
    except (SafetensorError, *_DAMAGE) as error:
        raise StoreMismatch(
            f"the weights or generation settings in {directory} cannot be read",
            found=_reason(error),
            wanted="a whole safetensors checkpoint",
            instead="fetch it again",
        ) from error
    if info["missing_keys"]:
        missing = sorted(info["missing_keys"])
        raise StoreMismatch(
            f"the weights in {directory} are incomplete",
            found=f"{len(missing)} tensors missing, the first is {missing[0]}",
            wanted="all tensors of the model",
            instead="fetch it again",
        )
    if settings.device_map is None:
        model = model.to(device)
    return model.eval().requires_grad_(False)


def _stop_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    """Every id that the checkpoint's own generation settings, or its tokenizer, end a reply with."""
    found: set[int] = set()
    for value in (
        model.generation_config.eos_token_id,
        model.config.eos_token_id,
        tokenizer.eos_token_id,
    ):
        if isinstance(value, int):
            found.add(value)
        elif isinstance(value, list) and all(isinstance(v, int) for v in value):
            found.update(value)
        elif value is not None:
            raise StoreMismatch(
                "the settings that say where a reply ends cannot be read",
                found=f"eos_token_id {value!r}",
                wanted="a token id, or a list of them",
                instead="fetch the model again",
            )
    return frozenset(found)

"""SAELens checkpoints, old and new: `cfg.json` beside `sae_weights.safetensors`, checked, and brought to one form.

Read directly, without SAELens and without pickles. Keys that were renamed over the years mean the same here; settings
that would change what a latent is, and are not computed here, are refused by name.

Source: the formats as SAELens writes them, versions 1 to 6; the computations are its `standard`, `topk` and `jumprelu`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NoReturn

import torch
from jaxtyping import Float
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch, Unsupported

CONFIG, WEIGHTS = "cfg.json", "sae_weights.safetensors"
Architecture = Literal["standard", "topk", "jumprelu"]

_RENAMED = {
    "hook_point": "hook_name",
    "hook_point_layer": "hook_layer",
    "hook_point_head_index": "hook_head_index",
    "activation_fn_str": "activation_fn",
}
_HOOK = re.compile(r"blocks\.([0-9]+)\.(hook_resid_pre|hook_in|hook_resid_post|hook_out)")
_OPTIONAL = {"scaling_factor", "finetuning_scaling_factor"}
_FOREIGN = ("*.pt", "*.pth", "*.bin", "*.ckpt", "*.pkl", "*.npz", "*.safetensors")
_AS_SAELENS = "save it with SAELens (save_model or save_inference_model), and name that directory"


@dataclass(frozen=True)
class Checkpoint:
    """One SAE on one layer: float32, on the CPU, with every setting worked into the weights."""

    path: Path
    architecture: Architecture
    layer: int
    """The subject's layer whose output it reads."""
    model_name: str | None
    """What it was trained on, as the checkpoint says."""
    k: int | None
    """Latents that are active at once, for `topk`."""
    centred: bool
    """Trained with TransformerLens's default: where the model has layer norms, the stream's mean is taken out."""
    W_enc: Float[Tensor, "d_model d_sae"]
    b_enc: Float[Tensor, " d_sae"]
    W_dec: Float[Tensor, "d_sae d_model"]
    b_dec: Float[Tensor, " d_model"]
    b_in: Float[Tensor, " d_model"]
    """Taken off the input: `b_dec`, or zero."""
    threshold: Float[Tensor, " d_sae"] | None
    """For `jumprelu`: at least 0."""

    @property
    def files(self) -> tuple[Path, Path]:
        """What it was read from."""
        return self.path / CONFIG, self.path / WEIGHTS


def read_checkpoints(path: Path) -> list[Checkpoint]:
    """The checkpoint in a directory, or those in its subdirectories, one a layer; layers ascending.

    Raises:
        NotFound: There is no such directory, or no checkpoint in it.
        Unsupported: A format, an architecture, a hook point or a setting that is not computed here.
        StoreMismatch: A file is damaged, or config and weights do not fit each other.
        InvalidRequest: Two checkpoints on one layer.
    """
    found = sorted((_read(where) for where in _places(path)), key=lambda c: c.layer)
    for one, other in pairwise(found):
        if one.layer == other.layer:
            raise InvalidRequest(
                f"{one.path} and {other.path} both read layer {one.layer}",
                instead="name one of them",
            )
        if one.W_dec.shape != other.W_dec.shape:
            raise Unsupported(
                f"the SAEs in {path} differ in size",
                f"{one.path.name} has {tuple(one.W_dec.shape)}, {other.path.name} {tuple(other.W_dec.shape)}",
                "name one of them",
            )
    return found


def _places(path: Path) -> list[Path]:
    if path.is_file():
        raise InvalidRequest(
            f"{path} is a file", instead=f"name the directory that holds {CONFIG} and {WEIGHTS}"
        )
    if not path.is_dir():
        raise NotFound(f"there is no directory {path}", instead="check the path of the SAE")
    if (path / CONFIG).is_file() or (path / WEIGHTS).is_file():
        return [path]
    inner = sorted(p for p in path.iterdir() if (p / CONFIG).is_file())
    if inner:
        return inner
    if any(next(path.glob(pattern), None) for pattern in _FOREIGN):
        raise Unsupported(
            f"{path} holds no SAE in the format of SAELens",
            f"it has no {CONFIG} beside {WEIGHTS}; nothing else is opened",
            _AS_SAELENS,
        )
    raise NotFound(f"{path} holds no SAE", instead=f"name a directory with {CONFIG} and {WEIGHTS}")


# The config


class _Config(BaseModel):
    """What matters of `cfg.json`, by its present names."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    d_in: int = Field(gt=0)
    d_sae: int = Field(gt=0)
    hook_name: str
    hook_layer: int | None = None
    hook_head_index: int | None = None
    architecture: str = "standard"
    activation_fn: str = "relu"
    activation_fn_kwargs: dict[str, Any] = {}
    k: int | None = Field(default=None, gt=0)
    rescale_acts_by_decoder_norm: bool = False
    apply_b_dec_to_input: bool = True
    normalize_activations: str | bool | None = None
    finetuning_scaling_factor: bool = False
    model_name: str | None = None
    model_class_name: str = "HookedTransformer"
    model_from_pretrained_kwargs: dict[str, Any] = {}


def _config(path: Path) -> _Config:
    def damaged(found: str) -> NoReturn:
        raise StoreMismatch(
            f"{path / CONFIG} cannot be read", found=found, wanted="the config of a SAELens SAE"
        )

    try:
        data: Any = json.loads((path / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        damaged(_line(error))
    if not isinstance(data, dict):
        damaged("no JSON object")
    inner = data.get("metadata")
    merged = (inner if isinstance(inner, dict) else {}) | data
    renamed = {_RENAMED.get(k, k): v for k, v in merged.items() if v is not None}
    if renamed.get("activation_fn") == "topk":
        renamed["architecture"] = "topk"
        kwargs = renamed.get("activation_fn_kwargs")
        if isinstance(kwargs, dict) and "k" in kwargs:
            renamed["k"] = kwargs["k"]
    try:
        return _Config.model_validate(renamed)
    except ValidationError as error:
        first = error.errors()[0]
        damaged(f"{'.'.join(str(x) for x in first['loc'])}: {first['msg'].lower()}")


def _architecture(path: Path, config: _Config) -> Architecture:
    kind = config.architecture
    if kind not in ("standard", "topk", "jumprelu"):
        raise Unsupported(
            f"the SAE in {path} has the architecture {kind}",
            "standard, topk and jumprelu are computed here",
            "bring one of these; SAELens saves a trained batchtopk SAE as jumprelu",
        )
    expected = {"relu", "topk"} if kind == "topk" else {"relu"}
    if config.activation_fn not in expected:
        raise Unsupported(
            f"the SAE in {path} has the activation function {config.activation_fn}",
            f"a {kind} SAE has {' or '.join(sorted(expected))} here",
            "bring one with ReLU, TopK or JumpReLU",
        )
    if kind == "topk" and config.k is None:
        raise StoreMismatch(
            f"{path / CONFIG} is incomplete", found="no k", wanted="k of a topk SAE"
        )
    return kind


def _layer(path: Path, config: _Config) -> int:
    """The layer whose output the SAE reads; `resid_pre` is the output of the layer before."""
    name = config.hook_name.replace("{layer}", str(config.hook_layer))
    match = _HOOK.fullmatch(name)
    if match is None or config.hook_head_index is not None:
        raise Unsupported(
            f"the SAE in {path} reads {name}",
            "an SAE is read and written here between layers only: hook_resid_pre and hook_resid_post",
            "bring an SAE of the residual stream",
        )
    layer = int(match[1]) - (match[2] in ("hook_resid_pre", "hook_in"))
    if layer < 0:
        raise Unsupported(
            f"the SAE in {path} reads {name}",
            "that is the embedding, before any layer",
            "bring an SAE of a later place",
        )
    return layer


def _check_normalisation(path: Path, config: _Config) -> None:
    how = config.normalize_activations
    if how in (None, False, "none"):
        return
    if how is True or how == "expected_average_only_in":
        raise Unsupported(
            f"the SAE in {path} expects its input scaled to an average length",
            "the factor is not in the checkpoint",
            "fold it in with SAELens (fold_activation_norm_scaling_factor) and save the SAE again",
        )
    raise Unsupported(
        f"the SAE in {path} normalises its input: {how}",
        "what a latent writes would depend on the position, and could not be called its direction",
        "bring one with normalize_activations none",
    )


# The weights


def _read(path: Path) -> Checkpoint:
    config = _config(path)
    architecture = _architecture(path, config)
    layer = _layer(path, config)
    _check_normalisation(path, config)
    weights = _weights(path, config, architecture)
    if config.k is not None and config.k > config.d_sae:
        raise StoreMismatch(
            f"{path / CONFIG} contradicts itself",
            found=f"k {config.k} of {config.d_sae} latents",
            wanted="k up to d_sae",
        )
    W_enc, b_enc, W_dec, b_dec = (weights[name] for name in ("W_enc", "b_enc", "W_dec", "b_dec"))
    if architecture == "topk" and config.rescale_acts_by_decoder_norm:
        norms = W_dec.norm(dim=-1).clamp_min(1e-12)
        W_enc, b_enc, W_dec = W_enc * norms, b_enc * norms, W_dec / norms[:, None]
    centring = config.model_from_pretrained_kwargs.get("center_writing_weights", True)
    return Checkpoint(
        path=path,
        architecture=architecture,
        layer=layer,
        model_name=config.model_name,
        k=config.k if architecture == "topk" else None,
        centred=bool(centring) and config.model_class_name == "HookedTransformer",
        W_enc=W_enc,
        b_enc=b_enc,
        W_dec=W_dec * _scaling(path, config, weights)[:, None],
        b_dec=b_dec,
        b_in=b_dec if config.apply_b_dec_to_input else torch.zeros_like(b_dec),
        threshold=weights["threshold"].clamp_min(0) if architecture == "jumprelu" else None,
    )


def _weights(path: Path, config: _Config, architecture: Architecture) -> dict[str, Tensor]:
    file = path / WEIGHTS
    if not file.is_file():
        raise NotFound(f"there is no {file}", instead=_AS_SAELENS)
    try:
        weights: dict[str, Tensor] = load_file(file)
    except (SafetensorError, OSError, ValueError) as error:
        raise StoreMismatch(
            f"{file} cannot be read",
            found=_line(error),
            wanted="a whole safetensors file",
            instead="fetch it again",
        ) from error
    if "log_threshold" in weights:
        weights["threshold"] = weights.pop("log_threshold").float().exp()
    d_in, d_sae = config.d_in, config.d_sae
    shapes: dict[str, tuple[int, ...]] = {
        "W_enc": (d_in, d_sae),
        "b_enc": (d_sae,),
        "W_dec": (d_sae, d_in),
        "b_dec": (d_in,),
    }
    if architecture == "jumprelu":
        shapes["threshold"] = (d_sae,)
    _check_names(file, weights, shapes, architecture)
    for name, shape in shapes.items():
        found = weights[name]
        if tuple(found.shape) != shape:
            raise StoreMismatch(
                f"{name} in {file} does not fit {CONFIG}",
                found=str(tuple(found.shape)),
                wanted=str(shape),
            )
        if not found.is_floating_point() or not bool(found.isfinite().all()):
            raise StoreMismatch(
                f"{name} in {file} is damaged",
                found="NaN or infinity" if found.is_floating_point() else str(found.dtype),
                wanted="finite floating-point numbers",
            )
    return {name: found.float() for name, found in weights.items()}


def _check_names(
    file: Path,
    weights: Mapping[str, Tensor],
    shapes: Mapping[str, tuple[int, ...]],
    architecture: Architecture,
) -> None:
    missing = sorted(shapes.keys() - weights.keys())
    foreign = sorted(weights.keys() - shapes.keys() - _OPTIONAL)
    if missing or foreign:
        named = f"without {', '.join(missing)}" if missing else f"with {', '.join(foreign[:3])}"
        raise StoreMismatch(
            f"{file} does not hold a {architecture} SAE",
            found=f"tensors {named}",
            wanted=", ".join(shapes),
        )


def _scaling(path: Path, config: _Config, weights: Mapping[str, Tensor]) -> Float[Tensor, " d_sae"]:
    """What older checkpoints multiply activations with before the decoder; ones elsewhere."""
    ones = torch.ones(config.d_sae)
    for name in sorted(_OPTIONAL & weights.keys()):
        factor = weights[name]
        if factor.shape != ones.shape:
            raise StoreMismatch(
                f"{name} in {path / WEIGHTS} does not fit {CONFIG}",
                found=str(tuple(factor.shape)),
                wanted=str((config.d_sae,)),
            )
        if config.finetuning_scaling_factor:
            return factor
        if not torch.allclose(factor, ones):
            raise StoreMismatch(
                f"{path} contradicts itself",
                found=f"{name} other than 1, and finetuning_scaling_factor false",
                wanted="a factor that is used, or none",
            )
    return ones


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

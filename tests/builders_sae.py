"""Small SAEs on disk, as SAELens would write them, and what they compute, said a second time."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

D_MODEL, D_SAE = 32, 40


def make_weights(
    architecture: str = "jumprelu", *, seed: int = 0, d_in: int = D_MODEL, d_sae: int = D_SAE
) -> dict[str, Tensor]:
    """Random weights under which about a quarter of the latents is active; decoder rows of no particular length."""
    random = torch.Generator().manual_seed(seed)
    weights = {
        "W_enc": torch.randn(d_in, d_sae, generator=random) / d_in**0.5,
        "b_enc": torch.randn(d_sae, generator=random) * 0.1,
        "W_dec": torch.randn(d_sae, d_in, generator=random) * 0.3,
        "b_dec": torch.randn(d_in, generator=random) * 0.1,
    }
    if architecture == "jumprelu":
        weights["threshold"] = torch.rand(d_sae, generator=random) * 0.5
    return weights


def new_config(architecture: str, layer: int, weights: dict[str, Tensor]) -> dict[str, Any]:
    """A config as SAELens 6 writes it."""
    d_in, d_sae = weights["W_enc"].shape
    return {
        "d_in": d_in,
        "d_sae": d_sae,
        "dtype": "float32",
        "device": "cpu",
        "apply_b_dec_to_input": True,
        "normalize_activations": "none",
        "reshape_activations": "none",
        "metadata": {
            "sae_lens_version": "6.54.0",
            "model_name": "tiny",
            "model_class_name": "HookedTransformer",
            "hook_name": f"blocks.{layer}.hook_resid_post",
            "hook_head_index": None,
            "model_from_pretrained_kwargs": {"center_writing_weights": False},
        },
        "architecture": architecture,
        **({"k": 8, "rescale_acts_by_decoder_norm": False} if architecture == "topk" else {}),
    }


def old_config(architecture: str, layer: int, weights: dict[str, Tensor]) -> dict[str, Any]:
    """A config as SAELens wrote it before version 6, of the earliest names."""
    d_in, d_sae = weights["W_enc"].shape
    return {
        "architecture": "jumprelu" if architecture == "jumprelu" else "standard",
        "d_in": d_in,
        "d_sae": d_sae,
        "activation_fn_str": "topk" if architecture == "topk" else "relu",
        "activation_fn_kwargs": {"k": 8} if architecture == "topk" else {},
        "apply_b_dec_to_input": True,
        "finetuning_scaling_factor": False,
        "context_size": 128,
        "model_name": "tiny",
        "hook_point": f"blocks.{layer}.hook_resid_post",
        "hook_point_layer": layer,
        "hook_point_head_index": None,
        "prepend_bos": True,
        "dtype": "torch.float32",
        "device": "cuda",
        "normalize_activations": False,
        "sae_lens_training_version": None,
        "model_from_pretrained_kwargs": {"center_writing_weights": False},
    }


def write_sae(
    directory: Path,
    architecture: str = "jumprelu",
    *,
    layer: int = 1,
    old: bool = False,
    seed: int = 0,
    weights: dict[str, Tensor] | None = None,
    **changes: Any,
) -> Path:
    """A checkpoint; `changes` are keys of its config, in or out of `metadata`. None removes one."""
    tensors = make_weights(architecture, seed=seed) if weights is None else weights
    config = (old_config if old else new_config)(architecture, layer, tensors)
    inner = config.get("metadata", {})
    for key, value in changes.items():
        (inner if key in inner else config)[key] = value
    directory.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in config.items() if v is not None}
    (directory / "cfg.json").write_text(json.dumps(kept))
    save_file(tensors, directory / "sae_weights.safetensors")
    return directory


def expected_latents(
    architecture: str, weights: dict[str, Tensor], resid: Tensor, *, apply_b_dec: bool = True
) -> Tensor:
    """What SAELens documents, position by position."""
    rows = []
    for x in resid.double().reshape(-1, resid.shape[-1]):
        inner = x - weights["b_dec"].double() if apply_b_dec else x
        pre = inner @ weights["W_enc"].double() + weights["b_enc"].double()
        if architecture == "topk":
            kept = set(pre.sort(descending=True).indices[:8].tolist())
            row = [max(float(p), 0.0) if i in kept else 0.0 for i, p in enumerate(pre)]
        elif architecture == "jumprelu":
            edges = weights["threshold"].tolist()
            row = [float(p) if p > max(t, 0.0) else 0.0 for p, t in zip(pre, edges, strict=True)]
        else:
            row = [max(float(p), 0.0) for p in pre]
        rows.append(row)
    return torch.tensor(rows).reshape(*resid.shape[:-1], -1)

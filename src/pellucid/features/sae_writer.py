"""A trained SAE as a checkpoint in SAELens' own format, which SAELens, and `Sae.load`, read."""

import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save

from pellucid.features.sae_files import CONFIG, WEIGHTS
from pellucid.features.train import Trained
from pellucid.subject.files import storing


def write_sae(
    directory: Path,
    trained: Trained,
    *,
    layer: int,
    model_name: str,
    dtype: torch.dtype = torch.float16,
    about: dict[str, Any] | None = None,
) -> None:
    """Write `cfg.json` and `sae_weights.safetensors`, each whole or not at all.

    Args:
        directory: Made where it is missing.
        trained: The weights.
        layer: Whose output the SAE reads.
        model_name: What it was trained on.
        dtype: Of the weights on disk.
        about: What else is to be known of it, kept in the config's metadata.

    Raises:
        StoreFailed: The disk is full, or the directory cannot be written.
    """
    recipe = trained.recipe
    tensors = {name: getattr(trained, name) for name in ("W_enc", "b_enc", "W_dec", "b_dec")}
    config = {
        "architecture": "topk",
        "k": recipe.k,
        "rescale_acts_by_decoder_norm": False,
        "d_in": len(trained.b_dec),
        "d_sae": recipe.d_sae,
        "dtype": "float32",
        "device": "cpu",
        "apply_b_dec_to_input": True,
        "normalize_activations": "none",
        "reshape_activations": "none",
        "metadata": {
            "sae_lens_version": "6.0.0",
            "model_name": model_name,
            "model_class_name": "AutoModelForCausalLM",
            "hook_name": f"blocks.{layer}.hook_resid_post",
            "hook_head_index": None,
            "prepend_bos": True,
            **(about or {}),
        },
    }
    with storing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        halves = {name: tensor.to(dtype).contiguous() for name, tensor in tensors.items()}
        _replace(directory / WEIGHTS, save(halves))
        _replace(directory / CONFIG, (json.dumps(config, indent=1) + "\n").encode())


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)

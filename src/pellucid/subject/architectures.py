"""Where each model family keeps what Pellucid reads and writes. To add a family, add a row to `FAMILIES`.

A neuron is one input of the MLP's down projection; what it adds to the residual stream is the matching column
of `W_down`, scaled by the norm behind the MLP where a family has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from pellucid.core.errors import Unsupported


@dataclass(frozen=True, slots=True)
class Family:
    """Module paths of one `model_type`, as `transformers` names them."""

    layers: str
    """The list of decoder layers, from the causal language model."""
    down: str
    """The MLP's down projection, from a layer; its input is `mlp_act`."""
    up: str
    """The projection whose output `mlp_act` is made from."""
    gate: str | None
    """The projection that goes through the activation function, where gate and up are two modules."""
    mlp_norm: str | None
    """The norm before the MLP."""
    final_norm: str
    mlp_out_norm: str | None = None
    """The norm between the down projection and the residual stream."""
    gate_and_up_fused: bool = False
    """`up` holds gate and up rows, gate first."""
    transposed: bool = False
    """Projections are `Conv1D`: weights are [in, out]."""
    sliding_window: bool = False
    """The forward heeds a `sliding_window` of the config; the others carry one about without effect."""
    masks_by_layer_type: bool = False
    """The forward takes attention masks as a mapping from layer type, and the window is that of some types."""


_LLAMA = Family(
    layers="model.layers",
    down="mlp.down_proj",
    up="mlp.up_proj",
    gate="mlp.gate_proj",
    mlp_norm="post_attention_layernorm",
    final_norm="model.norm",
)


def _like_llama(**changes: Any) -> Family:
    fields = {name: getattr(_LLAMA, name) for name in Family.__slots__}
    return Family(**(fields | changes))


FAMILIES: Mapping[str, Family] = {
    "llama": _LLAMA,
    "mistral": _like_llama(sliding_window=True),
    "qwen2": _like_llama(sliding_window=True, masks_by_layer_type=True),
    "qwen3": _like_llama(sliding_window=True, masks_by_layer_type=True),
    "gemma2": _like_llama(
        mlp_norm="pre_feedforward_layernorm",
        mlp_out_norm="post_feedforward_layernorm",
        sliding_window=True,
        masks_by_layer_type=True,
    ),
    "gemma3_text": _like_llama(
        mlp_norm="pre_feedforward_layernorm",
        mlp_out_norm="post_feedforward_layernorm",
        sliding_window=True,
        masks_by_layer_type=True,
    ),
    "olmo2": _like_llama(mlp_norm=None, mlp_out_norm="post_feedforward_layernorm"),
    "phi3": _like_llama(
        up="mlp.gate_up_proj", gate=None, gate_and_up_fused=True, sliding_window=True
    ),
    "gpt_neox": Family(
        layers="gpt_neox.layers",
        down="mlp.dense_4h_to_h",
        up="mlp.dense_h_to_4h",
        gate=None,
        mlp_norm="post_attention_layernorm",
        final_norm="gpt_neox.final_layer_norm",
    ),
    "gpt2": Family(
        layers="transformer.h",
        down="mlp.c_proj",
        up="mlp.c_fc",
        gate=None,
        mlp_norm="ln_2",
        final_norm="transformer.ln_f",
        transposed=True,
    ),
}

_MIXTURE_KEYS = ("num_experts", "num_local_experts", "n_routed_experts", "moe_intermediate_size")
_INSTEAD = f"use a dense decoder of one of these families: {', '.join(sorted(FAMILIES))}"


def family_of(config: Any) -> Family:
    """The row for a `transformers` config.

    Raises:
        Unsupported: A mixture of experts, an encoder, or a family without a row; nothing is loaded before.
    """
    kind = str(getattr(config, "model_type", "unknown"))
    if kind in FAMILIES:
        return FAMILIES[kind]
    text = getattr(config, "text_config", None)
    if any(getattr(c, key, None) for c in (config, text) if c is not None for key in _MIXTURE_KEYS):
        raise Unsupported(
            f"{kind} is a mixture of experts",
            "a neuron there belongs to an expert that most tokens never reach",
            _INSTEAD,
        )
    if getattr(config, "is_encoder_decoder", False):
        raise Unsupported(
            f"{kind} is an encoder-decoder", "only decoders write token after token", _INSTEAD
        )
    if text is not None and getattr(text, "model_type", None) in FAMILIES:
        raise Unsupported(
            f"{kind} reads more than text",
            f"only its text model, a {text.model_type}, is read here",
            "save the text model by itself, with a config.json of its own, and name that directory",
        )
    names = " ".join(getattr(config, "architectures", None) or ())
    if names and "CausalLM" not in names and "LMHead" not in names:
        raise Unsupported(
            f"{kind} is not a causal language model ({names})",
            "it predicts no next token",
            _INSTEAD,
        )
    raise Unsupported(
        f"the family {kind} has no row in the table of architectures",
        "where its MLPs keep their neurons is not known here",
        _INSTEAD,
    )


def submodule(root: nn.Module, path: str) -> nn.Module:
    """The module at a dotted path."""
    return root.get_submodule(path)


def down_weight(family: Family, down: nn.Module) -> Tensor:
    """`W_down` as [d_model, d_mlp], a view of the parameter."""
    weight = down.get_parameter("weight")
    return weight.T if family.transposed else weight

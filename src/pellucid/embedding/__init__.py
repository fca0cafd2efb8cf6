"""Texts as unit vectors: descriptions, and what people search for."""

from pellucid.embedding.opening import open_embedder
from pellucid.embedding.port import Embedder

__all__ = ["Embedder", "open_embedder"]

"""The embedder that the settings name."""

from collections.abc import Callable

from pellucid.core.settings import Settings
from pellucid.embedding.endpoint import PREFIX, EndpointEmbedder
from pellucid.embedding.minilm import MiniLM
from pellucid.embedding.port import Embedder


def open_embedder(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Embedder:
    """Loads nothing yet; `tell` hears of what takes long."""
    if settings.embedder.startswith(PREFIX):
        return EndpointEmbedder(
            settings.embedder.removeprefix(PREFIX),
            url=settings.embedder_url,
            key=settings.embedder_key,
        )
    device = None if settings.device == "auto" else settings.device
    return MiniLM(settings.cache_dir, device=device, tell=tell)

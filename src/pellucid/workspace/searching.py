"""The search over an atlas's descriptions: opened when it is first needed, and kept."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from pellucid.atlas import Atlas
    from pellucid.atlas.search import Searcher


def open_searcher(
    atlas: "Atlas", settings: Settings, tell: Callable[[str], None] = lambda _: None
) -> "Searcher":
    """The search with the embedder that the settings name; that loads its weights when it first embeds.

    Raises:
        Unsupported: The atlas has no descriptions, or no index of them.
        ForeignStore: Another embedder made its index.
        StoreMismatch: The index is damaged.
    """
    from pellucid.atlas.search import Searcher
    from pellucid.embedding import open_embedder

    return Searcher(atlas, open_embedder(settings, tell))


class Searches:
    """One search an atlas, so that weights are loaded once. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Opens nothing yet."""
        self._open = lru_cache(maxsize=2)(lambda atlas: open_searcher(atlas, settings))

    def of(self, atlas: "Atlas") -> "Searcher":
        """The atlas's.

        Raises:
            PellucidError: As from `open_searcher`.
        """
        return self._open(atlas)

"""Search over an atlas: by meaning, or by features alike. Loads no torch by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pellucid.atlas import Atlas
from pellucid.atlas.search import Searcher, SearchResult
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId, Sign
from pellucid.core.settings import Settings
from pellucid.embedding import open_embedder


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """What is looked for, and among which features."""

    text: str | None = None
    like: tuple[FeatureId, ...] = ()
    """Instead of a text: features to find others like."""
    k: int = 20
    sign: Sign | None = None
    layers: tuple[int, int] | None = None
    """Half-open."""
    min_score: float | None = None
    everything: bool = False
    """Also what was judged not to matter to a user."""
    output: bool = False
    """By what features promote."""

    def __post_init__(self) -> None:
        """Checks the layers.

        Raises:
            InvalidRequest: They are none.
        """
        if self.layers is not None and not 0 <= self.layers[0] < self.layers[1]:
            raise InvalidRequest(
                f"layers {self.layers[0]}:{self.layers[1]} are none",
                instead="give A:B, from A up to before B",
            )


def open_searcher(
    atlas: Atlas, settings: Settings, tell: Callable[[str], None] = lambda _: None
) -> Searcher:
    """The search with the embedder that the settings name; that loads its weights when it first embeds.

    Raises:
        Unsupported: The atlas has no descriptions, or no index of them.
        ForeignStore: Another embedder made its index.
        StoreMismatch: The index is damaged.
    """
    return Searcher(atlas, open_embedder(settings, tell))


def found(searcher: Searcher, asked: SearchAsked) -> SearchResult:
    """What was asked for.

    Raises:
        InvalidRequest: There is nothing to look for, or two things.
        NotFound: The atlas lacks a feature that is named.
        PellucidError: The embedder does not do its part, or a file is damaged.
    """
    if (asked.text is None) == (not asked.like):
        raise InvalidRequest(
            "a search is either for a text or for features alike", instead="give one of them"
        )
    filters: dict[str, Any] = {
        "k": asked.k,
        "sign": asked.sign,
        "layers": asked.layers,
        "min_score": asked.min_score,
        "interesting": None if asked.everything else True,
        "output": asked.output,
    }
    if asked.text is not None:
        return searcher.search(asked.text, **filters)
    return searcher.similar(asked.like, **filters)

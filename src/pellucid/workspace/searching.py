"""Search over an atlas: by meaning, by features alike, by a text that features fire on. Loads no torch by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pellucid.atlas import Atlas, DescriptionRecord
from pellucid.atlas.search import Searcher, SearchResult
from pellucid.core.errors import InvalidRequest
from pellucid.core.ids import FeatureId, Sign
from pellucid.core.records import Active, Record
from pellucid.core.settings import Settings
from pellucid.embedding import open_embedder

SITES_A_HIT = 100
"""Sites looked at for every feature asked for: a feature stands out at many positions, and filters take some out."""


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


class FiringHit(Record):
    """A feature that fires on a text, where it does so most."""

    id: str
    similarity: None = None
    """Nothing is compared with a description."""
    normalised: float
    """Activation over the feature's tail quantile."""
    activation: float
    pos: int
    score: float | None
    description: str | None
    summary: str | None


class Firing(Record):
    """Features by how strongly they fire on a text."""

    hits: tuple[FiringHit, ...]
    uninteresting_above: int
    """Left out as uninteresting, of those that stand above the last hit."""


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
    layers = asked.layers
    if layers is not None and not 0 <= layers[0] < layers[1]:
        raise InvalidRequest(
            f"layers {layers[0]}:{layers[1]} are none", instead="give A:B, from A up to before B"
        )
    filters: dict[str, Any] = {
        "k": asked.k,
        "sign": asked.sign,
        "layers": layers,
        "min_score": asked.min_score,
        "interesting": None if asked.everything else True,
        "output": asked.output,
    }
    if asked.text is not None:
        return searcher.search(asked.text, **filters)
    return searcher.similar(asked.like, **filters)


def firing(atlas: Atlas, sites: Iterable[Active], asked: SearchAsked) -> Firing:
    """The features of these sites, strongest first, each at its strongest, those filtered out left out."""
    hits: list[FiringHit] = []
    seen: set[str] = set()
    hidden = 0
    for site in sites:
        if len(hits) == asked.k:
            break
        if site.id in seen or not _is_wanted(site, asked):
            continue
        seen.add(site.id)
        told = atlas.description(FeatureId.parse(site.id))
        if asked.min_score is not None and not _reaches(told, asked.min_score):
            continue
        if not asked.everything and told is not None and told.interesting is False:
            hidden += 1
            continue
        hits.append(
            FiringHit(
                id=site.id,
                normalised=site.normalised,
                activation=site.activation,
                pos=site.pos,
                score=None if told is None else told.score,
                description=None if told is None else told.description,
                summary=None if told is None else told.summary,
            )
        )
    return Firing(hits=tuple(hits), uninteresting_above=hidden)


def _is_wanted(site: Active, asked: SearchAsked) -> bool:
    in_layers = asked.layers is None or asked.layers[0] <= site.layer < asked.layers[1]
    return in_layers and asked.sign in (None, site.sign)


def _reaches(told: DescriptionRecord | None, least: float) -> bool:
    return told is not None and told.score is not None and told.score >= least

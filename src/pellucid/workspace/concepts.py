"""Concepts in words: the features that a text stands for, and interventions that name such a text made ready.

A concept's features are the search hits by what features fire on, best ranked first: one sign of a unit, the more
similar one, at most `k`, none below `LEAST_SIMILARITY`. For a strength other than 0 a feature that never fired in the
atlas's corpus is skipped and counted, since a multiple of its quantile has no meaning.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Protocol

from pellucid.atlas import Atlas
from pellucid.atlas.search import Searcher
from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import STRENGTHS, Direction, Intervention
from pellucid.core.records import Record
from pellucid.core.settings import Settings
from pellucid.core.tails import DEFAULT_TAIL
from pellucid.embedding.opening import open_embedder

SHARES: dict[Direction, float] = {"suppress": 500 / 458_752, "strengthen": 50 / 458_752}
"""Units a concept names, of all there are: 500 and 50 in Llama-3.1-8B, 50 and 5 in the bundled model."""
LEAST_SIMILARITY, LEAST_ELSEWHERE = 0.5, 0.25
"""Cosine below which neither a description nor the words of its peaks make a feature the concept's. In the bundled
atlas the 50 most similar to a concept are above 0.5 by MiniLM, and most of what random letters are like is below (not
all: see the list); of the embedders of endpoints it is only known that unrelated texts are lower."""
SPARE = 4
"""Hits asked for, as a multiple of `k`: some are the other sign of a unit that is in already, some never fired."""


class HitPort(Protocol):
    """One feature found."""

    @property
    def id(self) -> object:
        """`str()` of it is the feature's id."""
        ...

    @property
    def similarity(self) -> float: ...
    @property
    def peaks(self) -> float: ...
    @property
    def score(self) -> float | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def summary(self) -> str | None: ...


class FoundPort(Protocol):
    """What a search found, best first."""

    @property
    def hits(self) -> Sequence[HitPort]: ...
    @property
    def notes(self) -> Sequence[str]:
        """What was done to the text."""
        ...


class ConceptSearch(Protocol):
    """Search by what features fire on."""

    def search(self, text: str, k: int = 20) -> FoundPort:
        """The features most like the text."""
        ...


class Snippet(Record):
    """Where a feature is most extreme: the text around it."""

    before: str
    token: str
    after: str
    peak: float
    """Raw and signed."""


class ConceptFeature(Record):
    """One feature of a concept."""

    id: str
    similarity: float
    """Cosine between the concept's text and the feature's description."""
    peaks: float
    """Mean cosine between it and the words at which the feature's first exemplars peak."""
    score: float | None
    """How well the description predicts the feature's activations."""
    description: str | None
    summary: str | None
    quantile: float
    """The activation that strengths are multiples of; raw and signed, 0 where it never fired."""
    exemplar: Snippet | None = None
    """Only where it is asked for."""


class Concept(Record):
    """A text, and the features that it stands for."""

    query: str
    direction: Direction
    strength: float | None
    """Multiple of each feature's tail quantile; None where `value` is set."""
    value: float | None = None
    k: int
    """How many were asked for; there may be fewer."""
    features: tuple[ConceptFeature, ...]
    skipped: int
    """Hits left out because they never fired in the atlas's corpus."""
    notes: tuple[str, ...] = ()
    """What was done to the text before it was searched."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """Finds concepts in one atlas."""

    atlas: Atlas
    search: ConceptSearch
    least: float = LEAST_SIMILARITY
    """Less similar features are not taken."""

    def find(
        self,
        text: str,
        direction: Direction,
        *,
        k: int | None = None,
        strength: float | None = None,
        value: float | None = None,
        quantile: float | None = None,
        snippets: bool = False,
    ) -> Concept:
        """The features that a text stands for.

        Raises:
            InvalidRequest: The text is empty, or nothing is like it.
            PellucidError: The search would not do.
        """
        if not text.strip():
            raise InvalidRequest("the concept is empty", instead="name it in a word or a sentence")
        if strength is None and value is None:
            strength = STRENGTHS[direction]
        wanted = k if k is not None else self.default_k(direction)
        tail = DEFAULT_TAIL if quantile is None else quantile
        found = self.search.search(text, k=SPARE * wanted + 20)
        close = [hit for hit in found.hits if _closeness(hit) >= self.least]
        if not close:
            raise _no_match(text, found.hits, self.least)
        chosen: list[ConceptFeature] = []
        units: set[tuple[int, int]] = set()
        skipped = 0
        for hit in close:
            feature = FeatureId.parse(str(hit.id))
            if (feature.layer, feature.index) in units:
                continue
            q = float(self.atlas.quantile(self.atlas.places([feature]), tail)[0])
            if strength and q == 0:
                skipped += 1
                continue
            units.add((feature.layer, feature.index))
            chosen.append(
                ConceptFeature(
                    id=str(feature),
                    similarity=float(hit.similarity),
                    peaks=float(hit.peaks),
                    score=None if hit.score is None or isnan(hit.score) else float(hit.score),
                    description=hit.description,
                    summary=hit.summary,
                    quantile=q,
                    exemplar=self._snippet(feature) if snippets else None,
                )
            )
            if len(chosen) == wanted:
                break
        if not chosen:
            raise InvalidRequest(
                f"no feature can be strengthened for {_short(text)}",
                why=f"the {skipped} found never fired in all that the atlas was made from",
                instead="give a raw activation as value",
            )
        return Concept(
            query=text,
            direction=direction,
            strength=strength,
            value=value,
            k=wanted,
            features=tuple(chosen),
            skipped=skipped,
            notes=tuple(found.notes),
        )

    def resolve(self, item: Intervention) -> tuple[Intervention, Concept]:
        """The intervention with the concept's features in place of its text, and the concept.

        Raises:
            InvalidRequest: It names no concept, or nothing is like it.
            PellucidError: The search would not do.
        """
        text = item.query or ""
        concept = self.find(
            text,
            direction_of(item),
            k=item.k,
            strength=item.strength,
            value=item.value,
            quantile=item.quantile,
        )
        named = {
            "name": text if item.name is None else item.name,
            "features": tuple(feature.id for feature in concept.features),
            "query": None,
            "k": None,
        }
        return item.model_copy(update=named), concept

    def default_k(self, direction: Direction) -> int:
        """How many units of the atlas's source a concept names where nothing else is asked for."""
        source = self.atlas.source
        return max(1, round(SHARES[direction] * len(source.layers) * source.n_units))

    def _snippet(self, feature: FeatureId, before: int = 12, after: int = 6) -> Snippet | None:
        found = self.atlas.exemplars(feature, 1)
        if not found:
            return None
        texts, pos = [token.text for token in found[0].tokens], found[0].pos
        return Snippet(
            before="".join(texts[max(0, pos - before) : pos]),
            token=texts[pos],
            after="".join(texts[pos + 1 : pos + 1 + after]),
            peak=found[0].peak,
        )


def concepts_of(atlas: Atlas, search: ConceptSearch, settings: Settings) -> Concepts:
    """With the threshold of the embedder that the settings name."""
    least = LEAST_SIMILARITY if settings.embedder == "minilm" else LEAST_ELSEWHERE
    return Concepts(atlas, search, least)


def direction_of(item: Intervention) -> Direction:
    """What an intervention does to what it names: nothing or less than that suppresses, all else strengthens."""
    if item.strength is not None:
        return "suppress" if item.strength <= 0 else "strengthen"
    return "suppress" if item.value == 0 else "strengthen"


def resolved(
    interventions: Iterable[Intervention], concepts: Callable[[], Concepts]
) -> tuple[tuple[Intervention, ...], tuple[Concept, ...]]:
    """Interventions that name features only, and the concepts that some named; `concepts` is called where one does.

    Raises:
        PellucidError: A concept cannot be found, or nothing can be searched.
    """
    items: list[Intervention] = []
    found: list[Concept] = []
    finder: Concepts | None = None
    for item in interventions:
        if item.query is None:
            items.append(item)
            continue
        finder = concepts() if finder is None else finder
        with_features, concept = finder.resolve(item)
        items.append(with_features)
        found.append(concept)
    return tuple(items), tuple(found)


def no_atlas(text: str | None = None) -> Unsupported:
    """Concepts cannot be looked up here."""
    what = "concepts in words" if text is None else f"the concept {_short(text)}"
    return Unsupported(
        f"{what} cannot be looked up",
        "finding features takes an atlas with descriptions, and none is open for this model",
        "open one with --atlas DIR, or name features by id",
    )


def _closeness(hit: HitPort) -> float:
    return max(hit.similarity, hit.peaks)


def _no_match(text: str, hits: Sequence[HitPort], least: float) -> InvalidRequest:
    nearest = ""
    if hits:
        hit = max(hits, key=_closeness)
        what = hit.summary or hit.description
        nearest = f"; the nearest found, at {_closeness(hit):.2f}, is {what!r}"
    return InvalidRequest(
        f"no feature is about {_short(text)}",
        why=f"what features fire on is nowhere closer to it than {least:g}{nearest}",
        instead="use other words, or name features by id",
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def open_search(atlas: Atlas, settings: Settings) -> ConceptSearch:
    """The search over an atlas's descriptions; its embedder is loaded at the first.

    Raises:
        Unsupported: The atlas has no descriptions, or no index.
        PellucidError: Its index would not do.
    """
    if atlas.descriptions is None:
        raise no_atlas()
    return Searcher(atlas, open_embedder(settings))

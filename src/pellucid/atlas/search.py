"""Search by meaning: features by what they fire on, or by what they promote.

1. The query's vector against every distinct part's, exactly: cosines with descriptions, and with the words at which
   the first exemplars peak. Its words against descriptions by BM25.
2. A feature's rank is a weighted sum of these and of how well its description was tested.
3. Filters take features out; what they took is counted. Equals stand in feature order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from jaxtyping import Bool, Float32, Int8, Int32

from pellucid.atlas.cosines import Comparison, Cosines
from pellucid.atlas.index import EmbedderPort, IndexFolder, Texts, Words
from pellucid.atlas.reader import Atlas
from pellucid.atlas.results import Filtered, Hit, SearchResult
from pellucid.core.errors import ForeignStore, InvalidRequest
from pellucid.core.ids import FeatureId, Sign

MAX_QUERY = 2_000
"""Characters of a query that are read."""
WEAK = 0.3
"""Cosine below which a hit that shares no word with the query is called weak: unrelated sentences are below."""


class Weights(NamedTuple):
    """What a feature's rank is made of."""

    vector: float = 1.0
    keywords: float = 0.4
    score: float = 0.4
    """Of the description's own score, where that is above 0."""
    peaks: float = 1.4
    """Of the mean cosine between the query and the words at which the first exemplars peak."""


WEIGHTS = Weights()


@dataclass(frozen=True)
class _Side:
    """One side of the index, opened."""

    texts: Texts
    words: Words
    peaks: Texts | None


@dataclass(frozen=True)
class Searcher:
    """Searches one atlas. Safe to use from several threads; opens files when it first searches."""

    atlas: Atlas
    embedder: EmbedderPort
    weights: Weights = WEIGHTS
    _folder: IndexFolder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Checks that the atlas can be searched with this embedder.

        Raises:
            Unsupported: It has no descriptions, or no index.
            ForeignStore: Another embedder made its index.
            StoreMismatch: The index is damaged.
        """
        folder = IndexFolder.of(self.atlas)
        folder.require_embedder(self.embedder)
        object.__setattr__(self, "_folder", folder)

    def search(
        self,
        text: str,
        k: int = 20,
        sign: Sign | None = None,
        layers: tuple[int, int] | None = None,
        min_score: float | None = None,
        *,
        interesting: bool | None = None,
        output: bool = False,
    ) -> SearchResult:
        """The `k` features whose text is most like `text`.

        Args:
            text: A few words or a sentence, in any script.
            k: At most so many hits.
            sign: Only this one.
            layers: From the first of these, up to and without the second.
            min_score: Only descriptions with at least this score.
            interesting: True leaves out what was judged not to matter to a user.
            output: Search what features promote, not what they fire on.

        Raises:
            InvalidRequest: The text is empty.
            PellucidError: The embedder does not do its part, or a file is damaged.
        """
        query, notes = cleaned(text)
        side = self._promotes if output else self._fires
        cosines = self._cosines(side, self._embedded(query))
        keywords = side.words.keywords.scores(query)
        filters = self._filters(side, sign, layers, min_score, interesting=interesting)
        return self._ranked(side, cosines, keywords, filters, k, notes)

    def similar(
        self,
        features: Sequence[FeatureId],
        k: int = 20,
        sign: Sign | None = None,
        layers: tuple[int, int] | None = None,
        min_score: float | None = None,
        *,
        interesting: bool | None = None,
        output: bool = False,
    ) -> SearchResult:
        """The `k` features whose text is most like those of `features` taken together, these left out.

        Raises:
            InvalidRequest: None is named, or none of them is described.
            NotFound: The atlas lacks one of them.
            StoreMismatch: A file is damaged.
        """
        side = self._promotes if output else self._fires
        own = self.atlas.places(features)
        told = [int(place) for place in own if side.texts.row[place] >= 0]
        if not told:
            named = ", ".join(str(one) for one in features[:3]) or "no feature"
            raise InvalidRequest(
                f"nothing is said about {named}",
                why="what is alike is found by descriptions",
                instead="name features that have one",
            )
        total = np.sum([side.texts.vector(place, self._folder.parts) for place in told], axis=0)
        cosines = self._cosines(side, total / max(np.linalg.norm(total), 1e-9))
        filters = self._filters(side, sign, layers, min_score, interesting=interesting)
        filters.kept[own] = False
        filters.hidden[own] = False
        missing = len(own) - len(told)
        notes = (f"{missing} of {len(own)} features named have no description",) * bool(missing)
        keywords = np.zeros(side.words.keywords.n_texts, np.float32)
        return self._ranked(side, cosines, keywords, filters, k, notes)

    # What is searched

    @cached_property
    def _fires(self) -> _Side:
        folder = self._folder
        return _Side(folder.texts("fires"), folder.words("fires"), folder.texts("peaks"))

    @cached_property
    def _promotes(self) -> _Side:
        return _Side(self._folder.texts("promotes"), self._folder.words("promotes"), None)

    @cached_property
    def _columns(self) -> dict[str, pa.Array]:
        assert self.atlas.descriptions is not None
        table = self.atlas.descriptions.table
        return {
            name: table.column(name).combine_chunks()
            for name in ("description", "summary", "output")
        }

    @cached_property
    def _score(self) -> Float32[np.ndarray, " feature"]:
        assert self.atlas.descriptions is not None
        return self.atlas.descriptions.table.array("score")

    @cached_property
    def _tested(self) -> Float32[np.ndarray, " feature"]:
        """The score as it ranks: 0 to 1, 0 where there is none."""
        return np.clip(np.nan_to_num(self._score, nan=0.0), 0, 1)

    @cached_property
    def _layer(self) -> Int32[np.ndarray, " feature"]:
        source = self.atlas.source
        return np.repeat(np.array(source.layers, np.int32), source.n_units * source.n_signs)

    @cached_property
    def _sign(self) -> Int8[np.ndarray, " feature"]:
        """Place among the source's signs."""
        source = self.atlas.source
        return np.tile(
            np.arange(source.n_signs, dtype=np.int8), source.n_features // source.n_signs
        )

    @cached_property
    def _uninteresting(self) -> Bool[np.ndarray, " feature"]:
        """Judged, and not past the threshold."""
        told = self.atlas.descriptions
        assert told is not None
        return ~told.flags("interesting") & np.isfinite(told.table.array("interest"))

    @cached_property
    def _comparison(self) -> Comparison:
        return Comparison(self._folder)

    # How it is done

    def _embedded(self, query: str) -> Float32[np.ndarray, " dim"]:
        vector = self.embedder.embed([query])[0]
        n_dims = self._folder.parts.rows.shape[1]
        if len(vector) != n_dims:
            raise ForeignStore(
                f"the embedder {self.embedder.name} is not what it was when the index was made",
                found=f"{len(vector)} dimensions",
                wanted=f"{n_dims}",
                instead="run pellucid atlas index",
            )
        return vector

    def _cosines(self, side: _Side, query: Float32[np.ndarray, " dim"]) -> Cosines:
        return self._comparison.cosines(query, side.texts, side.peaks)

    def _filters(
        self,
        side: _Side,
        sign: Sign | None,
        layers: tuple[int, int] | None,
        min_score: float | None,
        *,
        interesting: bool | None,
    ) -> "_Filters":
        kept = side.texts.row >= 0
        gone = dict.fromkeys(Filtered.model_fields, 0)
        gone["undescribed"] = len(kept) - int(np.count_nonzero(kept))

        def leave(name: str, wanted: Bool[np.ndarray, " feature"]) -> None:
            before = int(np.count_nonzero(kept))
            np.logical_and(kept, wanted, out=kept)
            gone[name] = before - int(np.count_nonzero(kept))

        if layers is not None:
            leave("layer", (self._layer >= layers[0]) & (self._layer < layers[1]))
        if sign is not None:
            signs = self.atlas.source.signs  # perhaps without this one
            leave("sign", np.array([one == sign for one in signs])[self._sign])
        if min_score is not None:
            leave("score", self._score >= min_score)
        hidden = np.zeros(len(kept), bool)
        if interesting:
            hidden = kept & self._uninteresting
            leave("uninteresting", ~hidden)
        return _Filters(kept, hidden, Filtered(**gone))

    def _ranked(
        self,
        side: _Side,
        cosines: Cosines,
        keywords: Float32[np.ndarray, " document"],
        filters: "_Filters",
        k: int,
        notes: tuple[str, ...],
    ) -> SearchResult:
        from pellucid.atlas.loops import added, best

        w = self.weights
        rank = w.score * self._tested
        ranking = [
            (w.vector, cosines.told, side.texts.row),
            (w.keywords, keywords, side.words.row),
        ]
        if side.peaks is not None and cosines.peaks is not None:
            ranking.append((w.peaks, cosines.peaks, side.peaks.row))
        for weight, values, row in ranking:
            if weight:
                added(np.float32(weight), values, row, rank)
        n_kept = int(np.count_nonzero(filters.kept))
        wanted = min(k, n_kept)
        places = best(rank, filters.kept, wanted) if wanted > 0 else np.zeros(0, np.int64)
        above = 0
        if len(places):
            above = int(np.count_nonzero(filters.hidden & (rank > rank[places[-1]])))
        hits = tuple(self._hit(int(at), side, cosines, keywords) for at in places)
        return SearchResult(
            hits=hits,
            searched=n_kept,
            filtered=filters.filtered,
            uninteresting_above=above,
            notes=notes,
        )

    def _hit(
        self,
        place: int,
        side: _Side,
        cosines: Cosines,
        keywords: Float32[np.ndarray, " document"],
    ) -> Hit:
        texts: dict[str, Any] = {
            name: column[place].as_py() or None for name, column in self._columns.items()
        }
        similarity = min(_value(cosines.told, side.texts.row, place), 1.0)
        shared = _value(keywords, side.words.row, place)
        peaks = 0.0
        if side.peaks is not None and cosines.peaks is not None:
            peaks = _value(cosines.peaks, side.peaks.row, place)
        score = float(self._score[place])
        return Hit(
            id=str(self.atlas.source.feature(place)),
            similarity=similarity,
            peaks=peaks,
            keywords=shared,
            score=None if np.isnan(score) else score,
            weak=max(similarity, peaks) < WEAK and shared == 0,
            **texts,
        )


def _value(
    values: Float32[np.ndarray, " text"], row: Int32[np.ndarray, " feature"], place: int
) -> float:
    return float(values[row[place]]) if row[place] >= 0 else 0.0


class _Filters(NamedTuple):
    kept: Bool[np.ndarray, " feature"]
    hidden: Bool[np.ndarray, " feature"]
    """Left out as uninteresting."""
    filtered: Filtered


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """A query as it is searched, and what was done to it.

    Raises:
        InvalidRequest: It is empty.
    """
    query = " ".join(text.encode("utf-8", "replace").decode().split())
    if not query:
        raise InvalidRequest("the query is empty", instead="say in a few words what to look for")
    if len(query) <= MAX_QUERY:
        return query, ()
    note = f"only the first {MAX_QUERY:,} of the query's {len(query):,} characters were searched"
    return query[:MAX_QUERY], (note,)

"""Features: what the atlas says about one, and what the subject says about it anew."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from pellucid.core.ids import FeatureId, Sign
from pellucid.server.deps import Asker, TheWorkspace
from pellucid.server.description import problems
from pellucid.server.schemas.features import (
    MAX_EXEMPLARS,
    MAX_HITS,
    MAX_LIKE,
    MAX_NEIGHBOURS,
    MAX_QUERY,
    ExampleText,
    FeatureText,
)
from pellucid.workspace import (
    Card,
    ExactExemplar,
    ExemplarAsked,
    Fired,
    Neighbours,
    SearchAsked,
    SearchResult,
    TextAsked,
    Traced,
    firing,
    tracing,
)

router = APIRouter(prefix="/features", tags=["features"])


def _parsed(
    feature_id: Annotated[str, Path(max_length=100, description="As in `mlp.12.3047.pos`")],
) -> FeatureId:
    return FeatureId.parse(feature_id)


Feature = Annotated[FeatureId, Depends(_parsed)]


def _span(layers: str | None) -> tuple[int, int] | None:
    if layers is None:
        return None
    first, _, last = layers.partition(":")
    return int(first), int(last)


@router.get("", responses=problems(404, 409, 422, 502, 503))
def search_features(
    workspace: TheWorkspace,
    q: Annotated[
        str | None, Query(max_length=MAX_QUERY, description="A few words or a sentence")
    ] = None,
    like: Annotated[
        list[str] | None,
        Query(max_length=MAX_LIKE, description="Instead: ids of features to find others like"),
    ] = None,
    k: Annotated[int, Query(ge=1, le=MAX_HITS, description="Hits at most")] = 20,
    sign: Annotated[Sign | None, Query(description="Only this one")] = None,
    layers: Annotated[
        str | None,
        Query(pattern=r"^[0-9]{1,6}:[0-9]{1,6}$", description="A:B, from A up to before B"),
    ] = None,
    min_score: Annotated[
        float | None, Query(allow_inf_nan=False, description="Least score of a description")
    ] = None,
    everything: Annotated[
        bool, Query(alias="all", description="Also what seems not to matter to a user")
    ] = False,
    output: Annotated[
        bool, Query(description="By what features promote, not by what they fire on")
    ] = False,
) -> SearchResult:
    """Features by meaning, best first, and how many each filter left out. Runs no model but the embedder."""
    return workspace.found(
        SearchAsked(
            text=q,
            like=tuple(FeatureId.parse(one) for one in like or ()),
            k=k,
            sign=sign,
            layers=_span(layers),
            min_score=min_score,
            everything=everything,
            output=output,
        )
    )


@router.post("/firing", responses=problems(404, 409, 413, 422, 503))
async def find_by_example(asker: Asker, asked: ExampleText) -> Fired:
    """The features that fire most on a text, over their tail quantiles. No description is needed for that."""
    wanted = SearchAsked(
        text=asked.text,
        k=asked.k,
        sign=asked.sign,
        layers=_span(asked.layers),
        min_score=asked.min_score,
        everything=asked.everything,
    )
    return await asker.result(firing.read, wanted)


@router.get("/{feature_id}", responses=problems(404, 409, 422, 503))
def read_feature(
    workspace: TheWorkspace,
    feature: Feature,
    exemplars: Annotated[int, Query(ge=0, le=MAX_EXEMPLARS, description="How many")] = 20,
) -> Card:
    """A feature's card: how often and how strongly it fires, on what, and what it writes. Runs no model."""
    return workspace.card(feature, exemplars)


@router.get("/{feature_id}/neighbours", responses=problems(404, 409, 422, 503))
def read_neighbours(
    workspace: TheWorkspace,
    feature: Feature,
    top: Annotated[int, Query(ge=1, le=MAX_NEIGHBOURS, description="How many")] = 10,
) -> Neighbours:
    """Features that have exemplars at the same tokens of the same texts. Runs no model."""
    return workspace.neighbours(feature, top)


@router.get("/{feature_id}/exemplars/{rank}", responses=problems(404, 409, 422, 503))
async def recompute_exemplar(
    asker: Asker, feature: Feature, rank: Annotated[int, Path(ge=0, lt=2**31)]
) -> ExactExemplar:
    """An exemplar with the exact activation at every token, computed anew by the model."""
    return await asker.result(tracing.recompute, ExemplarAsked(feature, rank))


@router.post("/{feature_id}/activations", responses=problems(404, 409, 413, 422, 503))
async def trace_text(asker: Asker, feature: Feature, asked: FeatureText) -> Traced:
    """The feature's activation at every token of a text, raw and over its tail quantile."""
    return await asker.result(tracing.read, TextAsked(feature, asked.text, asked.as_message))

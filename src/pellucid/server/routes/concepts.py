"""Concepts in words: the features that a text stands for."""

from typing import Annotated

from fastapi import APIRouter, Query

from pellucid.core.interventions import MAX_K
from pellucid.server.deps import TheWorkspace
from pellucid.server.description import problems
from pellucid.workspace import Concept, Direction

MAX_TEXT = 10_000

router = APIRouter(prefix="/concepts", tags=["concepts"])


@router.get("", responses=problems(404, 409, 422, 503))
def read_concept(
    workspace: TheWorkspace,
    text: Annotated[str, Query(min_length=1, max_length=MAX_TEXT)],
    direction: Annotated[
        Direction, Query(description="How many features, and at which strength, where not said")
    ] = "suppress",
    k: Annotated[
        int | None,
        Query(ge=1, le=MAX_K, description="How many units; default: by the direction"),
    ] = None,
    strength: Annotated[
        float | None, Query(allow_inf_nan=False, description="Multiple of each tail quantile")
    ] = None,
    quantile: Annotated[
        float | None, Query(gt=0, lt=0.5, description="Tail that strengths refer to; default 1e-5")
    ] = None,
) -> Concept:
    """The features that a text stands for, each with what it fires on and its first exemplar. Runs no model."""
    return workspace.concepts().find(
        text, direction, k=k, strength=strength, quantile=quantile, snippets=True
    )

"""The model under study."""

from fastapi import APIRouter

from pellucid.server.deps import TheWorkspace
from pellucid.server.errors import problem_of
from pellucid.server.schemas.subject import SubjectState

router = APIRouter(tags=["subject"])


@router.get("/subject")
async def subject(workspace: TheWorkspace) -> SubjectState:
    """What is loaded, or how far loading is."""
    loading = workspace.loading
    facts, failure = loading.facts, loading.failure
    return SubjectState(
        state=loading.state,
        progress=loading.progress,
        problem=problem_of(failure) if failure is not None else None,
        **(facts.model_dump() if facts is not None else {}),
    )

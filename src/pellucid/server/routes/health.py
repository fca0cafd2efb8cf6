"""Whether the server answers; needs no token."""

from fastapi import APIRouter

from pellucid._version import __version__
from pellucid.server.deps import TheWorkspace
from pellucid.server.schemas.health import Health

router = APIRouter(tags=["health"])


@router.get("/health")
async def health(workspace: TheWorkspace) -> Health:
    """The server is up; whether the model is, and how many wait for it."""
    state = workspace.loading.state
    return Health(
        status="ok" if state == "ready" else state,
        version=__version__,
        queue=workspace.line.waiting,
    )

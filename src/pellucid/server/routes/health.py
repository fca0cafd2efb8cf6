"""Whether the server answers; needs no token."""

from fastapi import APIRouter

from pellucid._version import __version__
from pellucid.server.deps import Client, TheWorkspace
from pellucid.server.description import problems
from pellucid.server.schemas.health import Health

router = APIRouter(tags=["health"])


@router.get("/health", responses=problems(422))
async def health(workspace: TheWorkspace, client: Client) -> Health:
    """The server is up; whether the model is, how many questions wait for it, and how many come before yours."""
    state = workspace.loading.state
    return Health(
        status="ok" if state == "ready" else state,
        version=__version__,
        queue=workspace.line.waiting,
        ahead=workspace.line.ahead_of(client),
    )

"""Whether the server answers; needs no token."""

from fastapi import APIRouter

from pellucid._version import __version__
from pellucid.server.schemas.health import Health

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> Health:
    """The server is up."""
    return Health(version=__version__)

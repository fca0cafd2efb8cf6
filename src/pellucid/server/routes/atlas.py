"""The atlas as a whole."""

from fastapi import APIRouter

from pellucid.atlas import Manifest
from pellucid.server.deps import TheWorkspace
from pellucid.server.description import problems

router = APIRouter(tags=["features"])


@router.get("/atlas", responses=problems(404, 409, 422, 503))
def atlas(workspace: TheWorkspace) -> Manifest:
    """What the atlas was made from: corpora with their licences, sizes, hashes, what storing rounded."""
    return workspace.needed_atlas().manifest

"""The journal itself."""

from fastapi import APIRouter

from pellucid.journal import JournalFacts
from pellucid.server.deps import TheWorkspace
from pellucid.server.description import problems

router = APIRouter(prefix="/journal", tags=["journal"])


@router.get("", responses=problems(507))
def read_journal(workspace: TheWorkspace) -> JournalFacts:
    """Where conversations are kept, how many there are, and how much room they take."""
    return workspace.journal.facts()

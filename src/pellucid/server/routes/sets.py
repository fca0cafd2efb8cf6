"""Sets of features under names. Plain functions, which FastAPI runs off the event loop."""

from fastapi import APIRouter

from pellucid.journal import FeatureSet
from pellucid.server.deps import Id, TheWorkspace
from pellucid.server.description import problems
from pellucid.server.schemas.sets import FeatureSetChange, NewFeatureSet

router = APIRouter(prefix="/sets", tags=["sets"])


@router.get("", responses=problems(507))
def list_sets(workspace: TheWorkspace) -> list[FeatureSet]:
    """Every set of features, by name."""
    return workspace.journal.sets.all()


@router.post("", status_code=201, responses=problems(422, 507))
def keep_set(workspace: TheWorkspace, asked: NewFeatureSet) -> FeatureSet:
    """Features kept under a name, which no other set may have."""
    return workspace.journal.sets.create(asked.name, asked.features, asked.note)


@router.patch("/{set_id}", responses=problems(404, 422, 507))
def change_set(workspace: TheWorkspace, set_id: Id, change: FeatureSetChange) -> FeatureSet:
    """Another name, other features, or another note."""
    return workspace.journal.sets.change(set_id, change.values())


@router.delete("/{set_id}", status_code=204, responses=problems(404, 507))
def delete_set(workspace: TheWorkspace, set_id: Id) -> None:
    """Forget a set; runs that were steered by its features stay as they are."""
    workspace.journal.sets.delete(set_id)

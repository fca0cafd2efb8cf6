"""Conversations. Plain functions, which FastAPI runs off the event loop."""

from fastapi import APIRouter

from pellucid.journal import ConversationDetail, ConversationSummary
from pellucid.server.deps import Id, TheWorkspace
from pellucid.server.description import problems
from pellucid.server.schemas.conversations import ConversationChange, NewConversation

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.get("", responses=problems(507))
def list_conversations(workspace: TheWorkspace) -> list[ConversationSummary]:
    """Every conversation, the one changed last first."""
    return workspace.journal.conversations.all()


@router.post("", status_code=201, responses=problems(422, 507))
def begin_conversation(workspace: TheWorkspace, asked: NewConversation) -> ConversationDetail:
    """An empty conversation."""
    return workspace.journal.conversations.create(asked.title or "", asked.system)


@router.get("/{conversation_id}", responses=problems(404, 507))
def read_conversation(workspace: TheWorkspace, conversation_id: Id) -> ConversationDetail:
    """A conversation with all its turns and the runs of each."""
    return workspace.journal.conversations.get(conversation_id)


@router.patch("/{conversation_id}", responses=problems(404, 422, 507))
def change_conversation(
    workspace: TheWorkspace, conversation_id: Id, change: ConversationChange
) -> ConversationDetail:
    """Another title, or another system message for the answers to come."""
    values = change.model_dump(include=change.model_fields_set)
    if values.get("title", "") is None:
        values["title"] = ""
    return workspace.journal.conversations.change(conversation_id, values)


@router.delete("/{conversation_id}", status_code=204, responses=problems(404, 507))
def delete_conversation(workspace: TheWorkspace, conversation_id: Id) -> None:
    """Forget a conversation; an answer being written to it stops."""
    workspace.journal.conversations.delete(conversation_id)

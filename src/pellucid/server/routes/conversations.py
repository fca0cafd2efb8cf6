"""Conversations. Plain functions, which FastAPI runs off the event loop."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from pellucid.journal import ConversationDetail, ConversationDocument, ConversationSummary
from pellucid.server.deps import Id, TheWorkspace
from pellucid.server.description import body_of, problems
from pellucid.server.imports import document_of
from pellucid.server.schemas.conversations import (
    ConversationChange,
    CopyRequest,
    NewConversation,
)

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.get("", responses=problems(422, 507))
def list_conversations(
    workspace: TheWorkspace,
    q: Annotated[
        str,
        Query(
            max_length=1_000,
            pattern=r"^[^\x00]*$",  # databases take NUL for the end of a text
            description="Only those with this text; case does not matter",
        ),
    ] = "",
) -> list[ConversationSummary]:
    """Conversations with a text in title, questions or replies, or all; the one changed last first."""
    return workspace.journal.conversations.all(q)


@router.post("", status_code=201, responses=problems(422, 507))
def begin_conversation(workspace: TheWorkspace, asked: NewConversation) -> ConversationDetail:
    """An empty conversation."""
    return workspace.journal.conversations.create(asked.title or "", asked.system)


@router.delete("", status_code=204, responses=problems(507))
def delete_conversations(workspace: TheWorkspace) -> None:
    """Forget every conversation in one step; answers being written stop."""
    workspace.journal.conversations.delete_all()


@router.post(
    "/import",
    status_code=201,
    responses=problems(413, 422, 507),
    openapi_extra=body_of(ConversationDocument),
)
def import_conversation(
    workspace: TheWorkspace, document: Annotated[ConversationDocument, Depends(document_of)]
) -> ConversationDetail:
    """A new conversation made of an exported document; what was being written then is stopped."""
    return workspace.journal.exchange.take_in(document)


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


@router.post("/{conversation_id}/copies", status_code=201, responses=problems(404, 422, 507))
def copy_conversation(
    workspace: TheWorkspace, conversation_id: Id, asked: CopyRequest
) -> ConversationDetail:
    """A new conversation with all turns before one of them, and their runs; what is being written is stopped in it."""
    return workspace.journal.copies.make(conversation_id, asked.before, asked.title)


@router.get(
    "/{conversation_id}/export",
    response_model=ConversationDocument,
    responses=problems(404, 507),
)
def export_conversation(workspace: TheWorkspace, conversation_id: Id) -> Response:
    """A conversation with every token of its runs as one document, which an import takes; sent as a file."""
    document = workspace.journal.exchange.export(conversation_id)
    name = f"conversation-{document.created_at:%Y-%m-%d-%H%M%S}.json"
    return Response(
        document.model_dump_json(),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

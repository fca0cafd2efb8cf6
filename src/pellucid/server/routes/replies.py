"""Replies, streamed."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from pellucid.server.deps import Client, Id, RequestId, TheWorkspace
from pellucid.server.description import problems, stream_of
from pellucid.server.schemas.replies import ReplyRequest, ReplyStreamEvent
from pellucid.server.sse import EventStream
from pellucid.workspace import ReplyAsked

router = APIRouter(prefix="/conversations", tags=["replies"])


@router.post(
    "/{conversation_id}/replies",
    status_code=200,
    response_class=EventStream,
    responses=stream_of(ReplyStreamEvent) | problems(404, 413, 422, 503, 507),
)
async def reply(
    workspace: TheWorkspace,
    client: Client,
    request_id: RequestId,
    conversation_id: Id,
    asked: ReplyRequest,
) -> EventStream:
    """Answer a conversation; closing the request stops the subject within one token."""
    await run_in_threadpool(workspace.journal.conversations.get, conversation_id)
    job = workspace.reply(
        client,
        ReplyAsked(
            conversation_id=conversation_id,
            content=asked.content,
            settings=asked.settings,
            interventions=asked.interventions,
            given=None if asked.start is None else asked.start.given(),
        ),
    )
    return EventStream(job, request_id)

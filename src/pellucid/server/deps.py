"""What routes ask for. Those that look nothing up are coroutines: plain functions wait for a thread."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Path, Request

from pellucid.server.errors import request_id_of
from pellucid.server.metrics import Metrics
from pellucid.server.results import result_of
from pellucid.workspace import Question, Workspace

Asked = TypeVar("Asked")
T = TypeVar("T")


async def _workspace(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


async def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


async def _client(
    request: Request,
    x_pellucid_client: Annotated[
        str | None,
        Header(description="Who asks, for fair turns; default: the address", max_length=64),
    ] = None,
) -> str:
    if x_pellucid_client is not None:
        return f"name {x_pellucid_client}"
    return f"address {request.client.host if request.client else ''}"


TheWorkspace = Annotated[Workspace, Depends(_workspace)]
TheMetrics = Annotated[Metrics, Depends(_metrics)]
Client = Annotated[str, Depends(_client)]
RequestId = Annotated[str | None, Depends(request_id_of)]
Id = Annotated[str, Path(max_length=64)]


def _run_id(workspace: TheWorkspace, run_id: Id) -> str:
    workspace.journal.runs.require(run_id)
    return run_id


RunId = Annotated[str, Depends(_run_id)]
"""The id of a run that there is: a wrong one is refused at once, not when its question's turn comes."""


@dataclass(frozen=True, slots=True)
class _Asker:
    """Whoever sent a request, asking the subject."""

    workspace: Workspace
    client: str
    request: Request

    async def result(self, question: Question[Asked, T], asked: Asked) -> T:
        """The question's one result; a client that goes away takes its question along.

        Raises:
            PellucidError: The line is full, or the question would not do.
        """
        return await result_of(self.workspace.ask(self.client, question, asked), self.request)


async def _asker(workspace: TheWorkspace, client: Client, request: Request) -> _Asker:
    return _Asker(workspace, client, request)


Asker = Annotated[_Asker, Depends(_asker)]

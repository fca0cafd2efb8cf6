"""What routes ask for."""

from typing import Annotated

from fastapi import Depends, Header, Path, Request

from pellucid.server.errors import request_id_of
from pellucid.server.metrics import Metrics
from pellucid.workspace import Workspace


def _workspace(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


def _client(
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

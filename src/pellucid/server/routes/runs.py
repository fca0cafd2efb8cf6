"""Runs, and questions about them, each under the run's own interventions."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from pellucid.core.records import Damage, Joint, Shift, Verification
from pellucid.journal import RunDetail
from pellucid.server.deps import Client, Id, RequestId, TheWorkspace
from pellucid.server.description import problems, stream_of
from pellucid.server.results import result_of
from pellucid.server.schemas.runs import (
    ActiveRequest,
    DamageRequest,
    JointRequest,
    RunFiringRequest,
    ShiftRequest,
    VerifyRequest,
    WhyRequest,
    WhyStreamEvent,
)
from pellucid.server.sse import EventStream
from pellucid.workspace import (
    ActiveAsked,
    ActiveSites,
    DamageAsked,
    FiringAsked,
    JointAsked,
    RunFiring,
    ShiftAsked,
    VerifyAsked,
    WhyAsked,
)

router = APIRouter(prefix="/runs", tags=["runs"])


@router.get("/{run_id}", responses=problems(404, 507))
def read_run(workspace: TheWorkspace, run_id: Id) -> RunDetail:
    """A run with every token the subject read and wrote."""
    return workspace.journal.runs.get(run_id)


@router.post(
    "/{run_id}/why",
    status_code=200,
    response_class=EventStream,
    responses=stream_of(WhyStreamEvent) | problems(404, 422, 503, 507),
)
async def why(
    workspace: TheWorkspace, client: Client, request_id: RequestId, run_id: Id, asked: WhyRequest
) -> EventStream:
    """What promoted a token: estimates at once, then measurements. Closing the request cancels."""
    await run_in_threadpool(workspace.journal.runs.get, run_id)
    job = workspace.why(client, WhyAsked(run_id=run_id, **asked.model_dump()))
    return EventStream(job, request_id)


@router.post("/{run_id}/active", responses=problems(404, 409, 422, 503, 507))
async def active(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: ActiveRequest
) -> ActiveSites:
    """The sites that stand out by their activation in a range of positions; with an atlas, by tail quantile."""
    job = workspace.active(client, ActiveAsked(run_id=run_id, **asked.model_dump()))
    return await result_of(job, request)


@router.post("/{run_id}/joint", responses=problems(404, 409, 422, 503, 507))
async def joint(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: JointRequest
) -> Joint:
    """What sites did for a token together: all set to 0 at once. Their single effects do not add up to it."""
    sites = tuple((site.id, site.pos) for site in asked.sites)
    job = workspace.joint(client, JointAsked(run_id, asked.pos, asked.contrast_id, sites))
    return await result_of(job, request)


@router.post("/{run_id}/firing", responses=problems(404, 409, 422, 503, 507))
async def firing(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: RunFiringRequest
) -> RunFiring:
    """Where features fire in the run: positions at which they reach a quarter of their tail quantile."""
    job = workspace.firing_in_run(client, FiringAsked(run_id, asked.features))
    return await result_of(job, request)


@router.post("/{run_id}/shift", responses=problems(404, 409, 422, 503, 507))
async def shift(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: ShiftRequest
) -> Shift:
    """How the distribution of the run's first own token differs from that of another run's, each as it was steered."""
    job = workspace.shift(client, ShiftAsked(run_id, asked.other))
    return await result_of(job, request)


@router.post("/{run_id}/verify", responses=problems(404, 409, 422, 503, 507))
async def verify(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: VerifyRequest
) -> Verification:
    """What suppressing features does to a token, beside random sets of the same make."""
    job = workspace.verify(client, VerifyAsked(run_id=run_id, **asked.model_dump()))
    return await result_of(job, request)


@router.post("/{run_id}/damage", responses=problems(404, 409, 422, 503, 507))
async def damage(
    workspace: TheWorkspace, client: Client, request: Request, run_id: Id, asked: DamageRequest
) -> Damage:
    """What the run's interventions do to neutral text, beside random features. Closing the request cancels."""
    job = workspace.damage(client, DamageAsked(run_id=run_id, **asked.model_dump()))
    return await result_of(job, request)

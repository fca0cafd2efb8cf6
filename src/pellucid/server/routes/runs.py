"""Runs, and questions about them, each under the run's own interventions."""

from fastapi import APIRouter

from pellucid.core.records import Damage, Joint, Shift, Verification
from pellucid.journal import RunDetail
from pellucid.server.deps import Asker, Client, Id, RequestId, RunId, TheWorkspace
from pellucid.server.description import problems, stream_of
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
    questions,
    run_firing,
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
    workspace: TheWorkspace, client: Client, request_id: RequestId, run_id: RunId, asked: WhyRequest
) -> EventStream:
    """What promoted a token: estimates at once, then measurements. Closing the request cancels."""
    question = WhyAsked(
        run_id=run_id,
        pos=asked.pos,
        contrast_id=asked.contrast_id,
        method=asked.method,
        top=asked.top,
        measure=asked.measure,
    )
    return EventStream(workspace.ask(client, questions.why, question), request_id)


@router.post("/{run_id}/active", responses=problems(404, 409, 422, 503, 507))
async def active(asker: Asker, run_id: RunId, asked: ActiveRequest) -> ActiveSites:
    """The sites that stand out by their activation in a range of positions; with an atlas, by tail quantile."""
    question = ActiveAsked(run_id, asked.start, asked.end, asked.top)
    return await asker.result(questions.active, question)


@router.post("/{run_id}/joint", responses=problems(404, 409, 422, 503, 507))
async def joint(asker: Asker, run_id: RunId, asked: JointRequest) -> Joint:
    """What sites did for a token together: all set to 0 at once. Their single effects do not add up to it."""
    sites = tuple((site.id, site.pos) for site in asked.sites)
    question = JointAsked(run_id, asked.pos, asked.contrast_id, sites)
    return await asker.result(questions.joint, question)


@router.post("/{run_id}/firing", responses=problems(404, 409, 422, 503, 507))
async def firing(asker: Asker, run_id: RunId, asked: RunFiringRequest) -> RunFiring:
    """Where features fire in the run: positions at which they reach a quarter of their tail quantile."""
    return await asker.result(run_firing.firing_in_run, FiringAsked(run_id, asked.features))


@router.post("/{run_id}/shift", responses=problems(404, 409, 422, 503, 507))
async def shift(asker: Asker, run_id: RunId, asked: ShiftRequest) -> Shift:
    """How the distribution of the run's first own token differs from that of another run's, each as it was steered."""
    return await asker.result(questions.shift, ShiftAsked(run_id, asked.other))


@router.post("/{run_id}/verify", responses=problems(404, 409, 422, 503, 507))
async def verify(asker: Asker, run_id: RunId, asked: VerifyRequest) -> Verification:
    """What suppressing features does to a token, beside random sets of the same make."""
    question = VerifyAsked(
        run_id=run_id,
        pos=asked.pos,
        contrast_id=asked.contrast_id,
        features=asked.features,
        positions=asked.positions,
        n=asked.n,
        match=asked.match,
    )
    return await asker.result(questions.verify, question)


@router.post("/{run_id}/damage", responses=problems(404, 409, 422, 503, 507))
async def damage(asker: Asker, run_id: RunId, asked: DamageRequest) -> Damage:
    """What the run's interventions do to neutral text, beside random features. Closing the request cancels."""
    return await asker.result(questions.damage, DamageAsked(run_id, asked.n, asked.seed))

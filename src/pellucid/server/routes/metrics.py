"""Metrics, as Prometheus reads them."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from pellucid.server.deps import TheMetrics
from pellucid.server.metrics import MEDIA_TYPE

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(metrics: TheMetrics) -> Response:
    """Requests, questions, tokens and replies since the start, in Prometheus's text format."""
    return Response(metrics.render(), media_type=MEDIA_TYPE)

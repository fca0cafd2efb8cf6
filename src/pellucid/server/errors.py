"""Every error as a problem document: one table from class to status."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from pellucid.core.errors import (
    Busy,
    ForeignStore,
    InvalidRequest,
    NotFound,
    PellucidError,
    StoreFailed,
    StoreMismatch,
    TooLarge,
    UnparseableReply,
    Unsupported,
    UpstreamFailed,
)
from pellucid.server.logs import where
from pellucid.server.schemas.problems import Problem

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_LONGEST = 60
"""Characters of a field's name that are shown; it may be anything where it is no field."""
STATUS: dict[type[PellucidError], HTTPStatus] = {
    InvalidRequest: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    Unsupported: HTTPStatus.UNPROCESSABLE_ENTITY,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UpstreamFailed: HTTPStatus.BAD_GATEWAY,
    UnparseableReply: HTTPStatus.BAD_GATEWAY,
    StoreFailed: HTTPStatus.INSUFFICIENT_STORAGE,
    StoreMismatch: HTTPStatus.CONFLICT,
    ForeignStore: HTTPStatus.CONFLICT,
}
"""Checked against the tree in `core/errors.py` by `tests/unit/server/test_errors.py`."""

CODE_OF_STATUS = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}


def problem_of(error: Exception, request_id: str | None = None) -> Problem:
    """The problem document of any error; an unexpected one keeps its internals to the log."""
    if not isinstance(error, PellucidError):
        return _unexpected(error, request_id)
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return _problem(
        status,
        error.code,
        (error.what, error.why, error.instead),
        request_id=request_id,
        retry_after_s=error.retry_after_s if isinstance(error, Busy) else None,
    )


def problem_of_status(
    status: int, what: str, instead: str = "", request_id: str | None = None
) -> Problem:
    """The problem document of a refusal by HTTP itself."""
    code = CODE_OF_STATUS.get(status, "invalid_request")
    return _problem(HTTPStatus(status), code, (what, "", instead), request_id=request_id)


def respond(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as a response."""
    headers = dict(headers or {})
    if problem.retry_after_s is not None:
        headers["Retry-After"] = f"{max(1, round(problem.retry_after_s))}"
    return Response(
        problem.model_dump_json(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""

    async def known(request: Request, error: Exception) -> Response:
        return respond(problem_of(error, request_id_of(request)))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = InvalidRequest(
            "the request is not as described",
            why=_reasons(error.errors()),
            instead="see /api/openapi.json",
        )
        return respond(problem_of(found, request_id_of(request)))

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that is no JSON at all
            unreadable = InvalidRequest("the request's body cannot be read", instead="send JSON")
            return respond(problem_of(unreadable, request_id_of(request)))
        what = f"{request.method} {request.url.path}: {error.detail}"
        problem = problem_of_status(error.status_code, what, request_id=request_id_of(request))
        return respond(problem, dict(error.headers or {}))

    app.add_exception_handler(PellucidError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused)


def request_id_of(request: Request) -> str | None:
    """The id that the guard gave the request."""
    return request.scope.get("pellucid_request_id")


def _unexpected(error: Exception, request_id: str | None) -> Problem:
    # Its message may hold what a person wrote: only its type and where it arose are logged.
    places = "\n".join(where(error.__traceback__))
    _log.error("unexpected %s, request %s\n%s", type(error).__name__, request_id, places)
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        (
            "something went wrong that should not",
            "this is a mistake in Pellucid, and the server goes on",
            f"look for request {request_id} in the server's log, and report it",
        ),
        request_id=request_id,
    )


def _problem(
    status: HTTPStatus,
    code: str,
    words: tuple[str, str, str],
    *,
    request_id: str | None,
    retry_after_s: float | None = None,
) -> Problem:
    what, why, instead = words
    return Problem(
        type=f"urn:pellucid:error:{code}",
        title=status.phrase,
        status=status,
        code=code,
        detail="; ".join(part for part in words if part),
        what=what,
        why=why,
        instead=instead,
        retry_after_s=retry_after_s,
        request_id=request_id,
    )


def _reasons(errors: Sequence[Any]) -> str:
    """Where and why, without repeating what was sent."""
    shown = [
        f"{'.'.join(str(part)[:_LONGEST] for part in error['loc'][1:]) or error['loc'][0]}: {error['msg']}"
        for error in errors[:3]
    ]
    more = len(errors) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")

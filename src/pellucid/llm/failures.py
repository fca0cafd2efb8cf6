"""What an endpoint's failures are called here."""

from typing import TYPE_CHECKING, Any

from pellucid.core.errors import InvalidRequest, PellucidError, UnparseableReply, UpstreamFailed
from pellucid.core.pages import page_title

if TYPE_CHECKING:
    from openai import OpenAIError

_SETTINGS = "check PELLUCID_LLM_BASE_URL, PELLUCID_LLM_MODEL and PELLUCID_LLM_API_KEY"
_URL = "check PELLUCID_LLM_BASE_URL: for most servers it ends in /v1"
_LONGEST = 300


def mapped(name: str, error: "OpenAIError") -> PellucidError:
    """An error of the client, as one of ours."""
    from openai import (
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        NotFoundError,
        PermissionDeniedError,
        UnprocessableEntityError,
    )

    if isinstance(error, APIStatusError):
        page = page_title(error.response.text)
        if page is not None:
            return _web_page(name, page)
    why = _first_line(str(error))
    if isinstance(error, NotFoundError):
        return InvalidRequest(f"{name} is not there", why=why, instead=_SETTINGS)
    if isinstance(error, BadRequestError | UnprocessableEntityError):
        return InvalidRequest(f"{name} does not take the question", why=why)
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        return UpstreamFailed(f"{name} refuses the key", why=why, instead=_SETTINGS)
    if isinstance(error, APITimeoutError):
        return UpstreamFailed(
            f"{name} did not answer in time", why=why, instead="raise PELLUCID_LLM_TIMEOUT_S"
        )
    return UpstreamFailed(f"{name} did not answer", why=why, instead=_SETTINGS)


def unreadable(name: str, raw: Any) -> PellucidError:
    """An answer that is not what it must be: a web page, a piece of JSON, something else."""
    text = raw if isinstance(raw, str) else repr(raw)
    page = page_title(text)
    if page is not None:
        return _web_page(name, page)
    return UnparseableReply(f"the answer of {name} cannot be read", text[:1000])


def no_answer(name: str, raw: Any) -> None:
    """Refusals and empty replies.

    Raises:
        UnparseableReply: The model refuses, or says nothing.
    """
    try:
        choice = raw["choices"][0]
        message, reason = choice.get("message"), choice.get("finish_reason")
    except (LookupError, TypeError, AttributeError):
        return
    if not isinstance(message, dict):
        return
    refusal = message.get("refusal")
    if refusal or reason == "content_filter":
        raise UnparseableReply(f"{name} refuses to answer", str(refusal or reason)[:1000])
    if message.get("content") in (None, ""):
        raise UnparseableReply(f"{name} says nothing", str(reason))


def _web_page(name: str, title: str) -> UpstreamFailed:
    return UpstreamFailed(
        f"{name} answers with a web page", why=f"its title: {title}", instead=_URL
    )


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason is given"])[0][:_LONGEST]

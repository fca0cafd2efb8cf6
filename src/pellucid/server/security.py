"""Who may ask: Host and Origin, the token, the size of a body, and what every answer carries.

Loopback needs no token, but a page elsewhere must not reach it through the reader's browser: the
Host header must name this machine (against DNS rebinding) and an Origin must be our own.
"""

import hashlib
import ipaddress
import logging
import secrets
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pellucid.core.errors import InvalidRequest, TooLarge
from pellucid.core.settings import Settings
from pellucid.server.bodies import read, replay
from pellucid.server.errors import problem_of, problem_of_status, respond
from pellucid.server.metrics import Metrics

_log = logging.getLogger("pellucid.requests")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # positions of popovers and widths of bars
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_OPEN_PATHS = frozenset({"/api/health"})
_IMPORT_PATH = "/api/conversations/import"
_ASKS_FOR_TOKEN = "This page asks for its token: open the address `pellucid up` printed.\n"
_COOKIE_AGE_S = 30 * 24 * 3600


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_exposure(settings: Settings) -> None:
    """Refuse to serve other machines without a token.

    Raises:
        InvalidRequest: `host` is not loopback and `token` is unset.
    """
    if settings.token is None and not is_loopback(settings.host):
        raise InvalidRequest(
            f"host {settings.host} can be reached from other machines",
            why="whoever reaches it reads every conversation",
            instead="set PELLUCID_TOKEN, or serve on 127.0.0.1",
        )


class Guard:
    """ASGI middleware around everything the server says."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        """Around `app`, for the addresses, the token and the limits of `settings`."""
        self._app = app
        self._metrics = metrics
        self._limit = settings.max_body_bytes
        self._import_limit = settings.max_import_bytes
        self._token = settings.token
        self._hosts = _hosts_of(settings.host)
        self._pass = _digest(settings.token or "")
        self._cookie = f"pellucid-{_digest(self._pass)[:8]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope["pellucid_request_id"] = secrets.token_hex(8)
        started = time.monotonic()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            await self._admit(scope, receive, answer)
        except Exception as error:  # the route's edge: nothing unexpected reaches the socket
            problem = problem_of(error, request_id)
            if status == 0:
                await respond(problem)(scope, receive, answer)
        finally:
            seconds = time.monotonic() - started
            self._metrics.answered(scope, status, seconds)
            _log.info(
                "request",
                extra={
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "seconds": round(seconds, 4),
                },
            )

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refusal = self._refuse_stranger(scope, headers) or self._refuse_unknown(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        limit = self._import_limit if scope["path"] == _IMPORT_PATH else self._limit
        try:
            body = await read(headers, receive, limit)
        except TooLarge as error:
            problem = problem_of(error, scope["pellucid_request_id"])
            await respond(problem, {"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, replay(body, receive), send)

    def _refuse_stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """A Host that is not ours, or a page that is not."""
        host = headers.get("host", "")
        request_id = scope["pellucid_request_id"]
        if self._hosts and _name_of(host) not in self._hosts:
            what = f"this server does not go by the name {host[:100]!r}"
            instead = f"use {', '.join(sorted(self._hosts))}"
            return respond(problem_of_status(403, what, instead, request_id))
        origin = headers.get("origin")
        elsewhere = origin is not None and _place_of(origin) != host.lower()
        site = headers.get("sec-fetch-site", "none")
        if scope["path"].startswith("/api/"):
            elsewhere = elsewhere or site in ("cross-site", "same-site")
        if elsewhere:
            what = "another site's page asked"
            return respond(problem_of_status(403, what, "open the page here", request_id))
        return None

    def _refuse_unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Whoever does not have the token; `?token=` turns into a cookie, once."""
        if self._token is None or scope["path"] in _OPEN_PATHS:
            return None
        is_page = not scope["path"].startswith("/api/")
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if is_page and _same(dict(query).get("token", ""), self._token):
            return self._let_in(scope, query)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self._token):
            return None
        if _same(_cookies(headers).get(self._cookie, ""), self._pass):
            return None
        if is_page:
            return PlainTextResponse(_ASKS_FOR_TOKEN, 401)
        what, instead = "this server asks for its token", "send it as Authorization: Bearer"
        problem = problem_of_status(401, what, instead, scope["pellucid_request_id"])
        return respond(problem, {"WWW-Authenticate": "Bearer"})

    def _let_in(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """The same page without the token in its address, which a cookie replaces."""
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        # A path that begins with two slashes would name another host.
        path = "/" + scope["path"].lstrip("/\\")
        response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        response.set_cookie(
            self._cookie,
            self._pass,
            max_age=_COOKIE_AGE_S,
            httponly=True,
            samesite="lax",
            secure=scope["scheme"] == "https",
        )
        return response


def _hosts_of(host: str) -> frozenset[str]:
    """Names this server goes by; empty where it listens everywhere and only the token guards."""
    if host in ("0.0.0.0", "::", ""):
        return frozenset()
    own = host.strip("[]").lower()
    return _LOOPBACK_NAMES | {own} if is_loopback(host) else frozenset({own})


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _place_of(origin: str) -> str:
    """The name and port of an Origin header."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(f"pellucid {text}".encode()).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _dress(headers: MutableHeaders, path: str, request_id: str) -> None:
    for name, value in _ALWAYS.items():
        headers[name] = value
    headers["X-Request-Id"] = request_id
    if path.startswith("/assets/"):
        caching = "public, max-age=31536000, immutable"  # their names hold a hash
    else:
        caching = "no-store" if path.startswith("/api/") else "no-cache"
    headers.setdefault("Cache-Control", caching)

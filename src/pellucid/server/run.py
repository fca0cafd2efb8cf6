"""What `pellucid up` does: one process that serves until it is told to stop."""

import logging
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from urllib.parse import urlencode

import uvicorn

from pellucid.core.errors import InvalidRequest
from pellucid.core.settings import Settings
from pellucid.server import logs
from pellucid.server.app import create_app
from pellucid.server.security import is_loopback
from pellucid.workspace import Workspace

_log = logging.getLogger(__name__)
GRACE_S = 5
"""How long open connections may take to end once the server was told to stop."""


def serve(
    settings: Settings,
    *,
    model: str = "bundled",
    open_browser: bool = True,
    announce: Callable[[str], None] = _log.info,
) -> None:
    """Serve the interface and the API until interrupted, then stop answering and end in order.

    Args:
        settings: Where to listen, port 0 picks a free one; and from which level up to log.
        model: `bundled`, a directory, or a hub id.
        open_browser: Open the page once it answers.
        announce: Gets the page's address, its token included, once it answers.

    Raises:
        InvalidRequest: The address cannot be listened on.
        StoreFailed: The journal cannot be opened.
        StoreMismatch: The journal is damaged or from a newer version.
    """
    logs.configure(settings.log_level)
    settings = with_token(settings)
    with listen(settings.host, settings.port) as listener:
        workspace = Workspace.open(settings, model=model)
        url = address(settings, listener.getsockname()[1])

        def ready() -> None:
            announce(url)
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

        server = Server(settings, workspace, ready)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn raises it again once everything has ended
            _log.info("interrupted")


class Server(uvicorn.Server):
    """uvicorn, that tells when it answers and lets go of the model before connections."""

    def __init__(
        self, settings: Settings, workspace: Workspace, ready: Callable[[], None] = lambda: None
    ) -> None:
        """Serve `workspace`; `ready` is called once connections are accepted."""
        config = uvicorn.Config(
            create_app(settings, workspace),
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        super().__init__(config)
        self._workspace = workspace
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End every stream, then wait for the connections."""
        self._workspace.stop_answering(wait=False)
        await super().shutdown(sockets)


def with_token(settings: Settings) -> Settings:
    """The settings, with a fresh token where other machines reach the server and none is set."""
    if settings.token is not None or is_loopback(settings.host):
        return settings
    return settings.model_copy(update={"token": secrets.token_urlsafe(32)})


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 picks a free one.

    Raises:
        InvalidRequest: The port is taken, or the host is not this machine's.
    """
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((name, port))
    except OSError as error:
        listener.close()
        raise InvalidRequest(
            f"{host}:{port} cannot be listened on",
            why=error.strerror or type(error).__name__,
            instead="choose another --port, or leave it out for a free one",
        ) from error
    return listener


def address(settings: Settings, port: int) -> str:
    """Where a browser on this machine finds the page, with the token where there is one."""
    host = settings.host.strip("[]")
    if host in ("0.0.0.0", "::", ""):
        host = "127.0.0.1"
    name = f"[{host}]" if ":" in host else host
    query = f"?{urlencode({'token': settings.token})}" if settings.token is not None else ""
    return f"http://{name}:{port}/{query}"

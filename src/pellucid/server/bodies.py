"""Request bodies: read whole, up to a limit, before anything else looks at them."""

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from pellucid.core.errors import TooLarge


async def read(headers: Headers, receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        TooLarge: It is larger than `limit` bytes, or does not say honestly how large it is.
    """
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return b""
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        raise _too_large(limit + 1, limit)
    if int(length) > limit:
        raise _too_large(int(length), limit)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise _too_large(len(body), limit)
    return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """`receive` for the app: the body that was read, then whatever comes, such as a disconnect."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


def _too_large(needed: int, limit: int) -> TooLarge:
    what = "the request's body is too large, in bytes"
    return TooLarge(what, needed, limit, instead="send less at once")

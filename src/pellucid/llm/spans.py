"""Where tokens stand in a text, although some of them hold only part of a character."""

from collections.abc import Sequence

_PIECES = str.maketrans({"▁": " ", "Ġ": " ", "Ċ": "\n", "ĉ": "\t"})
_WINDOW = 12
"""Characters that tokens of broken characters may take up together."""


def plain(token: str) -> str:
    """A token's text where a server sends it as its vocabulary writes it."""
    return token.translate(_PIECES)


def starts_from_end(tokens: Sequence[str], text: str) -> list[tuple[int, int]]:
    """(token, first character) of the tokens that end with `text`, in order; the first may begin before it (below 0).

    Tokens with a broken character are placed by their neighbours.
    """
    found: list[tuple[int, int]] = []
    end = len(text)
    for i in range(len(tokens) - 1, -1, -1):
        if end <= 0:
            break
        token = tokens[i]
        if not token:
            continue
        at = _last(token, text, end)
        if at is None:  # part of a character, or something that the server adds
            continue
        found.append((i, at))
        end = at
    return found[::-1]


def _last(token: str, text: str, end: int) -> int | None:
    if text.endswith(token, 0, end):
        return end - len(token)
    if len(token) > end and token.endswith(text[:end]):
        return end - len(token)
    if "\ufffd" in token:
        return None
    at = text.rfind(token, max(0, end - _WINDOW - len(token)), end)
    return None if at < 0 else at

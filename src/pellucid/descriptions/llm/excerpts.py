"""Sequences as language models see them: texts with the pieces at which a feature fires between braces."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32

from pellucid.descriptions.material import Texts
from pellucid.descriptions.tokens import Reader

OPEN, CLOSE = "{{", "}}"
LEVELS = (0.6, 0.4, 0.25, 0.1)
"""Shares of the peak from which on a piece is marked; a lower one where a higher one marks nothing."""
BEFORE, BEHIND = 32, 12
"""Pieces shown before and behind the strongest."""


def pieces(reader: Reader, texts: Texts, row: int) -> list[str]:
    """The texts of a sequence's tokens."""
    n = len(reader.texts)
    return [reader.texts[i % n] for i in texts.reading[row, : texts.stop[row]].tolist()]


def harmless(text: str) -> str:
    """Without what could be taken for marks of ours, or for the control tokens of a chat."""
    for sign in (OPEN, CLOSE, "<|", "|>"):
        text = text.replace(sign, f"{sign[0]} {sign[1]}")
    return text


def marked(y: Float32[np.ndarray, " pos"], peak: float) -> Bool[np.ndarray, " pos"]:
    """Where the feature fires, by a threshold relative to its peak, lowered until there is something."""
    for level in LEVELS:
        found = y >= level * peak
        if found.any():
            return found
    return (y > 0) & (y == y.max(initial=0))


def excerpt(
    texts: Sequence[str], marks: Bool[np.ndarray, " pos"], centre: int | None = None
) -> str:
    """One line; marked neighbours share their braces, and white space stays outside of them."""
    begin, end = 0, len(texts)
    if centre is not None:
        begin, end = max(0, centre - BEFORE), min(end, centre + BEHIND + 1)
    parts: list[str] = []
    i = begin
    while i < end:
        j = i + 1
        while j < end and marks[j] == marks[i]:
            j += 1
        span = harmless("".join(texts[i:j]))
        parts.append(_braced(span) if marks[i] else span)
        i = j
    return " ".join("".join(parts).replace("\n", " ⏎ ").split())


def _braced(span: str) -> str:
    if not span.strip():
        shown = span.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣")
        return f"{OPEN}{shown}{CLOSE}"
    lead = span[: len(span) - len(span.lstrip())]
    tail = span[len(span.rstrip()) :]
    return f"{lead}{OPEN}{span.strip()}{CLOSE}{tail}"

"""What people see of a conversation: its tokens, the one explained, and how a reply went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from pellucid.cli.text import count, percent, quoted, share, signed
from pellucid.core.records import Alternative, Target, Token, Touched

if TYPE_CHECKING:
    from pellucid.features import Sae

BEFORE, AFTER = 120, 10
"""Tokens shown around the one explained."""


def conversation(tokens: Sequence[Token], at: int, width: int) -> RenderableType:
    """Every token around position `at` with its position, a line or more for each turn."""
    start, stop = max(0, at - BEFORE), min(len(tokens), at + AFTER)
    parts: list[RenderableType] = []
    if start > 0:
        parts.append(Text(f"… {count(start, 'token')} before", "dim"))
    turn: list[Token] = []
    for token in tokens[start:stop]:
        if turn and turn[-1].role != token.role:
            parts += _turn(turn, at, width)
            turn = []
        turn.append(token)
    parts += _turn(turn, at, width) if turn else []
    if stop < len(tokens):
        parts.append(Text(f"… {count(len(tokens) - stop, 'token')} after", "dim"))
    return Group(*parts, Text())


def _turn(tokens: Sequence[Token], at: int, width: int) -> list[Text]:
    """A turn as lines, broken between tokens; the role stands before the first."""
    margin = 11
    lines = [Text(f"{tokens[0].role:<{margin}}", "bold", no_wrap=True)]
    room = width - margin
    for token in tokens:
        chip = Text(f"{token.pos} ", "dim")
        style = "reverse" if token.pos == at else "dim" if token.marker else ""
        chip.append(quoted(token.text), style)
        size = cell_len(chip.plain) + 2
        if size - 2 > room and room < width - margin:
            lines.append(Text(" " * margin, no_wrap=True))
            room = width - margin
        lines[-1].append_text(chip).append("  ")
        room -= size
    for line in lines:
        line.rstrip()
    return lines


def target(
    token: Target, contrast: Target | None, alternatives: Sequence[Alternative]
) -> RenderableType:
    """The target with its probability, what it is compared with, and what else might have come."""
    line = Text.assemble(
        (quoted(token.text), "bold"),
        f" at {token.pos}: {percent(token.logprob)}, log p {token.logprob:.3f}",
    )
    if contrast is not None:
        line.append(" rather than ").append(quoted(contrast.text), "bold")
        line.append(f": {percent(contrast.logprob)}, log p {contrast.logprob:.3f}")
        line.append(f"; difference {signed(token.logprob - contrast.logprob)} nats")
    parts = [line]
    if token.tokens:
        each = "  ".join(f"{quoted(t.text)} {percent(t.logprob)}" for t in token.tokens)
        parts.append(Text(f"  its tokens   {each}", "dim"))
    others = [a for a in alternatives if a.id != token.id]
    if others:
        each = "  ".join(f"{quoted(a.text)} {percent(a.logprob)}" for a in others)
        parts.append(Text(f"  other tokens {each}", "dim"))
    return Group(*parts, Text())


def source(found: "Sae | None") -> list[Text]:
    """What the ids are of, where they are not the subject's neurons."""
    if found is None:
        return []
    layers = ", ".join(map(str, found.layers))
    what = f"{count(found.n_units, 'latent')} of a {found.kind} SAE after layer {layers}"
    return [Text(f"{found.name}: {what}", "dim")]


def touched(found: Touched | None) -> list[Text]:
    """How much the interventions name; nothing without any."""
    return [] if found is None else [Text(_touched(found), "dim")]


def _touched(found: Touched) -> str:
    return f"under interventions on {count(found.neurons, 'unit')}, {share(found.share)} of all"


def reply(n: int, seconds: float, finish: str | None, found: Touched | None) -> Text:
    """How a reply went."""
    ends = {"end": "ended by itself", "length": "cut off at the length asked for"}
    speed = f"{n / seconds:,.1f} tokens/s" if seconds > 0 and n > 1 else ""
    under = "" if found is None else _touched(found)
    parts = (count(n, "token"), ends.get(finish or "", ""), speed, under)
    return Text(", ".join(part for part in parts if part), "dim")


def babbling() -> Text:
    """Said where a steered reply repeats itself."""
    return Text(
        "The reply repeats itself: the steering may be too strong. Lower --strength or --k; --damage measures it.",
        "dim",
    )

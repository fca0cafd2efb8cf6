"""Marks for quantities: signed bars and intervals, with zero in the middle. Shape tells what colour does too."""

import math

from rich.text import Text

FILLED, HOLLOW = "█", "░"
"""Measured, and estimated."""
MORE, LESS = "cyan", "dark_orange"
"""Styles of what promotes the target, and of what works against it."""
_LEFT_HALF, _RIGHT_HALF = "▌", "▐"


def tone(value: float) -> str:
    """The style of a signed number."""
    return MORE if value > 0 else LESS if value < 0 else ""


def bar(value: float, scale: float, width: int, *, measured: bool) -> Text:
    """A bar from the middle of `width` cells; `scale` is what fills a side.

    A value too small for half a cell leaves the bar empty.
    """
    side = (width - 1) // 2
    halves = min(round(2 * side * abs(value) / scale), 2 * side) if scale > 0 else 0
    block = FILLED if measured else HOLLOW
    whole, half = divmod(halves, 2)
    if not measured:  # there is no hollow half
        whole, half = math.ceil(halves / 2), 0
    up = value > 0
    edge = (_LEFT_HALF if up else _RIGHT_HALF) * half
    drawn = block * whole + edge if up else edge + block * whole
    left, right = ("", drawn) if up else (drawn, "")
    text = Text(no_wrap=True)
    text.append(left.rjust(side), LESS)
    text.append("│", "dim")
    text.append(right.ljust(side), MORE)
    return text


def interval(value: float, low: float, high: float, scale: float, width: int) -> Text:
    """A band from `low` to `high` and a dot at `value`, on an axis from `-scale` to `scale`."""
    side = (width - 1) // 2

    def cell(x: float) -> int:
        share = max(-1.0, min(1.0, x / scale)) if scale > 0 else 0.0
        return side + round(side * share)

    cells = [" "] * (2 * side + 1)
    cells[side] = "│"
    for i in range(cell(low), cell(high) + 1):
        cells[i] = "┼" if i == side else "─"
    dot = cell(value)
    cells[dot] = "●"
    text = Text("".join(cells), no_wrap=True)
    text.stylize("dim")
    text.stylize(f"not dim {tone(value)}".strip(), dot, dot + 1)
    return text

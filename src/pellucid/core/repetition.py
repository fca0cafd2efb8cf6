"""How much a reply repeats itself: one number, the same for the damage meter, the command line and the page."""

from collections.abc import Sequence

GRAM = 3
BABBLING = 0.5
"""Share of repeated runs from which a reply is said to babble."""
SHORT = 24
"""Tokens up to which repetition says little."""


def repeated(ids: Sequence[int], gram: int = GRAM) -> float:
    """The share of runs of `gram` ids that occurred earlier; 0 where there are none."""
    runs = [tuple(ids[i : i + gram]) for i in range(len(ids) - gram + 1)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def babbles(ids: Sequence[int]) -> bool:
    """Whether half of what was written had been written before."""
    return len(ids) > SHORT and repeated(ids) >= BABBLING

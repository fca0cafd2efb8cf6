"""Answers that take several forward passes, in steps: between two of them the work can be left."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")


def finished(steps: Generator[None, None, T]) -> T:
    """The answer, with all its steps taken."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value

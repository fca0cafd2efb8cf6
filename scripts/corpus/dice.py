"""Choices that are the same in every version of Python: only `random.random` is, so all rest on it."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of choices."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[self.number(0, len(values) - 1)]

    def some(self, values: Sequence[T], k: int) -> list[T]:
        """`k` different ones of the values, in any order."""
        left = list(values)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(k)]

    def chance(self, p: float) -> bool:
        """Yes, with probability `p`."""
        return self._random.random() < p

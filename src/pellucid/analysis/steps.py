"""Answers that take several forward passes, in steps: between two of them the work can be left.

`x_stepwise` pauses after every pass, at which it can be closed; `x = whole(x_stepwise)` is the same function without.
"""

import inspect
from collections.abc import Callable, Generator
from functools import wraps
from typing import ParamSpec, TypeVar, get_args

P = ParamSpec("P")
T = TypeVar("T")


def whole(stepwise: Callable[P, Generator[None, None, T]]) -> Callable[P, T]:
    """The function that takes all steps at once, with the same arguments and documentation."""

    @wraps(stepwise)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        return finished(stepwise(*args, **kwargs))

    name, signature = stepwise.__name__.removesuffix("_stepwise"), inspect.signature(stepwise)
    answer.__name__ = answer.__qualname__ = name
    vars(answer)["__signature__"] = signature.replace(
        return_annotation=get_args(signature.return_annotation)[2]
    )
    return answer


def finished(steps: Generator[None, None, T]) -> T:
    """The answer, with all its steps taken."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value

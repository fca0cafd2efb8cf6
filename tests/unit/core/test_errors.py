"""Every error is one line for people, and has a code of its own."""

import pytest

from pellucid.core import errors
from pellucid.core.errors import (
    Busy,
    InvalidRequest,
    PellucidError,
    StoreMismatch,
    TooLarge,
    UnparseableReply,
    Unsupported,
)

CLASSES = [
    cls
    for cls in vars(errors).values()
    if isinstance(cls, type) and issubclass(cls, PellucidError) and cls is not PellucidError
]


def test_codes_are_distinct() -> None:
    assert len({cls.code for cls in CLASSES}) == len(CLASSES)


def test_the_tree_that_is_drawn_is_the_tree() -> None:
    drawn = errors.__doc__ or ""
    assert all(f"── {cls.__name__} " in drawn for cls in CLASSES)
    assert drawn.count("──") == len(CLASSES)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InvalidRequest("a"), "a"),
        (InvalidRequest("a", why="b"), "a; b"),
        (InvalidRequest("a", instead="c"), "a; c"),
        (Unsupported("a", "b", "c"), "a; b; c"),
        (Busy("a", 2.4), "a; try again in 2 s"),
        (TooLarge("a", 1234, 1000, "c"), "a; 1,234 needed, 1,000 is the limit; c"),
        (StoreMismatch("a", found="x", wanted="y"), "a; found x, wanted y"),
        (UnparseableReply("a", raw="<html>"), "a"),
    ],
)
def test_an_error_says_what_why_and_what_instead(error: PellucidError, words: str) -> None:
    assert str(error) == words

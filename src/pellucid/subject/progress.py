"""How far something slow has come."""

from typing import NamedTuple


class Progress(NamedTuple):
    """One step of loading a subject; `total` is 0 where it is not known."""

    stage: str
    done: int
    total: int
    unit: str
    detail: str = ""

"""A sentence and a text as one row of ids, and where in it each of the text's own tokens ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Int64

BEFORE, BETWEEN = "It fires on: ", "\n\nText:\n"


@dataclass(frozen=True)
class Row:
    """One sentence and one text."""

    ids: list[int]
    at: Int64[np.ndarray, " piece"]
    """Of every piece, the place in `ids` at which it has been read whole."""


def read(tokenizer: Any, sentence: str, pieces: Sequence[str]) -> Row:
    """The pieces are another tokenizer's tokens: they are found by their characters."""
    head = tokenizer(f"{BEFORE}{sentence}{BETWEEN}", add_special_tokens=False)["input_ids"]
    split = tokenizer("".join(pieces), add_special_tokens=False, return_offsets_mapping=True)
    token_ends = np.array([end for _, end in split["offset_mapping"]], np.int64)
    ends = np.cumsum([len(piece) for piece in pieces], dtype=np.int64)
    at = np.searchsorted(token_ends, ends)
    return Row([*head, *split["input_ids"]], len(head) + np.minimum(at, len(token_ends) - 1))

"""Cosines between a query and every text of an index, exactly; over threads where there are many."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Float32

from pellucid.atlas.index import IndexFolder, Texts

_PARALLEL_FROM = 20_000
"""Rows from which on threads are worth their start."""
_MOST_THREADS = 8


class Cosines(NamedTuple):
    """Between a query and every text."""

    told: Float32[np.ndarray, " text"]
    peaks: Float32[np.ndarray, " text"] | None


@dataclass(frozen=True)
class Comparison:
    """Compares queries with the texts of one index. Safe to use from several threads."""

    folder: IndexFolder

    def cosines(
        self, query: Float32[np.ndarray, " dim"], told: Texts, peaks: Texts | None
    ) -> Cosines:
        """With every text of `told`, and with every one of `peaks`; `query` has length 1 and the index's dimensions.

        Raises:
            StoreMismatch: The index is damaged.
        """
        from pellucid.atlas.loops import MAX_QUERY, dots, largest

        rows, scale = self.folder.parts
        unit = np.float32(max(float(np.abs(query).max(initial=0)), 1e-9) / MAX_QUERY)
        ints = np.rint(query / unit).astype(np.int16)
        of_part = np.empty(len(rows), np.float32)
        self._shared(len(rows), lambda at: dots(rows[at], scale[at], ints, unit, of_part[at]))
        if peaks is None:
            return Cosines(self._of_texts(told, of_part), None)
        senses = self.folder.senses
        of_word = np.empty(len(senses.start) - 1, np.float32)
        largest(of_part, *senses, of_word)
        return Cosines(self._of_texts(told, of_part), self._of_texts(peaks, of_word))

    def _of_texts(
        self, texts: Texts, of_part: Float32[np.ndarray, " part"]
    ) -> Float32[np.ndarray, " text"]:
        from pellucid.atlas.loops import combined

        out = np.empty(texts.n_texts, np.float32)
        start, part, weight = texts.start, texts.part, texts.weight
        self._shared(
            len(out),
            lambda at: combined(of_part, start[at.start : at.stop + 1], part, weight, out[at]),
        )
        return out

    def _shared(self, n_rows: int, fill: Callable[[slice], None]) -> None:
        """The rows divided between threads, where there are enough of them."""
        n_slices = _n_threads() if n_rows >= _PARALLEL_FROM else 1
        edges = np.linspace(0, n_rows, n_slices + 1).astype(int)
        slices = [slice(int(a), int(b)) for a, b in pairwise(edges)]
        if n_slices == 1:
            fill(slices[0])
        else:
            list(self._pool.map(fill, slices))

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_n_threads(), thread_name_prefix="pellucid-search")


def _n_threads() -> int:
    return min(os.cpu_count() or 1, _MOST_THREADS)

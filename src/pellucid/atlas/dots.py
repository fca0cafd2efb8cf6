"""Dot products of one vector with many rows of int8, compiled; threads are the caller's."""

from typing import no_type_check

import numpy as np
from numba import njit

MAX_QUERY = 2047
"""Largest magnitude in a query: products of up to 8,000 dimensions add up within 32 bits."""


@njit(cache=True, nogil=True)
@no_type_check
def dots(rows, scale, query, unit, out):  # pragma: no cover - compiled
    """`out[i] = unit * scale[i] * rows[i] . query`; `rows` [n, d] int8, `query` [d] int16, all else float32."""
    n_rows, n_dims = rows.shape
    for i in range(n_rows):
        row = rows[i]
        total = np.int32(0)
        for j in range(n_dims):
            total += np.int32(row[j]) * np.int32(query[j])
        out[i] = np.float32(total) * scale[i] * unit


@njit(cache=True, nogil=True)
@no_type_check
def combined(of_part, start, part, weight, out):  # pragma: no cover - compiled
    """`out[t]` is the weighted sum of `of_part` over the parts of text t, which begin at `start[t]`."""
    for t in range(len(out)):
        total = np.float32(0)
        for i in range(start[t], start[t + 1]):
            total += weight[i] * of_part[part[i]]
        out[t] = total

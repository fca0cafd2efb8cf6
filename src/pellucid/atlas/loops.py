"""The loops of search over every part, text and feature, compiled; threads are the caller's."""

import heapq
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


@njit(cache=True, nogil=True)
@no_type_check
def largest(of_part, start, part, weight, out):  # pragma: no cover - compiled
    """`out[w]` is the largest of `weight * of_part` over the parts of word w; every word has one."""
    for w in range(len(out)):
        most = np.float32(-np.inf)
        for i in range(start[w], start[w + 1]):
            most = max(most, weight[i] * of_part[part[i]])
        out[w] = most


@njit(cache=True, nogil=True)
@no_type_check
def added(weight, values, row, out):  # pragma: no cover - compiled
    """`out[f] += weight * values[row[f]]` for every feature f that has a text; -1 is none."""
    for f in range(len(out)):
        if row[f] >= 0:
            out[f] += weight * values[row[f]]


@njit(cache=True, nogil=True)
@no_type_check
def best(rank, kept, k):  # pragma: no cover - compiled
    """Places of the `k` largest of `rank` among those `kept`, largest first, equals in order; `k` is at least 1."""
    heap = [(rank[0], 0)][:0]
    for at in range(len(rank)):
        if not kept[at]:
            continue
        if len(heap) < k:
            heapq.heappush(heap, (rank[at], -at))
        elif rank[at] > heap[0][0]:
            heapq.heapreplace(heap, (rank[at], -at))
    heap.sort()
    out = np.empty(len(heap), np.int64)
    for i in range(len(heap)):
        out[i] = -heap[len(heap) - 1 - i][1]
    return out

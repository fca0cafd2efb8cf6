"""The inner loop of proposing: which few items, each at one of two levels, correlate best with what a feature does.

All work on sums over the distinct tokens of a pool. Token t counts `a[t]` positions (for a product with something that
varies: the sum of that), `b[t]` the same squared, `c[t]` the same times the activation. Predicting `level` at token t
adds level * a[t] to the sum of predictions, and so on.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def correlate(p, pp, py, n, total):  # pragma: no cover - compiled
    """Correlation times the activations' spread, from sums of p, p² and p·y; 0 for a constant."""
    var = pp - p * p / n
    return (py - p * total / n) / np.sqrt(var) if var > 1e-9 else 0.0


@njit(cache=True, nogil=True)
def _holders(starts, members, usable, n_tokens):  # pragma: no cover - compiled
    """The usable items that hold each token: those of token t are found[first[t]:first[t + 1]]."""
    first = np.zeros(n_tokens + 1, np.int64)
    for i in usable:
        for t in members[starts[i] : starts[i + 1]]:
            first[t + 1] += 1
    first = np.cumsum(first)
    at, found = first[:-1].copy(), np.empty(first[-1], np.int32)
    for i in usable:
        for t in members[starts[i] : starts[i + 1]]:
            found[at[t]] = i
            at[t] += 1
    return first, found


@njit(cache=True, nogil=True)
def _add(sums, sign, level, old, a, b, c):  # pragma: no cover - compiled
    """Adds to the sums of p, p² and p·y what raising one token from `old` to `level` gives."""
    if level > old:
        sums[0] += sign * (level - old) * a
        sums[1] += sign * (level * level - old * old) * b
        sums[2] += sign * (level - old) * c


@njit(cache=True, nogil=True)
def _each(a, b, c, starts, members, usable, levels, n_items):  # pragma: no cover - compiled
    """What taking each item at each level would add to the sums, where nothing is taken yet."""
    more = np.zeros((n_items, len(levels), 3))
    for i in usable:
        for t in members[starts[i] : starts[i + 1]]:
            for k in range(len(levels)):
                _add(more[i, k], 1.0, levels[k], 0.0, a[t], b[t], c[t])
    return more


@njit(cache=True, nogil=True)
def _raise(tokens, level, level_of, holders, more, levels, a, b, c):  # pragma: no cover - compiled
    """Raises tokens to a level, and keeps up to date what the items that hold them would add."""
    first, found = holders
    for t in tokens:
        old = level_of[t]
        if level <= old:
            continue
        level_of[t] = level
        for i in found[first[t] : first[t + 1]]:
            for k in range(len(levels)):
                _add(more[i, k], -1.0, levels[k], old, a[t], b[t], c[t])
                _add(more[i, k], 1.0, levels[k], level, a[t], b[t], c[t])


@njit(cache=True, nogil=True)
def best_items(
    a, b, c, starts, members, usable, levels, base, n, total, gains, most
):  # fmt: skip  # pragma: no cover - compiled
    """Greedy forward selection.

    Args:
        a: Positions by token; see above.
        b: The same squared.
        c: The same times the activation.
        starts: Where each item's tokens start in `members`; one more than there are items.
        members: Tokens of all items, end to end.
        usable: The items that may be taken.
        levels: Levels an item can have, descending.
        base: Sums of p, p², p·y over all else that is predicted.
        n: Positions of the whole pool.
        total: Sum of its activations.
        gains: By how much `correlate` must rise for each item to be taken.
        most: Items taken at most.

    Returns:
        Items in the order taken (-1 for none), the place in `levels` of each, and what `correlate` gives for all.
    """
    level_of = np.zeros(len(a))
    chosen, level_at = np.full(most, -1, np.int32), np.zeros(most, np.int32)
    taken = np.zeros(len(gains), np.bool_)
    holders = _holders(starts, members, usable, len(a))
    more = _each(a, b, c, starts, members, usable, levels, len(gains))
    p, pp, py = base[0], base[1], base[2]
    best = correlate(p, pp, py, n, total)
    for step in range(most):
        top, top_r = 0.0, best
        for i in usable:
            if taken[i]:
                continue
            for k in range(len(levels)):
                dp, dpp, dpy = more[i, k]
                r = correlate(p + dp, pp + dpp, py + dpy, n, total)
                if dp > 1e-9 and r - best - gains[i] > top:
                    top, top_r = r - best - gains[i], r
                    chosen[step], level_at[step] = i, k
        if chosen[step] < 0:
            break
        item, k = chosen[step], level_at[step]
        taken[item] = True
        dp, dpp, dpy = more[item, k]
        p, pp, py, best = p + dp, pp + dpp, py + dpy, top_r
        tokens = members[starts[item] : starts[item + 1]]
        _raise(tokens, levels[k], level_of, holders, more, levels, a, b, c)
    return chosen, level_at, best

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
def _raised(tokens, level, level_of, a, b, c):  # pragma: no cover - compiled
    """What raising some tokens to a level adds to the sums of p, p² and p·y."""
    p, pp, py = 0.0, 0.0, 0.0
    for t in tokens:
        old = level_of[t]
        if level > old:
            p += (level - old) * a[t]
            pp += (level * level - old * old) * b[t]
            py += (level - old) * c[t]
    return p, pp, py


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
    level_of = np.zeros(len(a), np.float32)
    chosen, level_at = np.full(most, -1, np.int32), np.zeros(most, np.int32)
    taken = np.zeros(len(gains), np.bool_)
    p, pp, py = base[0], base[1], base[2]
    best = correlate(p, pp, py, n, total)
    for step in range(most):
        top, top_r = 0.0, best
        for i in usable:
            if taken[i]:
                continue
            for k in range(len(levels)):
                tokens = members[starts[i] : starts[i + 1]]
                dp, dpp, dpy = _raised(tokens, levels[k], level_of, a, b, c)
                r = correlate(p + dp, pp + dpp, py + dpy, n, total)
                if dp > 0 and r - best - gains[i] > top:
                    top, top_r = r - best - gains[i], r
                    chosen[step], level_at[step] = i, k
        if chosen[step] < 0:
            break
        item, level = chosen[step], levels[level_at[step]]
        tokens = members[starts[item] : starts[item + 1]]
        dp, dpp, dpy = _raised(tokens, level, level_of, a, b, c)
        p, pp, py, best = p + dp, pp + dpp, py + dpy, top_r
        for t in tokens:
            level_of[t] = max(level_of[t], level)
        taken[item] = True
    return chosen, level_at, best

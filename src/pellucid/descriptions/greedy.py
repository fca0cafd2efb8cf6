"""The inner loop of proposing: which few items, each at one of two levels, correlate best with what a feature does.

All work on sums over the distinct tokens of a pool. Token t counts `a[t]` positions (for a product with something that
varies: the sum of that), `b[t]` the same squared, `c[t]` the same times the activation. Predicting `level` at token t
adds level * a[t] to the sum of predictions, and so on.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def best_items(a, b, c, starts, members, levels, base, n, total, gains, most):  # pragma: no cover - compiled
    """Greedy forward selection.

    Args:
        a, b, c: Sums by token; see above.
        starts, members: The tokens of item i are members[starts[i]:starts[i + 1]].
        levels: Levels an item can have, descending.
        base: Sums of p, p², p·y over all else that is predicted.
        n, total: Number of positions and sum of activations over the whole pool.
        gains: By how much the correlation must rise for each item to be taken, in units of the activations' spread.
        most: Items taken at most.

    Returns:
        Items in the order taken, the level (index) of each, and the correlation times the activations' spread.
    """
    level_of = np.zeros(len(a), np.float32)
    chosen = np.full(most, -1, np.int32)
    level_at = np.zeros(most, np.int32)
    taken = np.zeros(len(gains), np.bool_)
    sp, spp, spy = base[0], base[1], base[2]
    var = spp - sp * sp / n
    best = (spy - sp * total / n) / np.sqrt(var) if var > 1e-9 else 0.0
    for step in range(most):
        top, top_i, top_l, top_r = 0.0, -1, 0, best
        for i in range(len(gains)):
            if taken[i]:
                continue
            for k in range(len(levels)):
                level = levels[k]
                dp, dpp, dpy = 0.0, 0.0, 0.0
                for m in range(starts[i], starts[i + 1]):
                    t = members[m]
                    old = level_of[t]
                    if level > old:
                        dp += (level - old) * a[t]
                        dpp += (level * level - old * old) * b[t]
                        dpy += (level - old) * c[t]
                if dp <= 0:
                    continue
                p, pp, py = sp + dp, spp + dpp, spy + dpy
                var = pp - p * p / n
                if var <= 1e-9:
                    continue
                r = (py - p * total / n) / np.sqrt(var)
                if r - best - gains[i] > top:
                    top, top_i, top_l, top_r = r - best - gains[i], i, k, r
        if top_i < 0:
            break
        level = levels[top_l]
        for m in range(starts[top_i], starts[top_i + 1]):
            t = members[m]
            old = level_of[t]
            if level > old:
                sp += (level - old) * a[t]
                spp += (level * level - old * old) * b[t]
                spy += (level - old) * c[t]
                level_of[t] = level
        taken[top_i] = True
        chosen[step], level_at[step], best = top_i, top_l, top_r
    return chosen, level_at, best

"""What any description must beat: the best single token, and a table over the whole vocabulary."""

import numpy as np
from jaxtyping import Float64, Int32

from pellucid.descriptions.flat import GLOBAL_SHARE, flatten
from pellucid.descriptions.pipeline import Case, counted, r_of


def token_of(case: Case) -> Int32[np.ndarray, "row pos"]:
    """Token ids at the positions of the test pool."""
    n_vocab = len(case.shown.token_counts)
    return case.texts.reading[case.test.rows] % n_vocab


def unigram(case: Case) -> float:
    """R on test of the mean activation given the token, over the train split: a number for every token."""
    if case.shown.token_means is None:
        return float("nan")
    mask = counted(case.texts, case.test.rows)
    return r_of(case.texts, case.test, case.shown.token_means[token_of(case)] * mask)


def best_token(case: Case) -> float:
    """R on test of the one token that correlates best on train."""
    flat = flatten(case.shown)
    n_vocab = len(case.shown.token_counts)
    a: Float64[np.ndarray, " vocab"] = np.bincount(flat.e % n_vocab, flat.w, n_vocab)
    c = np.bincount(flat.e % n_vocab, flat.w * flat.y, n_vocab)
    if case.shown.token_means is not None:
        seen = case.shown.token_counts.astype(np.float64)
        more = seen * (GLOBAL_SHARE * flat.n / max(seen.sum(), 1))
        a, c = a + more, c + more * case.shown.token_means
    n, mean = a.sum(), c.sum() / a.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = np.where((a > 0) & (a < n), (c - a * mean) / np.sqrt(a * (1 - a / n)), -np.inf)
    found = token_of(case) == int(np.argmax(gain))
    mask = counted(case.texts, case.test.rows)
    return r_of(case.texts, case.test, (found & mask).astype(np.float32))

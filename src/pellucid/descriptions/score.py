"""Scores of predictions: signed Pearson r as it is, no calibration, and how well activations are found."""

from dataclasses import dataclass
from math import nan

import numpy as np
from jaxtyping import Bool, Float32, Float64

N_BOOTSTRAP = 200
SHARE = 0.95


@dataclass(frozen=True)
class Scores:
    """How well a prediction does on one pool; nan where a value is undefined."""

    r: float
    """Over all sequences of the pool, pooled."""
    low: float
    high: float
    """95 % interval by drawing the sequences anew."""
    r_random: float
    """Over the random sequences alone."""
    auroc: float
    """Of telling positions past the feature's 1e-3 tail quantile from others."""
    average_precision: float


Moments = Float64[np.ndarray, "row 6"]
"""Of each sequence: positions, sums of p, p², y, y², p·y."""


def moments(
    p: Float32[np.ndarray, "row pos"],
    y: Float32[np.ndarray, "row pos"],
    counted: Bool[np.ndarray, "row pos"],
) -> Moments:
    """What correlations are made from; `p` and `y` are 0 where a position does not count."""
    p64, y64 = p.astype(np.float64), y.astype(np.float64)
    return np.stack(
        [
            counted.sum(1),
            p64.sum(1),
            np.einsum("rp,rp->r", p64, p64),
            y64.sum(1),
            np.einsum("rp,rp->r", y64, y64),
            np.einsum("rp,rp->r", p64, y64),
        ],
        axis=1,
    )


def correlation(total: Float64[np.ndarray, "... 6"]) -> Float64[np.ndarray, "..."]:
    """Pearson r from summed moments; nan where either side is constant."""
    n, p, pp, y, yy, py = np.moveaxis(total, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        vp, vy = pp - p * p / n, yy - y * y / n
        flat = (vp <= 1e-12 * pp) | (vy <= 1e-12 * yy) | (n < 2)
        r = (py - p * y / n) / np.sqrt(np.where(flat, 1, vp * vy))
    return np.where(flat, nan, r)


def score(
    p: Float32[np.ndarray, "row pos"],
    y: Float32[np.ndarray, "row pos"],
    counted: Bool[np.ndarray, "row pos"],
    weight: Float32[np.ndarray, " row"],
    n_top: int,
    threshold: float,
    seed: int = 0,
) -> Scores:
    """All scores; `weight` says how often a row counts, the first `n_top` rows are not random."""
    by_row = moments(p, y, counted)
    weighted = by_row * weight[:, None]
    random = np.random.default_rng(seed)
    draws = random.poisson(weight, (N_BOOTSTRAP, len(weight))).astype(np.float64)
    with np.errstate(invalid="ignore"):
        drawn = correlation(draws @ by_row)
    drawn = drawn[~np.isnan(drawn)]
    edge = (1 - SHARE) / 2
    low, high = np.quantile(drawn, (edge, 1 - edge)) if len(drawn) else (nan, nan)
    fires = y[counted] >= max(threshold, 1e-9)
    area, precision = detection(
        p[counted], fires, np.repeat(weight, counted.sum(1)).astype(np.float64)
    )
    return Scores(
        float(correlation(weighted.sum(0))),
        float(low),
        float(high),
        float(correlation(by_row[n_top:][weight[n_top:] >= 1].sum(0))),
        area,
        precision,
    )


def detection(
    p: Float32[np.ndarray, " n"], fires: Bool[np.ndarray, " n"], weight: Float64[np.ndarray, " n"]
) -> tuple[float, float]:
    """Area under the ROC curve and average precision; equal predictions count as drawn lots do, on average."""
    levels, at = np.unique(p, return_inverse=True)
    hits = np.bincount(at, weight * fires, len(levels))[::-1]
    misses = np.bincount(at, weight * ~fires, len(levels))[::-1]
    n_hits, n_misses = hits.sum(), misses.sum()
    if n_hits == 0 or n_misses == 0:
        return nan, nan
    found, false = np.cumsum(hits), np.cumsum(misses)
    area = float(((found - hits / 2) * misses).sum() / (n_hits * n_misses))
    return area, float((hits * found / (found + false)).sum() / n_hits)

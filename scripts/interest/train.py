"""Fits the classifier on the labels, by five-fold cross-validation and once on all; writes its weights."""

import json
from math import nan, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from pellucid.descriptions.interest import features_of

HERE = Path("src/pellucid/descriptions")
THRESHOLD = 0.15
"""Low: what is left out by mistake is lost to a user, what is shown by mistake costs a glance."""
LABELS, WEIGHTS = HERE / "labels.jsonl", HERE / "interest.json"


def load() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names of the features, what they are of every labelled description, and the labels.

    A label keeps what was measured of the description that was read: later ones of the same feature say other things.
    """
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    first = [label for label in labels if label["reader"] != "second"]
    known = [
        features_of({"description": label["description"], **_measured(label)}) for label in first
    ]
    names = list(known[0])
    return (
        names,
        np.array([[row[name] for name in names] for row in known]),
        np.array([label["label"] for label in first]),
    )


def _measured(label: dict[str, Any]) -> dict[str, float]:
    return {name: nan if value is None else value for name, value in label["measured"].items()}


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, LogisticRegression]:
    """Standardised logistic regression."""
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-6)
    model = LogisticRegression(C=0.3, max_iter=1000).fit((x - mean) / scale, y)
    return mean, scale, model


def train() -> None:
    """Print how well it does on labels it was not fitted on, and write the weights of all."""
    names, x, y = load()
    held_out = np.zeros(len(y))
    for some, rest in StratifiedKFold(5, shuffle=True, random_state=0).split(x, y):
        mean, scale, model = fit(x[some], y[some])
        held_out[rest] = model.predict_proba((x[rest] - mean) / scale)[:, 1]
    n, base = len(y), max(y.mean(), 1 - y.mean())
    area = float(roc_auc_score(y, held_out))
    print(f"{n} labels, {y.mean():.1%} matter; AUROC on labels not fitted on {area:.3f}")
    for threshold in (0.5, THRESHOLD):
        said = held_out >= threshold
        right = int((said == y).sum())
        low, high = wilson(right, n)
        print(
            f"at {threshold}: right {right / n:.1%} (95 % {low:.1%} to {high:.1%}); the commoner {base:.1%}"
        )
        print("| | said: matters | said: not |\n|---|---|---|")
        for value, name in ((1, "matters"), (0, "does not")):
            yes, no = (int((found & (y == value)).sum()) for found in (said, ~said))
            print(f"| {name} | {yes} | {no} |")
    mean, scale, model = fit(x, y)
    weights = {
        "mean": dict(zip(names, mean.round(5).tolist(), strict=True)),
        "scale": dict(zip(names, scale.round(5).tolist(), strict=True)),
        "weight": dict(zip(names, np.asarray(model.coef_)[0].round(5).tolist(), strict=True)),
        "bias": round(float(np.asarray(model.intercept_)[0]), 5),
        "threshold": THRESHOLD,
        "held_out": {"n": n, "auroc": round(area, 4)},
    }
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share. Source: Wilson 1927."""
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return centre - half, centre + half

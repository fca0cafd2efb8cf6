"""Does a description matter to a user? A logistic regression over what is known about it, with its reasons.

Trained on descriptions that were read one by one (`labels.jsonl`, by the rubric in docs/interest.md) with
`python -m scripts.interest`; the weights are in `interest.json`. A high number says: probably worth showing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp, isnan

from pellucid.descriptions.sentence import Item, Kind, Word, parse
from pellucid.descriptions.words import lexicon

N_REASONS = 3
BORNE_OUT = 0.6
"""Share of the first exemplars whose peak a description must name to be borne out by them: three of five."""

LEAST_PULL = 0.1
"""Log-odds below which a feature is no reason."""
CHANCE = 0.5
"""Stands for the output score of what is not scored: of a list of words nothing is known."""

SAYS: dict[str, tuple[str, str]] = {
    "score": (
        "predicts activations better than average",
        "predicts activations worse than average",
    ),
    "score_random": (
        "scores above average on ordinary text",
        "scores below average on ordinary text",
    ),
    "precision": (
        "tells where it fires better than average",
        "tells where it fires worse than average",
    ),
    "peaks": ("names most of the peaks that one sees first", "misses peaks that one sees first"),
    "borne_out": ("borne out by most exemplars", "not borne out by most exemplars"),
    "beats_token": (
        "gains more than average over a single token",
        "gains less than average over a single token",
    ),
    "words": ("lists several words", "lists few words or none"),
    "pieces": ("names pieces, signs or very short words", "names few or no pieces of words"),
    "kinds": (
        "names kinds of words more than single words",
        "names single words as much as kinds, or more",
    ),
    "function": ("names function words or signs", "names hardly any function words or signs"),
    "clauses": ("says several things", "says one thing"),
    "condition": ("names a condition", "names no condition"),
    "output": ("promotes a kind of word", "promotes no kind of word clearly"),
}
"""What each feature says where it is above its average over the labels, and where below. Facts: the weights decide
whether they speak for or against a description."""


@dataclass(frozen=True)
class Verdict:
    """How likely a description matters, and what made it come out so."""

    probability: float
    interesting: bool
    reasons: tuple[str, ...]
    """Only what pulls the way of the verdict, the weightiest first; none where nothing pulls much."""


@dataclass(frozen=True)
class InterestModel:
    """The trained weights."""

    mean: Mapping[str, float]
    scale: Mapping[str, float]
    weight: Mapping[str, float]
    bias: float
    threshold: float

    def judge(self, known: Mapping[str, float]) -> Verdict:
        """The verdict on a description with these features (`features_of`)."""
        parts = {
            name: weight * (known[name] - self.mean[name]) / self.scale[name]
            for name, weight in self.weight.items()
        }
        probability = 1 / (1 + exp(-(self.bias + sum(parts.values()))))
        interesting = probability >= self.threshold
        pull = {name: part if interesting else -part for name, part in parts.items()}
        first = sorted((name for name in pull if pull[name] >= LEAST_PULL), key=lambda n: -pull[n])
        reasons = tuple(SAYS[n][known[n] < self.mean[n]] for n in first[:N_REASONS])
        return Verdict(probability, interesting, reasons)


def features_of(row: Mapping[str, object]) -> dict[str, float]:
    """What the model looks at, from a row of the descriptions layer."""
    hypothesis = parse(str(row["description"]))
    items = hypothesis.items
    n = max(len(items), 1)
    words = [item for item in items if isinstance(item, Word)]
    kinds = [item for item in items if not isinstance(item, Word)]
    score = _number(row["score"])
    return {
        "score": score,
        "score_random": _number(row["score_random"]),
        "precision": _number(row["average_precision"]),
        "peaks": _number(row["peaks"]),
        "borne_out": float(_number(row["peaks"]) >= BORNE_OUT),
        "beats_token": score - _number(row["best_token"]),
        "words": float(len(words)),
        "pieces": sum(w.piece or w.opens or len(w.text) < 3 for w in words) / n,
        "kinds": len(kinds) / n,
        "function": sum(_is_plain(item) for item in items) / n,
        "clauses": float(len(hypothesis.clauses)),
        "condition": float(any(c.after or c.topic or c.place for c in hypothesis.clauses)),
        "output": _number(row["output_score"], CHANCE),
    }


@lru_cache(maxsize=1)
def interest_model() -> InterestModel:
    """The model that comes with this package."""
    file = resources.files("pellucid.descriptions").joinpath("interest.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    names = ("mean", "scale", "weight", "bias", "threshold")
    return InterestModel(**{name: data[name] for name in names})


def _number(value: object, missing: float = 0.0) -> float:
    found = float(value)  # pyright: ignore[reportArgumentType]
    return missing if isnan(found) else found


def _is_plain(item: Item) -> bool:
    if isinstance(item, Kind):
        return item.phrase in PLAIN_KINDS
    return not any(char.isalpha() for char in item.text) or item.text.lower() in _plain_words()


PLAIN_KINDS = frozenset(
    ("pieces that continue a word", "later digits of a number", "capitalised words", "spaces", "line breaks", "commas",
     "full stops", "articles", "prepositions", "conjunctions", "short words", "long words", "single letters",
     "auxiliary verbs", "personal pronouns")
)  # fmt: skip


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    named = (kind for kind in lexicon().classes if kind.phrase in PLAIN_KINDS)
    return frozenset(word for kind in named for word in kind.words)

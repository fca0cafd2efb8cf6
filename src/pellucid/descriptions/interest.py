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

SAYS: dict[str, tuple[str, str]] = {
    "score": ("predicts activations well", "predicts activations poorly"),
    "score_random": ("also right on ordinary text", "says little about ordinary text"),
    "peaks": ("names the peaks that one sees first", "misses peaks that one sees first"),
    "borne_out": ("borne out by most exemplars", "not borne out by most exemplars"),
    "precision": ("finds where it fires", "misses where it fires"),
    "beats_token": ("says more than any single token", "a single token says as much"),
    "words": ("names few words", "lists many words"),
    "pieces": ("no pieces of words", "lists pieces of words"),
    "kinds": ("names a kind of word", "names no kind of word"),
    "function": ("about words with content", "about function words or signs"),
    "clauses": ("one thing", "several things at once"),
    "condition": ("says when", "says no condition"),
    "output": ("promotes what it names", "promotes nothing in particular"),
}
"""What each feature says where it speaks for a description, and where against."""


@dataclass(frozen=True)
class Verdict:
    """How likely a description matters, and what speaks for and against it, the weightiest first."""

    probability: float
    interesting: bool
    reasons: tuple[str, ...]


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
        first = sorted(parts, key=lambda name: -abs(parts[name]))[:N_REASONS]
        reasons = tuple(_reason(name, parts[name], self.weight[name]) for name in first)
        return Verdict(probability, probability >= self.threshold, reasons)


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
        "output": _number(row["output_score"]),
    }


@lru_cache(maxsize=1)
def interest_model() -> InterestModel:
    """The model that comes with this package."""
    file = resources.files("pellucid.descriptions").joinpath("interest.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    names = ("mean", "scale", "weight", "bias", "threshold")
    return InterestModel(**{name: data[name] for name in names})


def _reason(name: str, part: float, weight: float) -> str:
    """Which side of its average the feature is on: the larger or the smaller side of what it measures."""
    good, bad = SAYS[name]
    larger_is_named_good = name not in ("words", "pieces", "function", "clauses")
    above = (part > 0) == (weight > 0)
    return good if above == larger_is_named_good else bad


def _number(value: object) -> float:
    found = float(value)  # pyright: ignore[reportArgumentType]
    return 0.0 if isnan(found) else found


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

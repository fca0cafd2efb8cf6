"""What an atlas says about a feature, as the values that pass to scripts and to the page. All frozen."""

from pellucid.core.ids import Sign
from pellucid.core.records import Record


class TokenText(Record):
    """One id of an exemplar. The texts of all, joined, are the text that the subject read."""

    id: int
    text: str
    """Empty where the token is the beginning of a character that a later token completes."""


class OutputToken(Record):
    """A token whose logit the feature changes."""

    id: int
    text: str
    logit: float
    """Change of its logit per unit of activation in the feature's sign, the final norm's scale left out."""


class Quantile(Record):
    """The activation that a share of all tokens exceeds."""

    tail: float
    """The share."""
    value: float
    """Raw and signed: negative for a `.neg` feature."""
    reached: bool
    """False where the corpus is too small for this tail: `value` is the extreme."""


class Histogram(Record):
    """Tokens by raw activation of the unit, both signs, in bins of equal width."""

    low: float
    high: float
    counts: tuple[int, ...]
    """The first and the last also count what lies beyond `low` and `high`."""


class Gate(Record):
    """In how many exemplars the gate's pre-activation was positive at the peak, and in how many negative."""

    positive: int
    negative: int


class Exemplar(Record):
    """A sequence in which a feature is extreme, whole, from the subject's first token."""

    rank: int
    """From 0, the largest peak first."""
    peak: float
    """Raw and signed."""
    pos: int
    """Where the peak is: an index into `tokens` and `activations`."""
    gate: int
    """Sign of the gate's pre-activation there; 0 where there is no gate."""
    tokens: tuple[TokenText, ...]
    activations: tuple[float | None, ...]
    """Raw and signed; exact at `pos`, within the atlas's stated error elsewhere, None where not stored."""
    source: str
    """Corpus and number of the document within it, as in `moby_dick:12`."""
    licence: str


class FeatureRecord(Record):
    """What an atlas knows about a feature, exemplars apart."""

    id: str
    layer: int
    index: int
    sign: Sign
    description: str | None = None
    summary: str | None = None
    score: float | None = None
    rate: float
    """Share of tokens whose activation has the feature's sign."""
    extreme: float
    """The activation farthest out, raw and signed."""
    mean: float
    """Of the unit, both signs."""
    std: float
    sink: float
    """Mean activation of the unit at position 0, which nothing else here counts."""
    quantiles: tuple[Quantile, ...]
    histogram: Histogram
    promoted: tuple[OutputToken, ...]
    """Largest first."""
    suppressed: tuple[OutputToken, ...]
    """Most negative first."""
    gate: Gate | None
    """None where there is no gate."""


class FeatureCard(FeatureRecord):
    """The same with exemplars."""

    exemplars: tuple[Exemplar, ...]

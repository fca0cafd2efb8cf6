"""What a search finds, as the values that pass to scripts and to the page. All frozen."""

from pellucid.core.records import Record


class Hit(Record):
    """A feature found."""

    id: str
    similarity: float
    """Cosine between the query and the text that ranks, at most 1."""
    peaks: float
    """Mean cosine between the query and the words at which its first exemplars peak; 0 in a search by output."""
    keywords: float
    """Keyword score, as a share of what a text could reach; 0 where no word is shared."""
    score: float | None
    """How well the description predicts activations."""
    description: str | None
    summary: str | None
    output: str | None
    """What it promotes."""
    weak: bool
    """Nothing in it is much like the query."""


class Filtered(Record):
    """Features left out, by the first reason that holds."""

    undescribed: int
    """There is no text to find them by."""
    layer: int
    sign: int
    score: int
    """Below the least score, or without any."""
    uninteresting: int


class SearchResult(Record):
    """What a search found, best first."""

    hits: tuple[Hit, ...]
    searched: int
    """Features that were ranked."""
    filtered: Filtered
    uninteresting_above: int
    """Of those filtered as uninteresting, how many would stand above the last hit."""
    notes: tuple[str, ...] = ()
    """What was done to the query."""

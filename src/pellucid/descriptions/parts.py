"""What a description is made of, for search: its parts, each with a weight.

Ninety thousand sentences share some twenty thousand parts. A sentence's vector is the weighted mean of its parts', so
only these are embedded and stored.
"""

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.sentence import STRONG, WEAK, Item, Kind, Like, Word, parse

FIRES, PROMOTES = "Fires on ", "Promotes "
AFTER, TOPIC = 0.4, 0.7
"""Weights of what stands before, and of what the text is about."""


def parts_of(text: str) -> tuple[tuple[str, float], ...]:
    """The parts of a sentence or an output clause by rules; the whole text of any other."""
    try:
        hypothesis = parse(text.replace(PROMOTES, FIRES, 1) if text.startswith(PROMOTES) else text)
    except InvalidRequest:
        return ((text, 1.0),)
    found: dict[str, float] = {}
    for clause in hypothesis.clauses:
        weighted = (
            *((_told(item), STRONG) for item in clause.strong),
            *((_told(item), WEAK) for item in clause.weak),
            *((_told(item), AFTER) for item in clause.after),
            *(((clause.topic, TOPIC),) if clause.topic else ()),
        )
        for part, weight in weighted:
            found[part] = max(weight, found.get(part, 0.0))
    return tuple(found.items())


def _told(item: Item) -> str:
    match item:
        case Word():
            return item.text
        case Kind():
            return item.phrase.removeprefix("words for ")
        case Like():
            return item.text

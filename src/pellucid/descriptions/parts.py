"""What search embeds: the parts of a description, and what a word that a feature fires on can be found as.

Ninety thousand sentences share some twenty thousand parts. A sentence's vector is the weighted mean of its parts', so
only these are embedded and stored.
"""

import unicodedata
from functools import lru_cache

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.patterns import PATTERNS
from pellucid.descriptions.sentence import STRONG, WEAK, Item, Kind, Like, Word, parse
from pellucid.descriptions.words import lexicon

FIRES, PROMOTES = "Fires on ", "Promotes "
AFTER, TOPIC = 0.4, 0.7
"""Weights of what stands before, and of what the text is about."""
KIND = 0.9
"""Weight of a kind that a word is of, beside the word itself."""


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


def senses_of(word: str) -> tuple[tuple[str, float], ...]:
    """What a query may call a word: itself, and the kinds it is of; signs and white space by their names."""
    if any("a" <= c <= "z" for c in word):
        kinds = _kinds().get(word, ())
    else:
        kinds = tuple(one.phrase for one in PATTERNS if one.matches(word))
    named = word.strip() if word.isalnum() else _named(word)
    return ((named, 1.0), *((kind, KIND) for kind in dict.fromkeys(kinds) if kind != named))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, list[str]]:
    """The names of every word's classes."""
    found: dict[str, list[str]] = {}
    for one in lexicon().classes:
        for word in sorted(one.words):
            found.setdefault(word, []).append(one.name)
    return found


def _named(text: str) -> str:
    """`,"` is `comma, quotation mark`; what has letters or digits stays."""
    if not text.strip():
        return "line break" if "\n" in text else "space"
    if any(c.isalnum() for c in text):
        return text.strip()
    signs = dict.fromkeys(c for c in text if not c.isspace())
    return ", ".join([unicodedata.name(c, c).lower() for c in signs][:3])

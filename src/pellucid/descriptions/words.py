"""The lexicon: what “words for musical instruments” or “text about cooking” stands for, to a reader of English.

Classes of words come from `lexicon/classes.txt.xz`, built by `python -m scripts.lexicon` from hand-written lists and
WordNet; topics from `lexicon/topics.txt`. Nothing of the subject is in them.
"""

import hashlib
import lzma
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from pellucid.core.errors import StoreMismatch
from pellucid.descriptions.patterns import PATTERNS, PatternClass

__all__ = ["Lexicon", "PatternClass", "Topic", "WordClass", "lexicon", "lexicon_hash"]

_CLASSES, _TOPICS = "classes.txt.xz", "topics.txt"


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that belong together, in every form, in small letters."""

    name: str
    """A plural, such as “musical instruments”."""
    phrase: str
    """As a sentence names the words: “words for musical instruments”, “month names”."""
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a text can be about, and single words that say so."""

    name: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a sentence can name besides single words."""

    classes: tuple[WordClass, ...]
    patterns: tuple[PatternClass, ...]
    topics: tuple[Topic, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with this package.

    Raises:
        StoreMismatch: A phrase or a topic is there twice, or has no words.
    """
    return parse_lexicon(lzma.decompress(_read(_CLASSES)).decode(), _read(_TOPICS).decode())


@lru_cache(maxsize=1)
def lexicon_hash() -> str:
    """SHA-256 of classes, topics and the names of patterns."""
    digest = hashlib.sha256(lzma.decompress(_read(_CLASSES)))
    digest.update(_read(_TOPICS))
    digest.update("\n".join(pattern.phrase for pattern in PATTERNS).encode())
    return digest.hexdigest()


def parse_lexicon(classes: str, topics: str) -> Lexicon:
    """The lexicon from the text of its two files, a class or topic a line: `phrase: word word`.

    Raises:
        StoreMismatch: A phrase or a topic is there twice, or has no words.
    """
    found = tuple(
        WordClass(phrase.removeprefix("words for "), phrase, words)
        for phrase, words in _lines(classes)
    )
    about = tuple(Topic(name, words) for name, words in _lines(topics))
    _once((*(c.phrase for c in found), *(p.phrase for p in PATTERNS)), "phrase")
    _once((c.name for c in found), "name")
    _once((t.name for t in about), "topic")
    return Lexicon(found, PATTERNS, about)


def _lines(text: str) -> Iterable[tuple[str, frozenset[str]]]:
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, words = line.partition(": ")
        if not words.strip():
            raise StoreMismatch(
                "the lexicon is damaged", found=f"{line[:60]!r}", wanted="name: words"
            )
        yield name, frozenset(words.split())


def _once(names: Iterable[str], what: str) -> None:
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise StoreMismatch(
            "the lexicon is damaged", found=f"the {what} {twice[0]!r} twice", wanted="each once"
        )


def _read(name: str) -> bytes:
    return resources.files("pellucid.descriptions").joinpath("lexicon", name).read_bytes()

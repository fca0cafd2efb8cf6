"""Kinds of token that the spelling alone decides: numbers, punctuation, endings, scripts."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PatternClass:
    """A kind of token; `matches` reads the token as it stands in the text, with its leading space if it has one."""

    name: str
    phrase: str
    matches: Callable[[str], bool]


ENDINGS = (
    "ing", "ed", "ly", "tion", "ness", "ment", "able", "ible", "er", "est", "ism", "ist", "ous", "al", "ive", "ity",
    "ful", "less", "ship", "hood", "ance", "ence", "ant", "ent", "ary", "ory", "ize", "ise", "ify", "ate", "ic",
    "ical", "ish", "ward", "wise", "age", "ure", "or", "ology", "graphy", "man", "ville", "ton", "berg", "son",
    "land", "eth", "y",
)  # fmt: skip
BEGINNINGS = (
    "un", "re", "pre", "dis", "mis", "over", "under", "out", "inter", "trans", "sub", "super", "anti", "non", "con",
    "com", "pro", "ex", "en", "de", "fore", "micro", "multi", "auto", "bio", "hyper", "photo", "tele", "electro",
)  # fmt: skip
SCRIPTS = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Hiragana",
    "KATAKANA": "Katakana",
    "HANGUL": "Korean letters",
    "CYRILLIC": "Cyrillic letters",
    "GREEK": "Greek letters",
    "ARABIC": "Arabic letters",
    "HEBREW": "Hebrew letters",
    "DEVANAGARI": "Devanagari letters",
    "THAI": "Thai letters",
}
_SIGNS = {
    "full stops": r"\.",
    "commas": ",",
    "question marks": r"\?+",
    "exclamation marks": "!+",
    "colons": ":",
    "semicolons": ";",
    "hyphens": "[-‐‑]",
    "dashes": "[–—―]|--+",
    "ellipses": r"\.\.\.+|…",
    "opening quotation marks": "[“‘«„]|``",
    "closing quotation marks": "[”’»]|''",
    "straight quotation marks": "[\"']",
    "apostrophes": "['’]",
    "short forms after an apostrophe": "['’](s|t|re|ve|ll|d|m|S|T|RE|VE|LL|D|M)",
    "opening round brackets": r"\(+",
    "closing round brackets": r"\)+",
    "opening square brackets": r"\[+",
    "closing square brackets": r"\]+",
    "opening curly brackets": r"\{+",
    "closing curly brackets": r"\}+",
    "opening brackets": r"[(\[{]+",
    "closing brackets": r"[)\]}]+",
    "angle brackets": "</?|/?>|<>",
    "arithmetic operators": r"[-+*/×÷%^=]|\*\*|//|−",
    "comparison operators": "[<>]=?|[=!]==?|≤|≥|≠",
    "assignment operators": r"=|[-+*/]=|:=|<-",
    "equals signs": "=",
    "slashes": r"/+|\\+",
    "underscores": "_+",
    "hashes": "#+",
    "asterisks": r"\*+",
    "vertical bars": r"\|+",
    "backticks": "`+",
    "currency signs": "[$€£¥₹¢]",
    "percent signs": "%",
    "ampersands": "&+",
    "at signs": "@",
    "bullets": r"[•·●▪◦‣*-]",
    "ends of sentences": r"[.!?]+[\"'”’)]*",
    "digits": r"\d",
    "numbers": r"\d+",
    "arrows": "->|=>|→|←|⇒|-->",
}
_TEXTS = {
    "words in capitals": r" ?[A-Z]{2,}",
    "capitalised words": " ?[A-Z][a-z]+",
    "words in mixed case": " ?[A-Za-z]*[a-z][A-Z][A-Za-z]*",
    "words in small letters": " [a-z]+",
    "single letters": " ?[A-Za-z]",
    "single capital letters": " ?[A-Z]",
    "short words": " [a-z]{1,3}",
    "long words": " [A-Za-z]{9,}",
    "line breaks": r"[ \t\r]*\n\s*",
    "blank lines": r"[ \t\r]*\n\s*\n\s*",
    "spaces": " +",
    "indentation": r" {2,}|\t+",
    "tabs": r"\t+",
}


def _sign(pattern: str) -> Callable[[str], bool]:
    return lambda text, full=re.compile(pattern).fullmatch: full(text.strip(" ")) is not None


def _whole(pattern: str) -> Callable[[str], bool]:
    return lambda text, full=re.compile(pattern).fullmatch: full(text) is not None


def _ending(ending: str) -> Callable[[str], bool]:
    def matches(text: str) -> bool:
        """Of a whole word only where something is left before the ending; a piece may be the ending."""
        bare = text.strip(" ").lower()
        least = len(ending) + (2 if text.startswith(" ") or text[:1].isupper() else 0)
        return bare.isalpha() and bare.endswith(ending) and len(bare) >= least

    return matches


def _plural(text: str) -> bool:
    bare = text.strip(" ").lower()
    return (
        len(bare) > 3
        and bare.isalpha()
        and bare.endswith("s")
        and not bare.endswith(("ss", "us", "is", "ous"))
    )


def _beginning(start: str) -> Callable[[str], bool]:
    def matches(text: str) -> bool:
        bare = text.strip(" ").lower()
        fits = bare.isalpha() and bare.startswith(start)
        return fits and text.startswith((" ", start.capitalize()))

    return matches


def _script(script: str) -> Callable[[str], bool]:
    def matches(text: str) -> bool:
        bare = text.strip(" ")
        return (
            bool(bare) and not bare.isascii() and unicodedata.name(bare[0], "").startswith(script)
        )

    return matches


def _accented(text: str) -> bool:
    return any(
        unicodedata.name(c, "").startswith("LATIN") and " WITH " in unicodedata.name(c)
        for c in text
    )


def _emoji(text: str) -> bool:
    return any(0x1F300 <= ord(c) <= 0x1FAFF or 0x2600 <= ord(c) <= 0x27BF for c in text)


def _punctuation(text: str) -> bool:
    bare = text.strip(" ")
    return bool(bare) and all(unicodedata.category(c).startswith("P") for c in bare)


def _symbols(text: str) -> bool:
    bare = text.strip(" ")
    return len(bare) > 1 and not any(c.isalnum() or c.isspace() for c in bare) and bare.isascii()


def _patterns() -> tuple[PatternClass, ...]:
    found = [PatternClass(name, name, _sign(pattern)) for name, pattern in _SIGNS.items()]
    found += [PatternClass(name, name, _whole(pattern)) for name, pattern in _TEXTS.items()]
    for ending in ENDINGS:
        name = f"words ending in “-{ending}”"
        found.append(PatternClass(name, name, _ending(ending)))
    for start in BEGINNINGS:
        name = f"words beginning with “{start}-”"
        found.append(PatternClass(name, name, _beginning(start)))
    found += [PatternClass(name, name, _script(script)) for script, name in SCRIPTS.items()]
    more: dict[str, Callable[[str], bool]] = {
        "words ending in “-s”": _plural,
        "letters with accents": _accented,
        "emoji": _emoji,
        "punctuation": _punctuation,
        "runs of symbols": _symbols,
    }
    return (*found, *(PatternClass(name, name, test) for name, test in more.items()))


PATTERNS = _patterns()
"""All of them, each name once."""

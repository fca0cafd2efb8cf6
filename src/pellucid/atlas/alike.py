"""Features that fire alike: those with an exemplar at the same token of the same text."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from pellucid.atlas.reader import Atlas
from pellucid.core.ids import FeatureId


class Alike(NamedTuple):
    """Another feature, and how many of the exemplars of the first it shares."""

    feature: FeatureId
    shared: int


@dataclass(frozen=True)
class ExemplarPlaces:
    """Where every feature's exemplars are. Needs a few dozen MB and some tenths of a second once, then a millisecond.

    Two features that peak a token apart share nothing here: what is counted is exact coincidence.
    """

    atlas: Atlas
    place: Int[np.ndarray, " exemplar"]
    """Sequence and position as one number, ascending."""
    feature: Int[np.ndarray, " exemplar"]
    """In feature order."""

    @classmethod
    def of(cls, atlas: Atlas) -> "ExemplarPlaces":
        """Reads two columns of the evidence.

        Raises:
            StoreMismatch: A file is damaged.
        """
        table = atlas.evidence.features
        sequence, start = table.lists("exemplar_sequence")
        place = _place(sequence, table.lists("exemplar_pos")[0], atlas.manifest.seq_len)
        feature = np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))
        order = np.argsort(place, kind="stable")
        return cls(atlas, place[order], feature[order])

    def of_feature(self, feature: FeatureId) -> Int[np.ndarray, " own"]:
        """Where the exemplars of one feature are.

        Raises:
            NotFound: The atlas has no such feature.
        """
        return self.place[self.feature == self.atlas.place(feature)]

    def alike(self, feature: FeatureId, *, top: int, at_least: int = 2) -> tuple[Alike, ...]:
        """Features that share at least `at_least` exemplars with this one, most first.

        Raises:
            NotFound: The atlas has no such feature.
        """
        own, mine = self.atlas.place(feature), self.of_feature(feature)
        first = np.searchsorted(self.place, mine, "left")
        last = np.searchsorted(self.place, mine, "right")
        others = [self.feature[a:b] for a, b in zip(first, last, strict=True)]
        found, n = np.unique(np.concatenate([*others, self.feature[:0]]), return_counts=True)
        wanted = (found != own) & (n >= at_least)
        found, n = found[wanted], n[wanted]
        order = np.lexsort((found, -n))[:top]
        return tuple(Alike(self.atlas.source.feature(int(found[i])), int(n[i])) for i in order)


def _place(
    sequence: Int[np.ndarray, " exemplar"], pos: Int[np.ndarray, " exemplar"], seq_len: int
) -> Int[np.ndarray, " exemplar"]:
    return sequence.astype(np.int64) * seq_len + pos

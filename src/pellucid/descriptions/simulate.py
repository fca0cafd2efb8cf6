"""The simulator by rules: predicts the activation at every position from the sentence alone.

It knows the lexicon, as a human reader knows English; it has seen neither the feature nor its exemplars.
"""

from functools import lru_cache

import numpy as np
from jaxtyping import Float32, Int32
from numba import njit

from pellucid.descriptions.material import Texts
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.sentence import STRONG, WEAK, Clause, Hypothesis, parse
from pellucid.descriptions.tokens import PLACE_BIT

TOPIC_DECAY, TOPIC_ENOUGH = 0.96, 2.5
"""How fast a topic's words are forgotten, and how much of them makes a text one about it."""


class RuleSimulator:
    """Predicts from sentences that `sentence.parse` reads."""

    name = "rules"

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._table = lru_cache(maxsize=512)(self._clause_tables)

    def predict(
        self, sentence: str, texts: Texts, rows: Int32[np.ndarray, " row"]
    ) -> Float32[np.ndarray, "row pos"]:
        """Predicted activation, 0 to 1, at every position of some sequences; 0 where a position does not count.

        Raises:
            InvalidRequest: The sentence is not of this form, or names a kind that the lexicon lacks.
        """
        return self.run(parse(sentence), texts, rows)

    def run(
        self, hypothesis: Hypothesis, texts: Texts, rows: Int32[np.ndarray, " row"]
    ) -> Float32[np.ndarray, "row pos"]:
        """The same from what a sentence says."""
        out = np.zeros((len(rows), texts.reading.shape[1]), np.float32)
        for clause in hypothesis.clauses:
            target, after, topic = self._table(clause)
            place = np.uint8(0) if clause.place is None else PLACE_BIT[clause.place]
            _predict(
                texts.reading, texts.places, texts.start, texts.stop, rows,
                target, after, topic, place, out,
            )  # fmt: skip
        return out

    def _clause_tables(self, clause: Clause) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        none = np.zeros(0, np.float32)
        target = (
            self._meaning.table(clause.strong, clause.weak, (STRONG, WEAK))
            if clause.strong
            else none
        )
        after = self._meaning.table(clause.after, (), (1.0, 0.0)) if clause.after else none
        topic = none
        if clause.topic is not None:
            topic = np.zeros(self._meaning.reader.n_reading, np.float32)
            topic[self._meaning.topics[clause.topic]] = 1
        return target, after, topic


@njit(cache=True, nogil=True)
def _predict(
    reading, places, start, stop, rows, target, after, topic, place, out
):  # pragma: no cover - compiled
    """Raise `out` to what one clause predicts; empty tables let everything through."""
    for i in range(len(rows)):
        s = rows[i]
        heard = np.float32(0)
        for p in range(stop[s]):
            e = reading[s, p]
            if len(topic):
                share = min(heard / np.float32(TOPIC_ENOUGH), np.float32(1))
                heard = heard * np.float32(TOPIC_DECAY) + topic[e]
            else:
                share = np.float32(1)
            if p < start[s] or p == 0:
                continue
            level = target[e] if len(target) else np.float32(1)
            if level == 0:
                continue
            if len(after) and after[reading[s, p - 1]] == 0:
                continue
            if place and not places[s, p] & place:
                continue
            out[i, p] = max(out[i, p], level * share)

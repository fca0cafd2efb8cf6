"""Scorers by a language model: does a feature fire in this text, and are these marks the right ones?"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from pellucid.core.errors import InvalidRequest, UnparseableReply, UpstreamFailed
from pellucid.descriptions.llm.answers import numbers, taken
from pellucid.descriptions.llm.excerpts import excerpt, marked, pieces
from pellucid.descriptions.llm.prompts import prompt
from pellucid.descriptions.pipeline import Case, standing
from pellucid.descriptions.scorers import Sides, Told, failed, sides, told
from pellucid.descriptions.tokens import Reader
from pellucid.llm import Ask, ChatModel

AT_ONCE = 5
"""Texts in one question."""
_CUT, _SURE = 5, 10
_MAX_TOKENS = 120


class _Telling(ABC):
    """What both have in common: texts in groups, one number for each."""

    kind: str

    def __init__(self, model: ChatModel, reader: Reader) -> None:
        self._model, self._reader = model, reader

    @property
    def name(self) -> str:
        """What is told, and the model."""
        return f"{self.kind} by {self._model.name}"

    def tell(self, sentence: str, case: Case) -> Told:
        """See `Scorer.tell`.

        Raises:
            BudgetSpent: No money is left.
        """
        status = standing(case)
        if status is not None:
            return Told("dead" if status == "dead" else "insufficient")
        texts, right = self._texts(case, sides(case))
        if not right.any() or right.all():
            return Told("insufficient", n_right=int(right.sum()), n_wrong=int((~right).sum()))
        try:
            confidence = self._ask(sentence, texts)
        except (InvalidRequest, UpstreamFailed, UnparseableReply) as error:
            return failed(error)
        return told(np.array(confidence, np.float64), right, _CUT)

    @abstractmethod
    def _texts(self, case: Case, two: Sides) -> tuple[list[str], Bool[np.ndarray, " text"]]:
        """What is shown, and where the feature is right."""

    def _ask(self, sentence: str, texts: Sequence[str]) -> list[float]:
        groups = [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]
        asks = [
            Ask(
                prompt(
                    self.kind,
                    description=" ".join(sentence.split()),
                    texts="\n".join(f"{n}. {text}" for n, text in enumerate(group, 1)),
                ),
                max_tokens=_MAX_TOKENS,
                json=self._model.capabilities.json,
            )
            for group in groups
        ]
        found = taken(self._model, asks, lambda a, i: numbers(a.text, len(groups[i]), _SURE))
        return [value for group in found for value in group]


class Detection(_Telling):
    """In which texts does the feature fire anywhere?"""

    kind = "detect"

    def _texts(self, case: Case, two: Sides) -> tuple[list[str], Bool[np.ndarray, " text"]]:
        rows = two.rows
        texts = [_text(self._reader, case, int(row), None) for row in rows]
        return texts, np.isin(rows, two.fires)


class Fuzzing(_Telling):
    """Are the marked pieces those at which the feature fires? All texts are ones in which it does.

    In half of them the marks are moved along to where it is silent.
    """

    kind = "fuzz"

    def _texts(self, case: Case, two: Sides) -> tuple[list[str], Bool[np.ndarray, " text"]]:
        pool, rows = case.test, two.fires
        random = np.random.default_rng(case.shown.seed)
        right = random.permutation(len(rows)) % 2 == 0
        peak = float(pool.y[rows].max(initial=0))
        texts: list[str] = []
        for row, is_right in zip(rows.tolist(), right.tolist(), strict=True):
            marks = marked(pool.y[row], peak)
            if not is_right:
                marks = _elsewhere(case, row, marks, random)
            texts.append(_text(self._reader, case, row, marks))
        return texts, right


def _elsewhere(
    case: Case, row: int, marks: Bool[np.ndarray, " pos"], random: np.random.Generator
) -> Bool[np.ndarray, " pos"]:
    """The same marks moved along to where the feature is silent, as far as there is such a place."""
    pool, sequence = case.test, case.test.rows[row]
    start, stop = int(case.texts.start[sequence]), int(case.texts.stop[sequence])
    fires = pool.y[row, start:stop] >= 0.1 * pool.y[row].max()
    moved = [np.roll(marks[start:stop], shift) for shift in range(1, stop - start)]
    if not moved:
        return np.zeros_like(marks)
    overlap = np.array([(m & fires).sum() for m in moved])
    other = np.zeros_like(marks)
    other[start:stop] = moved[int(random.choice(np.flatnonzero(overlap == overlap.min())))]
    return other


def _text(reader: Reader, case: Case, row: int, marks: Bool[np.ndarray, " pos"] | None) -> str:
    texts = pieces(reader, case.texts, int(case.test.rows[row]))
    none = np.zeros(len(texts), bool)
    return excerpt(texts, none if marks is None else marks[: len(texts)])

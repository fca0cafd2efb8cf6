"""Simulators by a language model: it judges every token of a text from the sentence alone.

By what the model can do, best first:

1. log-probabilities of a prompt: all tokens of a text at once, the judgement expected at each, after question marks;
2. log-probabilities of what it writes: a judgement a line, the one expected at each;
3. replies only: a list of whole numbers.

The texts are those of the subject's tokens; where a judgement stands is found by its characters, so that the model's
own tokens may be others.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from jaxtyping import Float32, Int32

from pellucid.core.errors import InvalidRequest
from pellucid.descriptions.llm.answers import (
    at_slot,
    by_line,
    expected,
    listed,
    numbered,
    numbers,
    or_raise,
    taken,
)
from pellucid.descriptions.llm.excerpts import pieces
from pellucid.descriptions.llm.prompts import prompt
from pellucid.descriptions.material import Texts
from pellucid.descriptions.tokens import Reader
from pellucid.llm import Answer, Ask, Capabilities, ChatModel, Forced

Mode = Literal["all-at-once", "by-line", "json"]
Take = Callable[[Answer, int], list[float]]
"""Judgements from a reply about so many pieces."""
CONTEXT = 16
"""Pieces shown before the first that counts."""
_TOKENS_A_LINE = 10


class LlmSimulator:
    """Predicts from any sentence."""

    def __init__(self, model: ChatModel, reader: Reader, mode: Mode | None = None) -> None:
        """Without a mode, the best that the model is capable of."""
        self._model, self._reader = model, reader
        self._mode: Mode | None = mode

    @property
    def name(self) -> str:
        """The model, and how it is asked."""
        top = self._model.capabilities.top
        return f"{self._model.name} ({self.mode}, 0 to {top})"

    @property
    def mode(self) -> Mode:
        """How it is asked."""
        return best_mode(self._model.capabilities) if self._mode is None else self._mode

    def predict(
        self, sentence: str, texts: Texts, rows: Int32[np.ndarray, " row"]
    ) -> Float32[np.ndarray, "row pos"]:
        """See `Simulator.predict`; 0 to 1.

        Raises:
            BudgetSpent: No money is left.
        """
        if not sentence.strip():
            raise InvalidRequest("there is no sentence", instead="describe the feature first")
        out = np.zeros((len(rows), texts.reading.shape[1]), np.float32)
        first = np.maximum(texts.start[rows] - CONTEXT, 0)
        read = [
            pieces(self._reader, texts, int(row))[at:] for row, at in zip(rows, first, strict=True)
        ]
        judge = {"all-at-once": self._at_once, "by-line": self._by_line, "json": self._as_json}
        for i, values in enumerate(judge[self.mode](" ".join(sentence.split()), read)):
            start, stop = int(texts.start[rows[i]]), int(texts.stop[rows[i]])
            out[i, start:stop] = values[start - first[i] :]
        return out / self._model.capabilities.top

    def _at_once(self, sentence: str, read: Sequence[Sequence[str]]) -> list[list[float]]:
        top = self._model.capabilities.top
        turns = prompt("simulate_all_at_once", description=sentence, top=top, some=top - 3)
        labels = tuple(str(n) for n in range(top + 1))
        lists = [listed(texts) for texts in read]
        found = self._model.read([Forced(turns, text, labels) for text, _ in lists])
        return [
            [expected(at_slot(places, slot), top) for slot in slots]
            for (_, slots), places in zip(lists, map(or_raise, found), strict=True)
        ]

    def _by_line(self, sentence: str, read: Sequence[Sequence[str]]) -> list[list[float]]:
        top = self._model.capabilities.top
        return self._replied("simulate_by_line", sentence, read, lambda a, n: by_line(a, n, top))

    def _as_json(self, sentence: str, read: Sequence[Sequence[str]]) -> list[list[float]]:
        top = self._model.capabilities.top
        return self._replied(
            "simulate_json", sentence, read, lambda a, n: numbers(a.text, n, top), json=True
        )

    def _replied(
        self,
        name: str,
        sentence: str,
        read: Sequence[Sequence[str]],
        take: Take,
        *,
        json: bool = False,
    ) -> list[list[float]]:
        can = self._model.capabilities
        asks = [
            Ask(
                prompt(
                    name,
                    description=sentence,
                    pieces=numbered(texts),
                    top=can.top,
                    some=can.top - 3,
                ),
                max_tokens=_TOKENS_A_LINE * len(texts) + 50,
                json=json and can.json,
                top=0 if json or not can.top_logprobs else 20,
            )
            for texts in read
        ]
        return taken(self._model, asks, lambda answer, i: take(answer, len(read[i])))


def best_mode(can: Capabilities) -> Mode:
    """How a model is asked."""
    if can.prompt_logprobs is not None:
        return "all-at-once"
    return "by-line" if can.top_logprobs else "json"

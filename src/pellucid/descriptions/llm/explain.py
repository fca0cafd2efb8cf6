"""The explainer by a language model: it sees excerpts with marked pieces, and says what they have in common.

Each candidate sees another draw of the top sequences in another order; the draw depends on feature and candidate alone.
"""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from pellucid.core.errors import PellucidError, UnparseableReply
from pellucid.descriptions.llm.excerpts import excerpt, marked, pieces
from pellucid.descriptions.llm.prompts import prompt
from pellucid.descriptions.ports import Candidate, Shown
from pellucid.descriptions.tokens import Reader
from pellucid.llm import Answer, Ask, ChatModel

MARKER = "DESCRIPTION:"
N_EXCERPTS = 10
_MAX_TOKENS, _MAX_TOKENS_BEGUN = 400, 60
_SHORTEST, _LONGEST = 3, 400


class LlmExplainer:
    """Proposes what a chat model says."""

    def __init__(
        self,
        model: ChatModel,
        reader: Reader,
        *,
        n_excerpts: int = N_EXCERPTS,
        temperature: float = 1.0,
    ) -> None:
        self._model, self._reader = model, reader
        self._n, self._temperature = n_excerpts, temperature

    @property
    def name(self) -> str:
        """The model."""
        return self._model.name

    def propose(self, shown: Shown, k: int) -> Sequence[Candidate]:
        """See `Explainer.propose`."""
        return self.candidates(shown, range(k))

    def candidates(self, shown: Shown, numbers: Sequence[int]) -> list[Candidate]:
        """The candidates of those numbers: each the same whichever others are asked for.

        Raises:
            BudgetSpent: No money is left.
        """
        if not any(y.any() for y in shown.pool.y[: shown.pool.n_top]):
            nothing = "the feature fires nowhere in the train split"
            return [Candidate("", "insufficient", nothing) for _ in numbers]
        return [_candidate(a) for a in self._model.reply([self._ask(shown, n) for n in numbers])]

    def _ask(self, shown: Shown, number: int) -> Ask:
        begins = self._model.capabilities.begins
        return Ask(
            prompt("explain", excerpts="\n".join(self.excerpts(shown, number))),
            max_tokens=_MAX_TOKENS_BEGUN if begins else _MAX_TOKENS,
            temperature=self._temperature,
            seed=seed_of(shown, number),
            begin=MARKER if begins else "",
            stop="\n" if begins else "",
        )

    def excerpts(self, shown: Shown, number: int) -> list[str]:
        """The top sequences drawn for a candidate, one line each."""
        pool = shown.pool
        top = [i for i in range(pool.n_top) if pool.y[i].any()]
        random = np.random.default_rng(seed_of(shown, number))
        drawn = random.permutation(len(top))[: self._n]
        lines: list[str] = []
        peak = float(max((pool.y[top[i]].max() for i in drawn), default=0))
        for n, i in enumerate(drawn, 1):
            row = top[i]
            texts = pieces(self._reader, shown.texts, int(pool.rows[row]))
            y = pool.y[row, : len(texts)]
            lines.append(f"Excerpt {n}: {excerpt(texts, marked(y, peak), int(y.argmax()))}")
        return lines


def _candidate(answer: Answer | PellucidError) -> Candidate:
    if isinstance(answer, UnparseableReply):
        return Candidate("", "unparseable", f"{answer}: {answer.raw[:200]}")
    if isinstance(answer, PellucidError):
        return Candidate("", "error", str(answer))
    sentence = sentence_of(answer.text)
    if sentence is None:
        return Candidate("", "unparseable", answer.text[:200])
    return Candidate(sentence, detail="llm")


def seed_of(shown: Shown, number: int) -> int:
    """Of one candidate of one feature."""
    key = f"{shown.feature}/{number}/{shown.seed}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:4], "big") >> 1


def sentence_of(reply: str) -> str | None:
    """What stands behind the last marker, on one line; None where that is no sentence."""
    at = reply.upper().rfind(MARKER)
    if at < 0:
        return None
    lines = reply[at + len(MARKER) :].strip("*_ \n\t").splitlines()
    text = " ".join(lines[0].split()).strip("*_` ") if lines else ""
    if len(text) > 1 and text[0] + text[-1] in ('""', "“”", "''"):
        text = text[1:-1].strip()
    if not _SHORTEST <= len(text) <= _LONGEST or re.search(r"[^\W\d_]", text) is None:
        return None
    return text

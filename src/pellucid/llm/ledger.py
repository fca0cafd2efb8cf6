"""What a model used: calls, tokens, and money where prices are known; and the limit that a person set."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pellucid.core.errors import Unsupported


class BudgetSpent(Unsupported):
    """The next call could cost more than is left."""


@dataclass(frozen=True, slots=True)
class Prices:
    """USD per million tokens."""

    prompt: float
    reply: float

    def of(self, n_prompt: int, n_reply: int) -> float:
        """USD."""
        return (n_prompt * self.prompt + n_reply * self.reply) / 1e6


@dataclass(frozen=True, slots=True)
class Used:
    """A sum."""

    calls: int = 0
    cached: int = 0
    """Answers that were on disk already, and are in none of the other numbers."""
    failed: int = 0
    """Calls without a usable answer; they count in `calls`, and their tokens where the endpoint says them."""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    usd: float | None = None
    """None where prices are not known."""

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.prompt_tokens + self.reply_tokens


class Ledger:
    """Counts, and refuses a call that could cost more than is left. Safe between threads."""

    def __init__(self, prices: Prices | None = None, budget_usd: float | None = None) -> None:
        """Raises Unsupported where there is a budget and no prices."""
        if budget_usd is not None and prices is None:
            raise Unsupported(
                "a budget needs prices",
                "what a token costs is not known",
                "set PELLUCID_LLM_PRICE_IN and PELLUCID_LLM_PRICE_OUT, in USD per million tokens",
            )
        self._prices, self._budget = prices, budget_usd
        self._lock = threading.Lock()
        self._calls = self._cached = self._failed = self._prompt = self._reply = 0
        self._usd = self._reserved = 0.0

    @property
    def used(self) -> Used:
        """So far."""
        with self._lock:
            usd = None if self._prices is None else self._usd
            return Used(
                self._calls, self._cached, self._failed, self._prompt, self._reply, usd
            )  # fmt: skip

    @contextmanager
    def call(self, n_prompt: int, n_reply: int) -> Iterator[None]:
        """Around a call that takes at most so many tokens.

        Raises:
            BudgetSpent: It could cost more than is left.
        """
        most = 0.0 if self._prices is None else self._prices.of(n_prompt, n_reply)
        with self._lock:
            if self._budget is not None and self._usd + self._reserved + most > self._budget:
                raise BudgetSpent(
                    f"the budget of ${self._budget:.2f} is spent",
                    f"${self._usd:.4f} in {self._calls} calls, and the next could take ${most:.4f}",
                    "run it again with a larger one: it goes on where it stopped",
                )
            self._reserved += most
            self._calls += 1
        try:
            yield
        except BaseException:
            with self._lock:
                self._failed += 1
            raise
        finally:
            with self._lock:
                self._reserved -= most

    def add(self, n_prompt: int, n_reply: int) -> None:
        """What a call took, as the endpoint says."""
        with self._lock:
            self._prompt += n_prompt
            self._reply += n_reply
            if self._prices is not None:
                self._usd += self._prices.of(n_prompt, n_reply)

    def add_cached(self) -> None:
        """An answer that was there already."""
        with self._lock:
            self._cached += 1

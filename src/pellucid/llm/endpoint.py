"""Any OpenAI-compatible endpoint: replies, and log-probabilities where it gives them.

The client waits and tries again by itself, as long as the endpoint says (`Retry-After`) or twice as long each time.
"""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pellucid.core.errors import InvalidRequest, PellucidError, UnparseableReply, Unsupported
from pellucid.core.settings import Settings
from pellucid.llm.cache import Cache
from pellucid.llm.failures import mapped, no_answer, unreadable
from pellucid.llm.ledger import BudgetSpent, Ledger, Prices
from pellucid.llm.port import Answer, Ask, Capabilities, Forced, Message, Place
from pellucid.llm.probing import probe
from pellucid.llm.spans import plain, starts_from_end

if TYPE_CHECKING:
    from openai import OpenAI

In = TypeVar("In")
Out = TypeVar("Out")
TOP = 20
"""Alternatives that are asked for: the most that endpoints commonly give."""
ECHO_TOP = 5
_CHARACTERS_A_TOKEN, _MARGIN = 2.5, 16
"""For the upper estimate of a prompt's tokens before a call."""


class Endpoint:
    """A model behind an endpoint."""

    def __init__(
        self,
        model: str,
        *,
        url: str | None = None,
        key: str | None = None,
        ledger: Ledger | None = None,
        cache: Path | None = None,
        concurrency: int = 4,
        timeout_s: float = 60.0,
        retries: int = 4,
    ) -> None:
        """Without `url`, OpenAI's own; a key from the environment goes only there."""
        self.name = f"endpoint:{model}"
        self._model, self._url, self._key = model, url, key
        self.ledger = ledger or Ledger()
        self._cache = Cache(cache)
        self._concurrency, self._timeout_s, self._retries = concurrency, timeout_s, retries
        self._refused: frozenset[str] = frozenset()
        """Parameters that this endpoint has refused."""

    @classmethod
    def of(
        cls, settings: Settings, *, budget_usd: float | None = None, cache: Path | None = None
    ) -> "Endpoint":
        """As the settings describe it.

        Raises:
            InvalidRequest: They name no model.
            Unsupported: There is a budget and no prices.
        """
        if settings.llm_model is None:
            raise InvalidRequest(
                "no model is named for the endpoint",
                instead="set PELLUCID_LLM_MODEL, PELLUCID_LLM_BASE_URL and PELLUCID_LLM_API_KEY",
            )
        key, prices = settings.llm_api_key, None
        if settings.llm_price_in is not None and settings.llm_price_out is not None:
            prices = Prices(settings.llm_price_in, settings.llm_price_out)
        return cls(
            settings.llm_model,
            url=settings.llm_base_url,
            key=None if key is None else key.get_secret_value(),
            ledger=Ledger(prices, budget_usd),
            cache=cache,
            concurrency=settings.llm_concurrency,
            timeout_s=settings.llm_timeout_s,
            retries=settings.llm_retries,
        )

    @property
    def capabilities(self) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._capabilities

    @cached_property
    def _capabilities(self) -> Capabilities:
        asked = ["capabilities", self._url, self._model]
        known = self._cache.get(asked)
        if known is not None:
            self.ledger.add_cached()
            return Capabilities(**known)
        found = probe(self._reply, self._read_by)
        self._cache.put(asked, asdict(found))
        return found

    def reply(self, asks: Sequence[Ask]) -> list[Answer | PellucidError]:
        """See `ChatModel.reply`."""
        return self._all(self._reply, asks)

    def read(self, forced: Sequence[Forced]) -> list[tuple[Place, ...] | PellucidError]:
        """See `ChatModel.read`."""
        way = self.capabilities.prompt_logprobs
        if way is None:
            raise Unsupported(
                f"{self.name} gives no log-probabilities of a prompt",
                "it was tried",
                "use a server such as vLLM, or let predictions be made another way",
            )
        return self._all(lambda one: self._read_by(one, way), forced)

    def _all(self, do: Callable[[In], Out], items: Sequence[In]) -> "list[Out | PellucidError]":
        def attempt(item: In) -> "Out | PellucidError":
            try:
                return do(item)
            except BudgetSpent:
                raise
            except PellucidError as error:
                return error

        if len(items) == 1:
            return [attempt(items[0])]
        with ThreadPoolExecutor(self._concurrency) as pool:
            return list(pool.map(attempt, items))

    # Replies

    def _reply(self, ask: Ask) -> Answer:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": _wire(ask.messages),
            "max_tokens": ask.max_tokens,
            "temperature": ask.temperature,
            "seed": ask.seed,
        }
        if ask.stop:
            body["stop"] = [ask.stop]
        if ask.json:
            body["response_format"] = {"type": "json_object"}
        if ask.top:
            body |= {"logprobs": True, "top_logprobs": min(ask.top, TOP)}

        def take(raw: Any) -> Answer:
            no_answer(self.name, raw)
            return _answer_of(raw)

        return self._asked("chat", body, ask.messages, ask.max_tokens, take)

    def _read_by(self, forced: Forced, way: str) -> tuple[Place, ...]:
        turns = (*forced.messages, Message("assistant", forced.reply))
        if way == "echo":
            text = "\n\n".join(m.text for m in turns)
            body: dict[str, Any] = {
                "model": self._model,
                "prompt": text,
                "max_tokens": 1,
                "temperature": 0.0,
                "echo": True,
                "logprobs": ECHO_TOP,
            }
            begin = len(text) - len(forced.reply)
            return self._asked("echo", body, turns, 1, lambda reply: _echoed(reply, begin, text))
        body = {
            "model": self._model,
            "messages": _wire(turns),
            "max_tokens": 1,
            "temperature": 0.0,
            "extra_body": {
                "prompt_logprobs": TOP,
                "add_generation_prompt": False,
                "continue_final_message": True,
            },
        }
        return self._asked("chat", body, turns, 1, lambda reply: _prompted(reply, forced.reply))

    def _asked(
        self,
        kind: str,
        body: dict[str, Any],
        messages: Sequence[Message],
        max_tokens: int,
        take: Callable[[Any], Out],
    ) -> Out:
        """`take` raises as `_taken` expects where the answer is not what it must be."""
        asked = [self._url, kind, body]
        raw = self._cache.get(asked)
        if raw is not None:
            self.ledger.add_cached()
            return self._taken(take, raw)
        n_prompt = int(sum(len(m.text) for m in messages) / _CHARACTERS_A_TOKEN)
        with self.ledger.call(n_prompt + _MARGIN * len(messages), max_tokens):
            raw = self._sent(kind, body)
            usage = raw.get("usage") if isinstance(raw, dict) else None
            if isinstance(usage, dict):
                counts = (usage.get("prompt_tokens"), usage.get("completion_tokens"))
                self.ledger.add(*(n if isinstance(n, int) else 0 for n in counts))
            taken = self._taken(take, raw)
        self._cache.put(asked, raw)
        return taken

    def _taken(self, take: Callable[[Any], Out], raw: Any) -> Out:
        try:
            return take(raw)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise unreadable(self.name, raw) from error

    def _sent(self, kind: str, body: dict[str, Any]) -> Any:
        from openai import BadRequestError, OpenAIError, UnprocessableEntityError

        make = self._client.completions if kind == "echo" else self._client.chat.completions
        for _ in range(3):
            try:
                sent: Any = make.with_raw_response.create(**_without(body, self._refused))
            except (BadRequestError, UnprocessableEntityError) as error:
                named = {
                    p for p in _OPTIONAL if p in body and re.search(rf"\b{p}\b", error.message)
                }
                if not named - self._refused:
                    raise mapped(self.name, error) from error
                self._refused |= named
            except OpenAIError as error:
                raise mapped(self.name, error) from error
            else:
                return self._parsed(sent.http_response)
        raise UnparseableReply(f"{self.name} refuses every form of the question", "")

    def _parsed(self, response: Any) -> Any:
        try:
            return response.json()
        except ValueError as error:
            raise unreadable(self.name, response.text) from error

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import OpenAI, OpenAIError

        key = "none" if self._key is None and self._url is not None else self._key
        try:
            return OpenAI(
                base_url=self._url,
                api_key=key,
                timeout=self._timeout_s,
                max_retries=self._retries,
            )
        except OpenAIError as error:
            raise InvalidRequest(
                "the endpoint needs a key", instead="set PELLUCID_LLM_API_KEY"
            ) from error


_OPTIONAL = ("max_tokens", "temperature", "seed")
"""Parameters that some models refuse."""


def _without(body: dict[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    kept = {name: value for name, value in body.items() if name not in refused}
    if "max_tokens" in refused:
        kept["max_completion_tokens"] = body["max_tokens"]
    return kept


def _wire(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": m.role, "content": m.text} for m in messages]


def _answer_of(raw: Any) -> Answer:
    choice = raw["choices"][0]
    text = choice["message"]["content"]
    if not isinstance(text, str):
        raise TypeError("no text")
    places: list[Place] = []
    at = 0
    for token in (choice.get("logprobs") or {}).get("content") or ():
        others = {plain(t["token"]): float(t["logprob"]) for t in token.get("top_logprobs") or ()}
        places.append(Place(at, token["token"], others))
        at += len(token["token"])
    return Answer(text, tuple(places), cut=choice.get("finish_reason") == "length")


def _prompted(raw: Any, reply: str) -> tuple[Place, ...]:
    rows = raw.get("prompt_logprobs") or raw["choices"][0]["prompt_logprobs"]
    tokens: list[str] = []
    others: list[dict[str, float]] = []
    for row in rows:
        known = list((row or {}).values())
        texts = [plain(entry["decoded_token"] or "") for entry in known]
        tokens.append(texts[0] if texts else "")  # the token that stands there comes first
        others.append(
            {text: float(entry["logprob"]) for text, entry in zip(texts, known, strict=True)}
        )
    places = tuple(Place(at, tokens[i], others[i]) for i, at in starts_from_end(tokens, reply))
    if not places or places[0].start > 0:
        raise ValueError("the prompt is not in the answer")
    return places


def _echoed(raw: Any, begin: int, text: str) -> tuple[Place, ...]:
    given = raw["choices"][0]["logprobs"]
    rows = zip(given["tokens"], given["text_offset"], given["top_logprobs"], strict=True)
    places = tuple(
        Place(offset - begin, plain(token), {plain(t): float(v) for t, v in (others or {}).items()})
        for token, offset, others in rows
        if begin <= offset + len(token) - 1 and offset < len(text)
    )
    if not places or places[0].start > 0:
        raise ValueError("the prompt is not in the answer")
    return places

"""The port of chat models: what is asked, what comes back, and what a model can do besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from pellucid.core.errors import PellucidError
from pellucid.llm.ledger import Ledger

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for a reply."""

    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0
    json: bool = False
    """The reply must be one JSON object."""
    top: int = 0
    """Alternatives wanted at every token of the reply; 0 for none."""
    begin: str = ""
    """How the reply begins; only where the model can be made to, see `Capabilities.begins`."""
    stop: str = ""
    """The reply ends before this."""


@dataclass(frozen=True, slots=True)
class Forced:
    """A reply given in advance, of which the model says what it would have written at every token."""

    messages: tuple[Message, ...]
    reply: str
    """Neither begins nor ends with white space, which templates may cut off."""
    labels: tuple[str, ...]
    """The alternatives of interest."""


@dataclass(frozen=True, slots=True)
class Place:
    """One token of a reply, and what else could stand there."""

    start: int
    """First character, in the reply."""
    text: str
    alternatives: Mapping[str, float] = field(default_factory=dict[str, float])
    """Log-probability by text, up to a constant; only some are known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply."""

    text: str
    places: tuple[Place, ...] = ()
    """Its tokens, where alternatives were asked for."""
    cut: bool = False
    """It ran into the limit of tokens."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do beyond replying, found by trying."""

    prompt_logprobs: Literal["chat", "echo", "in process"] | None
    """Log-probabilities of a reply given in advance: by `prompt_logprobs`, by completions with `echo`, or here."""
    top_logprobs: bool
    """Alternatives at every token that it writes."""
    json: bool
    """Replies that are JSON."""
    ten: bool = True
    """“10” is one token: judgements go from 0 to 10. Otherwise from 0 to 9."""
    begins: bool = False
    """The beginning of a reply can be given."""

    @property
    def top(self) -> int:
        """The highest judgement."""
        return 10 if self.ten else 9

    def __str__(self) -> str:
        ways = (
            [f"prompt log-probabilities ({self.prompt_logprobs})"] if self.prompt_logprobs else []
        )
        ways += ["top log-probabilities"] if self.top_logprobs else []
        ways += ["JSON"] if self.json else []
        return ", ".join(ways) or "replies only"


@runtime_checkable
class ChatModel(Protocol):
    """A language model that follows instructions."""

    @property
    def name(self) -> str:
        """The model, and where it runs."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """Probed when first asked for.

        Raises:
            UpstreamFailed: The model does not answer at all.
            InvalidRequest: There is no such model.
        """
        ...

    @property
    def ledger(self) -> Ledger:
        """What was used."""
        ...

    def reply(self, asks: Sequence[Ask]) -> list[Answer | PellucidError]:
        """In order; what fails is the error in its place: UpstreamFailed, UnparseableReply or InvalidRequest.

        Raises:
            BudgetSpent: No money is left.
        """
        ...

    def read(self, forced: Sequence[Forced]) -> list[tuple[Place, ...] | PellucidError]:
        """The tokens of replies given in advance; errors as in `reply`.

        Raises:
            BudgetSpent: No money is left.
            Unsupported: It cannot.
        """
        ...

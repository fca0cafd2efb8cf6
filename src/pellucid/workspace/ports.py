"""What the workspace asks of the engine: `pellucid.subject` and `pellucid.analysis`, unadapted."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pellucid.core.ids import FeatureId
from pellucid.core.records import (
    Active,
    Conversation,
    Damage,
    Effect,
    Joint,
    Method,
    Shift,
    SiteMap,
    Target,
    Token,
    Touched,
    Verification,
)
from pellucid.core.tails import Array
from pellucid.journal import Finish


class ProgressPort(Protocol):
    """How far loading is."""

    @property
    def stage(self) -> str: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int:
        """0 where it is not known."""
        ...

    @property
    def unit(self) -> str: ...
    @property
    def detail(self) -> str: ...


class PromptPort(Protocol):
    """What the subject reads, token by token."""

    @property
    def given_from(self) -> int:
        """Positions before this are a system turn that the template added by itself."""
        ...

    @property
    def reply_start(self) -> int:
        """The first position of the open reply; the length where nothing of it is given."""
        ...

    @property
    def ids(self) -> Sequence[int]: ...
    @property
    def texts(self) -> Sequence[str]: ...
    def __len__(self) -> int: ...
    def cut(self, end: int) -> "PromptPort":
        """Only the positions before `end`."""
        ...


class SubjectPort(Protocol):
    """The model under study."""

    @property
    def name(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def kind(self) -> str:
        """The family, as in `llama`."""
        ...

    @property
    def n_layers(self) -> int: ...
    @property
    def d_model(self) -> int: ...
    @property
    def d_mlp(self) -> int: ...
    @property
    def n_neurons(self) -> int: ...
    @property
    def n_context(self) -> int: ...
    @property
    def dtype(self) -> str: ...
    @property
    def device(self) -> str: ...
    @property
    def has_chat_template(self) -> bool: ...
    def read_prompt(self, conversation: Conversation) -> PromptPort:
        """Tokenise a conversation."""
        ...

    def continue_reply(self, prompt: Any, token_id: int | None) -> PromptPort:
        """A prompt that ends in its open reply, ready to go on from there, or from one more token."""
        ...

    def check_ids(self, ids: Sequence[int]) -> None:
        """Refuse ids that it cannot read."""
        ...


class SteeringPort(Protocol):
    """Interventions, ready to be applied."""

    @property
    def touched(self) -> Touched: ...


class GenerationPort(Protocol):
    """A reply being written; iterating runs the subject, one token at a time."""

    @property
    def prompt_tokens(self) -> Sequence[Token]:
        """Reads the prompt at the first call."""
        ...

    @property
    def finish(self) -> Finish | None: ...
    def __iter__(self) -> Iterator[Token]: ...
    def close(self) -> None:
        """Leave no hook and no steering behind."""
        ...


class AttributionPort(Protocol):
    """Which sites promoted a target."""

    @property
    def target(self) -> Target: ...
    @property
    def contrast(self) -> Target | None: ...
    @property
    def method(self) -> Method: ...
    @property
    def effects(self) -> Sequence[Effect]: ...
    @property
    def baseline(self) -> Any:
        """The run explained, for `measure` to depart from."""
        ...

    @property
    def map(self) -> SiteMap | None:
        """Where it was asked for."""
        ...


class ActivationsPort(Protocol):
    """Which sites stand out by their activation."""

    @property
    def scale(self) -> str: ...
    @property
    def effects(self) -> Sequence[Active]: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions of the engine; every one blocks, and only one may run at a time.

    Signatures that hold tensors stay the engine's own; what they return is checked by the ports.
    """

    load: Callable[..., SubjectPort]
    prompt_of: Callable[[Sequence[Token], int, int | None], PromptPort]
    """The prompt that token records stand for, with where the given turns and the reply begin."""
    passage: Callable[[Any, str], PromptPort]
    """A text as the corpora of atlases are read: behind the token that stands between documents."""
    compile: Callable[..., SteeringPort | None]
    generate: Callable[..., GenerationPort]
    pick_target: Callable[..., Any]
    attribute: Callable[..., Generator[None, None, AttributionPort]]
    """In steps; closing it leaves the work between two of them."""
    measure: Callable[..., Generator[tuple[Effect, float], None, None]]
    activate: Callable[..., ActivationsPort]
    joint: Callable[..., Joint]
    verify: Callable[..., Generator[None, None, Verification]]
    """In steps, too."""
    damage: Callable[..., Generator[None, None, Damage]]
    """In steps."""
    shift: Callable[..., Generator[None, None, Shift]]
    """In steps."""
    trace: Callable[[Any, Sequence[int], FeatureId], Sequence[float]]
    """The activation of one feature's unit at every position of these ids, raw and signed."""
    trace_all: Callable[..., Array]
    """The same of many features in a run as steered, [feature, position]."""

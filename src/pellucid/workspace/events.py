"""What happens while a question is answered, in order. The server sends these as they are."""

from typing import Literal

from pellucid.core.records import Active, Effect, Method, Record, SiteMap, Target, Token, Touched
from pellucid.journal import Finish
from pellucid.workspace.concepts import Concept


class Queued(Record):
    """Waiting for the model; sent at once and whenever the place changes."""

    type: Literal["queued"] = "queued"
    position: int
    """Questions that come first, the one being answered included; 0 when its turn has come."""


class Started(Record):
    """The prompt was read; the reply begins."""

    type: Literal["started"] = "started"
    run_id: str
    turn_id: str
    user_turn_id: str | None
    """The user turn that was added; null where the last one is answered again."""
    tokens: tuple[Token, ...]
    """All that was read, what the reply was given to begin with included."""
    reply_from: int
    """Where the reply begins: `tokens` from here on were given; their number where none was."""
    concepts: tuple[Concept, ...] = ()
    """What the interventions that name a text stand for; the run keeps their features."""


class Written(Record):
    """One more token of the reply."""

    type: Literal["token"] = "token"
    token: Token


class ReplyDone(Record):
    """The reply is complete and kept."""

    type: Literal["done"] = "done"
    finish: Finish
    n_tokens: int
    """Of the reply, without those that were given."""
    seconds: float
    """From the turn having come to the last token."""
    touched: Touched | None
    repeats: float | None = None
    """Of a steered reply, the share of its 3-token runs that it has had before; None without interventions."""


class Estimated(Record):
    """What promoted the target, as the method has it."""

    type: Literal["estimate"] = "estimate"
    target: Target
    contrast: Target | None
    method: Method
    effects: tuple[Effect, ...]
    """Largest absolute attribution first."""
    map: SiteMap
    """All sites that count, shown or not, by layer and position."""


class MeasuredEffect(Record):
    """The measured effect of one site, in nats."""

    id: str
    pos: int
    effect: float


class Measured(Record):
    """Some more of the estimated effects, measured."""

    type: Literal["measured"] = "measured"
    effects: tuple[MeasuredEffect, ...]


class WhyDone(Record):
    """Everything asked for was measured."""

    type: Literal["done"] = "done"
    seconds: float


class ActiveSites(Record):
    """The sites that stand out in a range of positions."""

    scale: str
    """What `normalised` is relative to, in words."""
    effects: tuple[Active, ...]


ReplyEvent = Started | Written | ReplyDone
WhyEvent = Estimated | Measured | WhyDone

"""A feature along a text: an exemplar of the atlas computed anew, or any text at all."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from pellucid.atlas import Atlas, Exemplar
from pellucid.atlas.records import Quantile
from pellucid.core.errors import NotFound
from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation, Message, Record
from pellucid.core.tails import DEFAULT_TAIL
from pellucid.workspace.bench import Bench


@dataclass(frozen=True, slots=True)
class ExemplarAsked:
    """Which exemplar of which feature to compute anew."""

    feature: FeatureId
    rank: int


@dataclass(frozen=True, slots=True)
class TextAsked:
    """Which text to read for a feature."""

    feature: FeatureId
    text: str
    as_message: bool
    """Read it as a user's message, through the chat template; otherwise as a document."""


class TracedToken(Record):
    """One token of a text, with what a feature does there."""

    pos: int
    id: int
    text: str
    """Empty where the token is the beginning of a character that a later token completes."""
    activation: float
    """Of the feature's unit, raw: of the other sign where the feature is silent."""
    normalised: float | None
    """Activation over the feature's tail quantile; negative where the feature is silent. None without an atlas."""


class Traced(Record):
    """A feature along a text. Position 0 is an attention sink: its activation compares with no other."""

    id: str
    tokens: tuple[TracedToken, ...]
    quantile: Quantile | None
    """What `normalised` is measured in; None without an atlas, and where the feature never fired."""


class ExactExemplar(Exemplar):
    """An exemplar whose activations are all exact."""

    stored_peak: float
    """What the atlas says of `peak`, which was computed anew."""


def recompute(bench: Bench, asked: ExemplarAsked) -> Generator[ExactExemplar, None, None]:
    """The exemplar's activation at every token.

    Raises:
        NotFound: There is no atlas, no such feature, or no such exemplar.
        StoreMismatch: A file of the atlas is damaged.
    """
    atlas = bench.needed_atlas()
    exemplars = atlas.exemplars(asked.feature)
    if not 0 <= asked.rank < len(exemplars):
        raise NotFound(
            f"{asked.feature} has no exemplar {asked.rank}",
            why=f"it has {len(exemplars)}, counted from 0",
        )
    stored = exemplars[asked.rank]
    ids = [token.id for token in stored.tokens]
    found = bench.engine.trace(bench.subject, ids, asked.feature)
    fields: dict[str, Any] = {name: getattr(stored, name) for name in Exemplar.model_fields}
    fields["activations"], fields["peak"] = tuple(found), found[stored.pos]
    yield ExactExemplar(**fields, stored_peak=stored.peak)


def read(bench: Bench, asked: TextAsked) -> Generator[Traced, None, None]:
    """The feature's activation at every token of the text.

    Raises:
        InvalidRequest: The text is empty.
        NotFound: The subject has no such feature.
        TooLarge: The text is longer than the subject reads.
        Unsupported: A message, and no chat template.
    """
    engine, subject = bench.engine, bench.subject
    if asked.as_message:
        message = Message(role="user", content=asked.text)
        prompt = subject.read_prompt(Conversation(messages=(message,)))
    else:
        prompt = engine.passage(subject, asked.text)
    values = engine.trace(subject, prompt.ids, asked.feature)
    quantile = _quantile(bench.open_atlas(), asked.feature)
    yield Traced(
        id=str(asked.feature),
        tokens=tuple(
            TracedToken(
                pos=pos,
                id=id_,
                text=text,
                activation=value,
                normalised=None if quantile is None else value / quantile.value,
            )
            for pos, (id_, text, value) in enumerate(
                zip(prompt.ids, prompt.texts, values, strict=True)
            )
        ),
        quantile=quantile,
    )


def _quantile(atlas: Atlas | None, feature: FeatureId) -> Quantile | None:
    if atlas is None or atlas.source.place(feature) is None:
        return None
    known = [q for q in atlas.feature(feature).quantiles if q.tail == DEFAULT_TAIL]
    return next((q for q in known if q.value), None)

"""What `why` computes, for one conversation and for a file of them. Imports torch."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pellucid.analysis import Attribution, Question, attribute, measure, pick_target
from pellucid.analysis.aggregate import FeatureMean, aggregate
from pellucid.analysis.attribute import FeatureSums, attribute_features
from pellucid.cli.conversation import BatchLine
from pellucid.cli.session import Reading, Session
from pellucid.core.errors import PellucidError
from pellucid.core.interventions import Intervention
from pellucid.core.records import (
    Alternative,
    Conversation,
    Effect,
    Method,
    Target,
    Token,
    Touched,
)
from pellucid.workspace.concepts import Concept


@dataclass(frozen=True)
class Asked:
    """The flags of `why`."""

    target: str | None
    target_all: bool
    contrast: str | None
    at: int | None
    top: int
    method: Method
    measure: int


@dataclass(frozen=True)
class Explained:
    """The answer for one conversation."""

    tokens: list[Token]
    target: Target
    contrast: Target | None
    method: Method
    alternatives: tuple[Alternative, ...]
    """The most likely tokens where the target stands."""
    effects: tuple[Effect, ...]
    concepts: tuple[Concept, ...]
    touched: Touched | None


@dataclass(frozen=True)
class ExplainedLine:
    """Which token of a batch's line was explained."""

    line: int
    target: Target
    contrast: Target | None


@dataclass(frozen=True)
class ExplainedBatch:
    """The answer for a file of conversations."""

    aggregate: tuple[FeatureMean, ...]
    lines: tuple[ExplainedLine, ...]
    concepts: tuple[Concept, ...]
    touched: Touched | None


def explain(
    session: Session, conversation: Conversation, changes: Sequence[Intervention], asked: Asked
) -> Explained:
    """What brought the token about, in the run as steered."""
    reading = session.read(conversation, changes)
    question = _question(session, reading, asked, asked.target, asked.contrast)
    tokens = session.tokens(reading)
    session.out.stage("attributing")
    found = attribute(
        session.subject,
        question,
        method=asked.method,
        top=asked.top,
        steering=reading.steering,
        source=session.source,
    )
    effects = _measured(session, found, asked.measure)
    at = found.target.pos
    here = (
        tokens[at]
        if at < len(tokens)
        else session.expected(reading, found.target.id, found.target.text)
    )
    return Explained(
        tokens=tokens,
        target=found.target,
        contrast=found.contrast,
        method=found.method,
        alternatives=here.top,
        effects=session.worded(effects),
        concepts=reading.concepts,
        touched=reading.touched,
    )


def explain_batch(
    session: Session,
    path: Path,
    lines: Sequence[tuple[int, BatchLine]],
    changes: Sequence[Intervention],
    asked: Asked,
) -> ExplainedBatch:
    """Every line explained, features averaged; all lines are checked before the first is."""
    changes, concepts = session.resolved(changes)
    todo: list[tuple[int, Question, Reading]] = []
    for number, line in lines:
        with _naming(f"{path}, line {number}"):
            reading = session.read(Conversation(messages=line.messages), changes)
            target = line.target if line.target is not None else asked.target
            contrast = line.contrast if line.contrast is not None else asked.contrast
            todo.append((number, _question(session, reading, asked, target, contrast), reading))
    told: list[ExplainedLine] = []

    def explained() -> Iterator[FeatureSums]:
        for done, (number, question, reading) in enumerate(todo):
            session.out.stage(f"attributing  {done}/{len(todo)} lines")
            found = attribute_features(
                session.subject,
                question,
                method=asked.method,
                steering=reading.steering,
                source=session.source,
            )
            told.append(ExplainedLine(number, found.target, found.contrast))
            yield found

    sums, source = (line.sums for line in explained()), session.source
    if source is None:
        means = aggregate(sums, asked.top)
    else:
        means = aggregate(sums, asked.top, source=source.name, layers=source.layers)
    return ExplainedBatch(means, tuple(told), concepts, todo[0][2].touched)


def _question(
    session: Session, reading: Reading, asked: Asked, target: str | None, contrast: str | None
) -> Question:
    return pick_target(
        session.subject,
        reading.prompt,
        text=target,
        at=asked.at,
        contrast=contrast,
        all_tokens=asked.target_all,
    )


def _measured(session: Session, found: Attribution, k: int) -> list[Effect]:
    """All effects in their order, the first `k` with what intervening at the site did."""
    effects = list(found.effects)
    n = min(k, len(effects))
    if n == 0:
        return effects
    session.out.stage(f"measuring  0/{n} sites")
    with closing(measure(session.subject, found.baseline, effects[:n])) as answers:
        for i, (effect, value) in enumerate(answers):
            effects[i] = effect.model_copy(update={"effect": value})
            session.out.stage(f"measuring  {i + 1}/{n} sites")
    return effects


@contextmanager
def _naming(where: str) -> Generator[None, None, None]:
    """Errors inside the block say where they arose."""
    try:
        yield
    except PellucidError as error:
        error.args = (f"{where}: {error}",)
        raise

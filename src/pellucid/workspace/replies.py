"""A reply, from a conversation in the journal to a finished run."""

import logging
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from pellucid.core.errors import InvalidRequest, PellucidError
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Message, Touched
from pellucid.core.repetition import repeated
from pellucid.journal import (
    ConversationDetail,
    Finish,
    NewRun,
    RunState,
    RunWriter,
    Sampling,
)
from pellucid.workspace.bench import Bench
from pellucid.workspace.concepts import resolved
from pellucid.workspace.events import ReplyDone, ReplyEvent, Started, Written
from pellucid.workspace.ports import GenerationPort

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReplyAsked:
    """What to answer, and how."""

    conversation_id: str
    content: str | None
    """Adds a user turn; None answers the last one again."""
    settings: Sampling
    interventions: tuple[Intervention, ...]


def reply(bench: Bench, asked: ReplyAsked) -> Generator[ReplyEvent, None, None]:
    """Answer a conversation, token by token; closing the generator stops the subject.

    Nothing is kept before the prompt was read without error. From then on the run is in the
    journal: `done`, `failed`, or `stopped` where the generator was closed.

    Raises:
        PellucidError: The conversation, an intervention or the journal would not do.
    """
    began = time.monotonic()
    engine, subject, journal = bench.engine, bench.subject, bench.journal
    messages = messages_of(journal.conversations.get(asked.conversation_id), asked.content)
    prompt = subject.read_prompt(Conversation(messages=messages))
    interventions, concepts = resolved(asked.interventions, bench.concepts)
    steering, atlas = bench.steering(interventions, prompt)
    touched = steering.touched if steering is not None else None
    settings = asked.settings
    generation = engine.generate(
        subject,
        prompt,
        max_new_tokens=settings.max_new_tokens,
        temperature=settings.temperature,
        seed=settings.seed,
        steering=steering,
    )
    with closing(generation):
        prompt_tokens = tuple(generation.prompt_tokens)
        new = NewRun(
            conversation_id=asked.conversation_id,
            content=asked.content,
            settings=settings,
            interventions=interventions,
            subject=subject.hash,
            prompt=prompt_tokens,
            given_from=prompt.given_from,
            atlas=atlas,
        )
        begun = journal.runs.begin(new)
        writer = RunWriter(journal.runs, begun.run_id)
        started = Started(**begun.model_dump(), tokens=prompt_tokens, concepts=concepts)
        yield from _write(writer, started, generation, (began, touched))


def messages_of(conversation: ConversationDetail, content: str | None) -> tuple[Message, ...]:
    """What the subject is to answer: all turns and `content`, or all up to the last question.

    Raises:
        InvalidRequest: There is nothing to answer.
    """
    turns = [Message(role=turn.role, content=turn.content) for turn in conversation.turns]
    if content is not None:
        turns.append(Message(role="user", content=content))
    elif turns and turns[-1].role == "assistant":
        turns.pop()
    if not turns or turns[-1].role != "user":
        raise InvalidRequest(
            "there is nothing to answer", why="no user turn stands last", instead="send content"
        )
    if conversation.system is not None:
        turns.insert(0, Message(role="system", content=conversation.system))
    return tuple(turns)


def _write(
    writer: RunWriter,
    started: Started,
    generation: GenerationPort,
    context: tuple[float, Touched | None],
) -> Generator[ReplyEvent, None, None]:
    began, touched = context
    written: list[int] = []
    try:
        yield started
        for token in generation:
            writer.add(token)
            written += [] if token.marker else [token.id]
            yield Written(token=token)
    except GeneratorExit:
        _finish_quietly(writer, "stopped", "stopped")
        raise
    except Exception:
        _finish_quietly(writer, "failed", None)
        raise
    finish = generation.finish or "end"
    writer.finish("done", finish)
    yield ReplyDone(
        finish=finish,
        n_tokens=writer.n_tokens,
        seconds=time.monotonic() - began,
        touched=touched,
        repeats=None if touched is None else repeated(written),
    )


def _finish_quietly(writer: RunWriter, state: RunState, finish: Finish | None) -> None:
    """Keep what was written; where even that fails, the next start marks the run as stopped."""
    try:
        writer.finish(state, finish)
    except PellucidError as error:
        _log.warning("run %s could not be marked %s: %s", writer.run_id, state, error.code)

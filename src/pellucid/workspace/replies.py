"""A reply, from a conversation in the journal to a finished run."""

import logging
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from pellucid.core.errors import PellucidError
from pellucid.core.interventions import Intervention
from pellucid.core.records import Touched
from pellucid.core.repetition import repeated
from pellucid.journal import Finish, NewRun, RunState, RunWriter, Sampling
from pellucid.workspace.beginnings import Given, beginning
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
    given: Given | None = None
    """What the reply begins with."""


def reply(bench: Bench, asked: ReplyAsked) -> Generator[ReplyEvent, None, None]:
    """Answer a conversation, token by token; closing the generator stops the subject.

    Nothing is kept before the prompt was read without error. From then on the run is in the
    journal: `done`, `failed`, or `stopped` where the generator was closed.

    Raises:
        PellucidError: The conversation, what the reply is to begin with, an intervention or the journal would not do.
    """
    began = time.monotonic()
    engine, subject, journal = bench.engine, bench.subject, bench.journal
    conversation = journal.conversations.get(asked.conversation_id)
    start = beginning(bench, conversation, asked.content, asked.given)
    prompt = start.prompt
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
            reply_from=prompt.reply_start,
            reply=start.reply,
            atlas=atlas,
        )
        begun = journal.runs.begin(new)
        writer = RunWriter(journal.runs, begun.run_id)
        started = Started(
            **begun.model_dump(),
            tokens=prompt_tokens,
            reply_from=prompt.reply_start,
            concepts=concepts,
        )
        yield from _write(writer, started, generation, (began, touched))


def _write(
    writer: RunWriter,
    started: Started,
    generation: GenerationPort,
    context: tuple[float, Touched | None],
) -> Generator[ReplyEvent, None, None]:
    began, touched = context
    reply_ids = [token.id for token in started.tokens[started.reply_from :]]
    try:
        yield started
        for token in generation:
            writer.add(token)
            reply_ids += [] if token.marker else [token.id]
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
        repeats=None if touched is None else repeated(reply_ids),
    )


def _finish_quietly(writer: RunWriter, state: RunState, finish: Finish | None) -> None:
    """Keep what was written; what the journal cannot take now, it remembers and takes later."""
    try:
        writer.finish(state, finish)
    except PellucidError as error:
        _log.warning("run %s could not be marked %s: %s", writer.run_id, state, error.code)

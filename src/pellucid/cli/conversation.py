"""The conversation flags, the same for every command that asks the subject something."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click
from pydantic import Field, TypeAdapter, ValidationError

from pellucid.cli.errors import explain
from pellucid.cli.files import parse_json, read_text, whole_text
from pellucid.core.errors import InvalidRequest
from pellucid.core.records import Conversation, Message, Record

FILE = click.Path(path_type=Path, allow_dash=True)

_MESSAGES = TypeAdapter(tuple[Message, ...])
_IDS = TypeAdapter(list[int])
_MESSAGES_SHAPE = "give a list of {role, content}"
_IDS_SHAPE = "give a list of whole numbers, or tokens[] as a command gave it"

_OPTIONS = (
    click.option("--user", metavar="TEXT", help="What the user says."),
    click.option("--system", metavar="TEXT", help="System message; default: the template's own."),
    click.option("--assistant", metavar="PREFIX", help="Begin the reply with this, literally."),
    click.option(
        "--messages", type=FILE, metavar="FILE", help="JSON list of {role, content} instead."
    ),
    click.option("--text", metavar="TEXT", help="Raw text instead, without template."),
    click.option("--ids", type=FILE, metavar="FILE", help="JSON list of exact token ids instead."),
)

_TARGET_OPTIONS = (
    click.option(
        "--target",
        metavar="TEXT",
        help="Explain the first token of TEXT, taken literally, leading space and all.",
    ),
    click.option("--target-all", is_flag=True, help="Explain all tokens of --target together."),
    click.option(
        "--contrast", metavar="TEXT", help="Explain log p(target) - log p(first token of TEXT)."
    ),
    click.option(
        "--at",
        type=click.IntRange(min=0),
        metavar="P",
        help="Explain the token at position P, from what stands before it.",
    ),
)


class BatchLine(Record):
    """One line of a `--batch` file."""

    messages: tuple[Message, ...] = Field(min_length=1)
    target: str | None = None
    contrast: str | None = None


def conversation_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags; the command gets `conversation`, None where no flag was given."""

    @functools.wraps(command)
    def with_conversation(
        *,
        user: str | None,
        system: str | None,
        assistant: str | None,
        messages: Path | None,
        text: str | None,
        ids: Path | None,
        **rest: Any,
    ) -> None:
        conversation = read_conversation(
            user=user, system=system, assistant=assistant, messages=messages, text=text, ids=ids
        )
        command(conversation=conversation, **rest)

    for option in reversed(_OPTIONS):
        with_conversation = option(with_conversation)
    return with_conversation


def target_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the flags that name the token explained: `target`, `target_all`, `contrast` and `at`."""
    for option in reversed(_TARGET_OPTIONS):
        command = option(command)
    return command


def needed(conversation: Conversation | None) -> Conversation:
    """`conversation`, which the command cannot do without.

    Raises:
        InvalidRequest: No flag gave one.
    """
    if conversation is None:
        raise InvalidRequest(
            "there is no conversation", instead="give --user, --messages, --text or --ids"
        )
    return conversation


def read_conversation(
    *,
    user: str | None = None,
    system: str | None = None,
    assistant: str | None = None,
    messages: Path | None = None,
    text: str | None = None,
    ids: Path | None = None,
) -> Conversation | None:
    """The conversation that the flags describe, or None where there are none.

    Raises:
        InvalidRequest: The flags contradict each other, or a file does not hold what it should.
    """
    _refuse_contradictions(
        {"--user": user, "--messages": messages, "--text": text, "--ids": ids}, system, assistant
    )
    if text is not None:
        return Conversation(text=whole_text(text, "--text"))
    if ids is not None:
        return Conversation(ids=read_ids(ids))
    if messages is not None:
        return Conversation(messages=_continued(read_messages(messages), assistant))
    if user is not None:
        first = [] if system is None else [_message("system", system)]
        return Conversation(messages=_continued((*first, _message("user", user)), assistant))
    return None


def read_messages(path: Path) -> tuple[Message, ...]:
    """The messages of a file."""
    data = parse_json(read_text(path), str(path), _MESSAGES_SHAPE)
    try:
        messages = _MESSAGES.validate_python(data)
    except ValidationError as error:
        raise InvalidRequest(
            f"{path} holds no messages", why=explain(error), instead=_MESSAGES_SHAPE
        ) from error
    if not messages:
        raise InvalidRequest(
            f"{path} holds no messages", why="the list is empty", instead=_MESSAGES_SHAPE
        )
    return _whole(messages, str(path))


def read_ids(path: Path) -> tuple[int, ...]:
    """The token ids of a file: a list of numbers, a list of tokens, or an object with `tokens`."""
    data = parse_json(read_text(path), str(path), _IDS_SHAPE)
    if isinstance(data, dict):
        data = cast("dict[str, Any]", data).get("tokens")
    if isinstance(data, list):
        entries = cast("list[Any]", data)
        data = [cast("dict[str, Any]", x).get("id") if isinstance(x, dict) else x for x in entries]
    try:
        ids = _IDS.validate_python(data, strict=True)
    except ValidationError as error:
        raise InvalidRequest(
            f"{path} holds no token ids", why=explain(error), instead=_IDS_SHAPE
        ) from error
    if not ids:
        raise InvalidRequest(
            f"{path} holds no token ids", why="the list is empty", instead=_IDS_SHAPE
        )
    return tuple(ids)


def read_batch(path: Path) -> list[tuple[int, BatchLine]]:
    """The lines of a batch file with their numbers, from 1; empty lines are passed over.

    Raises:
        InvalidRequest: A line is broken; it is named.
    """
    shape = 'write {"messages": [...], "target": TEXT, "contrast": TEXT} on each line'
    lines: list[tuple[int, BatchLine]] = []
    for number, text in enumerate(read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        where = f"{path}, line {number},"
        try:
            line = BatchLine.model_validate(parse_json(text, where, shape))
        except ValidationError as error:
            raise InvalidRequest(
                f"{where} cannot be used", why=explain(error), instead=shape
            ) from error
        _whole(line.messages, where)
        lines.append((number, line))
    if not lines:
        raise InvalidRequest(f"{path} is empty", instead=shape)
    return lines


def _refuse_contradictions(
    sources: dict[str, object], system: str | None, assistant: str | None
) -> None:
    given = [flag for flag, value in sources.items() if value is not None]
    if len(given) > 1:
        raise InvalidRequest(
            f"{' and '.join(given)} contradict each other",
            why="each is a whole conversation",
            instead=f"give only one of {', '.join(sources)}",
        )
    if system is not None and given != ["--user"]:
        raise InvalidRequest(
            f"--system does not go with {given[0]}"
            if given
            else "--system alone is no conversation",
            instead="put a system message into the file"
            if given == ["--messages"]
            else "give --user with it",
        )
    if assistant is not None and given not in (["--user"], ["--messages"]):
        raise InvalidRequest(
            f"--assistant does not go with {given[0]}"
            if given
            else "--assistant alone is no conversation",
            instead="write it at the end of the text"
            if given == ["--text"]
            else "give --user with it",
        )


def _continued(messages: tuple[Message, ...], assistant: str | None) -> tuple[Message, ...]:
    if assistant is None:
        return messages
    if messages[-1].role == "assistant":
        raise InvalidRequest(
            "--assistant begins a reply that has begun",
            why="the last message is the assistant's",
            instead="write it at the end of that message",
        )
    return (*messages, Message(role="assistant", content=whole_text(assistant, "--assistant")))


def _message(role: Any, text: str) -> Message:
    return Message(role=role, content=whole_text(text, f"--{role}"))


def _whole(messages: tuple[Message, ...], where: str) -> tuple[Message, ...]:
    for index, message in enumerate(messages):
        whole_text(message.content, f"{where} message {index}")
    return messages

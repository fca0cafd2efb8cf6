"""A chat template taken apart: which characters of the rendered string anyone wrote, and in whose turn.

Templates are programs, so this is found by rendering: once as asked, and with markers in place of the contents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.records import Message, Role


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the rendered string."""

    start: int
    end: int
    role: Role
    marker: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A conversation as the subject's template writes it."""

    text: str
    spans: tuple[Span, ...]
    """In order, without gaps."""
    given_from: int
    """Characters before this are a system turn that the template added by itself."""
    reply_from: int
    """Where the open reply begins."""


class ChatTemplate:
    """A tokenizer's chat template.

    Raises:
        Unsupported: There is no template, or it refuses the conversation.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        if not getattr(tokenizer, "chat_template", None):
            raise Unsupported(
                "this model has no chat template",
                "it was not trained on turns, so there is no one way to write them down",
                "give plain text with --text, or exact ids with --ids",
            )

    def render(self, messages: Sequence[Message]) -> Rendered:
        """The conversation as a string; an assistant turn at the end is left open and continued, literally."""
        if not messages:
            raise InvalidRequest("the conversation is empty", instead="give at least one message")
        reply = messages[-1].content if messages[-1].role == "assistant" else ""
        closed = list(messages[:-1] if messages[-1].role == "assistant" else messages)
        if not closed:
            raise InvalidRequest(
                "the conversation has only an assistant turn",
                instead="begin it with a user or system message",
            )
        text = self._apply(closed, generation=True)
        contents = self._contents(closed, text)
        header_starts = self._header_starts(closed, text, contents)
        given = self._default_system_end(closed, text, contents[0][0])
        closing = self._closing(closed, text, contents[-1][1])
        headers = [given, *header_starts, closing]
        spans = [Span(0, given, "system", True), *_spans(closed, contents, headers)]
        spans.append(Span(closing, len(text), "assistant", True))
        if reply:
            spans.append(Span(len(text), len(text) + len(reply), "assistant", False))
        return Rendered(text + reply, tuple(s for s in spans if s.end > s.start), given, len(text))

    def _apply(self, messages: Sequence[Message], *, generation: bool) -> str:
        chat = [{"role": m.role, "content": m.content} for m in messages]
        try:
            return str(
                self._tokenizer.apply_chat_template(
                    chat, tokenize=False, add_generation_prompt=generation
                )
            )
        except TemplateError as error:
            raise Unsupported(
                "the model's chat template refuses this conversation",
                str(error),
                "check the order of the roles, or give plain text with --text",
            ) from error

    def _contents(self, messages: Sequence[Message], text: str) -> list[tuple[int, int]]:
        """Where each message's content stands; templates may strip white space around it."""
        marks = [f"\ufdd0{i}\ufdd1" for i in range(len(messages))]
        skeleton = self._apply(
            [Message(role=m.role, content=mark) for m, mark in zip(messages, marks, strict=True)],
            generation=True,
        )
        found: list[tuple[int, int]] = []
        at = cut = 0
        for message, mark in zip(messages, marks, strict=True):
            place = skeleton.find(mark, cut)
            before = skeleton[cut:place] if place >= 0 else ""
            begin = at + len(before)
            if place < 0 or text[at:begin] != before:
                begin = -1
            cut = place + len(mark)
            span = _locate(text, message.content, begin, at)
            if span is None:
                raise Unsupported(
                    f"the model's chat template rewrites the {message.role} message",
                    "it is then unknown which tokens the message became",
                    "give plain text with --text, or exact ids with --ids",
                )
            found.append(span)
            at = span[1]
        return found

    def _header_starts(
        self, messages: Sequence[Message], text: str, contents: Sequence[tuple[int, int]]
    ) -> list[int]:
        """Where each message's own markers begin: where the conversation without it would end."""
        starts: list[int] = []
        for k in range(1, len(messages)):
            low, high = contents[k - 1][1], contents[k][0]
            try:
                shorter = self._apply(messages[:k], generation=False)
            except Unsupported:
                shorter = ""
            fits = text.startswith(shorter) and low <= len(shorter) <= high
            starts.append(len(shorter) if fits else high)
        return starts

    def _closing(self, messages: Sequence[Message], text: str, low: int) -> int:
        """Where the last message's markers end and the header that opens the reply begins."""
        closed = self._apply(messages, generation=False)
        return len(closed) if text.startswith(closed) and len(closed) >= low else low

    def _default_system_end(self, messages: Sequence[Message], text: str, first: int) -> int:
        """The end of a system turn, or start token, that stands before the first message's own header."""
        if messages[0].role == "system":
            return 0
        turns = [
            Message(role="user", content="\ufdd0"),
            Message(role="assistant", content="\ufdd0"),
            Message(role="user", content="\ufdd1"),
        ]
        try:
            longer, shorter = (
                self._apply(turns, generation=False),
                self._apply(turns[:2], generation=False),
            )
        except Unsupported:
            return 0
        if not longer.startswith(shorter) or "\ufdd1" not in longer:
            return 0
        header = longer[len(shorter) : longer.index("\ufdd1")]
        return first - len(header) if header and text[:first].endswith(header) else 0


def _locate(text: str, content: str, begin: int, at: int) -> tuple[int, int] | None:
    """Where `content`, or `content` stripped, stands: at `begin`, or else first after `at`."""
    shapes = dict.fromkeys((content, content.strip(), content.lstrip(), content.rstrip()))
    if begin >= 0:
        for shape in shapes:
            if text.startswith(shape, begin):
                return begin, begin + len(shape)
    for shape in shapes:
        place = text.find(shape, at) if shape else -1
        if place >= 0:
            return place, place + len(shape)
    return None


def _spans(
    messages: Sequence[Message], contents: Sequence[tuple[int, int]], headers: Sequence[int]
) -> list[Span]:
    """Each message as header, content and what follows it; `headers` has one more entry, the end."""
    spans: list[Span] = []
    for k, (message, (start, stop)) in enumerate(zip(messages, contents, strict=True)):
        spans.append(Span(headers[k], start, message.role, True))
        spans.append(Span(start, stop, message.role, False))
        spans.append(Span(stop, headers[k + 1], message.role, True))
    return spans

"""Documents, one text or one chat each, and the count of what a corpus held that is none.

A text longer than `PART_CHARS` is cut into parts, and each part is a document of its own: one enormous document
neither fills a split by itself nor costs more than its length.
"""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import ValidationError

from pellucid.core.records import Message

PART_CHARS = 50_000
"""Most characters of one text document; about 12,000 tokens of English."""
NAMED = 5
"""How many things of a kind a report names."""
_TEXT_KEYS = ("text", "content")
_CHAT_KEYS = ("messages", "conversation")
_ABOUT_KEYS = ("source", "category", "licence", "package")
RECORD_KEYS = frozenset((*_TEXT_KEYS, *_CHAT_KEYS, *_ABOUT_KEYS))
"""Keys of a record, or columns of a table, that are read."""

Reason = Literal[
    "broken", "textless", "empty", "binary", "cut", "duplicate", "repeated", "refused", "plain"
]
"""What was met in a corpus beside whole documents; `REASONS` says each in words."""
REASONS: dict[Reason, str] = {
    "broken": "lines or files that are damaged",
    "textless": "records without text or messages",
    "empty": "empty documents",
    "binary": "files that are no UTF-8 text",
    "cut": f"texts longer than {PART_CHARS:,} characters, cut into parts that count as documents",
    "duplicate": "exact repetitions of a document, left out",
    "repeated": "documents that another one begins with word for word, left out",
    "refused": "chats that the chat template refuses",
    "plain": "chats read as plain text, since the tokenizer has no chat template",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document is from. All parts are names for people; none is a path of this machine."""

    corpus: str
    """The corpus: the name of its file or folder, or of its data set."""
    source: str = ""
    """Which part of the corpus, as the record or the folder says."""
    category: str = ""
    licence: str = ""
    package: str = ""
    """What the source was published in, with its version."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, or one chat."""

    origin: Origin
    text: str | None
    messages: tuple[Message, ...] | None
    sha: str
    """Hexadecimal sha256 of the content alone; where a document is from does not change it."""

    @property
    def content(self) -> str:
        """Everything anyone wrote in it."""
        if self.text is not None:
            return self.text
        return "\n".join(message.content for message in self.messages or ())


@dataclass
class Tally:
    """Counts by reason of what was met while reading, the first few by name."""

    counts: Counter[Reason] = field(default_factory=Counter)
    named: dict[Reason, list[str]] = field(default_factory=dict)

    def note(self, reason: Reason, name: str) -> None:
        """Count one thing; `name` says which, for people."""
        self.counts[reason] += 1
        names = self.named.setdefault(reason, [])
        if len(names) < NAMED:
            names.append(name)


def named(document: Document) -> str:
    """A document for people: where it is from, and how it begins."""
    return f"{document.origin.source}: {document.content[:40]!r}"


def text_document(text: str, origin: Origin) -> Document:
    """A document of one text.

    Raises:
        UnicodeEncodeError: The text holds half a character.
    """
    return Document(origin, text, None, hashlib.sha256(b"text\0" + text.encode()).hexdigest())


def chat_document(messages: tuple[Message, ...], origin: Origin) -> Document:
    """A document of one chat.

    Raises:
        UnicodeEncodeError: A message holds half a character.
    """
    whole = json.dumps([[m.role, m.content] for m in messages], ensure_ascii=False)
    return Document(origin, None, messages, hashlib.sha256(b"chat\0" + whole.encode()).hexdigest())


def documents_of(record: Any, origin: Origin, name: str, tally: Tally) -> Iterator[Document]:
    """The documents in one record of a file: none, one, or the parts of a long text.

    Args:
        record: `text`, or `messages` (a list of `role` and `content`); what `Origin` holds may stand beside it.
        origin: Of the file; what the record itself says comes first.
        name: Of the record, for the tally.
        tally: Where what cannot be read is counted.
    """
    if not isinstance(record, dict):
        tally.note("textless", name)
        return
    told = {key: str(record[key]) for key in _ABOUT_KEYS if record.get(key)}
    origin = replace(origin, **told)
    chat = next((record[key] for key in _CHAT_KEYS if record.get(key) is not None), None)
    text = next((record[key] for key in _TEXT_KEYS if isinstance(record.get(key), str)), None)
    try:
        if chat is not None:
            yield from _chat(chat, origin, name, tally)
        elif text is not None:
            yield from texts_of(io.StringIO(text), origin, name, tally)
        else:
            tally.note("textless", name)
    except UnicodeEncodeError:
        tally.note("broken", f"{name}: half a character")


def texts_of(stream: io.TextIOBase, origin: Origin, name: str, tally: Tally) -> Iterator[Document]:
    """A text as documents: one, or one a part where it is long."""
    n = 0
    for part in _parts(stream):
        if part.strip():
            n += 1
            yield text_document(part, origin)
    if n == 0:
        tally.note("empty", name)
    elif n > 1:
        tally.note("cut", f"{name}: {n} parts")


def _chat(value: Any, origin: Origin, name: str, tally: Tally) -> Iterator[Document]:
    try:
        turns = [{"role": turn["role"], "content": turn["content"]} for turn in value]
        messages = tuple(Message.model_validate(turn) for turn in turns)
    except (ValidationError, TypeError, KeyError, IndexError):
        tally.note("broken", f"{name}: messages are not a list of role and content")
        return
    if not any(message.content.strip() for message in messages):
        tally.note("empty", name)
        return
    yield chat_document(messages, origin)


def _parts(stream: io.TextIOBase) -> Iterator[str]:
    """A text in parts of at most `PART_CHARS`, never more than one of them in memory."""
    rest = ""
    while piece := stream.read(PART_CHARS + 1 - len(rest)):
        rest += piece
        if len(rest) > PART_CHARS:
            at = _boundary(rest[:PART_CHARS])
            yield rest[:at]
            rest = rest[at:]
    if rest:
        yield rest


def _boundary(text: str) -> int:
    """Where a full part is cut: after the last paragraph, line or word that ends in its last fifth."""
    low = len(text) * 4 // 5
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, low)
        if at >= 0:
            return at + len(mark)
    return len(text)

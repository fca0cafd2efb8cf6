"""Text to ids and back, for one tokenizer, without losing a character or inventing one.

Text that a person typed never becomes a control token; text of the template does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pellucid.core.errors import InvalidRequest, NotFound, Unsupported
from pellucid.core.records import Conversation, Role
from pellucid.subject.prompt import Prompt
from pellucid.subject.template import ChatTemplate, Rendered, Span


@contextmanager
def tokenizing() -> Iterator[None]:
    """Turns a panic of the tokenizer's Rust code, which is no `Exception`, into an error.

    Raises:
        Unsupported: The tokenizer gave up.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unsupported(
            "the tokenizer fails",
            str(error),
            "its tokenizer.json is likely damaged: fetch the model again",
        ) from error


class _Split(NamedTuple):
    """Ids, and which characters each stands for."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Codec:
    """Reads conversations as prompts, and ids as texts."""

    def __init__(self, tokenizer: Any, n_vocab: int) -> None:
        self.tokenizer = tokenizer
        self.n_vocab = n_vocab
        """Ids the subject knows; the tokenizer may know fewer."""
        self.control_ids = frozenset(int(i) for i in tokenizer.all_special_ids)
        added = tokenizer.added_tokens_decoder
        self.control_ids |= {int(i) for i, token in added.items() if token.special}
        self._controls = {
            str(added[i].content if i in added else tokenizer.convert_ids_to_tokens(i)): i
            for i in self.control_ids
        }
        by_itself, going_on = self._split("a"), self._going_on("a")
        self._anchor = by_itself.ids[-1:]
        self._adds_prefix = going_on is not None and going_on.ids != by_itself.ids
        """Whether a text by itself begins otherwise than the same text behind another, as with SentencePiece."""
        self._goes_on_behind_controls = self._adds_prefix and all(
            self.tokenizer(control + "a", add_special_tokens=False)["input_ids"][1:]
            != by_itself.ids
            for control in self._controls
        )
        self.piece = lru_cache(maxsize=65536)(self._piece)
        """The text of one id by itself, leading space kept."""

    @property
    def has_chat_template(self) -> bool:
        """Whether messages can be read."""
        return bool(getattr(self.tokenizer, "chat_template", None))

    # Reading

    def read(self, conversation: Conversation) -> Prompt:
        """The prompt a conversation becomes.

        Raises:
            InvalidRequest: Nothing to read, or an id outside the vocabulary.
            Unsupported: Messages, and no chat template that can take them; or a tokenizer that fails on them.
        """
        with tokenizing():
            return self._read(conversation)

    def _read(self, conversation: Conversation) -> Prompt:
        if conversation.messages is not None:
            return self._chat(ChatTemplate(self.tokenizer).render(conversation.messages))
        if conversation.text is not None:
            ids = self._split(conversation.text, start=True).ids
        else:
            ids = list(conversation.ids or ())
            for id_ in ids:
                self.check(id_)
        if not ids:
            raise InvalidRequest(
                "there is nothing to read: the text is empty", instead="give at least one token"
            )
        n = len(ids)
        return Prompt(tuple(ids), tuple(self._open_texts(ids)), ("text",) * n, (False,) * n)

    def literal(self, text: str) -> list[int]:
        """The ids of a piece of text as it would continue other text: leading space and all, no control tokens."""
        going_on = self._going_on(text) if self._adds_prefix else None
        return (going_on or self._split(text)).ids

    def check(self, id_: int) -> int:
        """`id_`, if the subject knows it.

        Raises:
            NotFound: It is outside the vocabulary.
        """
        if not 0 <= id_ < self.n_vocab:
            raise NotFound(
                f"token id {id_} is not in the vocabulary",
                instead=f"ids go from 0 to {self.n_vocab - 1}",
            )
        return id_

    def with_ids(self, prompt: Prompt, ids: Sequence[int]) -> Prompt:
        """The prompt with exact ids at the end of its reply; a character that they leave open waits for what comes."""
        whole = prompt.extended(ids, [""] * len(ids), "assistant")
        return replace(whole, texts=tuple(self._open_texts(whole.ids)))

    def _chat(self, rendered: Rendered) -> Prompt:
        ids, offsets = self._whole(rendered)
        roles, markers = _by_token(offsets, rendered.spans)
        given = sum(1 for start, _ in offsets if start < rendered.given_from)
        if all(id_ in self.control_ids for id_ in ids[:given]):
            given = 0
        reply = sum(1 for start, _ in offsets if start < rendered.reply_from)
        return Prompt(tuple(ids), tuple(self._open_texts(ids)), roles, markers, given, reply)

    def _whole(self, rendered: Rendered) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids and character spans of the rendered string, control tokens in what anyone wrote left as text."""
        typed = [s for s in rendered.spans if not s.marker]
        if not any(c in rendered.text[s.start : s.end] for s in typed for c in self._controls):
            out = self._encoded(rendered.text, add_special_tokens=False)
            return list(out["input_ids"]), [(int(a), int(b)) for a, b in out["offset_mapping"]]
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for start, end, control in self._pieces(rendered):
            if control is not None:
                ids.append(control)
                offsets.append((start, end))
                continue
            part = rendered.text[start:end]
            going_on = self._going_on(part) if start and self._goes_on_behind_controls else None
            found = going_on or self._split(part)
            ids += found.ids
            offsets += [(start + a, start + b) for a, b in found.offsets]
        return ids, offsets

    def _pieces(self, rendered: Rendered) -> list[tuple[int, int, int | None]]:
        """The string cut at the template's own control tokens: (start, end, id), id None for text."""
        cuts: list[tuple[int, int, int]] = []
        for span in (s for s in rendered.spans if s.marker):
            at = span.start
            while at < span.end:
                here = [c for c in self._controls if rendered.text.startswith(c, at)]
                if here:
                    longest = max(here, key=len)
                    cuts.append((at, at + len(longest), self._controls[longest]))
                    at += len(longest)
                else:
                    at += 1
        pieces: list[tuple[int, int, int | None]] = []
        at = 0
        for start, end, control in cuts:
            if start > at:
                pieces.append((at, start, None))
            pieces.append((start, end, control))
            at = end
        if at < len(rendered.text):
            pieces.append((at, len(rendered.text), None))
        return pieces

    def _split(self, text: str, *, start: bool = False) -> "_Split":
        """Text without control tokens, but the start token where it is asked for."""
        out = self._encoded(text, add_special_tokens=start, split_special_tokens=True)
        return _Split(list(out["input_ids"]), [(int(a), int(b)) for a, b in out["offset_mapping"]])

    def _encoded(self, text: str, **how: bool) -> Any:
        """Ids and offsets; that a text is too long is said by whoever asked, not by the tokenizer."""
        return self.tokenizer(text, return_offsets_mapping=True, verbose=False, **how)

    def _going_on(self, text: str) -> "_Split | None":
        """Text as it is split behind a line break; None where the two cannot be told apart."""
        lead, whole = self._split("\n").ids, self._split("\n" + text)
        n = len(lead)
        if whole.ids[:n] != lead:
            return None
        return _Split(whole.ids[n:], [(a - 1, b - 1) for a, b in whole.offsets[n:]])

    # Writing

    def texts(self, ids: Sequence[int], after: Prompt | None = None) -> list[str]:
        """One text an id; joined, they are the text of all. Incomplete characters wait for their last id.

        With `after`, what the ids add to the text of a prompt.
        """
        stream = TextStream(self, after)
        out = [stream.push(id_) for id_ in ids]
        if out:
            out[-1] += stream.rest()
        return out

    def _open_texts(self, ids: Sequence[int]) -> list[str]:
        """The same, with a character left open at the end: what comes may complete it."""
        stream = TextStream(self)
        return [stream.push(id_) for id_ in ids]

    def _piece(self, id_: int) -> str:
        if id_ in self.control_ids:
            return self._decode([id_])
        return self.added(self._anchor, [id_])

    def added(self, before: Sequence[int], ids: Sequence[int]) -> str:
        """The text that `ids` add behind `before`: decoders drop the space that a text by itself begins with."""
        return self._decode([*before, *ids])[len(self._decode(before)) :]

    def _decode(self, ids: Sequence[int]) -> str:
        return str(self.tokenizer.backend_tokenizer.decode(list(ids), skip_special_tokens=False))


class TextStream:
    """Ids in, text out, one at a time; a character whose bytes are not complete yet comes out later."""

    def __init__(self, codec: Codec, after: Prompt | None = None) -> None:
        """A stream at its beginning, or one that goes on where a prompt ends."""
        self._codec = codec
        self._told: list[int] = []
        """The ids of the last text that came out: what follows is decoded behind them."""
        self._waiting: list[int] = []
        if after is not None:
            told = [pos for pos, text in enumerate(after.texts) if text][-2:]
            first, last = (told[0] if len(told) == 2 else -1), (told[-1] if told else -1)
            self._told = list(after.ids[first + 1 : last + 1])
            self._waiting = list(after.ids[last + 1 :])

    def push(self, id_: int) -> str:
        """The text that became complete with this id; empty where a character is still open."""
        self._waiting.append(id_)
        text = self.rest()
        if not text or text.endswith("\ufffd"):
            return ""
        self._told, self._waiting = self._waiting, []
        return text

    def rest(self) -> str:
        """What has not come out, with what never became a character as replacement characters."""
        return self._codec.added(self._told, self._waiting)


def _by_token(
    offsets: Sequence[tuple[int, int]], spans: Sequence[Span]
) -> tuple[tuple[Role, ...], tuple[bool, ...]]:
    """Role and marker of every token, by the span its first character stands in."""
    roles: list[Role] = []
    markers: list[bool] = []
    at = 0
    for start, _ in offsets:
        while at + 1 < len(spans) and spans[at].end <= start:
            at += 1
        roles.append(spans[at].role)
        markers.append(spans[at].marker)
    return tuple(roles), tuple(markers)

"""Text to ids and back, for one tokenizer, without losing a character or inventing one.

Text that a person typed never becomes a control token; text of the template does.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tokenizers.decoders import DecodeStream

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.records import Conversation, Role
from pellucid.subject.prompt import Prompt
from pellucid.subject.template import ChatTemplate, Rendered, Span


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
        self._anchor = self._encode("a", controls=False)[-1:]
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
            Unsupported: Messages, and no chat template that can take them.
        """
        if conversation.messages is not None:
            return self._chat(ChatTemplate(self.tokenizer).render(conversation.messages))
        if conversation.text is not None:
            ids = self._encode(conversation.text, controls=False, start=True)
        else:
            ids = list(conversation.ids or ())
            for id_ in ids:
                self.check(id_)
        if not ids:
            raise InvalidRequest(
                "there is nothing to read: the text is empty", instead="give at least one token"
            )
        n = len(ids)
        return Prompt(tuple(ids), tuple(self.texts(ids)), ("text",) * n, (False,) * n)

    def literal(self, text: str) -> list[int]:
        """The ids of a piece of text as it would continue other text: leading space and all, no control tokens."""
        ids = self._encode(text, controls=False)
        if ids and self.piece(ids[0]).startswith(" ") and not text.startswith(" "):
            start = self._encode("\n", controls=False)
            longer = self._encode("\n" + text, controls=False)
            if longer[: len(start)] == start:
                return longer[len(start) :]
        return ids

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

    def _chat(self, rendered: Rendered) -> Prompt:
        ids, offsets = self._whole(rendered)
        roles, markers = _by_token(offsets, rendered.spans)
        given = sum(1 for start, _ in offsets if start < rendered.given_from)
        if all(id_ in self.control_ids for id_ in ids[:given]):
            given = 0
        reply = sum(1 for start, _ in offsets if start < rendered.reply_from)
        return Prompt(tuple(ids), tuple(self.texts(ids)), roles, markers, given, reply)

    def _whole(self, rendered: Rendered) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids and character spans of the rendered string, control tokens in what anyone wrote left as text."""
        typed = [s for s in rendered.spans if not s.marker]
        if not any(c in rendered.text[s.start : s.end] for s in typed for c in self._controls):
            out = self.tokenizer(
                rendered.text, add_special_tokens=False, return_offsets_mapping=True
            )
            return list(out["input_ids"]), [(int(a), int(b)) for a, b in out["offset_mapping"]]
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for start, end, control in self._pieces(rendered):
            if control is not None:
                ids.append(control)
                offsets.append((start, end))
                continue
            out = self.tokenizer(
                rendered.text[start:end],
                add_special_tokens=False,
                return_offsets_mapping=True,
                split_special_tokens=True,
            )
            ids += out["input_ids"]
            offsets += [(start + a, start + b) for a, b in out["offset_mapping"]]
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

    def _encode(self, text: str, *, controls: bool, start: bool = False) -> list[int]:
        return list(
            self.tokenizer(text, add_special_tokens=start, split_special_tokens=not controls)[
                "input_ids"
            ]
        )

    # Writing

    def texts(self, ids: Sequence[int]) -> list[str]:
        """One text an id; joined, they are the text of all. Incomplete characters wait for their last id."""
        stream = TextStream(self)
        out = [stream.push(id_) for id_ in ids]
        if out:
            out[-1] += stream.rest()
        return out

    def _piece(self, id_: int) -> str:
        if id_ in self.control_ids:
            return self._decode([id_])
        return self._decode([*self._anchor, id_])[len(self._decode(self._anchor)) :]

    def _decode(self, ids: Sequence[int]) -> str:
        return str(
            self.tokenizer.decode(
                list(ids), skip_special_tokens=False, clean_up_tokenization_spaces=False
            )
        )


class TextStream:
    """Ids in, text out, one at a time; a character whose bytes are not complete yet comes out later."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._backend = codec.tokenizer.backend_tokenizer
        self._stream = DecodeStream(skip_special_tokens=False)
        self._waiting: list[int] = []

    def push(self, id_: int) -> str:
        """The text that became complete with this id; empty where a character is still open."""
        self._waiting.append(id_)
        text = self._stream.step(self._backend, id_)
        if text is None:
            return ""
        self._waiting.clear()
        return str(text)

    def rest(self) -> str:
        """What never became a character, as replacement characters."""
        return "".join(self._codec.piece(id_) for id_ in self._waiting)


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

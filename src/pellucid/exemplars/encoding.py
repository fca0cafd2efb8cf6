"""Documents as rows of token ids, the way a subject would meet them.

A text becomes sequences of a separator and up to `seq_len - 1` ids, cut one after the other. A chat goes through the
chat template; where it is too long for one sequence, the next ones begin with the separator.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from jaxtyping import UInt32

from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.records import Conversation
from pellucid.exemplars.documents import Document, Tally, named
from pellucid.subject.codec import Codec, tokenizing

END_OF_TEXT = "<|endoftext|>"
Row: TypeAlias = UInt32[np.ndarray, " _"]
"""The ids of one sequence."""


class Encoded(NamedTuple):
    """A document and its sequences."""

    document: Document
    rows: list[Row]

    @property
    def n_read(self) -> int:
        """Positions after the first ones."""
        return sum(len(row) - 1 for row in self.rows)


def separator_of(codec: Codec) -> int | None:
    """The id that stood between documents in training, as far as the tokenizer tells; None where it has none.

    The start token; but where the chat template writes that out as a turn's beginning and the vocabulary has an
    end-of-text token too, as with SmolLM2, the latter. The end token where there is no start token.
    """
    tokenizer = codec.tokenizer
    bos, eos = tokenizer.bos_token_id, tokenizer.eos_token_id
    ends_text = tokenizer.get_vocab().get(END_OF_TEXT)
    opens_turn = bos is None or str(tokenizer.bos_token) in str(tokenizer.chat_template or "")
    if opens_turn and ends_text in codec.control_ids and ends_text < codec.n_vocab:
        return int(ends_text)
    found = bos if bos is not None else eos
    return int(found) if found is not None and found < codec.n_vocab else None


class Encoder:
    """Turns documents into sequences of one tokenizer and one length."""

    def __init__(self, codec: Codec, seq_len: int, tally: Tally) -> None:
        self._codec, self._seq_len, self._tally = codec, seq_len, tally
        self.separator = separator_of(codec)

    def encode(self, documents: Sequence[Document]) -> list[Encoded]:
        """Every document with its sequences; documents that became nothing are left out, and counted."""
        texts = {i: d for i, d in enumerate(documents) if self._as_text(d)}
        chats = {i: d for i, d in enumerate(documents) if i not in texts}
        rows: dict[int, list[Row]] = {i: self._chat(d) for i, d in chats.items()}
        rows |= dict(zip(texts, map(self._cut, self._texts(list(texts.values()))), strict=True))
        return [Encoded(d, rows[i]) for i, d in enumerate(documents) if rows[i]]

    def _as_text(self, document: Document) -> bool:
        return document.messages is None or not self._codec.has_chat_template

    def _texts(self, documents: Sequence[Document]) -> list[Row]:
        if not documents:
            return []
        texts: list[str] = []
        for document in documents:
            if document.messages is not None:
                self._tally.note("plain", named(document))
                lines = [f"{message.role}: {message.content}" for message in document.messages]
                texts.append("\n".join(lines))
            else:
                texts.append(document.text or "")
        with tokenizing():
            out = self._codec.tokenizer(
                texts, add_special_tokens=False, split_special_tokens=True, verbose=False
            )
        return [np.array(ids, dtype=np.uint32) for ids in out["input_ids"]]

    def _chat(self, document: Document) -> list[Row]:
        try:
            prompt = self._codec.read(Conversation(messages=document.messages))
        except (InvalidRequest, Unsupported) as error:
            self._tally.note("refused", f"{document.origin.source}: {error.what}")
            return []
        ids = np.array(prompt.ids, dtype=np.uint32)
        return [ids[: self._seq_len], *self._cut(ids[self._seq_len :])]

    def _cut(self, ids: Row) -> list[Row]:
        head = np.array([] if self.separator is None else [self.separator], dtype=np.uint32)
        n = self._seq_len - len(head)
        rows = [np.concatenate([head, ids[at : at + n]]) for at in range(0, len(ids), n)]
        return [row for row in rows if len(row) > 1]

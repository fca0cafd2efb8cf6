"""A subject without weights, and what it reads: words for tokens."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pellucid.core.errors import InvalidRequest, NotFound, TooLarge
from pellucid.core.interventions import Intervention
from pellucid.core.records import Alternative, Conversation, Token, Touched

N_CONTEXT = 200
N_LAYERS, D_MLP = 2, 64
N_VOCAB = 1000


@dataclass(frozen=True)
class FakeProgress:
    stage: str
    done: int = 0
    total: int = 0
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True)
class FakePrompt:
    tokens: tuple[Token, ...]
    given_from: int = 0
    reply_from: int | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def reply_start(self) -> int:
        return len(self.tokens) if self.reply_from is None else self.reply_from

    def cut(self, end: int) -> "FakePrompt":
        return replace(self, tokens=self.tokens[:end], reply_from=self.reply_start)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(token.id for token in self.tokens)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)


@dataclass(frozen=True)
class FakeSteering:
    interventions: tuple[Intervention, ...]

    @property
    def touched(self) -> Touched:
        named = {
            text.rsplit(".", 1)[0] for one in self.interventions for text in one.features or ()
        }
        return Touched(neurons=len(named), share=len(named) / (N_LAYERS * D_MLP))


@dataclass(frozen=True)
class FakeSubject:
    name: str = "fake"
    hash: str = "f" * 64
    kind: str = "llama"
    n_layers: int = N_LAYERS
    d_model: int = 16
    d_mlp: int = D_MLP
    n_neurons: int = N_LAYERS * D_MLP
    n_context: int = N_CONTEXT
    dtype: str = "float32"
    device: str = "cpu"
    has_chat_template: bool = True

    def read_prompt(self, conversation: Conversation) -> FakePrompt:
        tokens: list[Token] = []
        messages = list(conversation.messages or ())
        given = messages.pop().content if messages[-1].role == "assistant" else ""
        for message in messages:
            words: list[tuple[str, bool]] = [(f"<{message.role}>", True)]
            words += [(f"{word} ", False) for word in message.content.split()]
            for text, marker in words:
                tokens.append(make_token(len(tokens), text, message.role, marker))
        tokens.append(make_token(len(tokens), "<assistant>", "assistant", True))
        reply_from = len(tokens)
        for word in re.findall(r"\S+\s*|\s+", given):
            tokens.append(make_token(len(tokens), word, "assistant", False))
        self._check_length(len(tokens))
        return FakePrompt(tuple(tokens), reply_from=reply_from)

    def continue_reply(self, prompt: FakePrompt, token_id: int | None) -> FakePrompt:
        """An id is the text of itself; 0 ends a reply."""
        self.check_ids(prompt.ids)
        if token_id is None:
            return prompt
        self.check_ids((token_id,))
        if token_id == 0:
            raise InvalidRequest("the token ends a reply")
        token = make_token(len(prompt), f"#{token_id} ", "assistant", False)
        picked = token.model_copy(update={"id": token_id})
        return replace(prompt, tokens=(*prompt.tokens, picked))

    def check_ids(self, ids: Sequence[int]) -> None:
        for ident in ids:
            if ident >= N_VOCAB:
                raise NotFound(f"token id {ident} is not in the vocabulary")
        self._check_length(len(ids))

    def _check_length(self, n_pos: int) -> None:
        if n_pos > self.n_context:
            raise TooLarge("the prompt is too long, in tokens", n_pos, self.n_context)


def make_token(pos: int, text: str, role: Any, marker: bool) -> Token:
    """Its id is made of its letters."""
    top = (Alternative(id=7, text="other", logprob=-1.0),)
    logprob = None if pos == 0 else -0.25
    ident = sum(map(ord, text)) % N_VOCAB
    return Token(pos=pos, id=ident, text=text, role=role, marker=marker, logprob=logprob, top=top)

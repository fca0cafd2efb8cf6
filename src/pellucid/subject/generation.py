"""A reply, token by token, with the steering that holds at each position."""

from collections.abc import Generator, Iterator
from functools import cached_property
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.core.errors import InvalidRequest, TooLarge
from pellucid.core.records import Role, Token
from pellucid.subject.codec import TextStream
from pellucid.subject.prompt import Prompt
from pellucid.subject.reading import expectations, tokens_of, trunk_of
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import edited

Finish = Literal["end", "length", "stopped"]


class Generation:
    """A reply being written: iterate for its tokens; `close` stops it within one token.

    Hooks are set only while a forward pass runs, so nothing is left behind wherever it stops. Without steering,
    every log-probability is that of the plain model with a cache of its own, bit for bit (tests/numerics/test_bits.py).
    """

    def __init__(
        self,
        subject: Subject,
        prompt: Prompt,
        *,
        max_new_tokens: int = 256,
        temperature: float = 0.7,
        seed: int = 0,
        top: int = 5,
        steering: Steering | None = None,
    ) -> None:
        if max_new_tokens < 1:
            raise InvalidRequest("max_new_tokens is below 1", instead="ask for at least one token")
        if not 0 <= temperature < float("inf"):
            raise InvalidRequest(
                f"temperature {temperature} has no meaning", instead="give 0 (greedy) or more"
            )
        room = subject.n_context - len(prompt)
        if room < 1:
            raise TooLarge(
                "the prompt leaves no room for a reply, in tokens",
                len(prompt) + 1,
                subject.n_context,
            )
        self.finish: Finish | None = None
        """Why it ended; None while it goes on."""
        self._subject, self._prompt, self._steering = subject, prompt, steering
        self._top, self._temperature = top, temperature
        self._left = min(max_new_tokens, room)
        self._random = torch.Generator().manual_seed(seed)
        self._cache = subject.new_cache()
        self._written: list[int] = []
        self._tokens = self._write()

    @property
    def prompt_tokens(self) -> list[Token]:
        """The prompt's tokens with their log-probabilities; reads the prompt if nothing has yet."""
        return self._given

    @cached_property
    def _given(self) -> list[Token]:
        return tokens_of(self._subject, self._prompt, self._read, self._top)

    @cached_property
    def _read(self) -> Float[Tensor, "pos d_model"]:
        return trunk_of(self._subject, self._prompt, self._steering, self._cache)

    def __iter__(self) -> Iterator[Token]:
        return self._tokens

    def __next__(self) -> Token:
        return next(self._tokens)

    def close(self) -> None:
        """Stop here; the tokens written so far stand."""
        if self.finish is None:
            self.finish = "stopped"
        self._tokens.close()

    def _write(self) -> Generator[Token, None, None]:
        logprobs = self._last(self._read)
        start = len(self._prompt)
        stream = TextStream(self._subject.codec, after=self._prompt)
        role: Role = "text" if self._prompt.reply_from is None else "assistant"
        for pos in range(start, start + self._left):
            id_ = self._pick(logprobs)
            ((logprob, top),) = expectations(self._subject.codec, logprobs[None], [id_], self._top)
            ends = id_ in self._subject.stop_ids
            last = ends or pos == start + self._left - 1
            text = stream.push(id_) + (stream.rest() if last else "")
            if last:
                self.finish = "end" if ends else "length"
            yield Token(
                pos=pos, id=id_, text=text, role=role, marker=ends, logprob=logprob, top=top
            )
            if last:
                return
            logprobs = self._step(id_, pos)

    @torch.inference_mode()
    def _step(self, id_: int, pos: int) -> Float[Tensor, " d_vocab"]:
        """Log-probabilities after one more token, read at `pos`."""
        self._written.append(id_)
        if pos == self._subject.rope_switch:
            return self._read_again()
        with edited(steered(self._steering, (pos,))):
            hidden = self._subject.trunk(self._subject.ids_tensor([id_]), cache=self._cache)
        return self._last(hidden[0])

    def _read_again(self) -> Float[Tensor, " d_vocab"]:
        """The same, from all tokens: the keys kept so far were rotated by other factors."""
        whole = self._prompt.extended(self._written, [""] * len(self._written))
        self._cache = self._subject.new_cache()
        return self._last(trunk_of(self._subject, whole, self._steering, self._cache))

    def _last(self, hidden: Float[Tensor, "pos d_model"]) -> Float[Tensor, " d_vocab"]:
        """What is expected behind the last position; a matrix of one row, since a vector is rounded otherwise."""
        return self._subject.logprobs(hidden[-1:])[0]

    def _pick(self, logprobs: Float[Tensor, " d_vocab"]) -> int:
        if self._temperature == 0:
            return int(logprobs.argmax())
        scaled = (logprobs.cpu().double() / self._temperature).softmax(-1)
        return int(torch.multinomial(scaled, 1, generator=self._random))


def generate(
    subject: Subject,
    prompt: Prompt,
    *,
    max_new_tokens: int = 256,
    temperature: float = 0.7,
    seed: int = 0,
    top: int = 5,
    steering: Steering | None = None,
) -> Generation:
    """Continue the prompt. Temperature 0 is greedy; otherwise ids are drawn with `seed`, on the CPU.

    Raises:
        InvalidRequest: A setting without meaning.
        TooLarge: The prompt leaves no room.
    """
    return Generation(
        subject,
        prompt,
        max_new_tokens=max_new_tokens,
        temperature=temperature,
        seed=seed,
        top=top,
        steering=steering,
    )

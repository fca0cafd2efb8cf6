"""A reply as `ask` reports it. Imports torch."""

import time
from collections.abc import Generator

from pellucid.analysis.damage import damage
from pellucid.cli.session import Reading, Session
from pellucid.core.records import Damage, Token
from pellucid.core.repetition import babbles
from pellucid.subject import generate


class Reply:
    """The open assistant turn while it is being written; where there are no turns, what is written."""

    def __init__(
        self,
        session: Session,
        reading: Reading,
        *,
        max_new_tokens: int,
        temperature: float,
        seed: int,
        top: int,
    ) -> None:
        self._out = session.out
        self._writing = generate(
            session.subject,
            reading.prompt,
            max_new_tokens=max_new_tokens,
            temperature=temperature,
            seed=seed,
            top=top,
            steering=reading.steering,
        )
        self._starts = reading.prompt.reply_start
        self.tokens: list[Token] = []
        """Prompt and reply."""
        self.n_written = 0
        self.seconds = 0.0
        """Spent on writing, the prompt's reading left out."""

    @property
    def text(self) -> str:
        """The reply so far, without the template's markers."""
        return "".join(t.text for t in self.tokens[self._starts :] if not t.marker)

    @property
    def finish(self) -> str | None:
        """Why it ended: `end`, `length` or `stopped`."""
        return self._writing.finish

    @property
    def babbles(self) -> bool:
        """Whether half of what was written had been written before."""
        written = self.tokens[len(self.tokens) - self.n_written :]
        return babbles([token.id for token in written if not token.marker])

    def whole(self) -> str:
        """The whole reply, written now."""
        for _ in self.texts():
            pass
        return self.text

    def texts(self) -> Generator[str, None, None]:
        """The reply in pieces as they come: first what it was begun with, then token by token."""
        self._out.stage("reading")
        self.tokens = list(self._writing.prompt_tokens)
        self._out.stage("writing")
        if begun := self.text:
            yield begun
        began = time.monotonic()
        for token in self._writing:
            self.tokens.append(token)
            self.n_written += 1
            self.seconds = time.monotonic() - began
            if self._out.as_json:
                self._out.stage(f"writing  {self.n_written} tokens")
            if not token.marker and token.text:
                yield token.text


def damage_of(session: Session, reading: Reading, seed: int) -> Damage:
    """What a reading's interventions do to text that has nothing to do with them."""
    session.out.stage("measuring damage")
    return damage(
        session.subject,
        reading.interventions,
        seed=seed,
        quantiles=session.strengths,
        sources=session.sources,
    )

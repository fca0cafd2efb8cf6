"""A loaded subject and what a command asks it to read. Imports torch: commands import this inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pellucid import __version__
from pellucid.cli.output import Output
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Provenance, Token, Touched
from pellucid.core.settings import Settings
from pellucid.subject import Prompt, Steering, Subject, read

TOP_TOKENS = 5
"""Alternatives of every token in `tokens[]`."""


@dataclass(frozen=True)
class Reading:
    """A conversation as the subject reads it, with the interventions that hold there."""

    prompt: Prompt
    steering: Steering | None

    @property
    def touched(self) -> Touched | None:
        """None without interventions."""
        return None if self.steering is None else self.steering.touched


@dataclass(frozen=True)
class Session:
    """The subject of one command. `Session.open` makes one."""

    subject: Subject
    out: Output

    @classmethod
    def open(cls, model: str, settings: Settings, out: Output) -> "Session":
        """Loads the subject, telling how far it is."""
        subject = Subject.load(model, settings=settings, progress=out.loading)
        return cls(subject, out)

    def read(
        self, conversation: Conversation, interventions: Sequence[Intervention] = ()
    ) -> Reading:
        """The conversation and the interventions, checked against the subject."""
        prompt = self.subject.read_prompt(conversation)
        return Reading(prompt, Steering.compile(self.subject, interventions, prompt))

    def tokens(self, reading: Reading) -> list[Token]:
        """`tokens[]`: everything read, with what the subject expected there."""
        self.out.stage("reading")
        return read(self.subject, reading.prompt, top=TOP_TOKENS, steering=reading.steering)

    def expected(self, reading: Reading, id_: int, text: str) -> Token:
        """A token after the prompt, as if it had come: its log-probability and alternatives."""
        longer = reading.prompt.extended([id_], [text])
        if len(longer) > self.subject.n_context:
            return longer.token(len(reading.prompt))
        tokens = read(self.subject, longer, top=TOP_TOKENS, steering=reading.steering)
        return tokens[-1]

    def provenance(self, seed: int = 0) -> dict[str, Any]:
        """What a result was made with."""
        return Provenance(
            pellucid=__version__,
            subject=self.subject.hash,
            atlas=None,
            seed=seed,
            dtype=self.subject.dtype,
            device=self.subject.device,
        ).model_dump()


def touched_data(touched: Touched | None) -> dict[str, Any]:
    """`touched` as JSON has it: zeros without interventions."""
    return (touched or Touched(neurons=0, share=0.0)).model_dump()

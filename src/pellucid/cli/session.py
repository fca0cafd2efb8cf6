"""A loaded subject and what a command asks it to read. Imports torch: commands import this inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pellucid import __version__
from pellucid.atlas import Atlas
from pellucid.cli.output import Output
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Provenance, Token, Touched
from pellucid.core.settings import Settings
from pellucid.features import Sae, source_info
from pellucid.features.sae_files import read_checkpoints
from pellucid.subject import Prompt, Steering, Subject, read
from pellucid.workspace.atlases import Atlases
from pellucid.workspace.concepts import (
    Concept,
    Concepts,
    concepts_of,
    no_atlas,
    open_search,
    resolved,
)
from pellucid.workspace.wording import Row, Wording, worded, wordings

TOP_TOKENS = 5
"""Alternatives of every token in `tokens[]`."""


@dataclass(frozen=True)
class Reading:
    """A conversation as the subject reads it, with the interventions that hold there."""

    prompt: Prompt
    steering: Steering | None
    interventions: tuple[Intervention, ...] = ()
    """With features in place of concepts in words."""
    concepts: tuple[Concept, ...] = ()
    """What those stand for."""

    @property
    def touched(self) -> Touched | None:
        """None without interventions."""
        return None if self.steering is None else self.steering.touched


@dataclass(frozen=True)
class Session:
    """The subject of one command. `Session.open` makes one."""

    subject: Subject
    out: Output
    atlas: Atlas | None = None
    """What is known about the subject's features."""
    source: Sae | None = None
    """What is asked about, where that is not the subject's neurons."""
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def open(cls, model: str, settings: Settings, out: Output) -> "Session":
        """Loads the subject, telling how far it is, its atlas and its SAE; those that were named are looked at first.

        Raises:
            StoreMismatch: The atlas or the SAE is another model's, or damaged.
            PellucidError: The subject cannot be loaded, or there is no such atlas or SAE.
        """
        atlases = Atlases(settings.atlas, model)
        if atlases.is_named:
            atlases.of(None)
        checkpoints = [] if settings.sae is None else read_checkpoints(settings.sae[1])
        subject = Subject.load(model, settings=settings, progress=out.loading)
        source = None if settings.sae is None else Sae(settings.sae[0], subject, checkpoints)
        atlas = atlases.of(subject.hash)
        if source is not None and atlas is not None and atlas.source.name == source.name:
            atlas.require_source(source_info(source))
        return cls(subject, out, atlas, source, settings)

    @property
    def sources(self) -> tuple[Sae, ...]:
        """What is open beside the subject's neurons."""
        return () if self.source is None else (self.source,)

    @property
    def quantiles(self) -> Atlas | None:
        """The atlas, where it is about what is asked about."""
        atlas = self.atlas
        return atlas if atlas is not None and atlas.source.name == self.source_name else None

    @property
    def source_name(self) -> str:
        """What features are asked about: `mlp`, or the name given to an SAE."""
        return "mlp" if self.source is None else self.source.name

    def source_data(self) -> dict[str, Any]:
        """What is asked about, as JSON has it; the hash is of an SAE's files."""
        if self.source is None:
            return {"name": "mlp", "kind": "mlp", "hash": None}
        return {"name": self.source.name, "kind": self.source.kind, "hash": self.source.hash}

    def read(
        self, conversation: Conversation, interventions: Sequence[Intervention] = ()
    ) -> Reading:
        """The conversation and the interventions, checked against the subject."""
        prompt = self.subject.read_prompt(conversation)
        items, concepts = self.resolved(interventions)
        steering = Steering.compile(
            self.subject, items, prompt, quantiles=self.strengths, sources=self.sources
        )
        return Reading(prompt, steering, items, concepts)

    @property
    def strengths(self) -> Atlas | None:
        """The atlas that strengths are multiples of, where its features can be written."""
        known = {"mlp", *(source.name for source in self.sources)}
        return self.atlas if self.atlas is not None and self.atlas.source.name in known else None

    def resolved(
        self, interventions: Sequence[Intervention]
    ) -> tuple[tuple[Intervention, ...], tuple[Concept, ...]]:
        """The interventions with features in place of concepts in words, and what those stand for.

        Raises:
            InvalidRequest: Nothing is like a concept.
            Unsupported: There is no atlas to look one up in.
            PellucidError: The search would not do.
        """
        items, concepts = resolved(interventions, self._concepts)
        if concepts and not self.out.as_json:
            from pellucid.cli import tables

            self.out.note(*tables.chosen(concepts, self.out.notes.width))
        return items, concepts

    def worded(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows with what the atlas says their features fire on."""
        return worded(self.quantiles, rows)

    def wordings(self, ids: Iterable[str]) -> tuple[Wording, ...]:
        """What the atlas says these features fire on."""
        return wordings(self.quantiles, ids)

    def _concepts(self) -> Concepts:
        if self.strengths is None:
            raise no_atlas()
        self.out.stage("looking up concepts")
        search = open_search(self.strengths, self.settings)
        return concepts_of(self.strengths, search, self.settings)

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
            atlas=None if self.atlas is None else self.atlas.manifest.hash,
            seed=seed,
            dtype=self.subject.dtype,
            device=self.subject.device,
        ).model_dump()


def concepts_data(concepts: Sequence[Concept]) -> list[dict[str, Any]]:
    """`concepts[]` as JSON has it."""
    return [concept.model_dump() for concept in concepts]


def touched_data(touched: Touched | None) -> dict[str, Any]:
    """`touched` as JSON has it: zeros without interventions."""
    return (touched or Touched(neurons=0, share=0.0)).model_dump()

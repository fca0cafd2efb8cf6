"""What a question is answered with, and what most questions begin with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pellucid.atlas import Atlas
from pellucid.core.errors import StoreMismatch
from pellucid.core.interventions import Intervention
from pellucid.journal import Journal, RunDetail
from pellucid.workspace.concepts import Concepts
from pellucid.workspace.ports import Engine, PromptPort, SteeringPort, SubjectPort


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything at hand in the worker thread."""

    engine: Engine
    subject: SubjectPort
    journal: Journal
    open_atlas: Callable[[], Atlas | None]
    """Opens it where it is not open yet; raises where it would not do."""
    needed_atlas: Callable[[], Atlas]
    """The same, and raises where there is none."""
    concepts: Callable[[], Concepts]
    """What finds concepts in words; raises where there is no atlas with descriptions."""

    def neuron_quantiles(self) -> Atlas | None:
        """The atlas, where it is about MLP neurons.

        Raises:
            PellucidError: It would not do.
        """
        atlas = self.open_atlas()
        return atlas if atlas is not None and atlas.source.kind == "mlp" else None

    def steering(
        self, interventions: Sequence[Intervention], prompt: PromptPort
    ) -> tuple[SteeringPort | None, str | None]:
        """The interventions made ready, and the hash of the evidence that their strengths come from.

        Raises:
            PellucidError: One of them would not do, or the atlas it needs.
        """
        atlas = self.strengths(interventions)
        made = self.engine.compile(self.subject, interventions, prompt, quantiles=atlas)
        return made, None if atlas is None else atlas.manifest.layers.evidence.hash

    def strengths(self, interventions: Sequence[Intervention]) -> Atlas | None:
        """The atlas, where a strength is a multiple of its quantiles.

        Raises:
            PellucidError: It would not do.
        """
        return self.open_atlas() if any(one.strength for one in interventions) else None


@dataclass(frozen=True, slots=True)
class Reread:
    """A run as the engine reads it again: its exact tokens, under its own interventions."""

    run: RunDetail
    prompt: PromptPort
    steering: SteeringPort | None


def own_run(bench: Bench, run_id: str) -> RunDetail:
    """The run from the journal, which this subject can read again.

    Raises:
        NotFound: There is none; or it was imported, and has a token that the subject does not know.
        StoreMismatch: Another subject wrote it.
        TooLarge: It was imported, and is longer than the subject reads.
    """
    run = bench.journal.runs.get(run_id)
    if run.subject != bench.subject.hash:
        raise StoreMismatch(
            "this answer was written by another model",
            found=run.subject,
            wanted=bench.subject.hash,
            instead="start Pellucid with that model, or answer again with this one",
        )
    bench.subject.check_ids([token.id for token in run.tokens])
    return run


def reread(bench: Bench, run_id: str) -> Reread:
    """The run, its interventions made ready.

    Raises:
        StoreMismatch: Its strengths come from another atlas.
        PellucidError: There is none, or this subject cannot read it again.
    """
    run = own_run(bench, run_id)
    if run.atlas is not None:
        atlas = bench.open_atlas()
        here = "none" if atlas is None else atlas.manifest.layers.evidence.hash
        if here != run.atlas:
            raise StoreMismatch(
                "this answer was steered by the quantiles of another atlas",
                found=here,
                wanted=run.atlas,
                instead="start Pellucid with that atlas, or answer again with this one",
            )
    prompt = bench.engine.prompt_of(run.tokens, run.given_from, run.reply_from)
    return Reread(run, prompt, bench.steering(run.interventions, prompt)[0])

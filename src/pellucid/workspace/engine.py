"""The real engine. Importing it takes seconds, so the worker thread does it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from pellucid.core.records import Conversation
from pellucid.workspace.ports import Engine, SteeringPort, SubjectPort

if TYPE_CHECKING:
    from pellucid.subject import Prompt, Subject

_Load = Callable[..., SubjectPort]
_Compile = Callable[..., SteeringPort | None]


def installed_engine() -> Engine:
    """The functions of `pellucid.subject` and `pellucid.analysis`."""
    from pellucid import analysis, subject
    from pellucid.analysis.attribute import attribute_stepwise
    from pellucid.analysis.damage import damage_stepwise
    from pellucid.analysis.shift import shift_stepwise
    from pellucid.analysis.verify import verify_stepwise

    return Engine(
        # The casts: checkers do not take a cached property for a property.
        load=cast("_Load", subject.Subject.load),
        prompt_of=subject.prompt_of,
        passage=passage,
        compile=cast("_Compile", subject.Steering.compile),
        generate=subject.generate,
        pick_target=analysis.pick_target,
        attribute=attribute_stepwise,
        measure=analysis.measure,
        activate=analysis.activate,
        joint=analysis.joint,
        verify=verify_stepwise,
        damage=damage_stepwise,
        shift=shift_stepwise,
        trace=analysis.trace,
        trace_all=analysis.trace_all,
    )


def passage(subject: "Subject", text: str) -> "Prompt":
    """A text as the corpora of atlases are read: behind the token that stands between documents.

    Raises:
        InvalidRequest: The text is empty.
        TooLarge: It is longer than the subject reads.
    """
    from pellucid.exemplars.encoding import separator_of

    ids = subject.read_prompt(Conversation(text=text)).ids
    separator = separator_of(subject.codec)
    if separator is not None and ids[0] != separator:
        ids = (separator, *ids)
    return subject.read_prompt(Conversation(ids=ids))

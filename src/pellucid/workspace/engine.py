"""The real engine. Importing it takes seconds, so the worker thread does it."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from pellucid.core.interventions import Intervention
from pellucid.workspace.ports import Engine, SteeringPort, SubjectPort

_Load = Callable[..., SubjectPort]
_Compile = Callable[[Any, Sequence[Intervention], Any], SteeringPort | None]


def installed_engine() -> Engine:
    """The functions of `pellucid.subject` and `pellucid.analysis`."""
    from pellucid import analysis, subject
    from pellucid.analysis.attribute import attribute_stepwise
    from pellucid.analysis.verify import verify_stepwise

    return Engine(
        # The casts: checkers do not take a cached property for a property.
        load=cast("_Load", subject.Subject.load),
        prompt_of=subject.prompt_of,
        compile=cast("_Compile", subject.Steering.compile),
        generate=subject.generate,
        pick_target=analysis.pick_target,
        attribute=attribute_stepwise,
        measure=analysis.measure,
        activate=analysis.activate,
        verify=verify_stepwise,
    )

"""The real engine. Importing it takes seconds, so the worker thread does it."""

from pellucid.workspace.ports import Engine


def installed_engine() -> Engine:
    """The functions of `pellucid.subject` and `pellucid.analysis`."""
    from pellucid import analysis, subject

    return Engine(
        load=subject.Subject.load,
        prompt_of=subject.prompt_of,
        compile=subject.Steering.compile,
        generate=subject.generate,
        pick_target=analysis.pick_target,
        attribute=analysis.attribute,
        measure=analysis.measure,
        activate=analysis.activate,
        verify=analysis.verify,
    )

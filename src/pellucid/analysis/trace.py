"""One feature along a text: its activation at every position."""

from collections.abc import Sequence

from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation
from pellucid.subject.capture import capture
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units, units_of


def trace(
    subject: Subject, ids: Sequence[int], feature: FeatureId, *, sources: Sequence[Units] = ()
) -> list[float]:
    """The activation of the feature's unit at every position, raw: of the other sign where the feature is silent.

    Raises:
        InvalidRequest: There are no ids, or the feature's source is not open.
        NotFound: The subject does not have the feature, or one of the ids.
        TooLarge: More ids than the subject reads.
    """
    units = units_of(subject, feature, sources)
    prompt = subject.read_prompt(Conversation(ids=tuple(ids)))
    (act,) = capture(subject, prompt, layers=[feature.layer], source=units)
    return act[:, feature.index].float().tolist()

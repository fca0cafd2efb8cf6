"""One feature along a text: its activation at every position."""

from collections.abc import Sequence

import torch

from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation
from pellucid.subject.hooks import Reader, hooked
from pellucid.subject.subject import Subject


@torch.inference_mode()
def trace(subject: Subject, ids: Sequence[int], feature: FeatureId) -> list[float]:
    """The activation of the feature's unit at every position, raw: of the other sign where the feature is silent.

    Raises:
        InvalidRequest: There are no ids, or the feature's source is not open.
        NotFound: The subject does not have the feature, or one of the ids.
        TooLarge: More ids than the subject reads.
    """
    subject.check_feature(feature)
    prompt = subject.read_prompt(Conversation(ids=tuple(ids)))
    found: list[float] = []

    def keep(_layer: int, act: torch.Tensor) -> None:
        found.extend(act[0, :, feature.index].float().tolist())

    with hooked(subject.downs, [Reader([feature.layer], keep)]):
        subject.trunk(subject.ids_tensor(prompt.ids))
    return found

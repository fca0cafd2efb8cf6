"""Features along a text: their activations at every position."""

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation
from pellucid.subject.hooks import Reader
from pellucid.subject.prompt import Prompt
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units, edited, units_of


def trace(
    subject: Subject, ids: Sequence[int], feature: FeatureId, *, sources: Sequence[Units] = ()
) -> list[float]:
    """The activation of the feature's unit at every position, raw: of the other sign where the feature is silent.

    Raises:
        InvalidRequest: There are no ids, or the feature's source is not open.
        NotFound: The subject does not have the feature, or one of the ids.
        TooLarge: More ids than the subject reads.
    """
    units_of(subject, feature, sources)
    prompt = subject.read_prompt(Conversation(ids=tuple(ids)))
    return trace_all(subject, prompt, [feature], sources=sources)[0].tolist()


@torch.inference_mode()
def trace_all(
    subject: Subject,
    prompt: Prompt,
    features: Sequence[FeatureId],
    *,
    steering: Steering | None = None,
    sources: Sequence[Units] = (),
) -> Float[np.ndarray, "feature pos"]:
    """The same of many features in one pass over a prompt, in the run as steered; only their units are kept.

    Raises:
        InvalidRequest: A feature's source is not open.
        NotFound: The subject does not have one of the features.
    """
    homes: dict[str, Units] = {}
    rows: dict[tuple[str, int], list[int]] = {}
    for row, feature in enumerate(features):
        homes[feature.source] = units_of(subject, feature, sources)
        rows.setdefault((feature.source, feature.layer), []).append(row)
    found = torch.zeros(len(features), len(prompt))

    def reader(source: str) -> Reader:
        def see(layer: int, act: Tensor) -> None:
            own = rows[source, layer]
            found[own] = act[0][:, [features[row].index for row in own]].T.float().cpu()

        return Reader(sorted(layer for name, layer in rows if name == source), see)

    edits = [*steered(steering, range(len(prompt)))]
    with edited([*edits, *((units, reader(name)) for name, units in homes.items())]):
        subject.trunk(subject.ids_tensor(prompt.ids))
    return found.numpy()

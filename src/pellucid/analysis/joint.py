"""What several sites did for a token together: all of them set to 0 at once, and the subject run again.

Two sites that do the same work are each worth little alone, and two that only work together each as much as both, so
the sum of single effects says nothing of this; a run does. The run as it was is read beside the changed one, in one
pass, since the last digits depend on the size of a pass.

Checked by: tests/numerics/test_joint.py
"""

from collections.abc import Mapping, Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.analysis.question import Question
from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.ids import FeatureId
from pellucid.core.records import Joint
from pellucid.subject.steering import Steering, steered
from pellucid.subject.subject import Subject
from pellucid.subject.units import Units, edited, units_of

Places = set[tuple[int, int]]
"""Sites of one layer: position and index."""


@torch.inference_mode()
def joint(
    subject: Subject,
    question: Question,
    sites: Sequence[tuple[str, int]],
    *,
    steering: Steering | None = None,
    sources: Sequence[Units] = (),
) -> Joint:
    """The effect of all `sites` at once, in nats.

    Args:
        subject: The model.
        question: The target, and the contrast if there is one.
        sites: Feature ids with positions; of an id only the unit counts, since its activation has one sign there.
        steering: Interventions that hold in both runs; the sites are set to 0 after them.
        sources: What is open beside the subject's neurons.

    Raises:
        InvalidRequest: No sites, an id that is none, or one of a source that is not open.
        NotFound: A feature the subject does not have, or a position that is not before the target.
    """
    if not sites:
        raise InvalidRequest("no sites are named", instead="give at least one")
    homes: dict[str, Units] = {}
    found: dict[str, dict[int, Places]] = {}
    for text, pos in sites:
        feature = FeatureId.parse(text)
        homes[feature.source] = units_of(subject, feature, sources)
        if not 0 <= pos < len(question.prompt):
            raise NotFound(
                f"position {pos} has no part in the target",
                why=f"before it stand positions 0 to {len(question.prompt) - 1}",
            )
        layers = found.setdefault(feature.source, {})
        layers.setdefault(feature.layer, set()).add((pos, feature.index))
    ids = question.read_ids
    off = [(homes[name], _Off(layers)) for name, layers in found.items()]
    with edited([*steered(steering, range(len(ids))), *off]):
        hidden = subject.trunk(subject.ids_tensor(ids).expand(2, -1))
    logprobs = subject.logprobs(hidden[:, list(question.read_at)])
    question = question.resolved(subject, logprobs[0])
    target, contrast = question.targets(subject, logprobs[0])
    before, after = question.score(logprobs).tolist()
    return Joint(
        target=target,
        contrast=contrast,
        before=before,
        after=after,
        effect=before - after,
        n_sites=sum(len(places) for layers in found.values() for places in layers.values()),
    )


class _Off:
    """The edit that sets sites to 0 in the second row of the batch."""

    def __init__(self, layers: Mapping[int, Places]) -> None:
        self.layers: tuple[int, ...] = tuple(sorted(layers))
        self._places = {layer: torch.tensor(sorted(of)).T for layer, of in layers.items()}

    def __call__(
        self, layer: int, act: Float[Tensor, "batch pos unit"]
    ) -> Float[Tensor, "batch pos unit"]:
        pos, index = self._places[layer].to(act.device)
        act[1, pos, index] = 0
        return act

"""The port of every feature source: units that can be edited, and read in the passes that make an atlas."""

from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from jaxtyping import Float
from torch import Tensor

from pellucid.subject.units import Units


@runtime_checkable
class See(Protocol):
    """What a source hands its readings to."""

    def __call__(
        self,
        place: int,
        act: Float[Tensor, "batch pos unit"],
        gate: Float[Tensor, "batch pos unit"] | None,
        /,
    ) -> None:
        """Activations of the source's `place`-th layer, raw; and the gate before its activation function.

        Both are the subject's own tensors: they are not to be changed, and not to be kept.
        """
        ...


@runtime_checkable
class FeatureSource(Units, Protocol):
    """Units of one kind, in some layers of one subject."""

    @property
    def kind(self) -> str:
        """`mlp`, or an SAE's architecture: `standard`, `topk` or `jumprelu`."""
        ...

    @property
    def hash(self) -> str | None:
        """Of what its units are read with beside the subject's own weights; None where that is nothing."""
        ...

    def reading(self, see: See) -> AbstractContextManager[None]:
        """Inside the block, every forward pass of the subject's trunk hands all activations to `see`."""
        ...

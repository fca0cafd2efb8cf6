"""The port of every feature source: what it is called, how many units it has where, and how they are read."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from jaxtyping import Float
from torch import Tensor

from pellucid.core.ids import Sign


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
class FeatureSource(Protocol):
    """Units of one kind, in some layers of one subject."""

    @property
    def name(self) -> str:
        """The first part of its features' ids."""
        ...

    @property
    def kind(self) -> str:
        """`mlp` or `sae`."""
        ...

    @property
    def layers(self) -> Sequence[int]:
        """The subject's layers it has units in; a `place` counts these."""
        ...

    @property
    def n_units(self) -> int:
        """Units in each of its layers."""
        ...

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Both where activations have two, `pos` alone where they are never negative."""
        ...

    def reading(self, see: See) -> AbstractContextManager[None]:
        """Inside the block, every forward pass of the subject's trunk hands all activations to `see`."""
        ...

    def directions(self, place: int) -> Float[Tensor, "unit d_model"]:
        """What a unit activation of each unit adds to the residual stream, float32."""
        ...

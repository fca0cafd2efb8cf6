"""What can be read and written in a subject, as steering and analysis see it: units by layer, their activations edited.

The subject's own are its neurons. Others, such as the latents of an SAE, come from rooms above, behind the same port.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol, runtime_checkable

from jaxtyping import Float
from torch import Tensor

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.ids import SIGNS, FeatureId, Sign
from pellucid.core.records import Touched
from pellucid.subject.architectures import down_weight, submodule
from pellucid.subject.hooks import Edit, hooked
from pellucid.subject.subject import Subject, norm_gain


@runtime_checkable
class Units(Protocol):
    """Units of one kind, in some layers of one subject; a `place` counts these layers."""

    @property
    def name(self) -> str:
        """The first part of its features' ids."""
        ...

    @property
    def layers(self) -> Sequence[int]:
        """The subject's layers it has units in, ascending."""
        ...

    @property
    def n_units(self) -> int:
        """Units in each of its layers."""
        ...

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Both where activations have two, `pos` alone where they are never negative."""
        ...

    @property
    def write_norms(self) -> Sequence[Float[Tensor, " unit"]]:
        """By place: length of what a unit activation of each unit adds to the residual stream."""
        ...

    def zero(self, place: int) -> Float[Tensor, ""]:
        """A zero of the activations' data type, on their device."""
        ...

    def editing(self, edits: Sequence[Edit]) -> AbstractContextManager[None]:
        """Apply edits, in order, to all activations of their layers, in every forward pass inside the block.

        What an edit leaves unchanged stays as it is, bit for bit. Layers of edits are the subject's.
        """
        ...

    def directions(self, place: int) -> Float[Tensor, "unit d_model"]:
        """What a unit activation of each unit adds to the residual stream, float32."""
        ...


class Neurons:
    """The inputs of all down projections of a subject: its own units."""

    name = "mlp"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    @property
    def layers(self) -> Sequence[int]:
        """All layers of the subject."""
        return range(self._subject.n_layers)

    @property
    def n_units(self) -> int:
        """Neurons a layer."""
        return self._subject.d_mlp

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Both."""
        return SIGNS

    @property
    def write_norms(self) -> Sequence[Float[Tensor, " unit"]]:
        """Lengths of the columns of `W_down`; see `Subject.write_norms`."""
        return self._subject.write_norms

    def zero(self, place: int) -> Float[Tensor, ""]:
        """Of the down projection's own type."""
        return self._subject.downs[place].get_parameter("weight").new_zeros(())

    def editing(self, edits: Sequence[Edit]) -> AbstractContextManager[None]:
        """See `Units.editing`."""
        return hooked(self._subject.downs, edits)

    def directions(self, place: int) -> Float[Tensor, "unit d_model"]:
        """Columns of `W_down`, times the gain of a norm behind the MLP (its division is left out)."""
        subject, norm = self._subject, self._subject.family.mlp_out_norm
        weight = down_weight(subject.family, subject.downs[place]).float()
        if norm is not None:
            weight = weight * norm_gain(submodule(subject.layers[place], norm))[:, None]
        return weight.T


UnitEdit = tuple[Units, Edit]
"""An edit, and whose activations it is shown."""


@contextmanager
def edited(edits: Sequence[UnitEdit]) -> Iterator[None]:
    """Apply edits inside the block: those of the same units in their order, units in the order they come."""
    groups: dict[str, tuple[Units, list[Edit]]] = {}
    for units, edit in edits:
        groups.setdefault(units.name, (units, []))[1].append(edit)
    with ExitStack() as stack:
        for units, some in groups.values():
            stack.enter_context(units.editing(some))
        yield


def units_of(subject: Subject, feature: FeatureId, sources: Sequence[Units] = ()) -> Units:
    """Where a feature is: among the subject's neurons, or in one of the sources.

    Raises:
        InvalidRequest: Its source is not open.
        NotFound: Its source has no such feature.
    """
    for units in sources:
        if units.name == feature.source:
            _check(units, feature)
            return units
    if feature.source == Neurons.name:
        subject.check_feature(feature)
        return Neurons(subject)
    if not sources:
        subject.check_feature(feature)
    raise InvalidRequest(
        f"{feature} is of the source {feature.source!r}",
        instead=f"open here are {', '.join([Neurons.name, *(s.name for s in sources)])}",
    )


def _check(units: Units, feature: FeatureId) -> None:
    name = units.name
    if feature.layer not in units.layers:
        layers = ", ".join(map(str, units.layers))
        raise NotFound(f"{feature} does not exist", why=f"{name} has units in layers {layers}")
    if feature.index >= units.n_units:
        raise NotFound(
            f"{feature} does not exist", why=f"units of {name} go from 0 to {units.n_units - 1}"
        )
    if feature.sign not in units.signs:
        raise NotFound(
            f"{feature} does not exist", why=f"activations of {name} are never negative: .pos only"
        )


def touched(subject: Subject, features: Iterable[FeatureId], sources: Sequence[Units]) -> Touched:
    """How many units features name, and their share of all units of the sources that they are of."""
    named = {(f.source, f.layer, f.index) for f in features}
    sizes = {s.name: len(s.layers) * s.n_units for s in (Neurons(subject), *sources)}
    total = sum(sizes[source] for source in {source for source, *_ in named})
    return Touched(neurons=len(named), share=len(named) / total if total else 0.0)

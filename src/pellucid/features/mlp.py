"""The MLP neurons of a subject: one unit for each input of a down projection, both signs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jaxtyping import Float
from torch import Tensor

from pellucid.core.ids import SIGNS, Sign
from pellucid.features.port import See
from pellucid.subject import Subject
from pellucid.subject.architectures import down_weight, submodule
from pellucid.subject.hooks import Reader, hooked, outputs_read
from pellucid.subject.subject import norm_gain


class MlpNeurons:
    """Every neuron of every layer."""

    name = "mlp"
    kind = "mlp"

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

    @contextmanager
    def reading(self, see: See) -> Iterator[None]:
        """See `FeatureSource.reading`; the gate is None where the family has none."""
        family, subject = self._subject.family, self._subject
        gates: dict[int, Tensor] = {}

        def keep_gate(place: int, out: Tensor) -> None:
            gates[place] = out[..., : subject.d_mlp]  # the first half where gate and up are one

        def hand_on(place: int, act: Tensor) -> None:
            see(place, act, gates.pop(place, None))

        path = family.up if family.gate_and_up_fused else family.gate
        modules = [] if path is None else [submodule(layer, path) for layer in subject.layers]
        with (
            outputs_read(modules, keep_gate),
            hooked(subject.downs, [Reader(self.layers, hand_on)]),
        ):
            yield

    def directions(self, place: int) -> Float[Tensor, "unit d_model"]:
        """Columns of `W_down`, times the gain of a norm behind the MLP (its division is left out)."""
        subject, family = self._subject, self._subject.family
        weight = down_weight(family, subject.downs[place]).float()
        if family.mlp_out_norm is not None:
            weight = weight * norm_gain(submodule(subject.layers[place], family.mlp_out_norm))[:, None]
        return weight.T

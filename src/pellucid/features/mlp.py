"""The MLP neurons of a subject: one unit for each input of a down projection, both signs."""

from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor

from pellucid.features.port import See
from pellucid.subject.architectures import submodule
from pellucid.subject.hooks import Reader, hooked, outputs_read
from pellucid.subject.units import Neurons


class MlpNeurons(Neurons):
    """Every neuron of every layer."""

    kind = "mlp"

    @property
    def hash(self) -> str | None:
        """Of nothing beside the subject's weights."""
        return None

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

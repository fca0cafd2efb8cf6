"""Tail quantiles, as the rooms that know no atlas ask for them; an atlas answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from pellucid.core.ids import FeatureId

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]
else:
    Array = Any

DEFAULT_TAIL = 1e-5
"""The tail that strengths and normalised activations are measured in."""


@runtime_checkable
class TailQuantiles(Protocol):
    """Which activation a given share of all tokens exceeds, by feature; raw and signed, 0 where it never fired."""

    def places(self, features: Sequence[FeatureId]) -> Array:
        """Numbers of these features, for `quantile`.

        Raises:
            NotFound: One of them is not known.
        """
        ...

    def quantile(self, places: Array, tail: float = DEFAULT_TAIL) -> Array:
        """Quantiles of these features.

        Raises:
            InvalidRequest: This tail is not known.
        """
        ...

    def tail_quantiles(self, layer: int, tail: float = DEFAULT_TAIL) -> Array:
        """Quantiles of all features of a layer, [unit, sign].

        Raises:
            NotFound: This layer is not known.
            InvalidRequest: This tail is not known.
        """
        ...

    def reached(self, tail: float = DEFAULT_TAIL) -> bool:
        """Whether enough tokens were read for this tail; if not, its quantiles are extremes."""
        ...

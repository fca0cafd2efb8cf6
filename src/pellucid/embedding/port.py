"""The port of every embedder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from jaxtyping import Float32


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how alike they are. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """For people, and as the setting has it: `minilm`, `endpoint:MODEL`."""
        ...

    @property
    def hash(self) -> str:
        """Of everything that its vectors depend on; vectors of different hashes are never compared."""
        ...

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Float32[np.ndarray, "text dim"]:
        """One unit vector a text, in order.

        Raises:
            PellucidError: It cannot be loaded or reached.
        """
        ...

"""The files of the evidence by name, each opened when it is first needed."""

from functools import cached_property
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from pellucid.atlas.columns import DOCUMENTS, FEATURES, UNITS, VOCABULARY, Column
from pellucid.atlas.evidence import SourceInfo
from pellucid.atlas.store import Sequences, Table
from pellucid.atlas.vocabulary import Vocabulary
from pellucid.atlas.writer import (
    DOCUMENTS_FILE,
    FEATURES_FILE,
    SEQUENCES_FILE,
    UNITS_FILE,
    VOCABULARY_FILE,
)


class EvidenceFolder:
    """The folder `evidence` of an atlas."""

    def __init__(self, folder: Path, source: SourceInfo) -> None:
        self._folder = folder
        self._source = source

    @cached_property
    def features(self) -> Table:
        """One row a feature, one row group a layer."""
        return self._table(
            FEATURES_FILE, FEATURES, self._source.n_features, len(self._source.layers)
        )

    @cached_property
    def units(self) -> Table:
        """One row a unit, one row group a layer."""
        n_layers = len(self._source.layers)
        return self._table(UNITS_FILE, UNITS, n_layers * self._source.n_units, n_layers)

    @cached_property
    def documents(self) -> Table:
        """One row a document."""
        return self._table(DOCUMENTS_FILE, DOCUMENTS, None, 1)

    @cached_property
    def vocabulary(self) -> Table:
        """One row an id."""
        return self._table(VOCABULARY_FILE, VOCABULARY, None, 1)

    @cached_property
    def sequences(self) -> Sequences:
        """Token ids."""
        return Sequences(self._folder / SEQUENCES_FILE)

    @cached_property
    def texts(self) -> Vocabulary:
        """What ids stand for."""
        return Vocabulary(self.vocabulary.column("bytes").combine_chunks())

    @cached_property
    def quantiles(self) -> Float32[np.ndarray, "feature tail"]:
        """Tail quantiles of all features."""
        return self.features.matrix("quantiles")

    def _table(
        self, name: str, columns: dict[str, Column], n_rows: int | None, n_groups: int
    ) -> Table:
        return Table(self._folder / name, columns, n_rows, n_groups)

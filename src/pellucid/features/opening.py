"""The source of features that the settings name, and how an atlas names a source."""

from pellucid.atlas.evidence import SourceInfo
from pellucid.core.settings import Settings
from pellucid.features.mlp import MlpNeurons
from pellucid.features.port import FeatureSource
from pellucid.features.sae import Sae
from pellucid.subject import Subject


def open_source(settings: Settings, subject: Subject) -> FeatureSource:
    """The subject's neurons, or the latents of the SAE that `settings.source` names.

    Raises:
        PellucidError: As from `Sae.load`.
    """
    if settings.sae is None:
        return MlpNeurons(subject)
    name, path = settings.sae
    return Sae.load(path, name, subject)


def source_info(source: FeatureSource) -> SourceInfo:
    """The source as an atlas names it."""
    return SourceInfo(
        source.name, source.kind, tuple(source.layers), source.n_units, source.signs, source.hash
    )

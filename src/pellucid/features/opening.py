"""The source of features that the settings name."""

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

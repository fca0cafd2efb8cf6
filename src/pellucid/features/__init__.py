"""What can be read and written in a subject, behind one port: MLP neurons, SAE latents."""

from pellucid.features.mlp import MlpNeurons
from pellucid.features.opening import open_source, source_info
from pellucid.features.port import FeatureSource, See
from pellucid.features.sae import Sae

__all__ = ["FeatureSource", "MlpNeurons", "Sae", "See", "open_source", "source_info"]

"""Everything known about one subject's features, in one open directory. No torch."""

from pellucid.atlas.descriptions import DescriptionRecord, Descriptions, write_descriptions
from pellucid.atlas.evidence import Documents, Evidence, SourceInfo, TrainSequences
from pellucid.atlas.manifest import (
    BatchLayout,
    Corpus,
    Making,
    Manifest,
    Splits,
    SubjectInfo,
    read_manifest,
)
from pellucid.atlas.reader import Atlas
from pellucid.atlas.records import Exemplar, FeatureCard, FeatureRecord
from pellucid.atlas.writer import write_evidence

__all__ = [
    "Atlas",
    "BatchLayout",
    "Corpus",
    "DescriptionRecord",
    "Descriptions",
    "Documents",
    "Evidence",
    "Exemplar",
    "FeatureCard",
    "FeatureRecord",
    "Making",
    "Manifest",
    "SourceInfo",
    "Splits",
    "SubjectInfo",
    "TrainSequences",
    "read_manifest",
    "write_descriptions",
    "write_evidence",
]

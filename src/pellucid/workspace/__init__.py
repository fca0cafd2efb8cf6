"""What front ends work with: one subject, one journal, one line in front of the model."""

from pellucid.atlas.search import SearchResult
from pellucid.core.interventions import Direction
from pellucid.workspace.beginnings import GivenText, GivenTokens
from pellucid.workspace.cards import Card, Neighbours
from pellucid.workspace.concepts import Concept, ConceptFeature
from pellucid.workspace.engine import installed_engine
from pellucid.workspace.events import (
    ActiveSites,
    Estimated,
    Measured,
    MeasuredEffect,
    Queued,
    ReplyDone,
    ReplyEvent,
    Started,
    WhyDone,
    WhyEvent,
    Written,
)
from pellucid.workspace.firing import Fired
from pellucid.workspace.line import OVER, Job, Line, Over
from pellucid.workspace.loading import LoadProgress, SubjectFacts
from pellucid.workspace.ports import Engine
from pellucid.workspace.questions import (
    ActiveAsked,
    DamageAsked,
    JointAsked,
    ShiftAsked,
    VerifyAsked,
    WhyAsked,
)
from pellucid.workspace.replies import ReplyAsked
from pellucid.workspace.run_firing import FiringAsked, RunFiring
from pellucid.workspace.searching import SearchAsked
from pellucid.workspace.tracing import ExactExemplar, ExemplarAsked, TextAsked, Traced
from pellucid.workspace.wording import Wording
from pellucid.workspace.workspace import Question, Workspace

__all__ = [
    "OVER",
    "ActiveAsked",
    "ActiveSites",
    "Card",
    "Concept",
    "ConceptFeature",
    "DamageAsked",
    "Direction",
    "Engine",
    "Estimated",
    "ExactExemplar",
    "ExemplarAsked",
    "Fired",
    "FiringAsked",
    "GivenText",
    "GivenTokens",
    "Job",
    "JointAsked",
    "Line",
    "LoadProgress",
    "Measured",
    "MeasuredEffect",
    "Neighbours",
    "Over",
    "Question",
    "Queued",
    "ReplyAsked",
    "ReplyDone",
    "ReplyEvent",
    "RunFiring",
    "SearchAsked",
    "SearchResult",
    "ShiftAsked",
    "Started",
    "SubjectFacts",
    "TextAsked",
    "Traced",
    "VerifyAsked",
    "WhyAsked",
    "WhyDone",
    "WhyEvent",
    "Wording",
    "Workspace",
    "Written",
    "installed_engine",
]

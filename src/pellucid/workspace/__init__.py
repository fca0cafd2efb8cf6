"""What front ends work with: one subject, one journal, one line in front of the model."""

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
from pellucid.workspace.line import OVER, Job, Line, Over
from pellucid.workspace.loading import LoadProgress, SubjectFacts
from pellucid.workspace.ports import Engine
from pellucid.workspace.questions import ActiveAsked, VerifyAsked, WhyAsked
from pellucid.workspace.replies import ReplyAsked
from pellucid.workspace.workspace import Workspace

__all__ = [
    "OVER",
    "ActiveAsked",
    "ActiveSites",
    "Engine",
    "Estimated",
    "Job",
    "Line",
    "LoadProgress",
    "Measured",
    "MeasuredEffect",
    "Over",
    "Queued",
    "ReplyAsked",
    "ReplyDone",
    "ReplyEvent",
    "Started",
    "SubjectFacts",
    "VerifyAsked",
    "WhyAsked",
    "WhyDone",
    "WhyEvent",
    "Workspace",
    "Written",
    "installed_engine",
]

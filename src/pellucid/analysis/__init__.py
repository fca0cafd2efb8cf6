"""One question, one function, one frozen result."""

from pellucid.analysis.activate import Activations, activate
from pellucid.analysis.attribute import Attribution, attribute
from pellucid.analysis.damage import damage
from pellucid.analysis.joint import joint
from pellucid.analysis.measure import measure
from pellucid.analysis.question import Question, pick_target
from pellucid.analysis.shift import shift
from pellucid.analysis.trace import trace, trace_all
from pellucid.analysis.verify import verify

__all__ = [
    "Activations",
    "Attribution",
    "Question",
    "activate",
    "attribute",
    "damage",
    "joint",
    "measure",
    "pick_target",
    "shift",
    "trace",
    "trace_all",
    "verify",
]

"""Pellucid: see which neurons made a language model say what it said, and change them."""

from typing import TYPE_CHECKING

from pellucid._version import __version__

if TYPE_CHECKING:
    from pellucid.analysis import activate, attribute, joint, measure, pick_target, shift, verify
    from pellucid.atlas import Atlas
    from pellucid.core.ids import FeatureId
    from pellucid.core.interventions import Intervention
    from pellucid.core.records import Conversation, Message
    from pellucid.core.settings import Settings
    from pellucid.subject import Steering, Subject, generate, read

__all__ = [
    "Atlas",
    "Conversation",
    "FeatureId",
    "Intervention",
    "Message",
    "Settings",
    "Steering",
    "Subject",
    "__version__",
    "activate",
    "attribute",
    "generate",
    "joint",
    "measure",
    "pick_target",
    "read",
    "shift",
    "verify",
]


def __getattr__(name: str) -> object:
    """Imports a public name when it is first used, so that nothing loads torch that does not need it."""
    from importlib import import_module

    homes = {
        "pellucid.analysis": "activate attribute joint measure pick_target shift verify",
        "pellucid.atlas": "Atlas",
        "pellucid.core.ids": "FeatureId",
        "pellucid.core.interventions": "Intervention",
        "pellucid.core.records": "Conversation Message",
        "pellucid.core.settings": "Settings",
        "pellucid.subject": "Steering Subject generate read",
    }
    for home, names in homes.items():
        if name in names.split():
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'pellucid' has no attribute {name!r}")

"""Conversations and runs, kept in a database. All SQL lives here."""

from pellucid.journal.journal import Journal
from pellucid.journal.records import (
    Begun,
    ConversationDetail,
    ConversationSummary,
    Finish,
    RunDetail,
    RunState,
    RunSummary,
    Sampling,
    Turn,
)
from pellucid.journal.runs import NewRun, RunWriter

__all__ = [
    "Begun",
    "ConversationDetail",
    "ConversationSummary",
    "Finish",
    "Journal",
    "NewRun",
    "RunDetail",
    "RunState",
    "RunSummary",
    "RunWriter",
    "Sampling",
    "Turn",
]

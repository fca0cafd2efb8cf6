"""Conversations and runs, kept in a database. All SQL lives here."""

from pellucid.journal.documents import ConversationDocument
from pellucid.journal.journal import Journal
from pellucid.journal.records import (
    Begun,
    ConversationDetail,
    ConversationSummary,
    FeatureSet,
    Finish,
    JournalFacts,
    RunDetail,
    RunState,
    RunSummary,
    Sampling,
    Text,
    Title,
    Turn,
)
from pellucid.journal.runs import NewRun, RunWriter

__all__ = [
    "Begun",
    "ConversationDetail",
    "ConversationDocument",
    "ConversationSummary",
    "FeatureSet",
    "Finish",
    "Journal",
    "JournalFacts",
    "NewRun",
    "RunDetail",
    "RunState",
    "RunSummary",
    "RunWriter",
    "Sampling",
    "Text",
    "Title",
    "Turn",
]

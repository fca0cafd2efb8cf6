"""Language models that write and read for us: behind an OpenAI-compatible endpoint, or in process."""

from pellucid.llm.ledger import BudgetSpent, Ledger, Prices
from pellucid.llm.opening import open_chat_model
from pellucid.llm.port import Answer, Ask, Capabilities, ChatModel, Forced, Message, Place

__all__ = [
    "Answer",
    "Ask",
    "BudgetSpent",
    "Capabilities",
    "ChatModel",
    "Forced",
    "Ledger",
    "Message",
    "Place",
    "Prices",
    "open_chat_model",
]

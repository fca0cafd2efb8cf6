"""The chat model that a person named: `endpoint`, or `local:MODEL`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.core.errors import InvalidRequest
from pellucid.core.settings import Settings
from pellucid.llm.ledger import Ledger, Prices
from pellucid.llm.port import ChatModel

if TYPE_CHECKING:
    from pellucid.subject.progress import Progress

LOCAL = "local:"


def open_chat_model(
    name: str,
    settings: Settings,
    *,
    budget_usd: float | None = None,
    cache: Path | None = None,
    progress: "Callable[[Progress], None] | None" = None,
) -> ChatModel:
    """`endpoint`, as the settings describe it, or `local:MODEL`, a Hugging Face chat model in process.

    Raises:
        InvalidRequest: It is neither, or the settings name no model.
        Unsupported: There is a budget and no prices.
    """
    if name == "endpoint":
        from pellucid.llm.endpoint import Endpoint

        return Endpoint.of(settings, budget_usd=budget_usd, cache=cache)
    if name.startswith(LOCAL) and name != LOCAL:
        from pellucid.llm.local import LocalChat

        free = Ledger(Prices(0.0, 0.0), budget_usd)
        return LocalChat.load(name.removeprefix(LOCAL), settings, free, progress)
    raise InvalidRequest(
        f"{name!r} is no explainer", instead="write rules, endpoint, or local:MODEL"
    )

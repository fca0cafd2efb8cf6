"""A concept search without embeddings: hits as they are told, and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pellucid.atlas.search import cleaned


@dataclass(frozen=True)
class FakeHit:
    id: str
    similarity: float
    score: float | None = 0.5
    description: str | None = "Fires on names of birds."
    summary: str | None = "names of birds"
    peaks: float = 0.1


@dataclass(frozen=True)
class FakeFound:
    hits: Sequence[FakeHit]
    notes: Sequence[str] = ()


@dataclass
class FakeSearch:
    """Knows some texts; to any other, nothing is near."""

    known: dict[str, list[FakeHit]]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def search(self, text: str, k: int = 20) -> FakeFound:
        self.asked.append((text, k))
        query, notes = cleaned(text)
        return FakeFound(self.known.get(query, [FakeHit("mlp.0.0.pos", 0.05)])[:k], notes)

"""What people see of a search."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pellucid.atlas.search import SearchResult
from pellucid.cli.cards import visible
from pellucid.cli.text import count, harmless
from pellucid.workspace.firing import Firing

_REASONS = {
    "undescribed": "without description",
    "layer": "in other layers",
    "sign": "of the other sign",
    "score": "with a lower score",
    "uninteresting": "that seem not to matter (--all shows them)",
}


def found(result: SearchResult, *, output: bool) -> list[RenderableType]:
    """Features by meaning."""
    parts: list[RenderableType] = [Text(harmless(note), "dim") for note in result.notes]
    head = ("alike", "promotes") if output else ("alike", "peaks", "fires on")
    table = _table(*head[:-1], "score of fires on" if output else "score", head[-1])
    for hit in result.hits:
        told = hit.output if output else hit.summary or hit.description
        alike = f"{hit.similarity:.2f}" + (" ?" if hit.weak else "")
        cosines = (alike,) if output else (alike, f"{hit.peaks:.2f}")
        style = "dim" if hit.weak else ""
        table.add_row(hit.id, *cosines, _score(hit.score), harmless(told or ""), style=style)
    if result.hits:
        parts.append(table)
    if any(hit.weak for hit in result.hits):
        parts.append(Text("? weak: nothing in it is much like the query", "dim"))
    if not result.hits:
        parts.append(Text("No feature is left to find."))
    left = [f"{n:,} {_REASONS[name]}" for name, n in result.filtered.model_dump().items() if n]
    of = f"{count(result.searched, 'feature')} searched"
    parts.append(Text("; left out: ".join([of, *([", ".join(left)] if left else [])]), "dim"))
    return parts


def firing(result: Firing, tokens: Sequence[str], scale: str) -> list[RenderableType]:
    """Features that fire on a text."""
    if not result.hits:
        return [Text("No feature that is left stands out on this text.")]
    table = _table("times", "at", "score", "fires on")
    for hit in result.hits:
        told = harmless(hit.summary or hit.description or "")
        at = f"{hit.pos} {visible(tokens[hit.pos])}"
        table.add_row(hit.id, f"{hit.normalised:.2f}", at, _score(hit.score), told)
    parts: list[RenderableType] = [table, Text(f"times the {scale}", "dim")]
    if result.uninteresting_above:
        n = count(result.uninteresting_above, "feature")
        parts.append(Text(f"{n} left out that seem not to matter (--all shows them)", "dim"))
    return parts


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("feature", no_wrap=True)
    for name in columns[:-1]:
        table.add_column(name, justify="left" if name == "at" else "right", no_wrap=True)
    table.add_column(columns[-1], overflow="fold")
    return table


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"

"""Batches for readers: descriptions in random order, each with its first five exemplars, and no score."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from pellucid.atlas import Atlas, Exemplar
from pellucid.core.ids import FeatureId

BEFORE, AFTER = 14, 4
"""Tokens shown around a peak."""


def sample(atlas_dir: Path, n: int, seed: int) -> list[str]:
    """Ids of described features, drawn evenly from all layers."""
    table = pq.read_table(atlas_dir / "descriptions" / "descriptions.parquet", columns=["status"])
    status = np.array(table["status"].to_pylist())
    source = Atlas.open(atlas_dir).source
    by_layer = np.arange(len(status)).reshape(len(source.layers), -1)
    random = np.random.default_rng(seed)
    drawn = [random.permutation(row[status[row] == "described"]) for row in by_layer]
    mixed = [row[i] for i in range(max(map(len, drawn))) for row in drawn if i < len(row)]
    return [str(source.feature(int(place))) for place in random.permutation(mixed[:n])]


def batch(atlas: Atlas, ids: list[str]) -> str:
    """Text for a reader."""
    parts = []
    for number, id_ in enumerate(ids):
        card = atlas.card(FeatureId.parse(id_), top=5)
        lines = [f"## {number} {id_}", card.description or "", ""]
        lines += [f"- {shown(exemplar)}" for exemplar in card.exemplars]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def write(atlas_dir: Path, ids: list[str], size: int, out: Path) -> None:
    """Batches of `size` as `batch.N.md` and their ids as `batch.N.json`."""
    atlas = Atlas.open(atlas_dir)
    out.mkdir(parents=True, exist_ok=True)
    for number, at in enumerate(range(0, len(ids), size)):
        some = ids[at : at + size]
        (out / f"batch.{number}.md").write_text(batch(atlas, some), encoding="utf-8")
        (out / f"batch.{number}.json").write_text(json.dumps(some), encoding="utf-8")


def shown(exemplar: Exemplar) -> str:
    """The text around an exemplar's peak, which is marked."""
    return marked([token.text for token in exemplar.tokens], exemplar.pos)


def marked(texts: list[str], at: int) -> str:
    """The text around token `at`, which is marked."""
    before, after = (
        "".join(texts[max(at - BEFORE, 0) : at]),
        "".join(texts[at + 1 : at + 1 + AFTER]),
    )
    return f"{before}«{texts[at]}»{after}".replace("\n", "⏎").replace("\t", "⇥")

"""What people see of an atlas: a feature's card, and a summary of the whole."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pellucid.atlas.manifest import Manifest
from pellucid.atlas.records import Exemplar, FeatureCard, Histogram, OutputToken, Quantile
from pellucid.cli.marks import tone
from pellucid.cli.text import harmless, quoted, share, signed
from pellucid.core.ids import Sign

BEFORE, AFTER = 32, 12
"""Tokens shown around an exemplar's peak."""
_SHADES: dict[Sign, tuple[str, ...]] = {
    "pos": ("#d9f3f7", "#a5e1ec", "#62c6da", "#1ba3bd"),
    "neg": ("#fdebd8", "#fbcf9f", "#f5a656", "#e07b12"),
}
"""One hue each, from weak to strong."""
_BLOCKS = " ▁▂▃▄▅▆▇█"
_LABEL = 11
"""Cells of the labels on the left."""


def card(found: FeatureCard, manifest: Manifest, width: int) -> list[RenderableType]:
    """One feature."""
    unit = "neuron" if manifest.source.kind == "mlp" else "latent"
    side = "above" if found.sign == "pos" else "below"
    title = Text.assemble(
        (found.id, "bold"), f"  layer {found.layer}, {unit} {found.index}, {side} 0"
    )
    parts: list[RenderableType] = [title]
    if found.description is not None:
        score = "" if found.score is None else f"  (score {found.score:.2f})"
        parts.append(Text(harmless(found.description) + score))
    parts += [Text(), *_numbers(found), Text()]
    parts += _outputs(found, width)
    parts += [Text(), *_exemplars(found, width)]
    return parts


def _numbers(found: FeatureCard) -> list[Text]:
    lines = [
        _labelled("fires", f"at {share(found.rate)} of all tokens, at most {found.extreme:+.3g}"),
        _labelled("tails", _tails(found.quantiles)),
        _labelled("activation").append_text(histogram(found.histogram, found.sign)),
    ]
    if found.gate is not None:
        n = found.gate.positive + found.gate.negative
        lines.append(_labelled("gate", f"above 0 at the peak of {found.gate.positive} of {n}"))
    lines.append(_labelled("position 0", f"{found.sink:+.3g} on average, counted nowhere else"))
    return lines


def _labelled(label: str, text: str = "") -> Text:
    return Text.assemble((f"{label:<{_LABEL}}", "dim"), text)


def _tails(quantiles: Sequence[Quantile]) -> str:
    reached = [f"{q.value:+.3g} at 1 in {1 / q.tail:,.0f}" for q in quantiles if q.reached]
    return ", ".join(reached) or "the corpus is too small for any"


def histogram(found: Histogram, sign: Sign) -> Text:
    """Tokens by activation, on a logarithmic scale, the feature's side in colour."""
    most = math.log1p(max(found.counts, default=0))
    text = Text(f"{found.low:+.3g} ", "dim")
    step = (found.high - found.low) / max(len(found.counts), 1)
    for i, n in enumerate(found.counts):
        middle = found.low + (i + 0.5) * step
        own = middle > 0 if sign == "pos" else middle < 0
        height = math.ceil((len(_BLOCKS) - 1) * math.log1p(n) / most) if n else 0
        text.append(_BLOCKS[height], tone(middle) if own else "dim")
    return text.append(f" {found.high:+.3g}", "dim").append("  tokens, log scale", "dim")


def _outputs(found: FeatureCard, width: int) -> list[Text]:
    return [
        _output_line("promotes", found.promoted, width),
        _output_line("suppresses", found.suppressed, width),
    ]


def _output_line(label: str, tokens: Sequence[OutputToken], width: int) -> Text:
    """As many tokens as fit in a line, with the change of their logits."""
    line = _labelled(label)
    for token in tokens:
        chip = Text.assemble(quoted(token.text), (f" {signed(token.logit)}  ", tone(token.logit)))
        if line.cell_len + chip.cell_len > width:
            break
        line.append_text(chip)
    line.rstrip()
    return line


def _exemplars(found: FeatureCard, width: int) -> list[RenderableType]:
    if not found.exemplars:
        return [Text("No exemplar: it never fired in the train split, or none was asked for.")]
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(max_width=max(width - 10, 20), overflow="fold")
    for exemplar in found.exemplars:
        text = Text(f"{exemplar.source}, position {exemplar.pos}", "dim")
        text.append("\n").append_text(shaded(exemplar, found.sign)).append("\n")
        table.add_row(Text(f"{exemplar.peak:+.3g}", tone(exemplar.peak)), text)
    legend = Text("⟦⟧ the peak; shaded by activation, underlined from half the peak on", "dim")
    return [table, legend]


def shaded(exemplar: Exemplar, sign: Sign) -> Text:
    """The text around the peak: shading is activation over the peak, where it is stored."""
    start = max(0, exemplar.pos - BEFORE)
    stop = min(len(exemplar.tokens), exemplar.pos + AFTER)
    text = Text("… " if start else "", "dim")
    for pos in range(start, stop):
        value = exemplar.activations[pos]
        part = visible(exemplar.tokens[pos].text)
        style = _shade(0.0 if value is None else value / exemplar.peak, sign)
        text.append(f"⟦{part}⟧" if pos == exemplar.pos else part, style)
    return text.append(" …" if stop < len(exemplar.tokens) else "", "dim")


def _shade(level: float, sign: Sign) -> str:
    if level <= 0:
        return ""
    shades = _SHADES[sign]
    shade = shades[min(int(level * len(shades)), len(shades) - 1)]
    return f"black on {shade}" + (" underline" if level >= 0.5 else "")


def visible(text: str) -> str:
    """A token's text on one line: line breaks and tabs as marks, control characters escaped."""
    return harmless(text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\t", "⇥"))


def summary(manifest: Manifest, directory: Path) -> list[RenderableType]:
    """What an atlas is about, what it was made from, how large it is."""
    source, tokens, encoding = manifest.source, manifest.tokens, manifest.encoding
    layers = f"{len(source.layers)} layers x {source.n_units:,} units x {len(source.signs)} signs"
    rows = {
        "atlas": f"{directory.resolve()}",
        "hash": manifest.hash,
        "model": f"{manifest.subject_name}, {manifest.dtype}",
        "model hash": manifest.subject,
        "features": f"{manifest.n_features:,} of {source.name}: {layers}",
        "tokens": f"{manifest.n_tokens:,}: train {tokens.train:,}, valid {tokens.valid:,}, "
        f"test {tokens.test:,}; sequences of {manifest.seq_len}, seed {manifest.seed}",
        "exemplars": f"at most {encoding.n_exemplars} a feature, {encoding.n_patterns} with activations "
        f"within {share(encoding.pattern_error)} of the peak",
        "tails": _reached(manifest),
        "made with": ", ".join(f"{k} {v}" for k, v in sorted(manifest.versions.items())),
    }
    parts: list[RenderableType] = [_pairs(rows), Text(), _layers(manifest), Text()]
    return [*parts, _corpora(manifest)]


def _reached(manifest: Manifest) -> str:
    pairs = zip(manifest.encoding.tails, manifest.encoding.reached, strict=True)
    return ", ".join(f"{tail:g}" + ("" if ok else " (the extreme)") for tail, ok in pairs)


def _pairs(rows: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows.items():
        table.add_row(name, harmless(value))
    return table


def _layers(manifest: Manifest) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("part")
    table.add_column("MB", justify="right")
    table.add_column("bytes a feature", justify="right")
    table.add_column("hash", overflow="fold")
    for name, layer in manifest.layers.items():
        size = sum(file.bytes for file in layer.files.values())
        each = f"{size / max(manifest.n_features, 1):,.0f}"
        table.add_row(name, f"{size / 1e6:,.1f}", each, layer.hash)
    return table


def _corpora(manifest: Manifest) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("corpus")
    table.add_column("tokens", justify="right")
    table.add_column("documents", justify="right")
    table.add_column("licence", overflow="fold")
    table.add_column("from", overflow="fold")
    for corpus in manifest.corpora:
        sizes = f"{corpus.n_tokens:,}", f"{corpus.n_documents:,}"
        table.add_row(
            harmless(corpus.name), *sizes, harmless(corpus.licence), harmless(corpus.origin)
        )
    return table


def estimate(found: Mapping[str, Any]) -> list[RenderableType]:
    """What a build will take."""
    hours = found["seconds"] / 3600
    took = f"{hours:.1f} h" if hours >= 1.5 else f"{found['seconds'] / 60:.0f} min"
    return [
        _labelled("tokens", f"{found['n_tokens']:,} for {found['n_features']:,} features"),
        _labelled("time", f"about {took}, at {found['tokens_per_s']:,.0f} tokens/s"),
        _labelled("memory", f"{found['memory_bytes'] / 1e9:.1f} GB beside the model"),
        _labelled(
            "disk",
            f"{found['build_disk_bytes'] / 1e9:.1f} GB while building, "
            f"{found['atlas_disk_bytes'] / 1e6:.0f} MB for the atlas",
        ),
    ]


def checked(
    directory: Path, problems: Sequence[str], recomputed: Mapping[str, int]
) -> list[RenderableType]:
    """What a check found."""
    n, within = recomputed["n"], recomputed["within"]
    again = (
        f"{within} of {n} exemplars match the model" if n else "no exemplar was read on the model"
    )
    if not problems:
        return [Text(f"{directory} is whole and unaltered; {again}")]
    return [
        Text(f"{directory} is not as it was written; {again}"),
        *(Text(f"  {harmless(problem)}") for problem in problems),
    ]

"""Tables of sites and features for people, with signed bars and intervals."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pellucid.analysis.aggregate import FeatureMean
from pellucid.cli.marks import FILLED, HOLLOW, bar, interval, tone
from pellucid.cli.text import count, harmless, percent, quoted, share, signed
from pellucid.core.records import Active, Damage, Effect, Target, Token, Verification
from pellucid.workspace.concepts import Concept, ConceptFeature
from pellucid.workspace.wording import Wording

_TOKEN_CELLS = 14
"""Widest token text in a table."""
_SCORE_CELLS, _LEAST_WORDS = 6, 20
"""Of a description's score, and the narrowest column for what a feature fires on; below that it stands apart."""
_LEAST_BAR, _MOST_BAR = 13, 61


def effects(rows: Sequence[Effect], tokens: Sequence[Token], width: int) -> RenderableType:
    """Sites with signed bars: filled where measured, hollow where estimated."""
    if not rows:
        return Text("No site to name: nothing but the template's own system turn stands before.")
    measured = any(row.effect is not None for row in rows)
    scale = max(abs(row.attribution) for row in rows)
    table, room, words = _sites(rows, width, 19 if measured else 10)
    table.add_column("against ╷ for".center(room), width=room, no_wrap=True)
    table.add_column("nats", justify="right", no_wrap=True)
    if measured:
        table.add_column("measured", justify="right", no_wrap=True)
    _add_words(table, words)
    for row in rows:
        cells: list[RenderableType] = [
            *_site(row.id, row.pos, tokens, row.activation),
            bar(row.attribution, scale, room, measured=row.measured),
            Text(signed(row.attribution), tone(row.attribution)),
        ]
        if measured:
            cells.append("" if row.effect is None else Text(signed(row.effect), tone(row.effect)))
        if words:
            cells += [_score(row.score), _said(row)]
        table.add_row(*cells)
    return Group(table, *([] if words else told(rows)))


def effects_legend(contrasted: bool) -> Text:
    """One line: what the marks and numbers mean."""
    what = "log p(target) - log p(contrast)" if contrasted else "log p(target)"
    return Text(f"{FILLED} measured  {HOLLOW} estimated  nats of {what}, + promotes it", "dim")


def active(rows: Sequence[Active], tokens: Sequence[Token], width: int) -> RenderableType:
    """Sites by normalised activation."""
    if not rows:
        return Text("No site is active here.")
    scale = max(row.normalised for row in rows)
    table, room, words = _sites(rows, width, 9)
    table.add_column("negative ╷ positive".center(room), width=room, no_wrap=True)
    table.add_column("scaled", justify="right", no_wrap=True)
    _add_words(table, words)
    for row in rows:
        side = row.normalised if row.sign == "pos" else -row.normalised
        table.add_row(
            *_site(row.id, row.pos, tokens, row.activation),
            bar(side, scale, room, measured=True),
            f"{row.normalised:.2f}",
            *([_score(row.score), _said(row)] if words else []),
        )
    return Group(table, *([] if words else told(rows)))


def active_legend(scale: str) -> Text:
    """What `scaled` is measured in."""
    return Text(f"scaled: activation over the {scale}", "dim")


def aggregate_title(targets: Sequence[Target]) -> Text:
    """How many lines, and which tokens were explained in them."""
    texts = list(dict.fromkeys(quoted(t.text) for t in targets))
    more = f" and {len(texts) - 5} more" if len(texts) > 5 else ""
    return Text(f"{count(len(targets), 'line')}; targets {', '.join(texts[:5])}{more}\n")


def aggregate(rows: Sequence[FeatureMean], n_lines: int, width: int) -> RenderableType:
    """Features with mean and interval."""
    if not rows:
        return Text("No feature did anything for these tokens.")
    ends = {
        row.id: (
            row.mean if row.low is None else row.low,
            row.mean if row.high is None else row.high,
        )
        for row in rows
    }
    scale = max(abs(end) for pair in ends.values() for end in pair)
    table = _table()
    table.add_column("feature", no_wrap=True)
    table.add_column("lines", justify="right", no_wrap=True)
    room = _odd(width - _longest(row.id for row in rows) - len(f"{n_lines}/{n_lines}") - 34)
    table.add_column("against ╷ for".center(room), width=room, no_wrap=True)
    table.add_column("mean", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.id,
            f"{row.n}/{n_lines}",
            interval(row.mean, *ends[row.id], scale, room),
            Text(signed(row.mean), tone(row.mean)),
            Text(
                " … ".join(signed(end) for end in ends[row.id]) if row.low is not None else "–",
                "dim",
            ),
        )
    return table


def aggregate_legend(n_lines: int) -> Text:
    """What mean and interval are."""
    spread = "95 % interval over lines" if n_lines > 1 else "one line: no interval"
    return Text(f"nats, summed over positions; ● mean over all lines  ─ {spread}", "dim")


def told(rows: Sequence[Wording | Effect | Active]) -> list[RenderableType]:
    """What features fire on, and how well that predicts their activations; nothing where nothing is known."""
    known = {row.id: row for row in rows if row.description}
    if not known:
        return []
    table = _table()
    table.add_column("feature", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("fires on", overflow="fold")
    for row in known.values():
        table.add_row(row.id, _score(row.score), _said(row))
    return [Text(), table]


def chosen(concepts: Sequence[Concept], width: int) -> list[RenderableType]:
    """The features that concepts in words stand for."""
    parts: list[RenderableType] = []
    for concept in concepts:
        n = len(concept.features)
        how = "suppressed" if concept.direction == "suppress" else "strengthened"
        if concept.value is not None:
            how = f"held at {concept.value:g}"
        elif concept.strength:
            how += f" to {concept.strength:g} of their tail quantile"
        fewer = f"; no more than these of {concept.k} are like it" if n < concept.k else ""
        skipped = f"; {concept.skipped} that never fired skipped" if concept.skipped else ""
        parts.append(
            Text(f"{quoted(concept.query)}: {count(n, 'feature')} {how}{fewer}{skipped}", "bold")
        )
        parts += [Text(harmless(note), "dim") for note in concept.notes]
        table = _table()
        table.add_column("feature", no_wrap=True)
        table.add_column("alike", justify="right", no_wrap=True)
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column(
            "fires on", no_wrap=True, overflow="ellipsis", max_width=max(20, width - 34)
        )
        for feature in concept.features:
            table.add_row(
                feature.id, f"{feature.similarity:.2f}", _score(feature.score), _said(feature)
            )
        parts += [table, Text()]
    return parts


def damage(found: Damage) -> list[Text]:
    """What interventions do to text that has nothing to do with them."""
    random, repeats = found.kl_random, found.repetition
    beside = (
        "too few alike for random sets"
        if random is None
        else f"random features {random.low:.2g} to {random.high:.2g} ({random.n} sets)"
    )
    line = (
        f"damage    {found.verdict}: KL {found.kl:.2g} nats on {found.n_prompts} neutral texts, {beside}; "
        f"repeated 3-token runs {share(repeats.before)} before, {share(repeats.after)} after"
    )
    more = [Text(line)]
    if found.verdict == "babbling":
        more.append(
            Text("The steering is so strong that the model babbles: lower --strength or --k.")
        )
    return more


def verification(found: Verification, n: int, positions: str, width: int) -> list[RenderableType]:
    """Before and after, beside what random sets do."""
    what = "log p" if found.contrast is None else "difference of log p"
    random = found.random
    scale = max(abs(x) for x in (found.effect, random.low, random.high))
    room = _odd(min(width, 81) - 10)
    alike = "layer, sign and activation" if random.match == "activation" else "layer and sign"
    named = {"all": "all positions", "prompt": "the prompt", "generated": "the reply"}
    units, part = found.touched.neurons, found.touched.share
    return [
        Text(
            f"Suppressing {count(n, 'feature')} ({count(units, 'unit')}, {share(part)} of all)"
            f" at {named.get(positions, f'positions {positions}')}"
        ),
        Text.assemble(
            (quoted(found.target.text), "bold"),
            f" at {found.target.pos}, {percent(found.target.logprob)}: "
            f"{what} {found.before:.3f} before, {found.after:.3f} after",
        ),
        Text(),
        Text.assemble("effect    ", (f"{signed(found.effect)} nats", tone(found.effect))),
        Text(
            f"random    {signed(random.mean)} nats, 95 % of sets from {signed(random.low)} to "
            f"{signed(random.high)}"
        ),
        Text("          ").append_text(
            interval(found.effect, random.low, random.high, scale, room)
        ),
        Text.assemble("verdict   ", (_verdict(found.verdict), "bold")),
        Text(),
        Text(
            f"● effect  ─ {random.n} random sets of as many features, matched in {alike}; "
            f"KL of the next token {found.kl:.2g} nats",
            "dim",
        ),
    ]


def _verdict(verdict: str) -> str:
    more = {"promotes": "promotes the target", "suppresses": "works against the target"}
    return f"{more[verdict]}, more than chance" if verdict in more else verdict


def _table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")


def _sites(
    rows: Sequence[Effect] | Sequence[Active], width: int, after: int
) -> tuple[Table, int, int]:
    """The columns that say which site; how wide a bar has room before `after` cells of numbers, and words after."""
    table = _table()
    table.add_column("feature", no_wrap=True)
    table.add_column("pos", justify="right", no_wrap=True)
    table.add_column("token", width=_TOKEN_CELLS, no_wrap=True, overflow="ellipsis")
    table.add_column("activation", justify="right", no_wrap=True)
    taken = max(_longest(row.id for row in rows), 7) + max(_longest(str(r.pos) for r in rows), 3)
    room = width - taken - _TOKEN_CELLS - 10 - 4 - after
    words = room - _LEAST_BAR - _SCORE_CELLS - 2
    if words < _LEAST_WORDS or not any(row.description for row in rows):
        return table, _odd(room), 0
    return table, _LEAST_BAR, words


def _site(
    feature: str, pos: int, tokens: Sequence[Token], activation: float
) -> tuple[str, str, str, str]:
    text = quoted(tokens[pos].text) if pos < len(tokens) else ""
    return feature, str(pos), text, f"{activation:+.2f}"


def _add_words(table: Table, width: int) -> None:
    """Columns for what features fire on, where there is room for that."""
    if width:
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("fires on", no_wrap=True, overflow="ellipsis", width=width)


def _said(row: Effect | Active | Wording | ConceptFeature) -> str:
    return harmless(row.summary or row.description or "")


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def _longest(texts: Iterable[str]) -> int:
    return max((len(text) for text in texts), default=0)


def _odd(room: int) -> int:
    """A width with a middle, from 11 to 61 cells."""
    room = min(max(room, 11), _MOST_BAR)
    return room - 1 + room % 2

"""`pellucid why`: which sites promoted a token, and which worked against it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from pellucid.cli.conversation import (
    FILE,
    BatchLine,
    conversation_options,
    needed,
    read_batch,
    target_options,
)
from pellucid.cli.interventions import intervention_options
from pellucid.cli.options import subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation, Method
from pellucid.core.settings import Settings


@click.command()
@conversation_options
@target_options
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many sites, or features of a batch.",
)
@click.option(
    "--method",
    type=click.Choice(get_args(Method)),
    default="corrected",
    show_default=True,
    help="corrected measures at most 32 sites, the others none.",
)
@click.option(
    "--measure",
    type=click.IntRange(min=0),
    default=0,
    metavar="K",
    help="Measure the first K by intervening.",
)
@click.option(
    "--batch",
    type=FILE,
    metavar="FILE",
    help="Average over a JSONL file: {messages, target?, contrast?} on each line.",
)
@intervention_options
@subject_options
def why(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    conversation: Conversation | None,
    interventions: tuple[Intervention, ...],
    batch: Path | None,
    **flags: Any,
) -> None:
    """Say which sites promoted a token.

    A site is one neuron at one position, or with --source one latent of an SAE. Its attribution is
    the change of log p(target), in nats, that it brought about; positive promoted the target.
    Without --target the token explained is the subject's own choice; with --at P it is the one at
    position P.

    With --batch, the attributions of all sites are summed over positions and averaged over lines,
    with a 95 % interval; --top says how many features. --target and --contrast then hold for the
    lines that name none.
    """
    if batch is not None:
        _refuse_single(conversation, flags)
        lines = read_batch(batch)
        _batch(model, settings, as_json, (batch, lines), interventions, flags)
        return
    given = needed(conversation)
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.cli.explain import Asked, explain
        from pellucid.cli.session import Session, concepts_data, touched_data

        session = Session.open(model, settings, out)
        found = explain(session, given, interventions, Asked(**flags))
        if as_json:
            out.answer(
                {
                    "tokens": [token.model_dump() for token in found.tokens],
                    "target": found.target.model_dump(),
                    "contrast": found.contrast and found.contrast.model_dump(),
                    "source": session.source_data(),
                    "method": found.method,
                    "alternatives": [a.model_dump() for a in found.alternatives],
                    "effects": [effect.model_dump() for effect in found.effects],
                    "concepts": concepts_data(found.concepts),
                    "touched": touched_data(found.touched),
                    "provenance": session.provenance(),
                }
            )
            return
        from pellucid.cli import tables, views

        width = out.screen.width
        out.show(
            views.conversation(found.tokens, found.target.pos, width),
            views.target(found.target, found.contrast, found.alternatives),
            tables.effects(found.effects, found.tokens, width),
            tables.effects_legend(found.contrast is not None),
            *views.source(session.source),
            *views.touched(found.touched),
        )


def _batch(
    model: str,
    settings: Settings,
    as_json: bool,
    file: tuple[Path, list[tuple[int, BatchLine]]],
    interventions: tuple[Intervention, ...],
    flags: dict[str, Any],
) -> None:
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.cli.explain import Asked, explain_batch
        from pellucid.cli.session import Session, concepts_data, touched_data

        session = Session.open(model, settings, out)
        found = explain_batch(session, *file, interventions, Asked(**flags))
        if as_json:
            out.answer(
                {
                    "aggregate": [
                        {**asdict(row), **words.model_dump()}
                        for row, words in zip(
                            found.aggregate,
                            session.wordings(row.id for row in found.aggregate),
                            strict=True,
                        )
                    ],
                    "lines": len(found.lines),
                    "targets": [
                        {
                            "line": line.line,
                            "target": line.target.model_dump(),
                            "contrast": line.contrast and line.contrast.model_dump(),
                        }
                        for line in found.lines
                    ],
                    "source": session.source_data(),
                    "method": flags["method"],
                    "concepts": concepts_data(found.concepts),
                    "touched": touched_data(found.touched),
                    "provenance": session.provenance(),
                }
            )
            return
        from pellucid.cli import tables, views

        targets = [line.target for line in found.lines]
        out.show(
            tables.aggregate_title(targets),
            tables.aggregate(found.aggregate, len(targets), out.screen.width),
            *tables.told(session.wordings(row.id for row in found.aggregate)),
            tables.aggregate_legend(len(targets)),
            *views.source(session.source),
            *views.touched(found.touched),
        )


def _refuse_single(conversation: Conversation | None, flags: dict[str, Any]) -> None:
    """What asks about one conversation does not go with a file of them."""
    given = {
        "a conversation": conversation is not None,
        "--at": flags["at"] is not None,
        "--measure": flags["measure"] > 0,
    }
    for flag, there in given.items():
        if there:
            raise InvalidRequest(
                f"{flag} does not go with --batch",
                why="every line is a conversation of its own, explained at its end",
                instead="leave one of them out",
            )

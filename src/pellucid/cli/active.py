"""`pellucid active`: which sites stand out by their activation."""

import re

import click

from pellucid.cli.conversation import conversation_options, needed
from pellucid.cli.interventions import intervention_options
from pellucid.cli.options import subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.core.settings import Settings

_RANGE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


@click.command()
@conversation_options
@click.option("--at", type=click.IntRange(min=0), metavar="P", help="Only at this position.")
@click.option("--range", "within", metavar="A:B", help="Only at positions A to B - 1.")
@click.option(
    "--top", type=click.IntRange(min=1), default=50, show_default=True, help="How many sites."
)
@intervention_options
@subject_options
def active(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    conversation: Conversation | None,
    interventions: tuple[Intervention, ...],
    at: int | None,
    within: str | None,
    top: int,
) -> None:
    """Say which sites stand out by their activation.

    With an atlas, ranked by activation over the feature's own 1e-5 tail quantile: past 1, it is
    among the strongest in 100,000 tokens. Without one, over its root mean square in this
    conversation, position 0 left out. Without --at or --range, all positions but 0 and a system
    turn of the template's own.
    """
    given = needed(conversation)
    span = parse_span(at, within)
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.analysis import activate
        from pellucid.cli.session import Session, concepts_data, touched_data

        session = Session.open(model, settings, out)
        reading = session.read(given, interventions)
        found = activate(
            session.subject,
            reading.prompt,
            span=span,
            top=top,
            steering=reading.steering,
            quantiles=session.quantiles,
            source=session.source,
        )
        tokens = session.tokens(reading)
        effects = session.worded(found.effects)
        if as_json:
            out.answer(
                {
                    "tokens": [token.model_dump() for token in tokens],
                    "source": session.source_data(),
                    "scale": found.scale,
                    "effects": [site.model_dump() for site in effects],
                    "concepts": concepts_data(reading.concepts),
                    "touched": touched_data(reading.touched),
                    "provenance": session.provenance(),
                }
            )
            return
        from pellucid.cli import tables, views

        out.show(
            views.conversation(tokens, len(tokens), out.screen.width),
            tables.active(effects, tokens, out.screen.width),
            tables.active_legend(found.scale),
            *views.source(session.source),
            *views.touched(reading.touched),
        )


def parse_span(at: int | None, within: str | None) -> tuple[int, int] | None:
    """The half-open range that `--at` or `--range` names; None without either.

    Raises:
        InvalidRequest: Both, or no range.
    """
    if at is not None and within is not None:
        raise InvalidRequest(
            "--at and --range are both given", instead="leave one out: --at P is --range P:P+1"
        )
    if at is not None:
        return at, at + 1
    if within is None:
        return None
    match = _RANGE.fullmatch(within)
    if match is None or int(match[1]) >= int(match[2]):
        raise InvalidRequest(
            f"--range {within} is no range", instead="write A:B with A < B, as in 20:25"
        )
    return int(match[1]), int(match[2])

"""`pellucid ask`: the subject's reply, token by token."""

from typing import Any

import click

from pellucid.cli.conversation import conversation_options, needed
from pellucid.cli.interventions import intervention_options
from pellucid.cli.options import MAX_SEED, subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.core.settings import Settings


@click.command()
@conversation_options
@click.option(
    "--max-new-tokens", type=click.IntRange(min=1), default=256, show_default=True, metavar="N"
)
@click.option(
    "--temperature",
    type=click.FloatRange(min=0),
    default=0.7,
    show_default=True,
    metavar="T",
    help="0 always takes the most likely token.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, MAX_SEED),
    default=0,
    show_default=True,
    metavar="N",
    help="Of the random choices.",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    metavar="N",
    help="Alternatives of each token in tokens[].",
)
@click.option(
    "--compare", is_flag=True, help="Also write the reply without the interventions: before."
)
@click.option(
    "--damage",
    "measure_damage",
    is_flag=True,
    help="Also measure what the interventions do to text that has nothing to do with them.",
)
@intervention_options
@subject_options
def ask(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    conversation: Conversation | None,
    interventions: tuple[Intervention, ...],
    compare: bool,
    measure_damage: bool,
    **flags: Any,
) -> None:
    """Continue the conversation.

    The reply is all of the open assistant turn: what --assistant, or an assistant message at the
    end, began it with, and what the subject wrote.
    """
    given = needed(conversation)
    _require(interventions, {"--compare": compare, "--damage": measure_damage})
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.cli.replying import Reply, damage_of
        from pellucid.cli.session import Session, concepts_data, touched_data

        session = Session.open(model, settings, out)
        reading = session.read(given, interventions)
        reply = Reply(session, reading, **flags)
        for text in reply.texts():
            if not as_json:
                out.stream(text)
        before = Reply(session, session.read(given), **flags).whole() if compare else None
        damage = damage_of(session, reading, flags["seed"]) if measure_damage else None
        if as_json:
            more = {
                **({} if before is None else {"before": {"reply": before}}),
                **({} if damage is None else {"damage": damage.model_dump()}),
            }
            out.answer(
                {
                    "reply": reply.text,
                    "tokens": [token.model_dump() for token in reply.tokens],
                    "concepts": concepts_data(reading.concepts),
                    "touched": touched_data(reading.touched),
                    "finish": reply.finish,
                    **more,
                    "provenance": session.provenance(flags["seed"]),
                }
            )
            return
        out.stream("\n")
        from pellucid.cli import tables, views

        if before is not None:
            out.stream(f"\n--- without the interventions ---\n{before}\n")
        if damage is not None:
            out.note(*tables.damage(damage))
        elif interventions and reply.babbles:
            out.note(views.babbling())
        if out.screen.is_terminal:
            facts = (reply.n_written, reply.seconds, reply.finish, reading.touched)
            out.notes.print(views.reply(*facts))


def _require(interventions: tuple[Intervention, ...], flags: dict[str, bool]) -> None:
    """Refuses what compares a steered reply, where nothing steers it."""
    for flag, given in flags.items():
        if given and not interventions:
            raise InvalidRequest(
                f"{flag} compares nothing",
                why="there is no intervention",
                instead="add --suppress, --strengthen, --clamp or --interventions, or leave it out",
            )

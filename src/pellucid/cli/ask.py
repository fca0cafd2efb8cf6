"""`pellucid ask`: the subject's reply, token by token."""

from typing import Any

import click

from pellucid.cli.conversation import conversation_options, needed
from pellucid.cli.interventions import intervention_options
from pellucid.cli.options import MAX_SEED, subject_options
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
@intervention_options
@subject_options
def ask(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    conversation: Conversation | None,
    interventions: tuple[Intervention, ...],
    **flags: Any,
) -> None:
    """Continue the conversation.

    The reply is all of the open assistant turn: what --assistant, or an assistant message at the
    end, began it with, and what the subject wrote.
    """
    given = needed(conversation)
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid.cli.replying import Reply
        from pellucid.cli.session import Session, touched_data

        session = Session.open(model, settings, out)
        reading = session.read(given, interventions)
        reply = Reply(session, reading, **flags)
        for text in reply.texts():
            if not as_json:
                out.stream(text)
        if as_json:
            out.answer(
                {
                    "reply": reply.text,
                    "tokens": [token.model_dump() for token in reply.tokens],
                    "touched": touched_data(reading.touched),
                    "finish": reply.finish,
                    "provenance": session.provenance(flags["seed"]),
                }
            )
            return
        out.stream("\n")
        if out.screen.is_terminal:
            from pellucid.cli import views

            facts = (reply.n_written, reply.seconds, reply.finish, reading.touched)
            out.notes.print(views.reply(*facts))

"""`pellucid verify`: does a set of features matter more than random ones of the same make?"""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click
from pydantic import ValidationError

from pellucid.cli.conversation import FILE, conversation_options, needed, target_options
from pellucid.cli.errors import explain
from pellucid.cli.interventions import (
    FILE_OPTION,
    WORD_OPTIONS,
    check_strength,
    parse_features,
    parse_words,
    read_interventions,
)
from pellucid.cli.options import MAX_SEED, subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.interventions import Intervention, SignRule
from pellucid.core.records import Conversation, Match
from pellucid.core.settings import Settings


def _word_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(WORD_OPTIONS):
        command = option(command)
    return command


@click.command()
@conversation_options
@target_options
@click.option("--features", metavar="ID,ID", help="The features suppressed.")
@click.option("--features-file", type=FILE, metavar="FILE", help="The same, one id a line.")
@click.option(
    "--positions",
    default="all",
    show_default=True,
    metavar="WHERE",
    help="Where they are suppressed: all, prompt, generated, or A:B.",
)
@click.option("--n", type=click.IntRange(min=2), default=50, show_default=True, help="Random sets.")
@click.option(
    "--match",
    type=click.Choice(get_args(Match)),
    default="activation",
    show_default=True,
    help="activation: same layer, sign and decile of mean activation; layer: layer and sign.",
)
@click.option(
    "--sign-rule",
    type=click.Choice(get_args(SignRule)),
    default="own",
    show_default=True,
    help="own: suppress only where a feature's own sign is active; any: everywhere.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, MAX_SEED),
    default=0,
    show_default=True,
    metavar="N",
    help="Of the random sets.",
)
@FILE_OPTION
@_word_options
@subject_options
def verify(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    conversation: Conversation | None,
    target: str | None,
    target_all: bool,
    contrast: str | None,
    at: int | None,
    features: str | None,
    features_file: Path | None,
    positions: str,
    n: int,
    match: Match,
    sign_rule: SignRule,
    seed: int,
    interventions: Path | None,
    suppress: tuple[str, ...],
    strengthen: tuple[str, ...],
    k: int | None,
    strength: float | None,
) -> None:
    """Suppress features and compare with random sets.

    The random sets have as many features, each matched to one member and drawn outside the set.
    The effect is log p(target) before minus after, in nats; positive: the features promoted it.

    --interventions, --suppress and --strengthen hold in all runs, the random sets' too. Without
    --features, the features of --suppress are themselves what is suppressed and compared.
    """
    given = needed(conversation)
    check_strength(strength, used=bool(interventions or suppress or strengthen))
    held = {} if strength is None else {"strength": strength}
    ids, asked = _asked(features, features_file, suppress, k, strength)
    check_positions(positions, ids or ["mlp.0.0.pos"])
    changes = (
        *(read_interventions(interventions, held) if interventions is not None else ()),
        *parse_words(() if asked else suppress, strengthen, None if asked else k, held),
    )
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as out:
        out.stage("starting")
        from pellucid import analysis
        from pellucid.cli.session import Session, concepts_data

        session = Session.open(model, settings, out)
        named, concepts = session.resolved(asked)
        ids = ids or list(dict.fromkeys(str(f) for item in named for f in item.feature_ids()))
        reading = session.read(given, changes)
        question = analysis.pick_target(
            session.subject,
            reading.prompt,
            text=target,
            at=at,
            contrast=contrast,
            all_tokens=target_all,
        )
        out.stage(f"suppressing {len(ids)} features and {n} random sets")
        found = analysis.verify(
            session.subject,
            question,
            ids,
            positions=positions,
            n=n,
            match=match,
            sign_rule=sign_rule,
            seed=seed,
            steering=reading.steering,
            sources=session.sources,
        )
        if as_json:
            about = {
                "features": [words.model_dump() for words in session.wordings(ids)],
                "concepts": concepts_data([*concepts, *reading.concepts]),
                "source": session.source_data(),
                "provenance": session.provenance(seed),
            }
            out.answer({**found.model_dump(), **about})
            return
        from pellucid.cli import tables

        out.show(
            *tables.verification(found, len(ids), positions, out.screen.width),
            *([] if concepts else tables.told(session.wordings(ids))),
        )


def _asked(
    features: str | None,
    path: Path | None,
    suppress: tuple[str, ...],
    k: int | None,
    strength: float | None,
) -> tuple[list[str], tuple[Intervention, ...]]:
    """The features to verify, by id, or the concepts in words whose features they are."""
    if features is None and path is None and suppress:
        if strength:
            raise InvalidRequest(
                f"--strength {strength:g} does not go with --suppress here",
                why="verify sets the features it compares to 0",
                instead="leave it out, or name --features beside the interventions",
            )
        return [], parse_words(suppress, (), k)
    return [str(feature) for feature in parse_features(features, path)], ()


def check_positions(positions: str, ids: list[str]) -> None:
    """Refuses what names no positions, before a subject is loaded."""
    try:
        Intervention(features=tuple(ids), strength=0, positions=positions)
    except ValidationError as error:
        why = explain(error).removeprefix("positions: ")
        raise InvalidRequest("--positions cannot be used", why=why) from error

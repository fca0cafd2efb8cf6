"""`pellucid search`: features by meaning, by likeness to others, or by a text that they fire on."""

import re
from typing import TYPE_CHECKING, Any

import click

from pellucid.cli.atlas_options import atlas_of
from pellucid.cli.options import subject_options
from pellucid.core.errors import InvalidRequest, Unsupported
from pellucid.core.ids import FeatureId, Sign
from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from pellucid.cli.output import Output
    from pellucid.workspace.searching import SearchAsked

MAX_K = 10_000


@click.command()
@click.argument("text", required=False)
@click.option("--like", multiple=True, metavar="ID", help="Features like this one; repeatable.")
@click.option(
    "--fires-on", metavar="TEXT", help="Features that fire most on this text, on the model."
)
@click.option(
    "--k", type=click.IntRange(1, MAX_K), default=20, show_default=True, help="Hits at most."
)
@click.option("--sign", type=click.Choice(["pos", "neg"]), help="Only this sign.")
@click.option("--layers", metavar="A:B", help="Only layers from A up to before B.")
@click.option("--min-score", type=float, metavar="X", help="Only descriptions with this score.")
@click.option("--output", is_flag=True, help="By what features promote, not by what they fire on.")
@click.option("--all", "everything", is_flag=True, help="Also what seems not to matter to a user.")
@subject_options
def search(
    *,
    text: str | None,
    like: tuple[str, ...],
    fires_on: str | None,
    k: int,
    sign: Sign | None,
    layers: str | None,
    min_score: float | None,
    output: bool,
    everything: bool,
    model: str,
    settings: Settings,
    as_json: bool,
) -> None:
    """Find features whose descriptions mean what TEXT says.

    Or features like others (--like), or those that fire on a text (--fires-on, which loads the model).
    """
    if sum((text is not None, bool(like), fires_on is not None)) != 1:
        raise InvalidRequest(
            "a search is for one thing", instead="give a TEXT, or --like, or --fires-on"
        )
    if fires_on is not None and output:
        raise InvalidRequest(
            "--output goes with a TEXT or --like", why="a text is fired on", instead="leave it out"
        )
    own = tuple(FeatureId.parse(one) for one in like)
    span = _layers(layers)
    from pellucid.cli.output import speaking
    from pellucid.workspace.searching import SearchAsked

    asked = SearchAsked(text, own, k, sign, span, min_score, everything, output)
    with speaking(as_json=as_json) as out:
        if fires_on is not None:
            _firing(fires_on, asked, model, settings, out)
        else:
            _found(asked, model, settings, out)


def _found(asked: "SearchAsked", model: str, settings: Settings, out: "Output") -> None:
    from pellucid.atlas import Atlas
    from pellucid.cli.output import provenance_of
    from pellucid.workspace.searching import found, open_searcher

    atlas = Atlas.open(atlas_of(None, settings, model))
    searcher = open_searcher(atlas, settings, out.stage)
    result = found(searcher, asked)
    if out.as_json:
        made_with = provenance_of(settings, atlas.manifest.subject)
        extra = {"atlas": atlas.manifest.hash, "embedder": searcher.embedder.name}
        out.answer(result.model_dump(mode="json") | {"provenance": made_with | extra})
        return
    from pellucid.cli import hits

    out.show(*hits.found(result, output=asked.output))


def _firing(text: str, asked: "SearchAsked", model: str, settings: Settings, out: "Output") -> None:
    from pellucid.analysis import activate
    from pellucid.cli.session import Session
    from pellucid.workspace.engine import passage
    from pellucid.workspace.firing import SITES_A_HIT, firing

    session = Session.open(model, settings, out)
    atlas = session.quantiles
    if atlas is None:
        raise Unsupported(
            "features that fire on a text cannot be ranked",
            f"no atlas of {session.source_name} is open",
            "open one with --atlas DIR",
        )
    out.stage("reading")
    prompt = passage(session.subject, text)
    sites = activate(
        session.subject,
        prompt,
        top=SITES_A_HIT * asked.k,
        quantiles=atlas,
        source=session.source,
    )
    result = firing(atlas, sites.effects, asked)
    if out.as_json:
        tokens = [{"pos": i, "id": id_, "text": t} for i, (id_, t) in enumerate(_tokens(prompt))]
        data: dict[str, Any] = result.model_dump(mode="json")
        facts = {"scale": sites.scale, "tokens": tokens, "provenance": session.provenance()}
        out.answer(data | facts)
        return
    from pellucid.cli import hits

    out.show(*hits.firing(result, [t for _, t in _tokens(prompt)], sites.scale))


def _tokens(prompt: Any) -> list[tuple[int, str]]:
    return [(token.id, token.text) for token in map(prompt.token, range(len(prompt)))]


def _layers(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    numbers = re.fullmatch(r"([0-9]{1,6}):([0-9]{1,6})", text)
    if numbers is None or int(numbers[1]) >= int(numbers[2]):
        raise InvalidRequest(
            f"--layers {text} are no layers", instead="write A:B, from A up to before B, as in 0:10"
        )
    return int(numbers[1]), int(numbers[2])

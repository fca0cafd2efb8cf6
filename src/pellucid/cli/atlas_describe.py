"""`pellucid atlas describe`: a tested sentence for every feature of an atlas."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pellucid.cli.atlas_options import atlas_of
from pellucid.cli.options import subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from pellucid.workspace.describing_with_llm import LlmRun


@click.command()
@click.argument("atlas_dir", metavar="[DIR]", required=False)
@click.option(
    "--build-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the atlas was built; default: DIR.build beside it.",
)
@click.option(
    "--explainer",
    default="rules",
    show_default=True,
    metavar="E",
    help="rules, endpoint (any OpenAI-compatible one, see docs/settings.md), or local:MODEL.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Features described at most, drawn at random."
)
@click.option(
    "--k", type=click.IntRange(1, 100), help="Sentences an LLM tries for each.  [default: 2]"
)
@click.option(
    "--budget", type=click.FloatRange(min=0), metavar="USD", help="Stop before it costs more."
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=2,
    show_default=True,
    help="That describe by rules at the same time.",
)
@click.option("--no-index", is_flag=True, help="Leave the search index for later.")
@subject_options
def describe(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    atlas_dir: str | None,
    build_dir: Path | None,
    explainer: str,
    limit: int | None,
    k: int | None,
    budget: float | None,
    processes: int,
    no_index: bool,
) -> None:
    """Describe every feature of an atlas in a sentence, score it on text that nothing was chosen from, and index it.

    Interrupt it at any moment and run it again: it goes on.
    """
    of_llms = {"--limit": limit, "--k": k, "--budget": budget}
    named = [flag for flag, value in of_llms.items() if value is not None]
    if explainer == "rules" and named:
        raise InvalidRequest(
            f"{named[0]} goes with an LLM", why="rules cost nothing", instead="leave it out"
        )
    directory = atlas_of(atlas_dir, settings, model)
    build = build_dir or directory.with_name(f"{directory.name}.build")
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as shown:
        from pellucid.features import open_source
        from pellucid.subject import Subject
        from pellucid.workspace.described import describe_atlas

        subject = Subject.load(model, settings=settings, progress=shown.loading)
        outcome = describe_atlas(
            subject,
            open_source(settings, subject),
            directory,
            build,
            settings,
            explainer=explainer,
            limit=limit,
            k=k,
            budget=budget,
            processes=processes,
            index=not no_index,
            stage=shown.stage,
        )
        manifest, run = outcome.manifest, outcome.run
        if run is not None and run.stopped:
            shown.note(f"stopped after {run.done:,} of {run.asked:,} features: {run.stopped}")
        data: dict[str, Any] = {
            "manifest": manifest.model_dump(mode="json") | {"path": str(directory.resolve())},
            "described": outcome.counts,
            **_of(run),
        }
        if as_json:
            made_with = provenance_of(settings, manifest.subject) | {
                "atlas": manifest.hash,
                "dtype": subject.dtype,
                "device": subject.device,
            }
            shown.answer(data | {"provenance": made_with})
            return
        from pellucid.cli import cards

        shown.show(*cards.summary(manifest, directory))
        if run is not None:
            shown.show(_closing(run))


def _of(run: "LlmRun | None") -> dict[str, Any]:
    """What a language model did, and what it took; nulls by rules."""
    if run is None:
        return {"llm": None, "used": None, "stopped": None}
    names = ("explainer", "simulator", "asked", "described")
    return {
        "llm": {name: getattr(run, name) for name in names},
        "used": asdict(run.used) | {"tokens": run.used.tokens},
        "stopped": run.stopped or None,
    }


def _closing(run: "LlmRun") -> str:
    """The same for people."""
    used = run.used
    statuses = ", ".join(f"{n:,} {status}" for status, n in sorted(run.described.items()))
    money = "" if used.usd is None else f", {used.usd:.2f} USD"
    return (
        f"\n{run.explainer}: {run.done:,} of {run.asked:,} features ({statuses or 'none'}), "
        f"judged by {run.simulator}\n"
        f"{used.calls:,} calls, {used.failed:,} of them failed, {used.cached:,} more known already; "
        f"{used.tokens:,} tokens{money}"
    )

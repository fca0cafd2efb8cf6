"""`pellucid atlas build` and `pellucid atlas check`: the parts of `atlas` that run the subject."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pellucid.cli.atlas_options import atlas_of
from pellucid.cli.options import MAX_SEED, subject_options
from pellucid.core.errors import InvalidRequest
from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from pellucid.cli.output import Output
    from pellucid.exemplars.job import CollectProgress


@click.command()
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    metavar="C",
    help="JSONL, Parquet, a text file, a folder, or hf:NAME:CONFIG; C@W weighs it. Repeatable.",
)
@click.option("--tokens", type=click.IntRange(min=1), required=True, help="Tokens to read.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The atlas.",
)
@click.option(
    "--build-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="What an interrupted build goes on from, and the evidence that does not ship; "
    "default: DIR.build beside the atlas.",
)
@click.option("--seed", type=click.IntRange(0, MAX_SEED), default=0, show_default=True)
@click.option(
    "--seq-len",
    type=click.IntRange(8, 4096),
    default=128,
    show_default=True,
    help="Tokens a sequence.",
)
@click.option(
    "--batch-tokens",
    type=click.IntRange(min=8),
    default=4096,
    show_default=True,
    help="Tokens a forward pass; part of the layout that fixes the result.",
)
@click.option(
    "--no-token-means",
    is_flag=True,
    help="Leave out the mean activations by token, which describing uses.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="ray: on a Ray cluster.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="Of the Ray cluster, HOST:PORT or auto; default: a local one.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Ray workers; default: as fit.")
@click.option("--dry-run", is_flag=True, help="Say tokens, time, memory and disk, and stop.")
@subject_options
def build(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    corpora: tuple[str, ...],
    tokens: int,
    out: Path,
    build_dir: Path | None,
    engine: str,
    address: str | None,
    workers: int | None,
    dry_run: bool,
    **asked: Any,
) -> None:
    """Collect the evidence for every feature of a model: one pass over a corpus.

    Where each feature fires most, how often and how strongly, and what it does to the output.
    Interrupt it at any moment and run it again: it goes on, and ends in the same bytes.
    """
    if not corpora:
        raise InvalidRequest("there is no corpus", instead="name at least one with --corpus")
    if engine != "ray" and (address is not None or workers is not None):
        raise InvalidRequest(
            f"{'--address' if address is not None else '--workers'} goes with --engine ray",
            instead="add --engine ray, or leave it out",
        )
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as shown:
        shown.stage("starting")
        from pellucid.exemplars.build import THREADS, BuildRequest, prepare_build
        from pellucid.exemplars.build import build as run_build
        from pellucid.exemplars.estimate import estimate
        from pellucid.features import open_source
        from pellucid.subject import Subject

        subject = Subject.load(model, settings=settings, progress=shown.loading)
        source = open_source(settings, subject)
        request: BuildRequest = BuildRequest(
            corpora=corpora,
            n_tokens=tokens,
            seed=asked["seed"],
            seq_len=asked["seq_len"],
            batch_tokens=asked["batch_tokens"],
            threads=settings.threads if settings.threads is not None else THREADS,
            token_means=not asked["no_token_means"],
        )
        shown.stage("reading the corpus")
        directory = build_dir or out.with_name(f"{out.name}.build")
        prepared = prepare_build(subject, source, request, directory)
        _told(shown, prepared.corpus.report.lines())
        provenance = provenance_of(settings, subject.hash) | {
            "seed": request.seed,
            "dtype": subject.dtype,
            "device": subject.device,
        }
        if dry_run:
            expected = asdict(estimate(subject, source, prepared.plan))
            if as_json:
                shown.answer({"estimate": expected, "provenance": provenance})
            else:
                from pellucid.cli import cards

                shown.show(*cards.estimate(expected))
            return
        reader = None
        if engine == "ray":
            from pellucid.exemplars.on_ray import RayReader

            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a cluster started here is quiet
            reader = RayReader.over(
                subject, source, prepared, settings, model=model, address=address, workers=workers
            )
        manifest = run_build(
            subject,
            source,
            prepared,
            out,
            reader=reader,
            tell=lambda progress: shown.stage(_progress(progress)),
            stage=shown.stage,
        )
        data = manifest.model_dump(mode="json") | {"path": str(out.resolve())}
        if as_json:
            shown.answer({"manifest": data, "provenance": provenance | {"atlas": manifest.hash}})
            return
        from pellucid.cli import cards

        shown.show(*cards.summary(manifest, out))


@click.command()
@click.argument("atlas_dir", metavar="[DIR]", required=False)
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=64,
    show_default=True,
    help="Exemplars read again on the model; 0 loads none.",
)
@click.option("--seed", type=click.IntRange(0, MAX_SEED), default=0, show_default=True)
@subject_options
def check(
    *, model: str, settings: Settings, as_json: bool, atlas_dir: str | None, sample: int, seed: int
) -> None:
    """Verify an atlas: hashes, completeness, and a random sample of exemplars on the model.

    The exit code is 1 where something is wrong.
    """
    directory = atlas_of(atlas_dir, settings, model)
    from pellucid.cli.output import provenance_of, speaking

    with speaking(as_json=as_json) as shown:
        from pellucid.atlas import Atlas
        from pellucid.atlas.check import check as look

        shown.stage("hashes")
        problems = [f"{problem.file}: {problem.what}" for problem in look(directory)]
        made_with = provenance_of(settings) | {"seed": seed}
        recomputed: dict[str, Any] = {"n": 0, "within": 0}
        if not problems:
            manifest = Atlas.open(directory).manifest
            made_with |= {"atlas": manifest.hash, "subject": manifest.subject}
        if not problems and sample:
            from pellucid.exemplars.recompute import recompute
            from pellucid.features import open_source
            from pellucid.subject import Subject

            subject = Subject.load(model, settings=settings, progress=shown.loading)
            shown.stage("reading exemplars again")
            source = open_source(settings, subject)
            found = recompute(subject, source, Atlas.open(directory), n=sample, seed=seed)
            recomputed = {"n": found.n, "within": found.within}
            made_with |= {"dtype": subject.dtype, "device": subject.device}
            problems += [
                f"{d.feature}, exemplar {d.rank}: stored {d.stored:.6g}, found {d.found:.6g}"
                for d in found.deviations
            ]
        ok = not problems
        if as_json:
            shown.answer(
                {"ok": ok, "problems": problems, "recomputed": recomputed, "provenance": made_with}
            )
        else:
            from pellucid.cli import cards

            shown.show(*cards.checked(directory, problems, recomputed))
    if not ok:
        raise click.exceptions.Exit(1)


def _told(shown: "Output", lines: list[str]) -> None:
    shown.quiet()
    for line in lines:
        shown.notes.print(line, soft_wrap=True)


def _progress(progress: "CollectProgress") -> str:
    share = progress.done_tokens / max(progress.total_tokens, 1)
    left = "" if progress.left_s is None else f", {_duration(progress.left_s)} left"
    return (
        f"{share:6.1%}  {progress.done_tokens:,} of {progress.total_tokens:,} tokens, "
        f"{progress.tokens_per_s:,.0f} tokens/s{left}"
    )


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 90 else f"{max(minutes, 1)} min"

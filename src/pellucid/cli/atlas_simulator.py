"""`pellucid atlas train-simulator`: a simulator of one's own, from scored descriptions."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pellucid.cli.atlas_options import atlas_of
from pellucid.cli.options import subject_options
from pellucid.core.settings import Settings

if TYPE_CHECKING:
    from pellucid.workspace.own_simulator import Outcome


@click.command("train-simulator")
@click.argument("atlas_dir", metavar="[DIR]", required=False)
@click.option(
    "--build-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the atlas was built; default: DIR.build beside it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where the simulator goes.",
)
@click.option(
    "--features",
    type=click.IntRange(min=10),
    default=250,
    show_default=True,
    help="To learn from and to be judged on; one in five is left out of the training.",
)
@click.option(
    "--layers",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Of the model, the last ones, that are trained with the head.",
)
@click.option("--epochs", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@subject_options
def train_simulator(
    *,
    model: str,
    settings: Settings,
    as_json: bool,
    atlas_dir: str | None,
    build_dir: Path | None,
    out: Path,
    features: int,
    layers: int,
    epochs: int,
    seed: int,
) -> None:
    """Train a model to predict activations from a description, and compare it with the same model untrained.

    It learns from the descriptions of the atlas, or from sentences by rules where there are none yet, and is
    judged on test sequences of features that it did not learn from.
    """
    directory = atlas_of(atlas_dir, settings, model)
    build = build_dir or directory.with_name(f"{directory.name}.build")
    from pellucid.cli.output import speaking

    with speaking(as_json=as_json) as shown:
        from pellucid.llm import open_chat_model
        from pellucid.workspace.own_simulator import Plan, Training
        from pellucid.workspace.own_simulator import train_simulator as trained

        outcome = trained(
            model,
            directory,
            build,
            out,
            settings,
            Plan(n_features=features, n_trained_layers=layers, seed=seed),
            Training(epochs=epochs, seed=seed),
            untrained=lambda: open_chat_model(f"local:{model}", settings),
            stage=shown.stage,
        )
        if as_json:
            shown.answer({"simulator": str(out.resolve()), "outcome": asdict(outcome)})
            return
        shown.show("\n".join([*lines(outcome), f"It is in {out}."]))


def lines(outcome: "Outcome") -> list[str]:
    """How well it does, for people."""
    told = [f"Mean r on test of {outcome.n_judged} features left out, on the same sentences:"]
    for name, mean in outcome.means.items():
        n = outcome.undefined[name]
        value = f"{'–':>6}" if mean is None else f"{mean:6.3f}"
        told.append(f"  {name:28} {value}" + (f"  (constant, not counted: {n})" if n else ""))
    told.append(
        f"The trained one beats the untrained on {outcome.better} of {outcome.compared} "
        "on which neither is constant."
    )
    return told

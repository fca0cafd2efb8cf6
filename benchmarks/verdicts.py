"""Do descriptions say what features fire on in text that nothing was chosen from? Judged by readers.

    pool    what readers read: 100 features that are filtered in as interesting, drawn at random, each with its
            description and the five *test* sequences in which it is most extreme; among them, unmarked, 30 more of
            them under a description that is another one's, which show how lenient a reader is
    score   the table, from verdicts.json

Usage: python -m benchmarks.verdicts pool --build DIR [--out build/verdicts]
       python -m benchmarks.verdicts score

verdicts.json: feature -> how many of its five peaks are on what the description names; `decoys` apart.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from pellucid.atlas.ready import bundled_atlas
from pellucid.workspace.study import Study
from scripts.interest.sample import marked
from scripts.interest.train import wilson

VERDICTS = Path(__file__).with_name("verdicts.json")
N, DECOYS, SEED = 100, 30, 5
MATCHES = 3
"""Of five peaks, those that must be on what the description names."""


def pool(study: Study, path: Path, out: Path) -> None:
    """`verdicts.N.md` for readers, and `decoys.json`, which they do not see."""
    table = pq.read_table(path / "descriptions" / "descriptions.parquet")
    told = np.flatnonzero(
        np.array(table["interesting"]) & np.array(table["description"]).astype(bool)
    )
    random = np.random.default_rng(SEED)
    drawn = random.permutation(told)[: N + DECOYS]
    says = {int(place): table["description"][int(place)].as_py() for place in drawn}
    decoys = [int(place) for place in drawn[N:]]
    for place, other in zip(decoys, np.roll(drawn[N:], 1), strict=True):
        says[place] = table["description"][int(other)].as_py()
    order = [int(place) for place in random.permutation(drawn)]
    per_layer = len(table) // len(study.atlas.source.layers)
    cards = {}
    for layer in sorted({place // per_layer for place in order}):
        material = study.layer(layer)
        for place in (place for place in order if place // per_layer == layer):
            cards[place] = card(study, material, place, place % per_layer, says[place])
    out.mkdir(parents=True, exist_ok=True)
    for part in range(0, len(order), 26):
        text = "\n\n".join(cards[place] for place in order[part : part + 26])
        (out / f"verdicts.{part // 26}.md").write_text(text + "\n", encoding="utf-8")
    names = [str(study.atlas.source.feature(place)) for place in decoys]
    (out / "decoys.json").write_text(json.dumps(names))


def card(study: Study, material, place: int, feature: int, description: str) -> str:
    """One feature as readers see it."""
    test = study.case(material, feature).test
    ids = study.build.plan.sequences.ids
    lines = [f"## {study.atlas.source.feature(place)}", description, ""]
    for row, y in zip(test.rows[:5], test.y[:5], strict=True):
        texts = [study.atlas.vocabulary.text(int(id_)) for id_ in ids[row]]
        lines.append(f"- {marked(texts, int(y.argmax()))}")
    return "\n".join(lines)


def score() -> None:
    """The table."""
    verdicts = json.loads(VERDICTS.read_text())
    print("| | n | matches (3 of 5 peaks or more) | mean peaks of 5 |\n|---|---|---|---|")
    for name in ("features", "decoys"):
        counts = np.array(list(verdicts[name].values()))
        hits = int((counts >= MATCHES).sum())
        low, high = wilson(hits, len(counts))
        print(
            f"| {name} | {len(counts)} | {hits / len(counts):.0%} ({low:.0%} to {high:.0%}) | {counts.mean():.2f} |"
        )
    print("do not match:", ", ".join(f for f, n in verdicts["features"].items() if n < MATCHES))


def main() -> None:
    """Write what is read, or print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("pool", "score"))
    parser.add_argument("--build", type=Path, help="of the bundled model's atlas, with all splits")
    parser.add_argument("--out", type=Path, default=Path("build/verdicts"))
    args = parser.parse_args()
    if args.what == "score":
        score()
        return
    path = bundled_atlas()
    assert path is not None and args.build is not None, "needs the atlas and --build"
    pool(Study.open(path, args.build), path, args.out)


if __name__ == "__main__":
    main()

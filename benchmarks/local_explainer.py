"""A language model's descriptions beside the rules' sentences for the same features, on the same few sequences.

    pellucid atlas describe COPY --build-dir BUILD --explainer local:bundled --limit 200 --no-index
    python -m benchmarks.local_explainer --llm COPY --build BUILD

A small model judges a few sequences only, 32 positions of each, so its scores compare with no others: the rules'
sentences of `--rules` are scored here on those very positions, and what any description must beat is too. Prints the
table of docs/llm.md.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from pellucid.atlas import Atlas
from pellucid.atlas.ready import bundled_atlas
from pellucid.descriptions import baselines
from pellucid.descriptions.llm.run import KIND, as_told
from pellucid.descriptions.meaning import Meaning
from pellucid.descriptions.pipeline import Case, judged
from pellucid.descriptions.simulate import RuleSimulator
from pellucid.workspace.describing_with_llm import LOCAL_PROTOCOL, cases_of, drawn, known_rows
from pellucid.workspace.study import Study

COLUMNS = ("score", "random only", "AUROC", "AP")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--llm", type=Path, required=True, help="the atlas that the model described"
    )
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--rules", type=Path, default=bundled_atlas())
    parser.add_argument("--limit", type=int, default=200)
    args = parser.parse_args()
    study = Study.open(args.llm, args.build)
    places = drawn(study, args.limit)
    rows = {row.id: row for row in known_rows(study.atlas)}
    by_rules = {row.id: row.description for row in known_rows(Atlas.open(args.rules))}
    asked = [rows[str(study.atlas.source.feature(place))] for place in places]
    failed = Counter(row.status for row in asked if not row.kind)
    print(f"drawn: {len(asked)}, without a sentence: {dict(failed)}")
    simulator = RuleSimulator(Meaning.of(study.reader))
    model, rules, unigram, best, shuffled, own_null = ([] for _ in range(6))
    sentences = [text for row in asked if (text := by_rules[row.id])]
    for number, (case, row) in enumerate(zip(cases_of(study, places), asked, strict=True)):
        sentence = by_rules[row.id]
        if row.kind != KIND or not sentence:
            continue
        same = as_told(case, LOCAL_PROTOCOL)
        model.append((row.score, row.score_random, row.auroc, row.average_precision))
        own_null.append(row.shuffled)
        rules.append(scores_of(same, simulator, sentence))
        other = sentences[(number + len(sentences) // 2) % len(sentences)]
        shuffled.append(scores_of(same, simulator, other))
        unigram.append(baselines.unigram(same))
        best.append(baselines.best_token(same))
    print(f"described by both, so far: {len(model)}\n")
    print(f"| | {' | '.join(COLUMNS)} |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name, values in (
        ("the model's", model), ("the rules'", rules), ("the rules', another feature's", shuffled),
    ):  # fmt: skip
        print(
            f"| {name} | {' | '.join(f'{v:.3f}' for v in np.nanmean(np.array(values), axis=0))} |"
        )
    for name, values in (
        ("the model's, another feature's", own_null), ("unigram", unigram), ("best token", best),
    ):  # fmt: skip
        print(f"| {name} | {mean_of(values)} | | | |")
    better = np.mean([a[0] > b[0] for a, b in zip(model, rules, strict=True)])
    print(f"\nthe model's better than the rules' in {better:.1%}")


def mean_of(values: list[float]) -> str:
    """Over the features that have one; the model's own null is judged on 50 features at most."""
    n = int(np.isfinite(values).sum())
    if n == 0:
        return "not judged"
    return f"{np.nanmean(values):.3f}" + ("" if n == len(values) else f" (of {n})")


def scores_of(
    case: Case, simulator: RuleSimulator, sentence: str
) -> tuple[float, float, float, float]:
    """As in `COLUMNS`."""
    found = judged(case, simulator.predict(sentence, case.texts, case.test.rows))
    return found.r, found.r_random, found.auroc, found.average_precision


if __name__ == "__main__":
    main()

"""How often suppressing or strengthening a concept in words moves that concept's words more than random features do.

Thirty concepts (`concepts.json`, written down before any description existed): a name to search for, words that belong
to it, three neutral beginnings of a text that may go on with such a word, and one beginning that is about the concept.
The concept's features are found and set as `--suppress` and `--strengthen` would, at every position but 0. Measured is
the change of the log of the summed probability of the words as the next token, in nats, beside sets of as many random
features, matched in layer, sign and decile of activation, that are set in the same way.
Usage: python -m benchmarks.concepts [--atlas DIR] [--n 100] [--k K] [--strength X] [--sign-rule own] [--out FILE]
"""

import argparse
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from pellucid import Atlas, Conversation, FeatureId, Settings, Subject
from pellucid.analysis.matched import kind_of, mean_activations, stand_ins
from pellucid.atlas.ready import bundled_atlas
from pellucid.core.errors import InvalidRequest
from pellucid.subject.units import Neurons, edited
from pellucid.workspace.concepts import concepts_of, open_search

CONCEPTS = Path(__file__).with_name("concepts.json")
DIRECTIONS = ("suppress", "strengthen")


class SetRows:
    """Row r of the batch has the features of set r at their values, where the sign rule lets them."""

    def __init__(self, sets: Sequence[dict[FeatureId, float]], own: bool) -> None:
        self._own = own
        self._by_layer: dict[int, list[tuple[int, int, float, int]]] = {}
        for row, features in enumerate(sets):
            for f, value in features.items():
                sign = 1 if f.sign == "pos" else -1
                self._by_layer.setdefault(f.layer, []).append((row, f.index, value, sign))
        self.layers = tuple(sorted(self._by_layer))

    def __call__(self, layer, act):
        rows, index, value, sign = zip(*self._by_layer[layer], strict=True)
        now = act[list(rows), 1:, list(index)]
        sign = torch.tensor(sign)[:, None]
        hit = now * sign > 0 if self._own else torch.ones_like(now, dtype=torch.bool)
        act[list(rows), 1:, list(index)] = torch.where(hit, torch.tensor(value)[:, None], now)
        return act


def word_ids(subject: Subject, words: Sequence[str]) -> list[int]:
    """Every id that is one of the words as a whole: with and without a space before it, capitalised or not."""
    forms = {
        space + form
        for word in words
        for form in (word, word.capitalize(), word.lower())
        for space in ("", " ")
    }
    found = (subject.read_prompt(Conversation(text=form)).ids for form in forms)
    return sorted({ids[0] for ids in found if len(ids) == 1})


@torch.inference_mode()
def masses(subject, ids, words, sets, own):
    """Log of the words' summed probability after `ids`: first without, then with each set."""
    found = []
    for at in range(0, len(sets) + 1, 51):
        some = [{}, *sets][at : at + 51]
        with edited([(Neurons(subject), SetRows(some, own))]):
            hidden = subject.trunk(subject.ids_tensor(ids).expand(len(some), -1))
        found.append(subject.logprobs(hidden[:, -1])[:, words].logsumexp(-1))
    return torch.cat(found).numpy()


def measured(subject, atlas, concept, entry, own, n, seed):
    """Effects on the neutral beginnings and on the topical one: the concept's, and each random set's."""
    members = [FeatureId.parse(feature.id) for feature in concept.features]
    texts = [
        subject.read_prompt(Conversation(text=t)).ids for t in (*entry["stems"], entry["topical"])
    ]
    homes, means = {"mlp": Neurons(subject)}, {}
    for ids in texts:
        allowed = torch.arange(len(ids)) > 0
        for kind, values in mean_activations(subject, ids, members, allowed, None, homes).items():
            means[kind] = means.get(kind, 0) + values / len(texts)
    means = {kind: means[kind] for kind in {kind_of(member) for member in members}}
    usable = {
        (source, layer, sign): atlas.tail_quantiles(layer)[:, 0 if sign == "pos" else 1] != 0
        for source, layer, sign in means
    }
    draws = stand_ins(members, means, n, "activation", seed, usable if concept.strength else None)
    chosen = [members, *([draw[member] for member in members] for draw in draws)]
    sets = [
        dict(
            zip(some, (concept.strength * atlas.quantile(atlas.places(some))).tolist(), strict=True)
        )
        for some in chosen
    ]
    words = word_ids(subject, entry["words"])
    found = np.array([masses(subject, ids, words, sets, own) for ids in texts])
    effects = found[:, 1:] - found[:, :1]
    return effects[:-1].mean(0), effects[-1]


def verdict(direction, effects):
    """The concept's effect, the random sets' 95 % interval, and whether it lies beyond on the right side."""
    low, high = np.percentile(effects[1:], [2.5, 97.5])
    beyond = effects[0] > high if direction == "strengthen" else effects[0] < low
    return float(effects[0]), float(low), float(high), bool(beyond)


def shown(found) -> str:
    """A verdict as a person reads it."""
    effect, low, high, beyond = found
    return f"{effect:+.3f} [{low:+.3f}, {high:+.3f}] {'yes' if beyond else 'no ':3}"


def main() -> None:
    """Prints a line for each concept and direction, and how often it worked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--atlas", type=Path, help="default: the bundled model's")
    parser.add_argument("--n", type=int, default=100, help="random sets")
    parser.add_argument(
        "--k", type=int, help="units a concept names; default: as the command line has it"
    )
    parser.add_argument("--strength", type=float, help="of strengthening; default: 0.5")
    parser.add_argument("--sign-rule", choices=("own", "any"), default="own")
    parser.add_argument("--out", type=Path, help="JSON lines")
    args = parser.parse_args()
    settings = Settings()
    subject = Subject.load("bundled", settings=settings)
    path = args.atlas or bundled_atlas()
    assert path is not None, "the bundled model's atlas is not here"
    atlas = Atlas.open(path)
    finder = concepts_of(atlas, open_search(atlas, settings), settings)
    rows = []
    for entry in json.loads(CONCEPTS.read_text()):
        for direction in DIRECTIONS:
            name = f"{entry['query']:28} {direction:10}"
            strength = args.strength if direction == "strengthen" else None
            try:
                concept = finder.find(entry["query"], direction, k=args.k, strength=strength)
            except InvalidRequest as error:
                print(name, "no match:", error, flush=True)
                rows.append({"query": entry["query"], "direction": direction, "k": 0})
                continue
            seed = zlib.crc32(name.encode())
            neutral, topical = measured(
                subject, atlas, concept, entry, args.sign_rule == "own", args.n, seed
            )
            row = {
                "query": entry["query"],
                "direction": direction,
                "k": len(concept.features),
                "similarity": [concept.features[0].similarity, concept.features[-1].similarity],
                "features": [[f.id, f.summary, f.score] for f in concept.features[:5]],
                "neutral": verdict(direction, neutral),
                "topical": verdict(direction, topical),
                "both": verdict(
                    direction, (neutral * len(entry["stems"]) + topical) / (len(entry["stems"]) + 1)
                ),
            }
            rows.append(row)
            told = "  ".join(f"{place} {shown(row[place])}" for place in ("neutral", "topical"))
            print(f"{name} k {row['k']:3}  {told}  {concept.features[0].summary}", flush=True)
    for direction in DIRECTIONS:
        mine = [row for row in rows if row["direction"] == direction]
        for place in ("neutral", "topical", "both"):
            yes = sum(row[place][3] for row in mine if row["k"])
            not_ = [row["query"] for row in mine if not row["k"] or not row[place][3]]
            print(f"{direction} {place}: {yes} of {len(mine)}; not: {', '.join(not_) or 'none'}")
    if args.out:
        args.out.write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()

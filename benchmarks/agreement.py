"""How well each attribution method agrees with really setting every shown site to 0.

The truth is computed without Pellucid's engine: a plain hook, the plain model, the whole sequence.
Usage: python -m benchmarks.agreement [--chats FILE] [--methods corrected,gradient] [--source NAME=PATH]
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from scipy.stats import pearsonr, spearmanr

from pellucid import Conversation, Settings, Subject, attribute, pick_target
from pellucid.analysis.linear import by_layer, linearise
from pellucid.features import Sae, open_source

SHOWN, FIRST = 120, 100


@torch.inference_mode()
def ablated(subject, question, sites, source=None, batch=16):
    """Effect of setting each (layer, pos, index) to 0, in nats."""
    ids = torch.tensor([question.read_ids])
    rows = list(question.read_at)

    def score(n):
        return question.score(
            subject.model(ids.expand(n, -1)).logits[:, rows].float().log_softmax(-1)
        )

    before, effects = float(score(1)[0]), []
    for at in range(0, len(sites), batch):
        some, handles = sites[at : at + batch], []
        for layer in {site[0] for site in some}:
            here = [(row, pos, index) for row, (la, pos, index) in enumerate(some) if la == layer]

            def hook(_module, args, here=here):
                act = args[0].clone()
                for place in here:
                    act[place] = 0
                return (act,)

            def latent_hook(_module, _args, out, here=here, layer=layer):
                assert isinstance(source, Sae)
                place, changed = source.layers.index(layer), out.clone()
                for row, pos, index in here:
                    act = source.encode(place, out[row, pos])[index]
                    changed[row, pos] -= act * source.directions(place)[index]
                return changed

            if isinstance(source, Sae):
                handles.append(subject.layers[layer].register_forward_hook(latent_hook))
            else:
                handles.append(subject.downs[layer].register_forward_pre_hook(hook))
        effects += (before - score(len(some))).tolist()
        for handle in handles:
            handle.remove()
    return dict(zip(sites, effects, strict=True))


def pool(subject, question, source=None):
    """The 60 largest by gradient times activation and the 140 largest relative writes."""
    linear = linearise(subject, question, None, source=source)
    start = linear.span[0]
    estimates, writes = [], []
    for place, (_, acts, estimate, scale) in enumerate(by_layer(linear)):
        estimates.append(estimate.abs())
        writes.append(acts.abs() * linear.source.write_norms[place] * scale[:, None])
    sites = []
    for values, k in ((torch.stack(estimates), 60), (torch.stack(writes), 140)):
        for at in values.flatten().topk(k).indices.tolist():
            place, rest = divmod(at, values[0].numel())
            layer = linear.source.layers[place]
            sites.append((layer, start + rest // values.shape[2], rest % values.shape[2]))
    return list(dict.fromkeys(sites))


def agreement(subject, line, methods, source=None):
    """For one conversation: Spearman, Pearson, hits of the 20 largest, sites measured, by method."""
    prompt = subject.read_prompt(Conversation(messages=tuple(line["messages"])))
    question = pick_target(subject, prompt, text=line.get("target"), contrast=line.get("contrast"))
    answers = {m: attribute(subject, question, method=m, top=SHOWN, source=source) for m in methods}
    question = next(iter(answers.values())).baseline.question
    candidates = pool(subject, question, source)
    shown = {m: [(e.layer, e.pos, e.index) for e in a.effects] for m, a in answers.items()}
    truth = ablated(
        subject,
        question,
        sorted({*candidates, *(s for sites in shown.values() for s in sites)}),
        source,
    )
    largest = sorted(candidates, key=lambda site: -abs(truth[site]))[:20]
    rows = {}
    for method, answer in answers.items():
        x = [truth[site] for site in shown[method]]
        y = [e.attribution for e in answer.effects]
        hits = len(set(largest) & set(shown[method][:FIRST]))
        rows[method] = (
            spearmanr(x, y)[0],
            pearsonr(x, y)[0],
            hits,
            sum(e.measured for e in answer.effects),
        )
    return len(prompt), rows


def main():
    """Print a line a chat and method, and the means."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chats", type=Path, default=Path(__file__).with_name("chats.jsonl"))
    parser.add_argument("--methods", default="corrected,gradient,integrated")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--source", default="mlp", help="mlp, or NAME=PATH of an SAE")
    args = parser.parse_args()
    subject, methods = Subject.load(args.model), args.methods.split(",")
    source = open_source(Settings(source=args.source), subject)
    found = {m: [] for m in methods}
    print(
        f"{'tokens':>6} {'method':<10} {'spearman':>8} {'pearson':>8} {'of 20':>5} {'measured':>8}"
    )
    for text in args.chats.read_text().splitlines():
        n, rows = agreement(subject, json.loads(text), methods, source)
        for method, row in rows.items():
            found[method].append(row)
            print(
                f"{n:>6} {method:<10} {row[0]:>8.3f} {row[1]:>8.3f} {row[2]:>5} {row[3]:>8}",
                flush=True,
            )
    for method, rows in found.items():
        table = np.array(rows)
        mean, low = table.mean(0), table.min(0)
        print(
            f"{method}: Spearman {mean[0]:.3f} (lowest {low[0]:.3f}), Pearson {mean[1]:.3f} (lowest {low[1]:.3f}), "
            f"largest 20: {mean[2]:.1f} (lowest {low[2]:.0f}), measured at most {table[:, 3].max():.0f}"
        )


if __name__ == "__main__":
    sys.exit(main())

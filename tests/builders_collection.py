"""Small corpora of made-up token ids, and their whole activations read with plain hooks: what a collector must find."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from pellucid.exemplars.collect import Evidence, Plan, make_plan
from pellucid.exemplars.ranking import WANTED, Ranking
from pellucid.exemplars.sequences import Layout, Sequences, first_new, lay_out
from pellucid.subject import Subject
from pellucid.subject.architectures import submodule

SEQ_LEN = 24


def make_sequences(
    n: int = 240, *, seed: int = 0, n_ids: int = 90, seq_len: int = SEQ_LEN
) -> Sequences:
    """Sequences of many lengths: some share a beginning or a phrase, some are copies; small groups."""
    rng = np.random.default_rng(seed)
    length = rng.integers(2, seq_len + 1, n).astype(np.int32)
    ids = rng.zipf(1.3, (n, seq_len)) % n_ids + 3
    ids[:, 0] = 0
    phrase = rng.integers(3, n_ids, 12)
    for i in range(8, n):
        kind = rng.integers(6)
        if kind == 0:  # begins like an earlier one
            shared = int(rng.integers(2, seq_len))
            ids[i, :shared] = ids[int(rng.integers(i)), :shared]
        elif kind == 1:  # is, or begins, an earlier one
            ids[i] = ids[int(rng.integers(i))]
        elif kind == 2 and length[i] > 16:
            ids[i, 2:14] = phrase
    ids[np.arange(seq_len) >= length[:, None]] = 0
    ids = ids.astype(np.uint32)
    document = np.sort(rng.integers(0, 2 * n // 3, n)).astype(np.int32)
    group = (document - (document % 4 == 1)).astype(np.int32)
    split = rng.choice(3, int(group.max()) + 1, p=[0.6, 0.2, 0.2])[group].astype(np.uint8)
    fresh_from = np.maximum(first_new(ids, length), 1).astype(np.int32)
    return Sequences(ids, length, fresh_from, document, group, split)


def make_small_plan(
    sequences: Sequences | None = None, *, seed: int = 0, token_means: bool = True, **layout: Any
) -> Plan:
    """A plan of several shards, each of a few batches."""
    sequences = make_sequences(seed=seed) if sequences is None else sequences
    options: dict[str, Any] = {"batch_tokens": 240, "shard_batches": 3} | layout
    return make_plan(
        sequences, lay_out(sequences.length, seed=seed, **options), seed, token_means=token_means
    )


@dataclass(frozen=True)
class Whole:
    """Every activation of every sequence: [seq, pos, place, unit], NaN past a sequence's length."""

    act: np.ndarray
    gate: np.ndarray | None
    counted: np.ndarray
    """[seq, pos]"""


def read_whole(subject: Subject, sequences: Sequences, layout: Layout | None = None) -> Whole:
    """All activations, by plain hooks; in the layout's batches (the same bits), or each sequence alone, unpadded."""
    n, seq_len = sequences.ids.shape
    shape = (n, seq_len, subject.n_layers, subject.d_mlp)
    act, gate = np.full(shape, np.nan, np.float32), np.full(shape, np.nan, np.float32)
    seen = 0
    with torch.inference_mode(), _plain_hooks(subject) as got:
        for members in layout.batches if layout is not None else [np.array([i]) for i in range(n)]:
            width = int(sequences.length[members].max())
            subject.trunk(torch.from_numpy(sequences.ids[members, :width].astype(np.int64)))
            for row, s in enumerate(members):
                stop = int(sequences.length[s])
                for (what, layer), tensor in got.items():
                    into = act if what == "act" else gate
                    into[s, :stop, layer] = tensor[row, :stop].float().numpy()
            seen += len(members)
    assert seen == n
    at = np.arange(seq_len)
    counted = (at >= sequences.fresh_from[:, None]) & (at < sequences.length[:, None])
    return Whole(act, gate if subject.family.gate is not None else None, counted)


@contextmanager
def _plain_hooks(subject: Subject) -> Iterator[dict[tuple[str, int], torch.Tensor]]:
    """What the last forward pass had at the down projections and the gates, by layer."""
    got: dict[tuple[str, int], torch.Tensor] = {}

    def keep(what: str, layer: int) -> Any:
        def hook(_module: Any, args: Any, out: Any = None) -> None:
            got[what, layer] = (args[0] if out is None else out).clone()

        return hook

    handles = []
    for i, layer in enumerate(subject.layers):
        down = submodule(layer, subject.family.down)
        handles.append(down.register_forward_pre_hook(keep("act", i)))
        if subject.family.gate is not None:
            gate = submodule(layer, subject.family.gate)
            handles.append(gate.register_forward_hook(keep("gate", i)))
    yield got
    for handle in handles:
        handle.remove()


def brute_force(
    whole: Whole,
    sequences: Sequences,
    feature: tuple[int, int, int],
    *,
    split: int = 0,
    kept: int | None = None,
) -> list[tuple[int, int, float]]:
    """Sequence, position and magnitude of the exemplars of a place, unit and sign, by sorting everything there is.

    Windows are compared among the first `kept` groups only, or among all.
    """
    place, unit, sign = feature
    best: dict[int, tuple[float, int, int]] = {}
    for s in np.flatnonzero(sequences.split == split):
        at = np.flatnonzero(whole.counted[s])
        if not len(at):
            continue
        values = whole.act[s, at, place, unit] * sign
        pos = int(at[values.argmax()])
        entry = (-float(values.max()), int(s), pos)
        if entry[0] < 0:
            best[int(sequences.group[s])] = min(best.get(int(sequences.group[s]), entry), entry)
    found: list[tuple[int, int, float]] = []
    windows: set[tuple[int, ...]] = set()
    for value, s, pos in sorted(best.values())[:kept]:
        window = tuple(int(x) for x in sequences.ids[s, max(pos - 7, 0) : pos + 1])
        if window not in windows and len(found) < WANTED:
            found.append((s, pos, -value))
        windows.add(window)
    return found


def contents(ranking: Ranking) -> list[list[tuple[Any, ...]]]:
    """What a ranking holds, by feature, whatever its order."""
    return [
        sorted(
            (
                -float(ranking.magnitude[f, k]),
                int(ranking.sequence[f, k]),
                int(ranking.pos[f, k]),
                int(ranking.group[f, k]),
                int(ranking.gate[f, k]),
                ranking.pattern[f, k].tobytes(),
            )
            for k in np.flatnonzero(ranking.magnitude[f] > 0)
        )
        for f in range(len(ranking.magnitude))
    ]


def all_arrays(evidence: Evidence) -> dict[str, np.ndarray]:
    """Every array of some evidence, by a name."""
    found: dict[str, np.ndarray] = {}
    for place, (counts, sums) in enumerate(zip(evidence.counts, evidence.sums, strict=True)):
        found |= {f"{place}.{n}": getattr(counts, n) for n in ("sketch", "high", "low")}
        found |= {f"{place}.{n}": array for n, array in vars(sums).items()}
        for split, ranking in enumerate(counts.rankings):
            found |= {f"{place}.{split}.{n}": array for n, array in vars(ranking).items()}
    return found

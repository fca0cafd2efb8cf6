"""A layer surveyed by compiled loops and with torch: the same counts and rankings, whatever the numbers are."""

from typing import NamedTuple

import numpy as np
import pytest
import torch

from pellucid.exemplars.collect import Evidence
from pellucid.exemplars.kernels import N_BINS
from pellucid.exemplars.ranking import Ranking
from pellucid.exemplars.survey import (
    Batch,
    LayerCounts,
    LayerSums,
    Survey,
    TokenRows,
    survey_on_cpu,
    survey_with_torch,
)
from tests.builders_collection import contents

UNITS, WIDTH, TOKEN_ROWS = 70, 12, 5


class Case(NamedTuple):
    batch: Batch
    tokens: TokenRows
    act: torch.Tensor
    gate: torch.Tensor | None


def make_case(seed: int, *, gate: bool, relu: bool = False) -> Case:
    """Heavy-tailed activations with ties, zeros of both signs, numbers that float16 cannot hold, and rows of no use."""
    rng = np.random.default_rng(seed)
    n = 40
    stop = rng.integers(2, WIDTH + 1, n).astype(np.int32)
    start = np.minimum(rng.integers(1, 4, n), stop).astype(np.int32)
    act = rng.standard_t(1.5, (n, WIDTH, UNITS)).astype(np.float32)
    act[rng.random(act.shape) < 0.05] = 1.25
    act[rng.random(act.shape) < 0.05] = 0.0
    act[rng.random(act.shape) < 0.05] = -0.0
    act[rng.random(act.shape) < 0.02] *= 1e6
    act[rng.random(act.shape) < 0.1] *= 1e-5
    tiny = rng.random(act.shape) < 0.05
    act[tiny] = 2.0**-14 * (1 - 2.0 ** -rng.integers(9, 14, int(tiny.sum())))
    act[np.arange(WIDTH) >= stop[:, None]] = 1e9  # padding
    act[:, 0] = 1e8  # the sink
    if relu:
        act = np.maximum(act, 0)
    batch = Batch(
        ids=np.zeros((n, WIDTH), np.int32),
        sequence=rng.permutation(1000)[:n].astype(np.int32),
        start=start,
        stop=stop,
        group=rng.integers(0, 25, n).astype(np.int32),
        split=rng.integers(0, 3, n).astype(np.int32),
    )
    place = np.flatnonzero(rng.random(n * WIDTH) < 0.5).astype(np.int32)
    tokens = TokenRows(place, rng.integers(0, TOKEN_ROWS, len(place)).astype(np.int32))
    gates = torch.from_numpy(rng.normal(size=act.shape).astype(np.float32)) if gate else None
    return Case(batch, tokens, torch.from_numpy(act), gates)


def nothing(n_signs: int) -> tuple[LayerCounts, LayerSums]:
    counts = LayerCounts(
        np.zeros((UNITS, 2 * N_BINS), np.uint32),
        np.zeros(UNITS, np.float32),
        np.zeros(UNITS, np.float32),
        tuple(Ranking.empty(UNITS * n_signs, WIDTH + 3, kept=6) for _ in range(3)),
    )
    total, squares, sink = np.zeros((3, UNITS), np.float64)
    return counts, LayerSums(total, squares, sink, np.zeros((TOKEN_ROWS, UNITS), np.float32))


def surveyed(how: Survey, cases: list[Case], n_signs: int) -> tuple[LayerCounts, LayerSums]:
    counts, sums = nothing(n_signs)
    for case in cases:
        how(case.batch, case.tokens, case.act, case.gate, counts, sums)
    return counts, sums


@pytest.mark.parametrize("gate", [True, False])
@pytest.mark.parametrize("n_signs", [1, 2])
def test_both_ways_give_the_same(gate: bool, n_signs: int):
    cases = [make_case(seed, gate=gate, relu=n_signs == 1) for seed in range(4)]
    counts, sums = surveyed(survey_on_cpu, cases, n_signs)
    others, other_sums = surveyed(survey_with_torch, cases, n_signs)
    np.testing.assert_array_equal(counts.sketch, others.sketch)
    np.testing.assert_array_equal(counts.high, others.high)
    np.testing.assert_array_equal(counts.low, others.low)
    for one, other in zip(counts.rankings, others.rankings, strict=True):
        assert contents(one) == contents(other)
        assert (one.magnitude > 0).sum() > 50
        assert (one.gate != 0).any() == gate
    for name, array in vars(sums).items():
        np.testing.assert_allclose(getattr(other_sums, name), array, rtol=1e-4, atol=1e-4)


def test_bfloat16_is_read_as_float32():
    case = make_case(0, gate=True)
    rounded = case._replace(act=case.act.bfloat16())
    exact = case._replace(act=case.act.bfloat16().float())
    for how in (survey_on_cpu, survey_with_torch):
        found, expected = surveyed(how, [rounded], 2), surveyed(how, [exact], 2)
        np.testing.assert_array_equal(found[0].sketch, expected[0].sketch)
        for one, other in zip(found[0].rankings, expected[0].rankings, strict=True):
            assert contents(one) == contents(other)


def test_the_order_of_batches_changes_no_count():
    cases = [make_case(seed, gate=True) for seed in range(4)]
    forth, _ = surveyed(survey_on_cpu, cases, 2)
    back, _ = surveyed(survey_on_cpu, cases[::-1], 2)
    np.testing.assert_array_equal(forth.sketch, back.sketch)
    for one, other in zip(forth.rankings, back.rankings, strict=True):
        assert contents(one) == contents(other)


def test_evidence_merges_to_what_one_reader_finds():
    cases = [make_case(seed, gate=True) for seed in range(4)]
    whole = surveyed(survey_on_cpu, cases, 2)[0]
    parts = [surveyed(survey_on_cpu, [case], 2)[0] for case in cases]
    for order in ([0, 1, 2, 3], [3, 1, 0, 2]):
        evidence = Evidence((nothing(2)[0],), (nothing(2)[1],))
        for i in order:
            evidence.merge_counts((parts[i],))
        (merged,) = evidence.counts
        np.testing.assert_array_equal(merged.sketch, whole.sketch)
        np.testing.assert_array_equal(merged.high, whole.high)
        np.testing.assert_array_equal(merged.low, whole.low)
        for one, other in zip(merged.rankings, whole.rankings, strict=True):
            assert contents(one) == contents(other)

"""What is collected, against its definition: all activations read with plain hooks, sorted and averaged by numpy."""

from pathlib import Path

import numpy as np
import pytest

from pellucid.exemplars.collect import Evidence, Plan
from pellucid.exemplars.job import LocalReader, collect
from pellucid.exemplars.kernels import N_BINS
from pellucid.exemplars.ranking import KEPT, best_of, window_hashes
from pellucid.exemplars.sketch import bounds, rates, tail_quantiles
from pellucid.features import MlpNeurons
from pellucid.subject import Subject
from tests.builders import make_subject
from tests.builders_collection import Whole, brute_force, make_small_plan, read_whole

LAYERS, UNITS = range(3), range(48)


@pytest.fixture(scope="module", params=["llama", "gpt2"])
def subject(request: pytest.FixtureRequest) -> Subject:
    return make_subject(request.param)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_small_plan()


@pytest.fixture(scope="module")
def evidence(subject: Subject, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    source = MlpNeurons(subject)
    directory = tmp_path_factory.mktemp("build")
    return collect(LocalReader(subject, source, plan), source, plan, directory)


@pytest.fixture(scope="module")
def whole(subject: Subject, plan: Plan) -> Whole:
    return read_whole(subject, plan.sequences, plan.layout)


def test_the_plan_is_worth_testing(plan: Plan):
    sequences = plan.sequences
    assert plan.layout.n_shards > 4
    assert (sequences.fresh_from == sequences.length).any() and (sequences.fresh_from > 2).any()
    assert len(np.unique(sequences.group)) < len(np.unique(sequences.document)) < len(sequences)
    assert {0, 1, 2} == set(sequences.split.tolist())
    assert plan.n_token_rows > 5


@pytest.mark.parametrize("split", [0, 1, 2])
def test_exemplars_are_those_of_sorting_everything(
    evidence: Evidence, whole: Whole, plan: Plan, split: int
):
    windows = window_hashes(plan.sequences.ids)
    repeated = same = 0
    for place in LAYERS:
        best = best_of(evidence.counts[place].rankings[split], windows)
        repeated += best.repeated
        for f in range(2 * len(UNITS)):
            feature = (place, f // 2, 1 - 2 * (f % 2))
            n = int((best.sequence[f] >= 0).sum())
            found = list(
                zip(best.sequence[f, :n], best.pos[f, :n], best.magnitude[f, :n], strict=True)
            )
            assert found == brute_force(whole, plan.sequences, feature, split=split, kept=KEPT)
            same += found == brute_force(whole, plan.sequences, feature, split=split)
    assert repeated > 0 or split > 0
    assert same > 0.9 * 6 * len(
        UNITS
    )  # not where more windows repeat than there are places to spare


def test_patterns_are_the_activations_in_float16(evidence: Evidence, whole: Whole, plan: Plan):
    sequences = plan.sequences
    for place in LAYERS:
        ranking = evidence.counts[place].rankings[0]
        for f, k in np.argwhere(ranking.magnitude > 0):
            s = ranking.sequence[f, k]
            stop = sequences.length[s]
            pattern = ranking.pattern[f, k].view(np.float16)
            raw = whole.act[s, :stop, place, f // 2]
            expected = np.where(np.abs(raw) < 2**-14, 0, raw).astype(np.float16)
            np.testing.assert_array_equal(pattern[:stop], expected)
            assert not pattern[stop:].any()
            peak = raw[ranking.pos[f, k]]
            assert abs(peak) == ranking.magnitude[f, k] and (peak > 0) == (f % 2 == 0)


def test_gate_signs_are_those_of_the_gates_output(evidence: Evidence, whole: Whole, plan: Plan):
    for place in LAYERS:
        for ranking in evidence.counts[place].rankings:
            feature, k = np.nonzero(ranking.magnitude > 0)
            found = ranking.gate[feature, k]
            if whole.gate is None:
                assert not found.any()
                continue
            at = (ranking.sequence[feature, k], ranking.pos[feature, k], place, feature // 2)
            np.testing.assert_array_equal(found, np.sign(whole.gate[at]))
            assert (found < 0).any() and (found > 0).any()


def test_only_positions_that_count_are_ranked(evidence: Evidence, plan: Plan):
    sequences = plan.sequences
    for counts in evidence.counts:
        for split, ranking in enumerate(counts.rankings):
            there = ranking.magnitude > 0
            s, pos = ranking.sequence[there], ranking.pos[there]
            assert (sequences.split[s] == split).all()
            assert (pos >= sequences.fresh_from[s]).all() and (pos < sequences.length[s]).all()
            assert (ranking.group[there] == sequences.group[s]).all()
            for row in np.where(there, ranking.group, -1 - np.arange(there.shape[1])):
                assert len(set(row)) == len(row)  # one of each group


def test_padding_and_company_change_no_activation(subject: Subject, whole: Whole, plan: Plan):
    alone = read_whole(subject, plan.sequences)
    np.testing.assert_allclose(whole.act, alone.act, rtol=1e-4, atol=1e-5)


def test_every_counted_position_is_counted_once(evidence: Evidence, whole: Whole, plan: Plan):
    for counts in evidence.counts:
        assert (counts.sketch.sum(1) == plan.sequences.n_tokens).all()
    assert whole.counted.sum() == plan.sequences.n_tokens


def test_sketches_count_what_there_is(evidence: Evidence, whole: Whole):
    for place in LAYERS:
        values = whole.act[whole.counted][:, place]
        counts = evidence.counts[place]
        np.testing.assert_array_equal(counts.high, np.maximum(values.max(0), 0))
        np.testing.assert_array_equal(counts.low, np.minimum(values.min(0), 0))
        low, high = bounds()
        for unit in UNITS:
            for half, sign in ((slice(0, N_BINS), 1), (slice(N_BINS, None), -1)):
                own = values[np.signbit(values[:, unit]) == (sign < 0), unit] * sign
                places = np.minimum(np.searchsorted(high, own, side="right"), N_BINS - 1)
                expected = np.bincount(places, minlength=N_BINS)
                np.testing.assert_array_equal(counts.sketch[unit, half], expected)
        assert (low[1:] == high[:-1]).all()


def test_means_deviations_sinks_and_rates_are_numpys(evidence: Evidence, whole: Whole, plan: Plan):
    n = plan.sequences.n_tokens
    for place in LAYERS:
        values = whole.act[whole.counted][:, place].astype(np.float64)
        sums, counts = evidence.sums[place], evidence.counts[place]
        mean = sums.total / n
        np.testing.assert_allclose(mean, values.mean(0), rtol=1e-5, atol=1e-6)
        std = np.sqrt(sums.squares / n - mean**2)
        np.testing.assert_allclose(std, values.std(0), rtol=1e-4)
        sink = whole.act[:, 0, place].astype(np.float64).sum(0)
        np.testing.assert_allclose(sums.sink, sink, rtol=1e-6, atol=1e-6)
        for negative in (False, True):
            least = bounds()[0][1]
            seen = (values <= -least if negative else values >= least).mean(0)
            found = rates(counts.sketch, n, negative=negative)
            np.testing.assert_allclose(found, seen, rtol=1e-6)


def test_tail_quantiles_are_within_one_percent(evidence: Evidence, whole: Whole, plan: Plan):
    n = plan.sequences.n_tokens
    tails = (1e-1, 1e-2, 3e-3, 1e-4)
    for place in LAYERS:
        counts = evidence.counts[place]
        values = whole.act[whole.counted][:, place]
        for sign, extreme in ((1, counts.high), (-1, -counts.low)):
            found, reached = tail_quantiles(counts.sketch, extreme, n, tails, negative=sign < 0)
            assert reached.tolist() == [n * t >= 1 for t in tails] == [True, True, True, False]
            np.testing.assert_array_equal(found[:, 3], extreme)
            ordered = -np.sort(-values * sign, axis=0)
            for i, tail in enumerate(tails[:3]):
                exact = np.maximum(ordered[int(n * tail) - 1], 0)
                big = exact > 2**-11
                np.testing.assert_allclose(found[big, i], exact[big], rtol=0.01)


def test_token_means_are_those_of_tokens_seen_five_times_in_train(
    evidence: Evidence, whole: Whole, plan: Plan
):
    sequences = plan.sequences
    train = whole.counted & (sequences.split == 0)[:, None]
    tokens, seen = np.unique(sequences.ids[train], return_counts=True)
    for token in range(int(sequences.ids.max()) + 1):
        times = int(seen[tokens == token].sum())
        row = plan.token_row[token] if token < len(plan.token_row) else -1
        assert (row >= 0) == (times >= 5)
        if row < 0:
            continue
        assert plan.token_count[row] == times
        here = train & (sequences.ids == token)
        for place in LAYERS:
            np.testing.assert_allclose(
                evidence.sums[place].by_token[row],
                whole.act[here][:, place].astype(np.float64).sum(0),
                rtol=1e-4,
                atol=1e-5,
            )


def test_samples_are_whole_activations_of_some_sequences(
    subject: Subject, whole: Whole, plan: Plan, tmp_path: Path
):
    source = MlpNeurons(subject)
    collect(LocalReader(subject, source, plan), source, plan, tmp_path)
    for split, name in enumerate(("train", "valid", "test")):
        kept = np.load(tmp_path / f"samples.{name}.npy")
        chosen = plan.sampled[split][plan.sampled[split] >= 0]
        assert len(set(chosen)) == len(chosen) > 5
        assert (plan.sequences.split[chosen] == split).all()
        for slot, s in enumerate(chosen):
            expected = np.nan_to_num(whole.act[s]).transpose(1, 0, 2).astype(np.float16)
            np.testing.assert_array_equal(kept[:, slot], expected)
        assert not kept[:, len(chosen) :].any()

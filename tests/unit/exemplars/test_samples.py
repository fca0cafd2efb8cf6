"""Samples of a build: what is random, what is picked from the middle of every feature's range."""

from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import NotFound
from pellucid.exemplars.samples import N_RANDOM, Samples

N_SLOTS, N_POS, N_UNITS = 64, 12, 7


@pytest.fixture
def samples(tmp_path: Path) -> Samples:
    random = np.random.default_rng(0)
    acts = random.standard_normal((2, N_SLOTS + 3, N_POS, N_UNITS)).astype(np.float16)
    acts[0, :, :, 3] = np.abs(acts[0, :, :, 3])  # never negative
    acts[:, :, 0] = 1000  # position 0 never counts
    acts[:, :, 9:] = 0
    np.save(tmp_path / "samples.test.npy", acts)
    sampled = np.full((3, N_SLOTS + 3), -1, np.int32)
    sampled[2, :N_SLOTS] = random.permutation(200)[:N_SLOTS]
    fresh, length = np.ones(200, np.int32), np.full(200, 9, np.int32)
    return Samples.open(tmp_path, 2, sampled, fresh, length)


def test_peaks_are_those_of_the_positions_that_count(samples: Samples):
    acts = np.asarray(samples.activations, np.float32)[:, :, 1:9]
    assert np.allclose(samples.peaks(1, negative=False), acts[1].max(1).clip(0).T)
    assert np.allclose(samples.peaks(1, negative=True), (-acts[1]).max(1).clip(0).T)


def test_every_tenth_of_the_range_gives_two(samples: Samples):
    picked = samples.mid_quantile(1, negative=False)
    peaks = samples.peaks(1, negative=False)
    assert picked.shape == (N_UNITS, 20) and (picked >= 0).all()
    for unit in range(N_UNITS):
        assert len(set(picked[unit].tolist())) == 20
        weaker = (peaks[unit][None, :] < peaks[unit][picked[unit]][:, None]).sum(1)
        weaker -= (peaks[unit] == 0).sum()  # those do not have the sign
        n = (peaks[unit] > 0).sum()
        assert (weaker * 10 // n).tolist() == [tenth for tenth in range(10) for _ in range(2)]


def test_a_side_that_never_shows_gives_none_and_the_seed_decides_between_equals(samples: Samples):
    assert (samples.mid_quantile(0, negative=True)[3] == -1).all()
    first, again, other = (samples.mid_quantile(1, negative=False, seed=s) for s in (0, 0, 1))
    assert (first == again).all() and (first != other).any()


def test_the_random_sample_is_the_first_slots(samples: Samples):
    assert samples.random.tolist() == list(range(N_RANDOM))
    assert len(samples.sequence) == N_SLOTS


def test_a_missing_build_is_said(tmp_path: Path):
    with pytest.raises(NotFound, match=r"samples\.train\.npy"):
        Samples.open(tmp_path, 0, np.zeros((3, 1), np.int32), np.ones(1, int), np.ones(1, int))

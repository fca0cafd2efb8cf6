"""The search model itself: whatever is asked is a unit vector."""

import numpy as np
import pytest

from pellucid.core.settings import Settings
from pellucid.embedding import open_embedder


@pytest.mark.bundled
def test_other_scripts_and_long_texts_are_finite_unit_vectors() -> None:
    texts = ["Месяцы года", "一年的月份", "months " * 5_000, "\x00", "🌧️", "months of the year"]
    rows = open_embedder(Settings()).embed(texts)
    assert rows.shape == (len(texts), 384) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    alike = rows @ rows[-1]
    assert alike[-2] < alike[2] < 0.999

"""Loading the subject: what is kept of a failure."""

import traceback

import pytest

from pellucid.core.errors import PellucidError, UpstreamFailed
from pellucid.core.settings import Settings
from pellucid.workspace.loading import Loading
from tests.integration.fake_engine import FakeModel


def test_a_failure_asked_about_again_and_again_does_not_grow() -> None:
    failing = FakeModel(load_error=UpstreamFailed("the registry is away"))
    loading = Loading(Settings(), "bundled", failing.engine)
    loading.load()
    depths: list[int] = []
    for _ in range(3):
        with pytest.raises(PellucidError, match="the registry is away") as raised:
            loading.ready()
        depths.append(len(list(traceback.walk_tb(raised.value.__traceback__))))
    assert depths == [2, 2, 2]

"""What all tests share: an environment of their own, and skips that CI can turn into failures.

Nothing of the package is imported here: jaxtyping instruments it while the tests import it.
"""

import os
from pathlib import Path

import pytest

REQUIRED = frozenset(filter(None, os.environ.get("PELLUCID_REQUIRE", "").split(",")))
"""Markers whose tests must run: `PELLUCID_REQUIRE=gpu` makes a missing GPU a failure."""


@pytest.fixture(autouse=True)
def own_environment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test reads the settings, the journal or the hub of whoever runs it; only `bundled` ones share its cache."""
    patch = request.getfixturevalue("monkeypatch")
    folder = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("PELLUCID_")]:
        if name != "PELLUCID_CACHE_DIR" or request.node.get_closest_marker("bundled") is None:
            patch.delenv(name)
    if request.node.get_closest_marker("bundled") is None:
        patch.setenv("PELLUCID_CACHE_DIR", str(folder / "cache"))
    patch.setenv("PELLUCID_DATA_DIR", str(folder / "data"))
    patch.setenv("HF_HUB_OFFLINE", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """GPU tests need a GPU."""
    if item.get_closest_marker("gpu") is None:
        return
    import torch

    if not torch.cuda.is_available():
        missing("gpu", "no CUDA device")


def missing(marker: str, reason: str) -> None:
    """Skip, or fail where the run was told that this must be tested."""
    if marker in REQUIRED:
        pytest.fail(f"PELLUCID_REQUIRE names {marker}, and there is {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[1]

"""What all tests share: an environment of their own, the bundled subject, and skips that CI can turn into failures.

Nothing of the package is imported at the top: jaxtyping instruments it while the tests import it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pellucid import Subject

# Read when torch is imported, here and in the processes that tests start: numbers and times that compare.
os.environ.setdefault("OMP_NUM_THREADS", "2")

REQUIRED = frozenset(filter(None, os.environ.get("PELLUCID_REQUIRE", "").split(",")))
"""Markers whose tests must run: `PELLUCID_REQUIRE=gpu` makes a missing GPU a failure."""
USERS_CACHE = os.environ.get("PELLUCID_CACHE_DIR")
"""Where converted models are kept, as set by whoever runs the tests; None: the default place."""


@pytest.fixture(autouse=True)
def own_environment(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """No test reads the settings, the journal or the hub of whoever runs it; only `bundled` ones share the cache."""
    folder = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("PELLUCID_")]:
        monkeypatch.delenv(name)
    shared = request.node.get_closest_marker("bundled") is not None
    cache = request.getfixturevalue("bundled_cache") if shared else folder / "cache"
    monkeypatch.setenv("PELLUCID_CACHE_DIR", str(cache))
    monkeypatch.setenv("PELLUCID_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def bundled_cache() -> Path:
    """The user's cache with the bundled model in it: fetched and converted once a machine, not once a run."""
    from platformdirs import user_cache_path

    from pellucid.subject.bundled import ensure_bundled

    cache = Path(USERS_CACHE) if USERS_CACHE else user_cache_path("pellucid")
    ensure_bundled(cache, lambda _: None)
    return cache


@pytest.fixture(scope="session")
def bundled(bundled_cache: Path) -> "Subject":
    """The bundled subject, on the CPU."""
    from pellucid import Settings, Subject

    return Subject.load(settings=Settings(cache_dir=bundled_cache, device="cpu"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[1]


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

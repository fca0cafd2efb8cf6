"""A small atlas, made once; tests that damage one copy it."""

import shutil
from pathlib import Path

import pytest

from pellucid.atlas import Atlas


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    from tests.builders_atlas import make_atlas

    directory = tmp_path_factory.mktemp("atlas") / "tiny"
    make_atlas(directory)
    return directory


@pytest.fixture
def atlas(made: Path) -> Atlas:
    return Atlas.open(made)


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """One to damage."""
    return Path(shutil.copytree(made, tmp_path / "copy"))

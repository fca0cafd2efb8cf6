"""What is locked is whole, hashed, and the same wherever it is fetched from."""

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ["requirements/runtime.txt", "requirements/dev.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_everything_locked_has_a_hash_and_no_address(name: str, root: Path) -> None:
    text = (root / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_brings_torch_or_cuda(name: str, root: Path) -> None:
    names = re.findall(r"^([a-z0-9-]+)==", (root / name).read_text(), re.M)
    assert not [n for n in names if n == "torch" or n.startswith(("nvidia-", "cuda-", "triton"))]


def test_everything_required_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    for lock, wanted in (
        (LOCKS[0], project["project"]["dependencies"]),
        (LOCKS[1], project["project"]["dependencies"] + project["dependency-groups"]["dev"]),
    ):
        locked = set(re.findall(r"^([a-z0-9-]+)==", (root / lock).read_text(), re.M))
        names = {re.split(r"[^a-z0-9-]", entry)[0] for entry in wanted} - {"torch"}
        assert names <= locked


def test_both_locks_agree(root: Path) -> None:
    runtime, dev = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (root / name).read_text(), re.M)) for name in LOCKS
    )
    assert runtime <= dev

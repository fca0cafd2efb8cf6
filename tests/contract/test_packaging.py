"""The package is of one piece: version, dependencies, what the wheel holds."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pellucid

USED_BY_OTHERS = {"accelerate", "gguf", "pip"}
"""transformers imports the first two where it needs them; pip runs as a process."""


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text())


def test_the_version_installed_is_the_one_in_the_source() -> None:
    assert importlib.metadata.version("pellucid") == pellucid.__version__


def test_the_direct_dependencies_are_what_the_package_imports(
    root: Path, project: dict[str, Any]
) -> None:
    imported: set[str] = set()
    for path in (root / "src/pellucid").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add((node.module or "").split(".")[0])
    foreign = imported - sys.stdlib_module_names - {"pellucid"}
    homes = importlib.metadata.packages_distributions()
    distributions = {canonicalize_name(homes[name][0]) for name in foreign}
    named = {canonicalize_name(Requirement(r).name) for r in project["project"]["dependencies"]}
    assert named == distributions | USED_BY_OTHERS


def test_what_is_locked_satisfies_what_is_asked_for(root: Path, project: dict[str, Any]) -> None:
    pins: dict[str, set[str]] = {}
    for name in ("dev.txt", "torch.txt"):
        for package, version in re.findall(
            r"^([\w.-]+)==([^\s;]+)", (root / "requirements" / name).read_text(), re.M
        ):
            pins.setdefault(canonicalize_name(package), set()).add(version)
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for requirement in map(Requirement, asked):
        versions = pins[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_pages_lock_names_no_address_of_a_registry(root: Path) -> None:
    assert '"resolved"' not in (root / "web/package-lock.json").read_text()


def test_licences_are_there_and_go_into_the_wheel(root: Path, project: dict[str, Any]) -> None:
    for name in project["project"]["license-files"]:
        assert (root / name).stat().st_size > 0
    assert "Apache License" in (root / "LICENSE").read_text()

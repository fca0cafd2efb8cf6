"""Layers beside the evidence: written whole or not at all, and named in the manifest last."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pellucid.atlas.files import FileInfo, storing, write_atomically
from pellucid.atlas.manifest import MANIFEST, Layer, Manifest, read_manifest


def write_layer(
    directory: Path,
    name: str,
    made_from: Mapping[str, str],
    write: Callable[[Path], None],
    *,
    without: Sequence[str] = (),
) -> Manifest:
    """The atlas in `directory` with one more layer, or with another in its place; `write` fills its folder.

    Layers in `without` were made from what is replaced, and go. A reader sees the atlas without the layer, or with it.

    Raises:
        StoreFailed: The disk is full, or `directory` cannot be written.
        StoreMismatch: The atlas is damaged.
    """
    with storing(directory):
        work = Path(mkdtemp(prefix=f".{name}-", dir=directory))
        try:
            write(work)
            files = {path.name: FileInfo.of(path) for path in sorted(work.iterdir())}
            manifest = _put(directory, dict.fromkeys((name, *without)))
            for gone in (name, *without):
                shutil.rmtree(directory / gone, ignore_errors=True)
            work.chmod(0o755)
            os.replace(work, directory / name)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return _put(directory, {name: Layer.of(made_from, files)}, manifest)


def _put(
    directory: Path, layers: Mapping[str, Layer | None], manifest: Manifest | None = None
) -> Manifest:
    """The manifest with these layers in place of its own, stored where that changes anything."""
    known = read_manifest(directory) if manifest is None else manifest
    changes: dict[str, Any] = {"layers": known.layers.model_copy(update=dict(layers))}
    new = known.model_copy(update=changes).sealed()
    if new != known:
        write_atomically(directory / MANIFEST, new.to_json().encode())
    return new

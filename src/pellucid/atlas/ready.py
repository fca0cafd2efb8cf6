"""Atlases that come with the package: folders of `pellucid/atlases`, the same in a checkout and in a wheel."""

import json
from contextlib import suppress
from pathlib import Path

from pellucid.atlas.manifest import MANIFEST

READY = Path(__file__).parents[1] / "atlases"
BUNDLED = "smollm2-135m-instruct"
"""The folder of the bundled subject's."""


def ready_made(subject: str, *, source: str = "mlp") -> Path | None:
    """The atlas that comes with the package for the model with this hash; None where there is none."""
    for path in sorted(READY.glob(f"*/{MANIFEST}")):
        with suppress(OSError, ValueError, LookupError, TypeError):
            data = json.loads(path.read_bytes())
            if data["subject"] == subject and data["source"]["name"] == source:
                return path.parent
    return None


def bundled_atlas() -> Path | None:
    """The bundled subject's atlas, found without the subject; None where the package came without it."""
    path = READY / BUNDLED
    return path if (path / MANIFEST).is_file() else None

"""Answers by the content of what was asked, one file each, never half-written."""

import hashlib
import json
import os
import threading
from pathlib import Path
from typing import Any

from pellucid.core.errors import StoreFailed


class Cache:
    """A folder of answers. Without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, asked: Any) -> Any:
        """What was answered; None where it was not asked yet, or its file is damaged."""
        path = self._path(asked)
        if path is None:
            return None
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return kept["answered"]
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def put(self, asked: Any, answered: Any) -> None:
        """Keep an answer.

        Raises:
            StoreFailed: The folder cannot be written.
        """
        path = self._path(asked)
        if path is None:
            return
        part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"answered": answered}), encoding="utf-8")
            os.replace(part, path)
        except OSError as error:
            raise StoreFailed(
                f"an answer cannot be kept in {self._folder}",
                why=os.strerror(error.errno or 0),
                instead="free some space, or set PELLUCID_CACHE_DIR to a directory that can be written",
            ) from error
        finally:
            part.unlink(missing_ok=True)

    def _path(self, asked: Any) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json"

"""What came of every candidate, one JSON object a line, only added to: an interrupted run goes on there."""

import json
import os
from pathlib import Path
from typing import Any

from pellucid.core.errors import StoreFailed

Key = tuple[str, str, int]
"""Case, stage, number of the candidate."""


class Store:
    """A file of outcomes. The last line of a key holds; failures are written down, and tried again."""

    def __init__(self, path: Path) -> None:
        """Raises StoreFailed where it cannot be read."""
        self._path = path
        self._known: dict[Key, dict[str, Any]] = {}
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            text = b""
        except OSError as error:
            raise self._failed(error) from error
        for line in text.splitlines():
            try:
                row: dict[str, Any] = json.loads(line)
                self._known[row["case"], row["stage"], row["number"]] = row["outcome"]
            except (ValueError, LookupError, TypeError):
                continue  # half a line, from when the run was interrupted
        self._torn = bool(text) and not text.endswith(b"\n")

    def get(self, case: str, stage: str, number: int = 0) -> dict[str, Any] | None:
        """What is known, if it is no failure of the model behind it."""
        known = self._known.get((case, stage, number))
        return None if known is None or known.get("status") == "error" else known

    def put(self, case: str, stage: str, number: int, outcome: dict[str, Any]) -> None:
        """Add an outcome, on disk before anything else happens.

        Raises:
            StoreFailed: It cannot be written.
        """
        row = {"case": case, "stage": stage, "number": number, "outcome": outcome}
        line = json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n" + line if self._torn else line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._failed(error) from error
        self._torn = False
        self._known[case, stage, number] = outcome

    def _failed(self, error: OSError) -> StoreFailed:
        return StoreFailed(
            f"{self._path} cannot be read or written",
            why=os.strerror(error.errno or 0),
            instead="free some space, or name another --build-dir",
        )

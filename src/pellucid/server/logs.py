"""Logs as one JSON object a line, with request ids and without anything a person wrote."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

_FIELDS = ("request_id", "method", "path", "status", "seconds")
_NAMES = ("pellucid", "uvicorn.error")


class JsonLines(logging.Formatter):
    """One record, one line; of an exception its type and where it arose, not its message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def where(trace: TracebackType | None) -> list[str]:
    """The places a traceback leads through, without source or values."""
    return [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]


def configure(level: str) -> None:
    """Send the server's logs to standard error, from `level` up (`debug` ... `error`)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in _NAMES:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level.upper())
        logger.propagate = False

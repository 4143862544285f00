"""The log: one line of JSON for each thing that happens, on standard error."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO

_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str).encode
_output: TextIO | None = None


class JsonLines(logging.Formatter):
    """Writes a record as one line; what a record has under `line` is part of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        more = dict(getattr(record, "line", {}))
        if record.exc_info:
            more["traceback"] = self.formatException(record.exc_info)
        return _line(record.created, record.levelname.lower(), record.getMessage().strip(), more)


def set_up() -> None:
    """Send what this package and uvicorn log to standard error; of uvicorn only what is out of the ordinary."""
    global _output  # noqa: PLW0603 - there is one log, as there is one standard error
    _output = sys.stderr
    handler = logging.StreamHandler(_output)
    handler.setFormatter(JsonLines())
    for name, level in (("uprgraph", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)


def request(line: Mapping[str, object]) -> None:
    """Write a line about a request, if the log is set up: not by way of `logging`, which took a twelfth of the time.

    Where it cannot be written, as on a full disk, it is lost, as other lines are.
    """
    if _output is not None:
        with suppress(OSError, ValueError):
            _output.write(_line(time.time(), "info", "request", line) + "\n")


def _line(when: float, level: str, event: str, more: Mapping[str, object]) -> str:
    moment = datetime.fromtimestamp(when, UTC).isoformat(timespec="milliseconds")
    return _ENCODE({"time": moment, "level": level, "event": event, **more})

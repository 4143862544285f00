"""The log of a review: review.csv beside the dossier, one line per decision, what was dropped among them.

A table of its own, since lines are added and none is changed: differences between versions show each decision, a
spreadsheet opens it, and it can be given again as `--decisions` where the draft is made anew.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from uprgraph import files

NAME = "review.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision and what it was about. `rights`, `principles` and `type` are as they are after it."""

    when: str
    who: str
    decision: str
    statement: str
    kind: str
    rights: str = ""
    principles: str = ""
    type: str = ""
    text: str = ""
    quote: str = ""
    rule: str = ""
    confidence: str = ""


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Entry))


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Write a log with more entries at its end. Raises as files.read_text and files.write do."""
    text = files.read_text(path) if path.exists() else _line(COLUMNS)
    files.write(path, text + "".join(_line(getattr(each, name) for name in COLUMNS) for each in entries))


def _line(cells: Iterable[str]) -> str:
    """Return a line of CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in cells)
    return line.getvalue()

"""Footnotes and endnotes: their numbers, and the runs of the source that are their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from uprgraph.extraction.reading.lines import Line, Role
from uprgraph.extraction.reading.marks import value
from uprgraph.extraction.reading.pages import NOTE, is_above_endnotes, note_number

_NEXT = re.compile(r"\s{2,}(?=\d{1,3}\s)")
_FURTHEST = 30
"""By which the numbers of notes at the end of a document may leap, where some notes are left out."""


@dataclass(slots=True)
class Note:
    """A note: its number, where that stands, the page it begins on (None at the end of a document), and its words."""

    number: int
    mark: tuple[int, int]
    page: int | None
    runs: list[tuple[int, int]] = field(default_factory=list)


def read(lines: Sequence[Line]) -> tuple[list[Note], list[Line], bool]:
    """Return the notes, the lines at page ends that belong to none, and whether the notes stand at the end."""
    noted = [line for line in lines if line.role is Role.NOTE]
    at_end = _are_at_end(lines, noted)
    found: list[Note] = []
    stray: list[Line] = []
    before = ""
    for line in noted:
        pieces = list(_pieces(line, at_end)) if not (at_end and line.indent) else [(line.start, line.end)]
        for start, end in pieces:
            text = line.text[start - line.start : end - line.start]
            last = found[-1].number if found else 0
            number = _leaping(text, last) if at_end and not line.indent else note_number(text, last, before)
            if number and (match := NOTE.match(text)):
                found.append(Note(number, (start, start + len(match[1])), None if at_end else line.page))
                if match.end() < len(text):
                    found[-1].runs.append((start + match.end(), end))
            elif found:
                found[-1].runs.append((start, end))
            else:
                stray.append(line)
            before = text
    return found, stray, at_end


def _are_at_end(lines: Sequence[Line], noted: Sequence[Line]) -> bool:
    """Tell whether a heading such as "Notes" stands above the notes."""
    if not noted:
        return False
    index = next(number for number, line in enumerate(lines) if line is noted[0])
    return index > 0 and is_above_endnotes(lines[index - 1].text)


def _pieces(line: Line, at_end: bool) -> Iterator[tuple[int, int]]:
    """Yield the notes of a line: notes at the end may stand side by side, with more than a space between them."""
    start = line.start
    if at_end:
        for match in _NEXT.finditer(line.text):
            yield start, line.start + match.start()
            start = line.start + match.end()
    yield start, line.end


def _leaping(text: str, last: int) -> int:
    match = NOTE.match(text)
    number = value(match[1]) if match else 0
    return number if last < number <= last + _FURTHEST else 0

"""A document from DOCX, where paragraphs, bullets and notes are what the file says that they are."""

from __future__ import annotations

from pathlib import Path

from uprgraph.errors import InvalidDataError
from uprgraph.extraction.document import Document
from uprgraph.extraction.reading.assembly import assemble
from uprgraph.extraction.reading.lines import Line, Role
from uprgraph.sources import documents, word

_WIDTH = 90
"""Characters of a line, by which lines that an author has broken are told from paragraphs."""


def read(path: Path, most: int) -> Document:
    """Return the document in a DOCX of no more than `most` characters.

    The source is laid out as one line for each line that the author made, the notes with their numbers at the end.
    Raises InvalidDataError if it is too long or has no text; whatever python-docx raises if it is broken.
    """
    found = word.with_notes(path, most)
    layout = _Layout()
    for paragraph in found.paragraphs:
        layout.add(documents.clean(paragraph.text), paragraph.marks)
    if not layout.lines:
        raise InvalidDataError("no text in this document", path, hint="its text may be in pictures")
    for number, text in found.notes.items():
        layout.add(f"{number} {documents.clean(text)}", (), Role.NOTE)
    if layout.at > most:
        raise InvalidDataError(f"more than {most:,} characters", path, hint="no submission is so long")
    return assemble("".join(layout.parts), layout.lines)


class _Layout:
    """The text as it grows, and its lines."""

    def __init__(self) -> None:
        self.at = 0
        self.parts: list[str] = []
        self.lines: list[Line] = []

    def add(self, text: str, marks: tuple[tuple[int, str], ...], role: Role = Role.BODY) -> None:
        """Add a paragraph with the marks of its notes."""
        offset, first = 0, True
        for part in text.split("\n"):
            words = part.strip()
            start = self.at + offset + len(part) - len(part.lstrip())
            if words:
                line = Line(start, start + len(words), words, gap=first, whole=first, role=role)
                line.room = max(0, _WIDTH - len(words))
                raised = ((self.at + place, self.at + place + len(number)) for place, number in marks)
                line.raised = tuple(each for each in raised if line.start <= each[0] < line.end)
                self.lines.append(line)
                first = False
            offset += len(part) + 1
        self.parts += (text, "\n")
        self.at += len(text) + 1

"""Documents made by hand: paragraphs as they would be read, each given as its words or as a Paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping

from uprgraph.extraction.document import Document, Footnote, Kind, Mark, Paragraph, Words


def document(*lines: str, footnotes: Mapping[str, str] | None = None) -> Document:
    """Return a document of lines: "# " begins a heading, "- " an item, and "^2^" is the mark of a footnote."""
    source, paragraphs, section = "", [], ""
    for line in lines:
        kind, text = _kind(line)
        plain, marks = _marks(text)
        words = Words(plain, tuple(range(len(source), len(source) + len(plain))))
        source += plain + "\n\n"
        paragraphs.append(Paragraph(kind, words, section, marks))
        section = plain if kind is Kind.HEADING else section
    notes = {}
    for number, text in (footnotes or {}).items():
        notes[number] = Footnote(number, Words(text, tuple(range(len(source), len(source) + len(text)))))
        source += text + "\n"
    return Document(source, tuple(paragraphs), notes)


def _kind(line: str) -> tuple[Kind, str]:
    for start, kind in (("# ", Kind.HEADING), ("- ", Kind.ITEM)):
        if line.startswith(start):
            return kind, line.removeprefix(start)
    return Kind.TEXT, line


def _marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    plain, marks = "", []
    for part in re.split(r"(\^\w+\^)", text):
        if part.startswith("^"):
            marks.append(Mark(part.strip("^"), len(plain)))
        else:
            plain += part
    return plain, tuple(marks)

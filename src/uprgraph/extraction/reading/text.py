"""A document from plain text."""

from __future__ import annotations

from uprgraph.extraction.document import Document
from uprgraph.extraction.reading import pages
from uprgraph.extraction.reading.assembly import assemble
from uprgraph.extraction.reading.lines import measure, split


def read_text(text: str) -> Document:
    """Return the document that a plain text is, such as one made from a PDF. Any text can be read."""
    lines, rules = split(text)
    pages.assign(lines, text)
    measure(lines)
    return assemble(text, lines, rules)

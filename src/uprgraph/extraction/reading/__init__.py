"""Reading a document: from a file or a text to its words in reading order."""

from __future__ import annotations

from pathlib import Path

from uprgraph.extraction.document import Document
from uprgraph.extraction.reading.text import read_text
from uprgraph.sources import documents

__all__ = ["read", "read_text"]


def read(path: Path, encoding: str | None = None) -> Document:
    """Return the document in a file; by its name it is plain text, DOCX or PDF.

    `encoding` is that of plain text, UTF-8 if none is given. Raises as `sources.documents.text` does.
    """
    return read_text(documents.text(path, encoding))

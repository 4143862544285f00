"""Reading a document: from a file or a text to its words in reading order."""

from __future__ import annotations

from pathlib import Path

from uprgraph.errors import MissingExtraError
from uprgraph.extraction.document import Document
from uprgraph.extraction.reading.text import read_text
from uprgraph.sources import documents, office

__all__ = ["read", "read_text"]

_PDF_MEGABYTES = 1_024
"""Of address space for reading a PDF, more than a hundred times what a submission needs."""


def read(path: Path, encoding: str | None = None) -> Document:
    """Return the document in a file; by its name it is plain text, DOCX or PDF.

    `encoding` is that of plain text, UTF-8 if none is given. DOCX and PDF are read in a child with limits of time and
    memory. Raises ResourceError if the file cannot be read; UsageError for another kind of file; MissingExtraError
    without the library that its kind needs; InvalidDataError if it is not what its name says, broken, encrypted,
    without text, or too long.
    """
    kind = documents.kind(path)
    if kind == ".pdf":
        return _pdf(path)
    return _word(path) if kind == ".docx" else read_text(documents.text(path, encoding))


def _pdf(path: Path) -> Document:
    try:
        from uprgraph.extraction.reading import pdf
    except ImportError as error:
        raise MissingExtraError("pdfminer.six", "imports", "reading PDF with positions") from error
    return documents.within_limits(path, lambda: pdf.read(path, documents.MOST_CHARACTERS), _PDF_MEGABYTES)


def _word(path: Path) -> Document:
    try:
        from uprgraph.extraction.reading import word
    except ImportError as error:
        raise MissingExtraError("python-docx", "imports", "reading DOCX") from error
    office.check(path)
    return documents.within_limits(path, lambda: word.read(path, documents.MOST_CHARACTERS))

"""A document from a PDF, whose pages and positions tell what its lines are."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from uprgraph.errors import InvalidDataError
from uprgraph.extraction.document import Document
from uprgraph.extraction.reading.assembly import assemble
from uprgraph.extraction.reading.pdf_layout import laid_out
from uprgraph.extraction.reading.pdf_roles import Page
from uprgraph.extraction.reading.pdf_rows import rows

MOST_PAGES = 1_000
_HEAD = 1_024
"""Bytes in which a PDF says that it is one."""


def read(path: Path, most: int) -> Document:
    """Return the document in a PDF of no more than `most` characters and `MOST_PAGES` pages.

    Raises InvalidDataError if the file does not begin as a PDF does, is encrypted, too long or has no text; whatever
    pdfminer.six raises if it is broken. It may take any time and memory: call it where these are limited.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[Page] = []
    length = 0
    for page in _pages(path):
        if len(pages) == MOST_PAGES:
            raise InvalidDataError(f"more than {MOST_PAGES:,} pages", path, hint="no submission has so many")
        pages.append(page)
        length += sum(len(row.text) + 1 for row in page.rows)
        if length > most:
            raise InvalidDataError(f"more than {most:,} characters", path, hint="no submission is so long")
    if not length:
        hint = "it may be of scanned pages: recognise its text first (OCR)"
        raise InvalidDataError("no page of this PDF has text", path, hint=hint)
    source, lines = laid_out(pages)
    return assemble(source, lines)


def _pages(path: Path) -> Iterator[Page]:
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(_HEAD):
            raise InvalidDataError("no PDF: it does not begin as one does", path, hint="check the kind of the file")
        try:
            document = PDFDocument(PDFParser(file))
        except (PDFEncryptionError, PDFPasswordIncorrect) as error:
            raise InvalidDataError("an encrypted PDF", path, hint="save it without a password") from error
        if document.encryption is not None:
            raise InvalidDataError("an encrypted PDF", path, hint="save it without a password")
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources, laparams=None)
        interpreter = PDFPageInterpreter(resources, device)
        for page in PDFPage.create_pages(document):
            interpreter.process_page(page)
            found = device.get_result()
            yield Page(*rows(found), found.height)

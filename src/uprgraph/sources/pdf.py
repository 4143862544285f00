"""The text of a PDF, page by page, as pypdf finds it."""

from __future__ import annotations

import logging
from pathlib import Path

import pypdf

from uprgraph.errors import InvalidDataError


def text(path: Path, most: int) -> str:
    """Return the text of a PDF, a line feed between pages; no more pages are read once it has `most` characters.

    Raises InvalidDataError if the file does not begin as a PDF does, or is encrypted; whatever pypdf raises if it is
    broken. It may take any time and memory: call it where these are limited.
    """
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise InvalidDataError("no PDF: it does not begin as one does", path, hint="check the kind of the file")
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted:
            raise InvalidDataError("an encrypted PDF", path, hint="save it without a password")
        pages: list[str] = []
        length = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > most:
                break
        return "\n".join(pages)

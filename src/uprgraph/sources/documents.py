"""The text of a document: plain text, Word (DOCX) or PDF."""

from __future__ import annotations

from pathlib import Path

from uprgraph.errors import InvalidDataError, ResourceError, UsageError
from uprgraph.sources import encodings

MOST_CHARACTERS = 5_000_000
"""No report of the United Nations has a tenth of it."""
MOST_BYTES = 100 << 20

KINDS = (".txt", ".docx", ".pdf")


def text(path: Path, encoding: str | None = None) -> str:
    """Return the text of a document; by its name it is plain text, DOCX or PDF.

    `encoding` is that of plain text, UTF-8 if none is given. Line ends become line feeds.
    Raises ResourceError if the file cannot be read; UsageError for another kind of file; InvalidDataError if it is
    not what its name says, is broken, or longer than `MOST_CHARACTERS`.
    """
    if not path.is_file():
        raise ResourceError(f"{path} is not a file", "give the path of a document")
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UsageError(f"{path} is not a document that can be read", "the kinds are: " + ", ".join(KINDS))
    if path.stat().st_size > MOST_BYTES:
        raise InvalidDataError(f"larger than {MOST_BYTES >> 20} MB", path, hint="no report is so large")
    found = _plain(path, encoding)
    if len(found) > MOST_CHARACTERS:
        raise InvalidDataError(f"more than {MOST_CHARACTERS:,} characters", path, hint="no report is so long")
    return found


def _plain(path: Path, encoding: str | None) -> str:
    with path.open(encoding=encodings.checked(path, encoding)) as file:
        found = file.read(MOST_CHARACTERS + 1)
    if "\0" in found:
        raise InvalidDataError("not a text: it has null characters", path, hint="check the kind of the file")
    return found

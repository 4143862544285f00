"""The text of a document: plain text, Word (DOCX) or PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from uprgraph.engines import bounded
from uprgraph.errors import (
    InvalidDataError,
    MissingExtraError,
    QueryLimitError,
    ResourceError,
    UprGraphError,
    UsageError,
)
from uprgraph.sources import encodings, office

MOST_CHARACTERS = 2_000_000
"""No report of the United Nations has a fifth of it."""
MOST_BYTES = 100 << 20
SECONDS = 60.0
"""For which a DOCX or PDF is read before it is given up."""

_TASK = bounded.Task(
    "reading it", "no report of the United Nations takes so much", "convert the document to plain text (.txt) first"
)
_DAMAGED = "open it in a word processor or PDF reader, and save it again or copy its text into a .txt file"
_Result = TypeVar("_Result")


def text(path: Path, encoding: str | None = None) -> str:
    """Return the text of a document; by its name it is plain text, DOCX or PDF. Line ends become line feeds.

    `encoding` is that of plain text, UTF-8 if none is given. DOCX and PDF are read in a child with limits of time and
    memory. Raises ResourceError if the file cannot be read; UsageError for another kind of file; MissingExtraError
    without the library that its kind needs; InvalidDataError if it is not what its name says, broken, encrypted,
    without text, or longer than `MOST_CHARACTERS`.
    """
    found = _KINDS[kind(path)](path, encoding)
    if len(found) > MOST_CHARACTERS:
        raise InvalidDataError(f"more than {MOST_CHARACTERS:,} characters", path, hint="no report is so long")
    return found


def kind(path: Path) -> str:
    """Return of which kind a document is by its name: ".txt", ".docx" or ".pdf".

    Raises ResourceError if it is no file, UsageError for another kind, InvalidDataError if it is too large.
    """
    if not path.is_file():
        raise ResourceError(f"{path} is not a file", "give the path of a document")
    found = path.suffix.lower()
    if found not in _KINDS:
        raise UsageError(f"{path} is not a document that can be read", "the kinds are: " + ", ".join(_KINDS))
    if path.stat().st_size > MOST_BYTES:
        raise InvalidDataError(f"larger than {MOST_BYTES >> 20} MB", path, hint="no report is so large")
    return found


def _plain(path: Path, encoding: str | None) -> str:
    with path.open(encoding=encodings.checked(path, encoding)) as file:
        found = file.read(MOST_CHARACTERS + 1)
    if "\0" in found:
        raise InvalidDataError("not a text: it has null characters", path, hint="check the kind of the file")
    return found


def _word(path: Path, _: str | None) -> str:
    try:
        from uprgraph.sources import word
    except ImportError as error:
        raise MissingExtraError("python-docx", "imports", "reading DOCX") from error
    office.check(path)
    return within_limits(path, lambda: clean(word.text(path, MOST_CHARACTERS)))


def _pdf(path: Path, _: str | None) -> str:
    try:
        from uprgraph.sources import pdf
    except ImportError as error:
        raise MissingExtraError("pypdf", "imports", "reading PDF") from error
    found = within_limits(path, lambda: clean(pdf.text(path, MOST_CHARACTERS)))
    if not found.strip():
        hint = "it may be of scanned pages: recognise its text first (OCR)"
        raise InvalidDataError("no page of this PDF has text", path, hint=hint)
    return found


_KINDS: dict[str, Callable[[Path, str | None], str]] = {".txt": _plain, ".docx": _word, ".pdf": _pdf}


def within_limits(path: Path, work: Callable[[], _Result], megabytes: int = bounded.DEFAULT_MEGABYTES) -> _Result:
    """Return what `work` reads from a file of unknown origin, in a child with limits of time and memory.

    Raises InvalidDataError where it takes too much, and for whatever a library raises that the file leads astray; what
    `work` itself raises as UprGraphError.
    """

    def reading() -> _Result:
        try:
            return work()
        except (UprGraphError, MemoryError):
            raise
        except Exception as error:  # the libraries raise whatever a broken file leads them to
            problem = f"damaged: {type(error).__name__}: {error}"[:300]
            raise InvalidDataError(problem, path, hint=_DAMAGED) from error

    try:
        return bounded.run(reading, SECONDS, bounded.held() + megabytes, task=_TASK)
    except QueryLimitError as error:
        raise InvalidDataError(error.message, path, hint=error.hint) from error


def clean(found: str) -> str:
    """Return the text without what no text of a graph may hold: null characters and halves of characters."""
    return found.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")

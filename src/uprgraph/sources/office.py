"""Office packages (XLSX, DOCX) from strangers: looked through before a library that trusts them reads them.

A package is a ZIP of XML parts. Its directory may lie about sizes, a few bytes may unpack to gigabytes, and a document
type declaration may multiply a word without end. Whoever reads a package calls `check` first.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat  # the declaration is refused here, before anything in it is expanded

from uprgraph.errors import InvalidDataError, ResourceError

MOST_PARTS = 10_000
MOST_UNPACKED = 1 << 30
MOST_RATIO = 100
"""How many times its packed size a part may have, once it is larger than `FREE_OF_RATIO` bytes."""
FREE_OF_RATIO = 16 << 20
LONGEST_PROLOG = 64 << 10
"""By how many bytes the first element of an XML part must begin."""

_CHUNK = 64 << 10
_END_RECORD = b"PK\x05\x06"
_END_RECORD_LENGTH = 22
_LARGE_ARCHIVE = b"PK\x06\x07"
_LARGE_ARCHIVE_LENGTH = 20
_MOST_DIRECTORY = 4 << 20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_ENDINGS = (".xml", ".rels")
_SAVE_AGAIN = "open it in a spreadsheet or word processor and save it again"


def check(path: Path) -> None:
    """Look through an office package without unpacking it anywhere, in bounded time and memory.

    Raises ResourceError if the file cannot be read; InvalidDataError if it is no such package, truncated, damaged or
    encrypted, if it unpacks to more than any honest one, or if an XML part declares a document type.
    """
    try:
        with path.open("rb") as file:
            _check_directory(path, file)
            with zipfile.ZipFile(file) as package:
                _check_parts(path, package)
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise InvalidDataError(f"a damaged ZIP package: {error}", path, hint=_SAVE_AGAIN) from error


def _check_directory(path: Path, file: IO[bytes]) -> None:
    """Refuse what has no directory of a bounded length at its end, before `zipfile` reads all of it into memory."""
    head = file.read(len(_OLD_OFFICE))
    if head == _OLD_OFFICE:
        hint = "save it without a password as .xlsx or .docx"
        raise InvalidDataError("encrypted, or in the format of Office before 2007", path, hint=hint)
    if not head.startswith(b"PK"):
        raise InvalidDataError("no office package: it does not begin as a ZIP file does", path, hint=_SAVE_AGAIN)
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_RECORD_LENGTH - _LARGE_ARCHIVE_LENGTH))
    tail = file.read()
    record = tail[-_END_RECORD_LENGTH:]
    if not (len(record) == _END_RECORD_LENGTH and record.startswith(_END_RECORD) and record.endswith(b"\0\0")):
        problem = "truncated, or with something after its end: it does not end as an office package does"
        raise InvalidDataError(problem, path, hint="get the file again")
    directory = int.from_bytes(record[12:16], "little")
    if tail.startswith(_LARGE_ARCHIVE) or directory > _MOST_DIRECTORY:
        raise InvalidDataError("a package with more parts than any office document has", path)


def _check_parts(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise InvalidDataError(f"a package of {len(parts)} parts; no more than {MOST_PARTS} are read", path)
    names = {part.filename for part in parts}
    if len(names) != len(parts):
        raise InvalidDataError("a package that has two parts of one name", path, hint=_SAVE_AGAIN)
    if "[Content_Types].xml" not in names:
        raise InvalidDataError("a ZIP file, but no office package", path, hint="give an .xlsx or .docx file")
    unpacked = 0
    for part in parts:
        if part.flag_bits & 1:
            raise InvalidDataError(f"the part {part.filename} is encrypted", path, hint="save it without a password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InvalidDataError(f"the part {part.filename} is packed in an unusual way", path, hint=_SAVE_AGAIN)
        unpacked += _check_part(path, package, part, MOST_UNPACKED - unpacked)


def _check_part(path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo, allowed: int) -> int:
    """Return how many bytes the part unpacks to. They are counted; what the directory says of it is not believed."""
    count = 0
    with package.open(part) as stream:
        chunk = stream.read(LONGEST_PROLOG)
        _check_prolog(path, part.filename, chunk)
        while chunk:
            count += len(chunk)
            if count > allowed or count > max(FREE_OF_RATIO, MOST_RATIO * part.compress_size):
                problem = f"the part {part.filename} unpacks to more than any honest document does"
                raise InvalidDataError(problem, path, hint="if it is honest, export it in smaller pieces or as CSV")
            chunk = stream.read(_CHUNK)
    return count


class _FirstElement(Exception):  # noqa: N818 - not an error: the parser is stopped there
    """The first element begins."""


class _DocumentType(Exception):  # noqa: N818 - becomes an error of ours
    """A document type is declared."""


def _check_prolog(path: Path, name: str, start: bytes) -> None:
    """Refuse a document type, which is only allowed before the first element; parts that are no XML have neither."""

    def first_element(*_: object) -> None:
        raise _FirstElement

    def document_type(*_: object) -> None:
        raise _DocumentType

    parser = expat.ParserCreate()
    parser.StartElementHandler = first_element
    parser.StartDoctypeDeclHandler = document_type
    problem = "has no element near its beginning"
    try:
        parser.Parse(start, False)
    except _FirstElement:
        return
    except _DocumentType:
        problem = "declares a document type, which office documents never do"
    except expat.ExpatError as error:
        problem = f"is not XML: {error}"
        if not name.lower().endswith(_XML_ENDINGS):
            return
    else:
        if not name.lower().endswith(_XML_ENDINGS):
            return
    raise InvalidDataError(f"the part {name} {problem}", path, hint=_SAVE_AGAIN)

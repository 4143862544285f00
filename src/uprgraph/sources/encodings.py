"""In which encoding a text file is: UTF-8, or what the user says; and what it may be if it is neither."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from uprgraph.errors import InvalidDataError, ResourceError, UsageError
from uprgraph.wording import fold_space

DEFAULT = "utf-8-sig"
_CHUNK = 1 << 20
_AROUND = 12
_CANDIDATES = ("mac_roman", "cp1252", "cp1251", "cp1250")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file cannot be decoded: the byte from 0, the line from 1, and the bytes around."""

    byte: int
    line: int
    wrong: bytes
    around: bytes


def checked(path: Path, encoding: str | None = None) -> str:
    """Return the encoding to open the file with, `encoding` or by default UTF-8, once all of it has been decoded.

    Raises UsageError for an encoding that Python does not know, ResourceError if the file cannot be read,
    InvalidDataError, with the place, if the file is in another one, and then which ones the place fits.
    """
    name = DEFAULT if encoding is None else _text_encoding(encoding)
    place = _first_wrong(path, name)
    if place is None:
        return name
    wrong = place.wrong.hex(" ").upper()
    problem = f"not {encoding or 'UTF-8'} at byte {place.byte:,}: {wrong}"
    raise InvalidDataError(problem, path, place.line, hint=_hint(path, place, name))


def _text_encoding(name: str) -> str:
    try:
        "".encode(name)
        b"".decode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError, TypeError) as error:
        hint = "common ones are utf-8, utf-16, cp1252 and mac_roman"
        raise UsageError(f'"{name}" is not the name of an encoding of text', hint) from error


def _first_wrong(path: Path, encoding: str) -> _Place | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    position = line = 0
    held = b""
    try:
        with path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK)
                state = decoder.getstate()[0]
                try:
                    decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    data = state + chunk
                    start = position - len(state) + error.start
                    near = (held + chunk)[max(0, len(held) - len(state) + error.start - _AROUND) :][: 2 * _AROUND]
                    lines = line + data[: error.start].count(b"\n")
                    return _Place(start, lines + 1, data[error.start : max(error.end, error.start + 1)], near)
                except UnicodeError:
                    return _Place(position, line + 1, chunk[:1], chunk[:_AROUND])
                if not chunk:
                    return None
                position += len(chunk)
                line += chunk.count(b"\n")
                held = chunk[-_AROUND:]
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror or error}") from error


def _hint(path: Path, place: _Place, tried: str) -> str:
    """Return what the place would read in each encoding that fits it."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark) and tried != encoding:
            return f"the file begins as one in UTF-16 does: say --encoding {encoding}"
    readings = []
    for encoding in _CANDIDATES:
        try:
            shown = fold_space(place.around.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding != tried and shown.isprintable():
            readings.append(f'--encoding {encoding} ("{shown}")')
    return "say in which encoding it is: " + " or ".join(readings) if readings else "save the file as UTF-8"

"""The records of a JSON export, one after the other: the file is never in memory as a whole, and may be hostile.

An export is a list of objects, or an object with such a list under one of `LISTS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uprgraph.errors import InvalidDataError, ResourceError
from uprgraph.sources import encodings

LISTS = frozenset({"value", "results", "data", "items", "records", "annotations"})
LONGEST_RECORD = 2_000_000
"""Characters of a record, or of anything else at the top."""
DEEPEST = 50
"""How many brackets may stand in each other."""

_CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\r\n]*")
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+(?P<end>"?)|[{}\[\]]', re.DOTALL)
_OPENS = {"}": "{", "]": "["}
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay as they are written: no number is too large."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a record, or the rest of the file, cannot be read, and how what cannot be read begins."""

    words: str
    reason: str


class _Buffer:
    """The text of the file around the place at which it is read."""

    def __init__(self, path: Path, file: IO[str]) -> None:
        self._path = path
        self._file = file
        self.text = ""
        self.place = 0
        self.ended = False

    def more(self) -> bool:
        """Read on, as much again as there is, up to `LONGEST_RECORD`. False at the end of the file."""
        self.text = self.text[self.place :]
        self.place = 0
        if len(self.text) > LONGEST_RECORD:
            hint = "export it in smaller pieces"
            raise InvalidDataError(f"a record has more than {LONGEST_RECORD:,} characters", self._path, hint=hint)
        read = self._file.read(max(_CHUNK, len(self.text)))
        self.ended = not read
        self.text += read
        return bool(read)

    def next(self) -> str:
        """Return the next character that is no white space, which is not passed yet; empty at the end."""
        while True:
            self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]  # it matches nothing too
            if self.place < len(self.text):
                return self.text[self.place]
            if not self.more():
                return ""

    def passed(self, character: str) -> bool:
        """Pass the next character if it is this one."""
        found = self.next() == character
        self.place += found
        return found

    def value(self) -> object:
        """Return the next value, and pass it; a `Broken` if it is not JSON or cut off."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.place)
            except (ValueError, RecursionError) as error:
                failure = error
            else:
                if end == len(self.text) and self.text[self.place] not in '"[{' and self.more():
                    continue  # a number may go on
                self.place = end
                return value
            close = self._end()
            if close is not None:
                words, self.place = self.text[self.place : close], close
                return Broken(words, f"not valid JSON: {failure}")
            if self.ended or not self.more():
                words, self.place = self.text[self.place :], len(self.text)
                return Broken(words, "the file is truncated: it ends within a record")

    def _end(self) -> int | None:
        """Return where the object or list that begins here ends, None if that is not in the buffer.

        A bracket closes all those that were opened after the one it belongs to, so one that lacks spoils no more.
        """
        opened: list[str] = []
        for mark in _MARKS.finditer(self.text, self.place):
            sign = self.text[mark.start()]
            if sign == '"':
                if not mark["end"]:
                    return None
                continue
            if sign in "{[":
                opened.append(sign)
            elif _OPENS[sign] in opened:
                while opened.pop() != _OPENS[sign]:
                    pass
            if len(opened) > DEEPEST:
                raise InvalidDataError(f"more than {DEEPEST} brackets stand in each other", self._path)
            if not opened:
                return mark.end()
        return None


def read(path: Path, encoding: str | None = None) -> Iterator[dict[str, object] | Broken]:
    """Yield the records of an export in their order, and what is wrong with those that cannot be read.

    Raises ResourceError or UsageError as `encodings.checked` does; InvalidDataError if the file is not JSON with a
    list of records, or if a record is longer or nested deeper than any is.
    """
    name = encodings.checked(path, encoding)
    try:
        with path.open(encoding=name) as file:
            buffer = _Buffer(path, file)
            _find_list(path, buffer)
            yield from _records(buffer)
    except OSError as error:
        raise ResourceError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise InvalidDataError(f"the file changed while it was read: {error}", path) from error


def _find_list(path: Path, buffer: _Buffer) -> None:
    """Go to the first record."""
    if buffer.passed("["):
        return
    hint = "give an export of JSON records: a list, or an object with the list under " + ", ".join(sorted(LISTS))
    if not buffer.passed("{"):
        raise InvalidDataError("not a JSON export: it begins neither with [ nor with {", path, 1, hint=hint)
    while buffer.next() == '"':
        key = buffer.value()
        if not isinstance(key, str) or not buffer.passed(":"):
            break
        if key.casefold() in LISTS and buffer.passed("["):
            return
        if isinstance(buffer.value(), Broken) or not buffer.passed(","):
            break
    raise InvalidDataError("a JSON file without a list of records", path, hint=hint)


def _records(buffer: _Buffer) -> Iterator[dict[str, object] | Broken]:
    if buffer.passed("]"):
        return
    while True:
        if buffer.next() == "":
            yield Broken("", "the file is truncated: its list of records does not end")
            return
        value = buffer.value()
        if isinstance(value, (Broken, dict)):
            yield value
        else:
            yield Broken(str(value), "not a record with named values")
        if buffer.passed(","):
            continue
        if not buffer.passed("]") and not (isinstance(value, Broken) and buffer.next() == ""):
            words = buffer.text[buffer.place :][:100]
            reason = "neither a comma nor the end of the list follows a record: the rest of the file is not read"
            yield Broken(words, reason)
        return

"""Answers that are cut off after so many rows or bytes, and are whole documents of their format all the same."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import Buffer

Item = TypeVar("Item")

_JSON_BOUNDARY = re.compile(rb'\},\{(?="[^,}])')
"""Between two rows. In a string, a quotation mark after a brace ends the string, and a comma or brace follows."""
_EMPTY_ROW = b"{}"
"""What may stand in a string as well: then strings are read as such, which takes eight times as long."""
_JSON_PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|\},\{', re.DOTALL)
_MARKS = {"json": b"},{", "xml": b"</result>", "csv": b"\r\n", "tsv": b"\n"}
"""What stands at least once between two rows, or after each: if there are fewer of them, there are fewer rows."""
_CSV_PIECE = re.compile(rb'"[^"]*(?:"|\Z)|\r\n')


class FullError(Exception):
    """A sink has no room for more."""


class Sink(io.BytesIO):
    """Something to write an answer to, of at most so many bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, chunk: Buffer) -> int:
        """Take a piece. Raises FullError if only its beginning has room, which is taken."""
        view, room = memoryview(chunk).cast("B"), self._limit - self.tell()
        written = super().write(view[:room])
        if written < len(view):
            raise FullError
        return written


class Cut(Iterator[Item]):
    """The first of some items, as many as are allowed, until a sink has so many bytes; `is_cut` if there are more."""

    def __init__(self, items: Iterable[Item], most: int, sink: Sink, bytes_: int) -> None:
        self._items = iter(items)
        self._left = most
        self._sink = sink
        self._room = bytes_
        self.is_cut = False

    def __next__(self) -> Item:
        """Return the next item, or say that the allowed ones are over."""
        item = next(self._items)
        if self._left <= 0 or self._sink.tell() > self._room:
            self.is_cut = True
            raise StopIteration
        self._left -= 1
        return item


def cut_rows(form: str, content: bytearray, rows: int, *, is_whole: bool, link: str) -> bool:
    """Cut rows written as json, xml, csv or tsv after so many of them, and say whether anything was cut off.

    `is_whole` says whether the content is; what is not is cut after its last whole row at the latest. Where the format
    has a place for it, `link` says where it is written what that means.
    """
    if is_whole and (len(content) < rows or content.count(_MARKS[form]) < rows):
        return False
    end = _end_of_row(form, content, rows)
    if end is None:
        if is_whole:
            return False
        end = _last_end(form, content)
    del content[end:]
    if form == "json":
        content += b"]}}"
        place = content.index(b"]") + 1
        content[place:place] = b',"link":["%s"]' % link.encode()
    elif form == "xml":
        content += b"</results></sparql>"
        place = content.index(b"</head>")
        content[place:place] = b'<link href="%s"/>' % escape(link).encode()
    return True


def _end_of_row(form: str, content: bytearray, rows: int) -> int | None:
    """Return where the row of a number ends, or None if no row follows it."""
    ends = _ends(form, content)
    for number, end in enumerate(ends, start=1):
        if number == rows:
            return end if next(ends, None) is not None or form == "json" else None
    return None


def _last_end(form: str, content: bytearray) -> int:
    """Return where the last row ends that is whole, or the head if there is none."""
    for last in deque(_ends(form, content), maxlen=1):
        return last
    opening = {"json": b'"bindings":[', "xml": b"<results>"}.get(form)
    return content.index(opening) + len(opening) if opening else 0


def _ends(form: str, content: bytearray) -> Iterator[int]:
    """Yield where rows end: of json, those that another row follows; of csv and tsv, after the head."""
    if form == "json":
        pieces = (_JSON_PIECE if _EMPTY_ROW in content else _JSON_BOUNDARY).finditer(content)
        yield from (match.start() + 1 for match in pieces if match[0] == _MARKS[form])
    elif form == "xml":
        yield from _found(content, b"</result>")
    else:
        ends = _found(content, b"\n") if form == "tsv" else _csv_ends(content)
        next(ends, None)
        yield from ends


def _found(content: bytearray, end: bytes) -> Iterator[int]:
    place = content.find(end)
    while place >= 0:
        yield place + len(end)
        place = content.find(end, place + len(end))


def _csv_ends(content: bytearray) -> Iterator[int]:
    yield from (match.end() for match in _CSV_PIECE.finditer(content) if match[0] == b"\r\n")

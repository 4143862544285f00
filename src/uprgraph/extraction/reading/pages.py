"""What belongs to pages: where they begin, their headers, footers and numbers, and their footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from uprgraph.extraction.reading.lines import Line, Role

NOTE = re.compile(r"(\d{1,3}|[⁰¹²³⁴-⁹]{1,3})(?:[.)]?\s+(?=\S)|(?=[^\W\d_])|\Z)")
"""The beginning of a footnote: its number, and what stands between that and its words."""
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-\u2013|\s]{0,4}(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?[-\u2013|\s]{0,4}\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENDNOTES = re.compile(r"(?:end|foot)?notes\Z", re.IGNORECASE)
_ENDED = re.compile(r"[.!?)\]\u201d\"/]\Z|https?://\S+\Z")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", re.IGNORECASE)
_EDGE = 3
"""Lines at the top and at the bottom of a page among which its header and footer are looked for."""
_OFTEN = 0.4
"""Of pages, on which a header or footer recurs."""


def assign(lines: Sequence[Line]) -> None:
    """Set `role`, `page` and `first` of each line of a plain text."""
    _furniture(lines)
    _repeated_addresses(lines)
    walk = _Walk(lines)
    for index in range(len(lines)):
        walk.take(index)


def note_number(text: str, last: int, before: str) -> int | None:
    """Return the number with which a line begins a footnote after that of number `last`, None if it begins none.

    `before` is the line above it, in whose sentence a number may stand.
    """
    match = NOTE.match(text)
    if match is None:
        return None
    number = int(match[1])
    if not last < number <= last + 3 or (match[1].startswith("0")):
        return None
    if before and not _ENDED.search(before) and (number != last + 1 or _MONTH.match(text[match.end() :])):
        return None
    return number


class _Walk:
    """The state in which lines are taken one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._page = 1
        self._noting = False
        self._endnotes = False
        self._last = 0
        self._before = ""

    def take(self, index: int) -> None:
        line = self._lines[index]
        if line.role in (Role.HEADER, Role.FOOTER, Role.NUMBER):
            line.page = self._page
            return
        fed = line.first and index > 0
        if index > 0 and not self._endnotes and (fed or self._starts_page(index)):
            self._page += 1
            line.first = True
            self._noting = False
        line.page = self._page
        if line.role is Role.ADDRESS:
            return
        if not self._noting and (line.rule or line.first is False) and self._starts_notes(index):
            self._noting = True
        elif not self._noting and _ENDNOTES.match(line.text) and self._note_at(index + 1) == 1 and not self._last:
            self._noting = self._endnotes = True
            self._before = ""
            return
        if not self._noting:
            return
        line.role = Role.NOTE
        number = note_number(line.text, self._last, self._before)
        if number is not None and not (self._endnotes and line.indent):
            self._last = number
        self._before = line.text

    def _note_at(self, index: int) -> int | None:
        if index >= len(self._lines):
            return None
        return note_number(self._lines[index].text, self._last, "")

    def _starts_notes(self, index: int) -> bool:
        """Tell whether footnotes begin here: below a rule, or with the number that is next."""
        line = self._lines[index]
        if line.rule:
            begun = bool(self._last) and not _ENDED.search(self._before)
            return begun or note_number(line.text, self._last, "") == self._last + 1
        return False

    def _starts_page(self, index: int) -> bool:
        """Tell whether a page begins here: where a line after footnotes, addresses or a page number is set in by one."""
        line = self._lines[index]
        above = self._lines[index - 1]
        ended = self._noting or above.role is Role.NUMBER or _ADDRESS.match(above.text) is not None
        if ended and line.indent == 1 and not line.rule:
            return True
        after_end = above.role is Role.NUMBER or (
            self._noting and _ADDRESS.match(above.text) is not None and self._again(index - 1)
        )
        return (
            after_end
            and note_number(line.text, self._last, "") is None
            and _ADDRESS.match(line.text) is None
            and above.role is Role.NUMBER
        )

    def _again(self, index: int) -> bool:
        return index > 0 and _ADDRESS.match(self._lines[index - 1].text) is not None


def _furniture(lines: Sequence[Line]) -> None:
    """Set the roles of page numbers, and of headers and footers that recur on pages parted by form feeds."""
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        at_end = following is None or following.first or following.indent == 1
        if (
            at_end
            and index > 0
            and _PAGE_NUMBER.match(line.text)
            and (line.indent > 1 or following is None or following.first)
        ):
            line.role = Role.NUMBER
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) < 2:
        return
    tops = _recurring(pages, slice(None, _EDGE))
    bottoms = _recurring(pages, slice(-_EDGE, None))
    for page in pages:
        for line in _edge(page, tops):
            line.role = Role.NUMBER if _PAGE_NUMBER.match(line.text) else Role.HEADER
        for line in _edge(page[::-1], bottoms):
            line.role = Role.NUMBER if _PAGE_NUMBER.match(line.text) else Role.FOOTER


def _recurring(pages: Sequence[Sequence[Line]], edge: slice) -> set[str]:
    """Return the lines, without their numbers, that stand at this edge of many pages."""
    counted = Counter(text for page in pages for text in {_unnumbered(line.text) for line in page[edge]})
    return {text for text, times in counted.items() if times >= max(2, _OFTEN * len(pages))}


def _edge(lines: Sequence[Line], known: set[str]) -> Iterator[Line]:
    """Yield the first lines of a page as long as they are known, or page numbers."""
    for line in lines[:_EDGE]:
        if _unnumbered(line.text) not in known and line.role is not Role.NUMBER:
            return
        yield line


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _repeated_addresses(lines: Sequence[Line]) -> None:
    """Set the role of lines at the ends of pages that only repeat an address which stands above, as some layouts do."""
    before = ""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if _ADDRESS.match(line.text) and _bare(line.text) in seen:
            continued = bool(before) and not _ENDED.search(before) and line.blanks == 0
            line.role = line.role if continued else Role.ADDRESS
        seen.update(_bare(word) for word in line.text.split() if "." in word)
        before = line.text
    following: Line | None = None
    for line in reversed(lines):
        at_end = following is None or following.first or following.indent == 1
        if line.role is Role.ADDRESS and not at_end and following and following.role not in (Role.NUMBER, Role.ADDRESS):
            line.role = Role.BODY
        following = line


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip("()[]<>,;:")).rstrip("./)").lower()

"""What a layout puts on pages beside their text: headers, footers, page numbers, and addresses that it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from uprgraph.extraction.reading.lines import Line, Role

_NUMBER = re.compile(
    r"(?:page\s{0,3})?[-\u2013|\s]{0,4}\d{1,4}(?:\s{0,3}(?:/|of)\s{0,3}\d{1,4})?[-\u2013|\s]{0,4}\Z", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENDED = re.compile(r"[.!?)\]\u201d\"/]\Z")
_DIGITS = re.compile(r"(?<![\w/.])\d{1,4}(?![\w/])")
_EDGE = 6
"""Lines at the top and at the bottom of a page among which its header and footer are looked for."""
_OFTEN = 0.4
"""Of pages, on which a header or footer recurs."""


def is_page_number(text: str) -> bool:
    """Tell whether a line is the number of a page ("3", "- 3 -", "Page 3 of 4")."""
    return _NUMBER.match(text) is not None


def is_address(text: str) -> bool:
    """Tell whether a line is nothing but an address."""
    return _ADDRESS.match(text) is not None


def ends_well(text: str) -> bool:
    """Tell whether a line ends as a sentence does, or with an address."""
    words = text[-300:].split()
    return _ENDED.search(text) is not None or (bool(words) and is_address(words[-1]))


def assign(lines: Sequence[Line]) -> None:
    """Set the roles of page furniture; pages are those that form feeds part."""
    _page_numbers(lines)
    _running_lines(lines)
    _repeated_addresses(lines)


def _page_numbers(lines: Sequence[Line]) -> None:
    for index, line in enumerate(lines):
        last = index + 1 == len(lines) or lines[index + 1].first
        before_page = not last and line.indent > 1 and lines[index + 1].indent == 1
        if index > 0 and (last or before_page) and is_page_number(line.text):
            line.role = Role.NUMBER


def _running_lines(lines: Sequence[Line]) -> None:
    """Set the roles of headers and footers, which recur on pages that form feeds part."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) == 1:
        return
    tops, bottoms = _recurring([page[:_EDGE] for page in pages]), _recurring([page[-_EDGE:] for page in pages])
    for page in pages:
        top = [(line, after.blanks > 0) for line, after in pairwise(page[: _EDGE + 1])]
        bottom = [(line, line.blanks > 0) for line in page[: -_EDGE - 1 : -1]]
        for line in _known(top, tops):
            line.role = Role.NUMBER if is_page_number(line.text) else Role.HEADER
        for line in _known(bottom, bottoms):
            line.role = Role.NUMBER if is_page_number(line.text) else Role.FOOTER


def _recurring(edges: Sequence[Sequence[Line]]) -> set[str]:
    """Return the lines, without their numbers, that stand at this edge of many pages."""
    counted = Counter(text for edge in edges for text in {unnumbered(line.text) for line in edge})
    return {text for text, times in counted.items() if times >= max(2, _OFTEN * len(edges))}


def _known(edge: Sequence[tuple[Line, bool]], known: set[str]) -> list[Line]:
    """Return the lines from the edge of a page on that recur, or are page numbers.

    With each line comes whether a blank line is between it and the text: where there is one, they end there.
    """
    found: list[Line] = []
    parted = 0
    for line, blank in edge:
        if unnumbered(line.text) not in known and line.role is not Role.NUMBER:
            break
        found.append(line)
        parted = len(found) if blank else parted
    return found[:parted] if parted else found


def unnumbered(text: str) -> str:
    """Return a text with each number as 0, those of addresses excepted."""
    return _DIGITS.sub("0", text)


def _repeated_addresses(lines: Sequence[Line]) -> None:
    """Set the role of lines at the ends of pages that only repeat an address which stands above, as some layouts do."""
    before = ""
    seen: set[str] = set()
    for line in lines:
        if is_address(line.text) and _bare(line.text) in seen and (line.blanks or not before or ends_well(before)):
            line.role = Role.ADDRESS
        seen.update(_bare(word) for word in line.text.split() if "." in word)
        before = line.text
    following: Line | None = None
    for line in reversed(lines):
        last = following is None or following.first or following.indent == 1
        if line.role is Role.ADDRESS and not last and following and following.role not in (Role.NUMBER, Role.ADDRESS):
            line.role = Role.BODY
        following = line


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip("()[]<>,;:")).rstrip("./)").lower()

"""The lines of a source, and what its layout says of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

PAGE_BREAK = "\f"
_LINE = re.compile(r"[^\n\f]*")
_DOUBLE = 0.5
"""Of lines that follow a single blank line: from here on the lines are double-spaced, and a blank line says nothing."""
_SINGLE = 0.3
"""Of lines that follow without a blank line, which are fewer where lines are double-spaced."""
_NARROWEST, _WIDEST = 40, 160
"""Characters of a line of a page; what is longer is a whole paragraph."""


class Role(StrEnum):
    """What a line belongs to; those that are no words are named as `Document.structure` names them."""

    BODY = "body"
    NOTE = "footnote"
    HEADER = "page header"
    FOOTER = "page footer"
    NUMBER = "page number"
    ADDRESS = "repeated address"
    RULE = "rule"


@dataclass(slots=True)
class Line:
    """A line that has words: where these begin and end in the source, and how the line is laid out.

    `blanks` are the blank lines above it; `rule`: one of these is a rule or a long row of spaces, as stands above
    footnotes. `gap`: it stands at a paragraph's distance from what is above it. `whole`: it begins a paragraph for
    certain. `room` is how many characters would have had room after its words. `first`: it is the first of its page.
    `closed`: it has more spaces at its end (`tail`) than other lines, as some layouts leave at the ends of paragraphs.
    `strong`: it is bold or large. `raised` are the runs of the source that are digits raised above the line.
    """

    start: int
    end: int
    text: str
    indent: int = 0
    blanks: int = 0
    rule: bool = False
    gap: bool = False
    whole: bool = False
    room: float = 0.0
    page: int = 1
    first: bool = False
    tail: int = 0
    closed: bool = False
    strong: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    role: Role = Role.BODY


_ROW = re.compile(r"[ \t\xa0]{20,}\Z|\s*(?:_{5,}|-{10,}|\N{EM DASH}{5,}|\N{HORIZONTAL BAR}{5,})\s*\Z")


def split(source: str) -> tuple[list[Line], list[tuple[int, int]]]:
    """Return the lines that have words, and the runs of the source that are rules drawn with characters.

    `page` counts form feeds only, and `first` is set after them only.
    """
    found: list[Line] = []
    rules: list[tuple[int, int]] = []
    blanks, ruled, page, first = 0, False, 1, True
    for start, end, broken in _bounds(source):
        text = source[start:end]
        words = text.strip()
        is_rule = _ROW.match(text) is not None
        if words and not is_rule:
            at = start + len(text) - len(text.lstrip())
            found.append(
                Line(
                    at,
                    at + len(words),
                    words,
                    at - start,
                    blanks,
                    ruled,
                    page=page,
                    first=first,
                    tail=end - at - len(words),
                )
            )
            blanks, ruled, first = 0, False, False
        else:
            blanks, ruled = blanks + 1, ruled or is_rule
            if words:
                at = start + len(text) - len(text.lstrip())
                rules.append((at, at + len(words)))
        if broken:
            page, first = page + 1, True
    return found, rules


def _bounds(source: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each line begins and ends, and whether a form feed ends it."""
    at = 0
    while at < len(source):
        match = _LINE.match(source, at)
        end = match.end() if match else at
        yield at, end, source[end : end + 1] == PAGE_BREAK
        at = end + 1


def measure(lines: Sequence[Line]) -> None:
    """Set `gap`, `whole`, `room` and `closed` by the blank lines between lines, by their lengths and their ends."""
    least = 2 if _is_double_spaced(lines) else 1
    lengths = sorted(len(line.text) for line in lines if line.role is Role.BODY)
    width = max(lengths[int(len(lengths) * 0.9)] if lengths else 0, _NARROWEST)
    usual = Counter(line.tail for line in lines).most_common(1)[0][0] if lines else 0
    text: Line | None = None
    after = 0  # blank lines below the text of a page
    for number, line in enumerate(lines):
        line.gap = number == 0 or line.blanks >= least
        if line.role is Role.BODY:
            if text and text.page != line.page and lines[number - 1] is not text:
                line.gap = after >= least
            text, after = line, 0
        elif lines[number - 1] is text:
            after = line.blanks - line.rule if line.role is Role.NOTE else 0
        line.whole = line.whole or width > _WIDEST
        line.room = width - len(line.text)
        line.closed = line.tail > usual


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line follows each line, so that only more of them stand between paragraphs."""
    blanks = [line.blanks for line in lines[1:] if not line.first]
    single = sum(number == 1 for number in blanks)
    return single > _DOUBLE * len(blanks) and blanks.count(0) < _SINGLE * len(blanks)

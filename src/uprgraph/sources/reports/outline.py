"""The conclusions of a report: its chapters (numbered paragraphs) and the numbered recommendations below each.

Recommendations are numbered "124.12" under paragraph 124, or, in older reports, "12." under it. Numbers are believed
where they go on from the one before, or where what follows starts like a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from uprgraph.sources.reports.layout import Line, Passage, passage
from uprgraph.sources.reports.responses import Phrase, stated

_HEADING = re.compile(
    r"\s*(?:[IVX]+\.?\s*)?conclusions\s+and\s*/?\s*or\s+recommendations\s*[*.]{0,3}\d?\s*", re.IGNORECASE
)
_END = re.compile(r"\s*(?:Annex(?:es)?(?:\s+[IVX\d]+)?|ANNEX(?:ES)?)[\s*\d]*")
_OF_CHAPTER = re.compile(r"\s*(\d{1,3})\s*\.\s*(\d{1,3})(?:\s*\.(?!\d)|(?![\d.,%]))\s*")
_PLAIN = re.compile(r"\s*(\d{1,3})\s*\.(?!\d)\s*")
_CLOSING = re.compile(r"all (?:the )?conclusions", re.IGNORECASE)
_FURTHEST = 5
_OPENING = 6
"""Lines from the number of a chapter on in which its first words are looked for."""


@dataclass(slots=True)
class Item:
    """A numbered paragraph: its number ("124.12") and last part of it (12), its line, and its text, piece by piece."""

    label: str
    number: int
    line: int
    pieces: list[tuple[int, str]] = field(default_factory=list)

    def passage(self) -> Passage:
        """Return the text of the paragraph, without its number."""
        return passage(self.pieces)


@dataclass(slots=True)
class Chapter:
    """A numbered paragraph of the report, and the recommendations below it."""

    heading: Item
    items: list[Item] = field(default_factory=list)
    listed: bool = False

    @property
    def number(self) -> int:
        """The number of the paragraph."""
        return self.heading.number

    @property
    def last(self) -> int:
        """The number of the last recommendation so far, 0 before the first."""
        return self.items[-1].number if self.items else 0


def conclusions(lines: Sequence[Line]) -> list[Line] | None:
    """Return the lines from the heading of the conclusions, the last of that name, to the annex; None without one."""
    heading = next((at for at in range(len(lines) - 1, -1, -1) if _HEADING.fullmatch(lines[at].text)), None)
    if heading is None:
        return None
    rest = lines[heading + 1 :]
    end = next((at for at, line in enumerate(rest) if _END.fullmatch(line.text)), len(rest))
    return list(rest[:end])


def chapters(lines: Sequence[Line], phrases: Sequence[Phrase]) -> list[Chapter]:
    """Return the chapters of the conclusions; what stands before the first number is left out."""
    found: list[Chapter] = []
    for at, line in enumerate(lines):
        rest = _begin(found, line, lines[at + 1 : at + _OPENING], phrases)
        if found:
            paragraph = found[-1].items[-1] if found[-1].items else found[-1].heading
            paragraph.pieces.append((line.start + rest, line.text[rest:]))
    return found


def _begin(found: list[Chapter], line: Line, following: Sequence[Line], phrases: Sequence[Phrase]) -> int:
    """Begin a chapter or a recommendation if the line does, and return where its text begins in the line."""
    dotted = _OF_CHAPTER.match(line.text)
    if dotted and _is_of_chapter(found, int(dotted[1]), int(dotted[2]), line.text[dotted.end() :]):
        chapter, number = int(dotted[1]), int(dotted[2])
        if not found or chapter == found[-1].number + 1:
            found.append(Chapter(Item(str(chapter), chapter, line.number)))
        found[-1].items.append(Item(f"{chapter}.{number}", number, line.number))
        return dotted.end()
    plain = None if dotted else _PLAIN.match(line.text)
    if plain is None:
        return 0
    number = int(plain[1])
    opening = " ".join((line.text, *(each.text for each in takewhile(_unnumbered, following))))
    if _is_listed(found, number) and not (number == found[-1].number + 1 and _opens_chapter(opening, phrases)):
        found[-1].items.append(Item(f"{found[-1].number}.{number}", number, line.number))
        found[-1].listed = True
    elif _is_chapter(found, number, opening, phrases):
        found.append(Chapter(Item(str(number), number, line.number)))
    else:
        return 0
    return plain.end()


def _unnumbered(line: Line) -> bool:
    return _OF_CHAPTER.match(line.text) is None and _PLAIN.match(line.text) is None


def _is_of_chapter(found: list[Chapter], chapter: int, number: int, text: str) -> bool:
    """Say whether a line that starts with "124.12", and goes on with `text`, begins a paragraph."""
    like_a_paragraph = not text[:1].islower()
    if not found or chapter == found[-1].number + 1:
        return number == 1 and like_a_paragraph
    if found[-1].listed:
        return False
    follows, here = number == found[-1].last + 1, chapter == found[-1].number
    if not text.strip():
        return follows and here
    return (follows and (here or like_a_paragraph)) or (here and number > 0 and like_a_paragraph)


def _is_listed(found: list[Chapter], number: int) -> bool:
    if not found or (found[-1].items and not found[-1].listed):
        return False
    if not found[-1].items:
        return number == 1
    return found[-1].last < number <= found[-1].last + _FURTHEST


def _is_chapter(found: list[Chapter], number: int, opening: str, phrases: Sequence[Phrase]) -> bool:
    if not found or number == found[-1].number + 1:
        return True
    return found[-1].number < number <= found[-1].number + _FURTHEST and _opens_chapter(opening, phrases)


def _opens_chapter(opening: str, phrases: Sequence[Phrase]) -> bool:
    return stated(opening, phrases) is not None or _CLOSING.search(opening) is not None

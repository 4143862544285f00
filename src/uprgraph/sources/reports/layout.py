"""The lines of a document without what belongs to its pages: headers, page numbers, notes at the foot.

Nothing is changed in the text itself: what is left knows at which character of the document it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PAGE_LINE = re.compile(
    r"(?:"
    r"(?:A/HRC/[\w./]+)?\s*(?:[Pp]age\s+)?\d{1,3}(?:\s+A/HRC/[\w./]+)?|"  # page number, with the symbol or not
    r"A/HRC/[\w./]+(?:\s+[Pp]age\s*\d{1,3})?|"
    r"(?:\d{1,3}\s+)?GE\.\d\d-\d*.*|"
    r"\*+|"
    r"\**\s*(?:The )?[Cc]onclusions and(?:/or)? recommendations (?:have not been|will not be) edited\."
    r")"
)
_FOOTNOTE = re.compile(r"\d{1,2}\s+(?:The (?:original )?recommendations? |As (?:read|stated) |See )")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: its number, from 1, the character at which it starts, and its text."""

    number: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document with white space folded; `places` says for each character where it stands there."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` up to `end`, at least one, stand in the document."""
        return self.places[start], self.places[end - 1] + 1


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a document that are part of its text, the empty ones left out."""
    start = 0
    for number, words in enumerate(text.split("\n"), 1):
        bare = words.strip()
        if bare and not _PAGE_LINE.fullmatch(bare) and not _FOOTNOTE.match(bare):
            yield Line(number, start, words)
        start += len(words) + 1


def passage(parts: Iterable[tuple[int, str]]) -> Passage:
    """Return as one passage the pieces of text that start at these characters of the document.

    A word that is divided at the end of a line is joined with its hyphen, which may belong to it.
    """
    text, places = "", list[int]()
    for start, words in parts:
        for place, word in enumerate(re.finditer(r"\S+", words)):
            divided = place == 0 and re.search(r"[^\W\d_]-$", text[-2:]) is not None
            if text and not divided:
                text += " "
                places.append(start + word.start() - 1)
            text += word[0]
            places.extend(range(start + word.start(), start + word.end()))
    return Passage(text, tuple(places))

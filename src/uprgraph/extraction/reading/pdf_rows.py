"""Rows of a page of a PDF: characters on one line, with those raised above it, as pdfminer.six places them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem, LTPage

_SAME_BASE = 1.0
"""Points by which characters of one row may differ in height."""
_SMALLER, _RAISED, _HIGHEST = 0.85, 0.2, 0.8
"""Of the size of a row: a raised character is smaller than this, begins this much higher, and no higher than that."""
_WORD, _COLUMN = 0.2, 2.0
"""Of the size of a row: distances that part words, and columns."""
_THIN, _SHORTEST_RULE = 2.0, 36.0
"""Points: how high and how long a drawn line is that may stand above footnotes."""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_DEEPEST = 20


@dataclass(slots=True)
class Glyph:
    """A character on a page: where it stands, in points from the lower left corner, and how large it is."""

    text: str
    x0: float
    x1: float
    y0: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class Row:
    """A row of a page: its text, position, the size of most of it, and which runs of its text are raised digits."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    raised: list[tuple[int, int]] = field(default_factory=list)


def rows(page: LTPage) -> tuple[list[Row], list[tuple[float, float]]]:
    """Return the rows of a page from top to bottom, and its drawn lines: how far from the left, and how high."""
    glyphs: list[Glyph] = []
    rules: list[tuple[float, float]] = []
    for item in _items(page, 0):
        if isinstance(item, LTChar) and item.upright:
            glyphs.append(_glyph(item))
        elif isinstance(item, LTCurve) and item.height < _THIN and item.width > _SHORTEST_RULE:
            rules.append((item.x0, item.y0))
    found = [row for group in _grouped(glyphs) if (row := _row(group)).text.strip()]
    return sorted(found, key=lambda row: -row.base), rules


def _items(container: Iterable[LTItem], depth: int) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTContainer) and depth < _DEEPEST:
            yield from _items(item, depth + 1)
        else:
            yield item


def _glyph(item: LTChar) -> Glyph:
    text = unicodedata.normalize("NFKC", found) if "\ufb00" <= (found := item.get_text()) <= "\ufb06" else found
    text = _UNKNOWN.sub("\N{REPLACEMENT CHARACTER}", text)
    text = "".join(each if each.isprintable() or _is_kept(each) else " " for each in text)
    return Glyph(text, item.x0, item.x1, item.y0, item.matrix[5], item.size, "bold" in item.fontname.lower())


def _is_kept(character: str) -> bool:
    """Tell whether a character that is not printable is kept: a soft hyphen, or one of the bullets for private use."""
    return character == "\N{SOFT HYPHEN}" or "\ue000" <= character <= "\uf8ff"


def _grouped(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters by rows; raised ones are with the row that they stand in."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: each.base):
        if groups and glyph.base - groups[-1][0].base <= _SAME_BASE:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    merged: list[list[Glyph]] = []
    for group in groups:
        below = merged[-1] if merged else None
        if below and _stands_in(group, below):
            below.extend(group)
        else:
            merged.append(group)
    return merged


def _stands_in(group: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    size = _size(below)
    return _size(group) < _SMALLER * size and group[0].base - below[0].base < _HIGHEST * size


def _size(glyphs: Sequence[Glyph]) -> float:
    """Return the size of most of the characters."""
    sizes = Counter(round(each.size, 1) for each in glyphs if each.text.strip())
    return sizes.most_common(1)[0][0] if sizes else glyphs[0].size


def _row(glyphs: list[Glyph]) -> Row:
    """Return the row that characters on one line are, those drawn twice to look bold taken once."""
    size = _size(glyphs)
    glyphs.sort(key=lambda each: each.x0)
    words = [each for each in glyphs if each.text.strip()] or glyphs
    full = [each for each in words if each.size > _SMALLER * size] or words
    writer = _Writer(size, min(each.y0 for each in full))
    for glyph in glyphs:
        writer.write(glyph)
    bold = sum(each.bold for each in words) * 2 > len(words)
    end = max(each.x1 for each in words)
    return Row(
        writer.text.rstrip(), words[0].x0, end, full[0].base, size, bold, [each for each in writer.raised if each[0]]
    )


class _Writer:
    """The text of a row as its characters come, from left to right, and which runs of it are raised digits."""

    def __init__(self, size: float, floor: float) -> None:
        self._size, self._floor = size, floor
        self._last: Glyph | None = None
        self.text = ""
        self.raised: list[tuple[int, int]] = []

    def write(self, glyph: Glyph) -> None:
        """Add a character, after a space where it stands at the distance of words."""
        last, words = self._last, glyph.text.strip()
        if last and last.text == glyph.text and abs(glyph.x0 - last.x0) < _WORD * self._size / 2:
            return
        if self.text == "" and not words:
            return
        if last and not self.text.endswith(" "):
            gap = (glyph.x0 - last.x1) / self._size
            self.text += "   " if gap > _COLUMN else " " if gap > _WORD else ""
        start, end = len(self.text), len(self.text) + len(glyph.text)
        small = glyph.size < _SMALLER * self._size and glyph.y0 - self._floor > _RAISED * self._size
        if small and glyph.text.isdigit():
            joined = self.raised and self.raised[-1][1] == start
            self.raised[-1:] = [(self.raised[-1][0], end)] if joined else [*self.raised[-1:], (start, end)]
        elif self.raised and self.raised[-1] == (0, start) and words:
            self.text += " "  # after the number of a footnote
        self.text += glyph.text
        self._last = glyph

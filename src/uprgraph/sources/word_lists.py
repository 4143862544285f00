"""The numbers that Word shows before paragraphs of a list, worked out from the definitions of the document's lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_LEVELS = 9
_DEEPEST_STYLE = 20
_MOST = 3_999
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: from where it counts, in which format, and what Word shows ("%1.", "%1.%2")."""

    start: int
    form: str
    shown: str


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        for part in document.part.package.iter_parts():
            if part.content_type.endswith("wordprocessingml.numbering+xml"):
                self._define(part.element)

    def _define(self, numbering: Element) -> None:
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            levels = {_integer(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iterchildren(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in numbering.iterchildren(qn("w:num")):
            name = number.get(qn("w:numId"), "")
            self._abstract[name] = _value(number, "w:abstractNumId") or ""
            self._restarts[name] = {
                _integer(override.get(qn("w:ilvl"))): _integer(start)
                for override in number.iterchildren(qn("w:lvlOverride"))
                if (start := _value(override, "w:startOverride")) is not None
            }

    def label(self, paragraph: Element, bullets: bool = False) -> str:
        """Return what Word shows before a paragraph, with a tab after it; nothing if the paragraph is in no list.

        Bullets are left out, or with `bullets` are all one character. The paragraphs of a document must come in their
        order, since this counts.
        """
        place = self._place(paragraph)
        if place is None:
            return ""
        name, depth = place
        abstract = self._abstract.get(name, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        for level, start in self._restarts.pop(name, {}).items():
            counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        if bullets and levels[depth].form == "bullet":
            return "\N{BULLET}\t"
        shown = re.sub(r"%([1-9])", lambda found: _number(levels, counts, int(found[1]) - 1), levels[depth].shown)
        return f"{shown}\t" if re.search(r"\w", shown) else ""

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list of a paragraph and the level in it, as the paragraph or its style says."""
        name, depth = None, None
        for properties in self._properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            if numbering is not None:
                name = name if name is not None else _value(numbering, "w:numId")
                depth = depth if depth is not None else _value(numbering, "w:ilvl")
            if name is not None:
                break
        return None if name in {None, "0"} else (str(name), _integer(depth))

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """Yield the properties of a paragraph, of its style, and of those that the style is based on."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return
        yield properties
        name = _value(properties, "w:pStyle")
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                return
            found = style.find(qn("w:pPr"))
            if found is not None:
                yield found
            name = _value(style, "w:basedOn")


def _level(level: Element) -> _Level:
    start = _value(level, "w:start")
    return _Level(
        start=_integer(start) if start is not None else 1,
        form=_value(level, "w:numFmt") or "decimal",
        shown=_value(level, "w:lvlText") or "",
    )


def _number(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    if level not in levels:
        return ""
    number, form = counts.get(level, levels[level].start), levels[level].form
    if form in {"bullet", "none"}:
        return ""
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _LEVELS)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= _MOST:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _value(element: Element, child: str) -> str | None:
    found = element.find(qn(child))
    return found.get(qn("w:val")) if found is not None else None


def _integer(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else 0

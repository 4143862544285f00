"""A document as it is read: its words in reading order, each of which knows where it stands in the source.

The source is the text as received, or as taken from a PDF or DOCX, and is never changed. What is read leaves out what
belongs to pages (headers, page numbers, footnotes and their marks, addresses repeated by the layout), joins lines, and
joins words that were divided at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from uprgraph.evidence import Span


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they are read: white space folded, footnote marks left out, divided words joined.

    `places` has, for each character of `text`, the offset in the source of the character that it stands for.
    """

    text: str
    places: tuple[int, ...]

    def cut(self, start: int, end: int) -> Words:
        """Return the words from one offset in `text` up to another."""
        return Words(self.text[start:end], self.places[start:end])

    def spans(self, source: str) -> tuple[Span, ...]:
        """Return the runs of the source that the words are made of.

        There is more than one run where something else stands in between: a page break with its footnotes, or a mark.
        White space and the hyphen of a divided word interrupt no run.
        """
        runs: list[Span] = []
        for place in self.places:
            if runs and (place <= runs[-1].end or _is_joint(source[runs[-1].end : place])):
                runs[-1] = Span(runs[-1].start, max(runs[-1].end, place + 1))
            else:
                runs.append(Span(place, place + 1))
        return tuple(runs)


def _is_joint(between: str) -> bool:
    """Tell whether what stands between two characters of the source is only white space, or the end of a line."""
    return not between.strip() or (between.lstrip()[:1] in ("-", "\N{SOFT HYPHEN}") and not between.strip()[1:].strip())


class Kind(StrEnum):
    """What a paragraph is."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    """An item of a list, without its bullet or number."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its number as printed and its words, those on the next page included."""

    number: str
    words: Words


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a footnote: the number, and the offset in the words of the paragraph before which it stood."""

    number: str
    offset: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in reading order; one that a page break interrupts is one paragraph.

    `section` is the heading above it, empty before the first; `number` that of a numbered paragraph ("12."), where the
    document numbers them; `page` counts from 1.
    """

    kind: Kind
    words: Words
    section: str = ""
    marks: tuple[Mark, ...] = ()
    number: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is read.

    `structure` are the runs of the source that state nothing, each with what it is: "page header", "page number",
    "footnote mark", "bullet", "heading", "repeated address".
    """

    source: str
    paragraphs: tuple[Paragraph, ...]
    footnotes: Mapping[str, Footnote] = field(default_factory=dict)
    structure: tuple[tuple[Span, str], ...] = ()

    def notes_of(self, paragraph: Paragraph) -> Iterator[Footnote]:
        """Yield the footnotes whose marks stand in a paragraph, in their order."""
        for mark in paragraph.marks:
            if mark.number in self.footnotes:
                yield self.footnotes[mark.number]

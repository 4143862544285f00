"""A document put together from lines whose roles, pages and distances are known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from uprgraph.extraction.document import Document, Footnote, Kind, Mark, Paragraph, Words
from uprgraph.extraction.reading import headings, joining, marks, notes, structure
from uprgraph.extraction.reading.blocks import Block, build
from uprgraph.extraction.reading.lines import Line, Role

_MARK, _NOTE_NUMBER, _BULLET, _PARAGRAPH_NUMBER = "footnote mark", "footnote number", "bullet", "paragraph number"
_HYPHEN, _HEADING = "hyphen", "heading"
_Roles = list[tuple[int, int, str]]


def assemble(source: str, lines: Sequence[Line], rules: Sequence[tuple[int, int]] = ()) -> Document:
    """Return the document of lines. `rules` are runs of the source that are drawn lines."""
    found, stray, at_end = notes.read(lines)
    for line in stray:
        line.role = Role.BODY
    body = [line for line in lines if line.role is Role.BODY]
    for above, line in pairwise(body):
        line.first = above.page != line.page
    marked = marks.find(body, {note.number: note.page for note in found}, partial=at_end)
    assembly = _Assembly(source, lines, marked)
    assembly.roles += [(start, end, str(Role.RULE)) for start, end in rules]
    blocks = build(body, assembly.clean, _width(body))
    headings.mark(blocks)
    paragraphs = assembly.paragraphs(blocks)
    footnotes = assembly.footnotes(found)
    runs = structure.of(source, paragraphs, footnotes, assembly.roles)
    return Document(source, tuple(paragraphs), footnotes, runs)


def _width(body: Sequence[Line]) -> float:
    """Return how many characters a full line has."""
    return median(line.room + len(line.text) for line in body) if body else 0.0


class _Assembly:
    """The source and what is known of its characters; `roles` are the runs that are no words, with what they are."""

    def __init__(self, source: str, lines: Sequence[Line], marked: Sequence[marks.Candidate]) -> None:
        self._source = source
        self._marked = marked
        self._starts = [each.start for each in marked]
        self._left_out = {place for each in marked for place in range(each.start, each.end)}
        self._hyphens = joining.Hyphens.of([line for line in lines if line.role in (Role.BODY, Role.NOTE)])
        no_words = [line for line in lines if line.role not in (Role.BODY, Role.NOTE)]
        self.roles: _Roles = [(line.start, line.end, str(line.role)) for line in no_words]
        self.roles += [(each.start, each.end, _MARK) for each in marked]

    def clean(self, line: Line) -> str:
        """Return the text of a line without its marks."""
        at = bisect_left(self._starts, line.start)
        if at == len(self._starts) or self._starts[at] >= line.end:
            return line.text
        kept = (each for place, each in enumerate(line.text, line.start) if place not in self._left_out)
        return "".join(kept).rstrip()

    def paragraphs(self, blocks: Sequence[Block]) -> list[Paragraph]:
        """Return the paragraphs that blocks are, each with the heading above it."""
        found: list[Paragraph] = []
        section = ""
        for block in blocks:
            if block.bullet:
                self.roles.append((*block.bullet, _PARAGRAPH_NUMBER if block.number else _BULLET))
            runs = [(line.start, line.end) for line in block.lines]
            runs[0] = (block.start, runs[0][1])
            words = self._words(runs, self._left_out)
            if not words.text:
                continue
            marked = self._marks(runs, words)
            found.append(Paragraph(block.kind, words, section, marked, block.number, block.lines[0].page))
            if block.kind is Kind.HEADING:
                self.roles += [(span.start, span.end, _HEADING) for span in words.spans(self._source)]
                section = words.text
        return found

    def footnotes(self, found: Sequence[notes.Note]) -> dict[str, Footnote]:
        """Return the footnotes by their numbers."""
        self.roles += [(*note.mark, _NOTE_NUMBER) for note in found]
        return {str(each.number): Footnote(str(each.number), self._words(each.runs, set())) for each in found}

    def _words(self, runs: Sequence[tuple[int, int]], left_out: set[int]) -> Words:
        drop, closed = joining.dropped_hyphens(self._source, runs, self._hyphens)
        self.roles += [(place, place + 1, _HYPHEN) for place in sorted(drop)]
        return joining.words(self._source, runs, left_out | drop if drop else left_out, closed)

    def _marks(self, runs: Sequence[tuple[int, int]], words: Words) -> tuple[Mark, ...]:
        found: list[Mark] = []
        for start, end in runs:
            for at in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                each = self._marked[at]
                found.append(Mark(str(each.number), bisect_left(words.places, each.start)))
        return tuple(found)

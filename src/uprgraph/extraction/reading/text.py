"""A document from plain text, or from the lines that another reader has laid out."""

from __future__ import annotations

from collections.abc import Sequence

from uprgraph.extraction.document import Document, Footnote, Kind, Mark, Paragraph, Words
from uprgraph.extraction.reading import blocks as building
from uprgraph.extraction.reading import headings, joining, marks, notes, pages
from uprgraph.extraction.reading import structure as structures
from uprgraph.extraction.reading.lines import Line, Role, measure, split

_FOOTNOTE_MARK, _FOOTNOTE_NUMBER, _BULLET, _PARAGRAPH_NUMBER = (
    "footnote mark",
    "footnote number",
    "bullet",
    "paragraph number",
)


def read_text(text: str) -> Document:
    """Return the document that a plain text is, such as one made from a PDF. Any text can be read."""
    lines, rules = split(text)
    measure(lines)
    pages.assign(lines)
    measure(lines)
    return assemble(text, lines, rules)


def assemble(source: str, lines: Sequence[Line], rules: Sequence[tuple[int, int]] = ()) -> Document:
    """Return the document of lines whose roles, pages and gaps are known."""
    found, stray, at_end = notes.read(lines)
    for line in stray:
        line.role = Role.BODY
    body = [line for line in lines if line.role is Role.BODY]
    marked = marks.find(body, {note.number: note.page for note in found}, partial=at_end)
    hyphens = joining.Hyphens.of([line for line in lines if line.role in (Role.BODY, Role.NOTE)])
    left_out = {place for each in marked for place in range(each.start, each.end)}
    blocks = building.build(body, lambda line: _clean(line, left_out), _width(body))
    headings.mark(blocks)
    roles: list[tuple[int, int, str]] = [(*rule, str(Role.RULE)) for rule in rules]
    roles += [(line.start, line.end, str(line.role)) for line in lines if line.role not in (Role.BODY, Role.NOTE)]
    roles += [(each.start, each.end, _FOOTNOTE_MARK) for each in marked]
    roles += [(*note.mark, _FOOTNOTE_NUMBER) for note in found]
    paragraphs = _paragraphs(source, blocks, hyphens, marked, left_out, roles)
    footnotes: dict[str, Footnote] = {}
    for note in found:
        footnotes[str(note.number)] = Footnote(str(note.number), _words(source, note.runs, hyphens, set(), roles))
    structure = structures.of(source, paragraphs, footnotes, roles)
    return Document(source, tuple(paragraphs), footnotes, structure)


def _width(body: Sequence[Line]) -> float:
    return max((line.room + len(line.text) for line in body), default=0.0)


def _clean(line: Line, left_out: set[int]) -> str:
    """Return the text of a line without its marks; its length at the beginning is that of the source."""
    return "".join(character for place, character in enumerate(line.text, line.start) if place not in left_out).rstrip()


def _words(
    source: str,
    runs: Sequence[tuple[int, int]],
    hyphens: joining.Hyphens,
    left_out: set[int],
    roles: list[tuple[int, int, str]],
) -> Words:
    drop, closed = joining.dropped_hyphens(source, runs, hyphens)
    roles += [(place, place + 1, "hyphen") for place in drop]
    return joining.words(source, runs, left_out | drop, closed)


def _paragraphs(
    source: str,
    blocks: Sequence[building.Block],
    hyphens: joining.Hyphens,
    marked: Sequence[marks.Candidate],
    left_out: set[int],
    roles: list[tuple[int, int, str]],
) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    section = ""
    for block in blocks:
        if block.bullet:
            roles.append((*block.bullet, _PARAGRAPH_NUMBER if block.number else _BULLET))
        runs = [(line.start, line.end) for line in block.lines]
        runs[0] = (block.start, runs[0][1])
        words = _words(source, runs, hyphens, left_out, roles)
        if not words.text:
            continue
        if block.kind is Kind.HEADING:
            roles += [(span.start, span.end, "heading") for span in words.spans(source)]
        own = tuple(
            Mark(str(each.number), sum(place < each.start for place in words.places))
            for each in marked
            if any(start <= each.start < end for start, end in runs)
        )
        paragraphs.append(Paragraph(block.kind, words, section, own, block.number, block.lines[0].page))
        if block.kind is Kind.HEADING:
            section = words.text
    return paragraphs

"""PDF for tests, made of a document that was read from plain text, in the form that ODIHR's submissions have.

Each page has a header, a footer of two columns and its number; footnotes stand at the end of the page of their mark, in
small print below a drawn line, and go on at the end of the next page where they have no room; words are divided at the
ends of lines, and pages break inside sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from uprgraph.extraction.document import Document, Kind, Paragraph

_WIDTH, _HEIGHT = A4
_LEFT, _TOP, _BOTTOM = 72.0, _HEIGHT - 90.0, 100.0
_SIZE, _LEADING, _GAP = 11.0, 13.0, 7.0
_NOTE_SIZE, _NOTE_LEADING = 9.0, 10.5
_HEADER = "ODIHR Submission to the Universal Periodic Review"
_FOOTER = (("OSCE Office for Democratic Institutions", "and Human Rights"), ("Miodowa Street 10", "00-251 Warsaw"))
_SHORTEST_DIVIDED = 9


@dataclass(frozen=True)
class _Run:
    """Words in one style; a mark is raised."""

    text: str
    raised: bool = False


@dataclass
class _Set:
    """A line as it is set: its runs, how far it is set in, and the numbers of the footnotes whose marks it has."""

    runs: list[_Run]
    indent: float = 0.0
    last: bool = False
    bold: bool = False
    space: float = 0.0
    bullet: str = ""
    notes: list[str] = field(default_factory=list)


def make(document: Document, path: Path, bullet: str = "\N{BULLET}") -> Path:
    """Write a document as a PDF."""
    pages = _Pages(document, Canvas(str(path), pagesize=A4))
    for paragraph in document.paragraphs:
        for line in _lines(paragraph, bullet):
            pages.add(line)
    pages.end()
    return path


class _Pages:
    """The pages as they fill: lines from the top, footnotes from the bottom."""

    def __init__(self, document: Document, canvas: Canvas) -> None:
        self._document, self._canvas = document, canvas
        self._page = 0
        self._waiting: list[_Set] = []
        self._begin()

    def _begin(self) -> None:
        self._page += 1
        self._y = _TOP
        self._notes = self._waiting
        self._waiting = []

    def add(self, line: _Set) -> None:
        """Add a line, on the next page where this one has no room for it and at least two lines of its footnotes."""
        notes = [
            each
            for number in line.notes
            if number in self._document.footnotes
            for each in _note_lines(self._document, number)
        ]
        space = line.space if self._y < _TOP else 0.0
        if self._y - space - _LEADING < _BOTTOM + _NOTE_LEADING * (len(self._notes) + min(len(notes), 2) + 1):
            self._finish()
            space = 0.0
        self._y -= space + _LEADING
        _draw(self._canvas, line, self._y, _SIZE)
        room = int((self._y - _BOTTOM) / _NOTE_LEADING) - 1 - len(self._notes)
        if self._waiting:
            room = 0
        self._notes += notes[: max(room, 0)]
        self._waiting += notes[max(room, 0) :]

    def end(self) -> None:
        """Finish the last page, and further ones for footnotes that have no room on it."""
        self._finish()
        while self._notes:
            self._finish()
        self._canvas.save()

    def _finish(self) -> None:
        canvas = self._canvas
        if self._notes:
            top = _BOTTOM + _NOTE_LEADING * len(self._notes)
            canvas.line(_LEFT, top + 2, _LEFT + 144, top + 2)
            for number, line in enumerate(self._notes, 1):
                _draw(canvas, line, top - number * _NOTE_LEADING + 2, _NOTE_SIZE)
        canvas.setFont("Times-Italic", 9)
        canvas.drawCentredString(_WIDTH / 2, _HEIGHT - 50, _HEADER)
        canvas.setFont("Times-Roman", 8)
        for x, column in zip((_LEFT, 350.0), _FOOTER, strict=True):
            for number, text in enumerate(column):
                canvas.drawString(x, 60 - 10 * number, text)
        canvas.drawCentredString(_WIDTH / 2, 30, str(self._page))
        canvas.showPage()
        self._begin()


def _draw(canvas: Canvas, line: _Set, y: float, size: float) -> None:
    font = "Times-Bold" if line.bold else "Times-Roman"
    if line.bullet:
        canvas.setFont(font, size)
        canvas.drawString(_LEFT, y, line.bullet)
    text = canvas.beginText(_LEFT + line.indent, y)
    spaces = sum(run.text.count(" ") for run in line.runs)
    if not line.last and spaces:
        text.setWordSpace((_room(line.indent) - sum(_width(run, font, size) for run in line.runs)) / spaces)
    for run in line.runs:
        text.setFont(font, size * 0.6 if run.raised else size)
        text.setRise(size * 0.35 if run.raised else 0)
        text.textOut(run.text)
    canvas.drawText(text)


def _width(run: _Run, font: str, size: float) -> float:
    return float(stringWidth(run.text, font, size * 0.6 if run.raised else size))


def _room(indent: float) -> float:
    return _WIDTH - 2 * _LEFT - indent


def _lines(paragraph: Paragraph, bullet: str) -> Iterator[_Set]:
    """Yield the lines of a paragraph, words divided where they have no room."""
    words: list[list[_Run]] = []
    start = 0
    text = paragraph.words.text
    marks = {mark.offset: mark.number for mark in paragraph.marks}
    for word in text.split(" "):
        runs: list[_Run] = []
        cut = 0
        for offset in range(1, len(word) + 1):
            if start + offset in marks:
                runs += [_Run(word[cut:offset]), _Run(marks[start + offset], raised=True)]
                cut = offset
        words.append([*runs, _Run(word[cut:])] if cut < len(word) else runs)
        start += len(word) + 1
    if paragraph.number:
        words.insert(0, [_Run(f"{paragraph.number}.")])
    bold, item = paragraph.kind is Kind.HEADING, paragraph.kind is Kind.ITEM
    lines = list(_wrapped(words, 18.0 if item else 0.0, _SIZE, bold))
    lines[0].space = _GAP
    lines[0].bullet = bullet if item else ""
    yield from lines


def _note_lines(document: Document, number: str) -> list[_Set]:
    words = [[_Run(word)] for word in document.footnotes[number].words.text.split(" ")]
    return list(_wrapped([[_Run(number, raised=True)], *words], 0.0, _NOTE_SIZE, bold=False))


def _wrapped(words: list[list[_Run]], indent: float, size: float, bold: bool) -> Iterator[_Set]:
    font = "Times-Bold" if bold else "Times-Roman"
    line: list[_Run] = []
    waiting = words[::-1]
    while waiting:
        word = waiting.pop()
        longer = [*line, _Run(" "), *word] if line else word
        if not line or sum(_width(run, font, size) for run in longer) <= _room(indent):
            line = longer
            continue
        for first, rest in _divisions(word):
            divided = [*line, _Run(" "), _Run(first)]
            if sum(_width(run, font, size) for run in divided) <= _room(indent):
                line = divided
                word = [_Run(rest), *word[1:]]
                break
        yield _set(line, indent, bold, last=False)
        line = []
        waiting.append(word)
    yield _set(line, indent, bold, last=True)


def _set(runs: list[_Run], indent: float, bold: bool, last: bool) -> _Set:
    return _Set(runs, indent, last, bold, notes=[run.text for run in runs if run.raised and runs[0] is not run])


def _divisions(word: list[_Run]) -> Iterator[tuple[str, str]]:
    """Yield how a word may be divided, the longer first part first: at its hyphens, or in the middle."""
    text = word[0].text
    if "/" in text or "@" in text:
        return
    for at in range(len(text) - 2, 1, -1):
        if text[at] == "-" and text[at - 1].isalpha() and text[at + 1].isalpha():
            yield text[: at + 1], text[at + 1 :]
    if len(text) >= _SHORTEST_DIVIDED and text.isalpha() and text.islower():
        yield text[: len(text) // 2] + "-", text[len(text) // 2 :]

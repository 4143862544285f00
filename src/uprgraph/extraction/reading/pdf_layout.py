"""Rows of all pages of a PDF laid out as one text, with what their positions tell of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uprgraph.extraction.reading import pdf_roles, shapes
from uprgraph.extraction.reading.lines import PAGE_BREAK, Line, Role
from uprgraph.extraction.reading.pdf_roles import Page
from uprgraph.extraction.reading.pdf_rows import Row

_GAP = 1.3
"""Times the distance of lines: from here on it is one of paragraphs."""
_WRAPPED = 0.4
"""Of the distances of two lines: so many at least are within paragraphs."""
_LARGER, _SET_IN = 1.08, 0.5
"""Of the size of the text: how large headings are, and how far a line is set in."""


def laid_out(pages: Sequence[Page]) -> tuple[str, list[Line]]:
    """Return the text of pages, a form feed between two of them, and its lines with all that is known of them."""
    size = _usual_size(pages)
    roles = pdf_roles.assign(pages, size)
    body = [row for page, found in zip(pages, roles, strict=True) for row in _of(Role.BODY, page.rows, found)]
    measure = _Measure(size, _leading(pages, roles), *_margins(body))
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for number, (page, found) in enumerate(zip(pages, roles, strict=True), 1):
        above: Row | None = None
        for row, role in zip(page.rows, found, strict=True):
            gap = above is not None and measure.is_gap(above, row)
            space = "\n" * (1 + gap) if above is not None else PAGE_BREAK * (number - 1 - _page_breaks(lines))
            at += len(space)
            parts += (space, row.text)
            line = Line(at, at + len(row.text), row.text, page=number, role=role)
            line.gap = gap and bool(lines) and lines[-1].role is role  # what is below a header tells nothing
            lines.append(measure.line(row, above, line))
            at += len(row.text)
            above = row
    return "".join(parts), lines


def _page_breaks(lines: Sequence[Line]) -> int:
    """Return how many form feeds stand before the end of the last line."""
    return lines[-1].page - 1 if lines else 0


@dataclass(frozen=True, slots=True)
class _Measure:
    """Of the text of a document: its size, the distance of its lines, and its margins, all in points."""

    size: float
    leading: float
    left: float
    right: float

    def is_gap(self, above: Row, row: Row) -> bool:
        """Tell whether two rows are a paragraph apart."""
        return above.base - row.base > _GAP * self.leading * max(1.0, row.size / self.size)

    def line(self, row: Row, above: Row | None, line: Line) -> Line:
        """Set what the position of a row tells of its line."""
        width = (row.x1 - row.x0) / len(row.text) or 1.0
        line.room = (self.right - row.x1) / width
        line.raised = tuple((line.start + start, line.start + end) for start, end in row.raised)
        line.strong = row.bold or row.size > _LARGER * self.size
        hanging = above is not None and shapes.bullet(above.text) > 0
        set_in = row.x0 - max(self.left, above.x0 if above else self.left) > _SET_IN * self.size
        line.indent = int(set_in and not hanging)
        return line


def _of(role: Role, rows: Sequence[Row], roles: Sequence[Role]) -> list[Row]:
    return [row for row, found in zip(rows, roles, strict=True) if found is role]


def _usual_size(pages: Sequence[Page]) -> float:
    """Return the size of most of the text."""
    counted: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            counted[round(row.size, 1)] += len(row.text)
    return max(counted.most_common(1)[0][0], 1.0) if counted else 1.0


def _leading(pages: Sequence[Page], roles: Sequence[Sequence[Role]]) -> float:
    """Return the distance of two lines of a paragraph: that of most lines."""
    distances = [
        above.base - row.base
        for page, found in zip(pages, roles, strict=True)
        for above, row in pairwise(_of(Role.BODY, page.rows, found))
    ]
    return sorted(distances)[int(len(distances) * _WRAPPED)] if distances else 0.0


def _margins(rows: Sequence[Row]) -> tuple[float, float]:
    """Return where most rows begin, and where full rows end."""
    if not rows:
        return 0.0, 0.0
    ends = sorted(row.x1 for row in rows)
    return float(Counter(round(row.x0) for row in rows).most_common(1)[0][0]), ends[int(len(ends) * 0.95)]

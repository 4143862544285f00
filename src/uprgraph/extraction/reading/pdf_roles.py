"""What rows of a PDF belong to, by where they stand and how large they are: text, footnotes, headers and footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uprgraph.extraction.reading import furniture
from uprgraph.extraction.reading.lines import Role
from uprgraph.extraction.reading.pages import note_number
from uprgraph.extraction.reading.pdf_rows import Row

_MARGIN = 0.14
"""Of the height of a page: how far from its top and bottom headers and footers stand."""
_OFTEN = 0.4
"""Of pages, on which a header or footer recurs."""
_NOTE_SIZE = 0.93
"""Of the size of the text: what is smaller at the end of a page are footnotes."""
_APART = 2.0
"""Times the size of small print, the distance at which a header or footer stands from the text."""
_Key = tuple[str, int]


@dataclass(slots=True)
class Page:
    """A page: its rows from top to bottom, its drawn lines (how far from the left, how high), and its height."""

    rows: list[Row]
    rules: list[tuple[float, float]]
    height: float


def assign(pages: Sequence[Page], size: float) -> list[list[Role]]:
    """Return the role of each row of each page."""
    recurring = _recurring(pages)
    last, before = 0, ""
    found: list[list[Role]] = []
    for page in pages:
        roles = _running(page, recurring)
        if len(pages) == 1:
            _alone(page, roles, size)
        for index in _notes(page, roles, size, last, before):
            roles[index] = Role.NOTE
            last = note_number(page.rows[index].text, last, before) or last
            before = page.rows[index].text
        found.append(roles)
    return found


def _recurring(pages: Sequence[Page]) -> set[_Key]:
    """Return what stands at the top or bottom of many pages at the same height, without its numbers."""
    counted = Counter(key for page in pages for key in {_key(row) for row in page.rows if _edge(page, row)})
    return {key for key, times in counted.items() if times >= max(2, _OFTEN * len(pages))}


def _key(row: Row) -> _Key:
    return furniture.unnumbered(row.text), round(row.base / 2)


def _edge(page: Page, row: Row) -> Role | None:
    """Return whether a row stands where a page may have its header or footer, None if it stands between these."""
    if row.base > page.height * (1 - _MARGIN):
        return Role.HEADER
    return Role.FOOTER if row.base < page.height * _MARGIN else None


def _running(page: Page, recurring: set[_Key]) -> list[Role]:
    """Return the role of each row of a page as far as headers, footers and page numbers are concerned."""
    found: list[Role] = []
    for index, row in enumerate(page.rows):
        edge = _edge(page, row)
        outermost = index in (0, len(page.rows) - 1)
        if edge and furniture.is_page_number(row.text) and (outermost or _key(row) in recurring):
            found.append(Role.NUMBER)
        else:
            found.append(edge if edge and _key(row) in recurring else Role.BODY)
    return found


def _alone(page: Page, roles: list[Role], size: float) -> None:
    """Set the roles of header and footer of the only page of a document: small print that stands apart at its edges."""
    rows = page.rows
    apart = [above.base - row.base > _APART * row.size for above, row in pairwise(rows)]
    for role, order, inner in ((Role.HEADER, range(len(rows)), 0), (Role.FOOTER, range(len(rows))[::-1], -1)):
        edge: list[int] = []
        for at in order:
            noted = roles[at] is Role.BODY and note_number(rows[at].text, 0, "") > 0
            if _edge(page, rows[at]) is not role or rows[at].size > _NOTE_SIZE * size or noted:
                break
            edge.append(at)
            if 0 <= at + inner < len(apart) and apart[at + inner] and roles[at] is Role.BODY:
                for each in edge:
                    roles[each] = role if roles[each] is Role.BODY else roles[each]
                break


def _notes(page: Page, roles: Sequence[Role], size: float, last: int, before: str) -> list[int]:
    """Return which rows of a page are its footnotes: small rows at its end, or those below a drawn line there.

    `last` is the number of the last footnote above, `before` the last row of it.
    """
    body = [index for index, role in enumerate(roles) if role is Role.BODY]
    start = len(body)
    while start and page.rows[body[start - 1]].size <= _NOTE_SIZE * size:
        start -= 1
    if start == len(body):
        start = _below_rule(page, body, last)
    begun = last > 0 and before != "" and not furniture.ends_well(before)
    while start < len(body) and not begun and not note_number(page.rows[body[start]].text, last, ""):
        start += 1
    return body[start:]


def _below_rule(page: Page, body: Sequence[int], last: int) -> int:
    """Return from which row on footnotes stand that are no smaller than the text: below a drawn line."""
    for start in range(1, len(body)):
        above, row = page.rows[body[start - 1]], page.rows[body[start]]
        ruled = any(row.base < height < above.base and left <= row.x0 + row.size for left, height in page.rules)
        if ruled and note_number(row.text, last, "") == last + 1:
            return start
    return len(body)

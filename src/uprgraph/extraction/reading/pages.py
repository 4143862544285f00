"""Pages of a plain text: where they begin, and where their footnotes begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uprgraph.extraction.reading import furniture, marks
from uprgraph.extraction.reading.lines import PAGE_BREAK, Line, Role

NOTE = re.compile(r"(\d{1,3}|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3})(?:[.)]?\s+(?=\S)|(?=[^\W\d_])|\Z)")
"""The beginning of a footnote: its number, and what stands between that and its words."""
_PLAIN = re.compile(r"\d{1,3}\s+\S|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]")
"""The same, where nothing but the number tells that a footnote begins."""
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,7}\b", re.IGNORECASE)
_LEAP = 3
"""By how much numbers of footnotes may grow from one to the next: one may be lost."""
_ENDNOTES = frozenset(("notes", "endnotes", "footnotes"))


def assign(lines: Sequence[Line], source: str) -> None:
    """Set `role`, `page` and `first` of each line of a plain text."""
    furniture.assign(lines)
    walk = _Walk(lines, PAGE_BREAK in source)
    for index in range(len(lines)):
        walk.take(index)


def is_above_endnotes(text: str) -> bool:
    """Tell whether a line is the heading of notes at the end of a document."""
    return text.lower() in _ENDNOTES


def note_number(text: str, last: int, before: str) -> int:
    """Return the number with which a line begins a footnote after that of number `last`, 0 if it begins none.

    `before` is the line above it, in whose sentence a number may stand.
    """
    match = NOTE.match(text)
    number = marks.value(match[1]) if match else 0
    if match is None or not last < number <= last + _LEAP:
        return 0
    within = before != "" and not furniture.ends_well(before)
    return 0 if within and (number != last + 1 or _MONTH.match(text, match.end())) else number


class _Walk:
    """The state in which lines are taken one after the other."""

    def __init__(self, lines: Sequence[Line], fed: bool) -> None:
        self._lines = lines
        self._fed = fed
        self._page = 1
        self._noting = self._at_end = False
        self._last = 0
        self._before = ""
        self._marked: set[int] = set()

    def take(self, index: int) -> None:
        """Set what is known of a line by those before it."""
        line = self._lines[index]
        fed, line.first = line.first and index > 0, False
        if fed or (index > 0 and self._starts_page(index)):
            self._page += 1
            self._noting = self._at_end
            self._marked.clear()
            line.first = True
        line.page = self._page
        if line.role is not Role.BODY:
            return
        if not self._noting:
            self._noting = self._starts_notes(line)
        if self._noting:
            self._take_note(line)
        elif is_above_endnotes(line.text) and self._goes_on_with_note(index + 1):
            self._noting = self._at_end = True
        else:
            self._marked.update(each.number for each in marks.candidates(line) if each.weight >= marks.SURE)

    def _take_note(self, line: Line) -> None:
        line.role = Role.NOTE
        self._last = note_number(line.text, self._last, self._before) or self._last
        self._before = line.text

    def _goes_on_with_note(self, index: int) -> bool:
        return index < len(self._lines) and not self._last and note_number(self._lines[index].text, 0, "") == 1

    def _starts_notes(self, line: Line) -> bool:
        """Tell whether footnotes begin here: below a rule, or with the number of a mark that stands above."""
        follows = note_number(line.text, self._last, "") == self._last + 1
        if line.rule:
            return follows or (self._last > 0 and not furniture.ends_well(self._before))
        return self._fed and follows and self._last + 1 in self._marked and _PLAIN.match(line.text) is not None

    def _starts_page(self, index: int) -> bool:
        """Tell whether a page begins without a form feed: with a line set in by one, after what ends a page."""
        line, above = self._lines[index], self._lines[index - 1]
        if self._fed or self._at_end or line.rule:
            return False
        if above.role is Role.NUMBER:
            return True
        return line.indent == 1 and (self._noting or above.role is Role.ADDRESS)

"""Days, months and years as texts write them, and periods between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uprgraph.extraction.phrasing import compiled

_MONTHS = {
    month: number
    for number, month in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_TO = r"\s*(?:and|to|until|-|\N{EN DASH}|\N{EM DASH}|/)\s*"
_ROUND = r"(?:(?:on|the|a|its|second|rounds?|run-?off|held|of)\s+){0,6}"
"""What may stand between the days of two rounds of an election."""
_FORMS = (
    rf"(?P<d>\d{{1,2}})\s+(?P<m>{{{{month}}}})(?:\s+(?P<y>{{{{year}}}}))?{_TO}{_ROUND}(?P<d2>\d{{1,2}})\s+(?P<m2>{{{{month}}}}),?\s+(?P<y2>{{{{year}}}})",
    rf"(?:(?P<d>\d{{1,2}}){_TO})?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m2>{{{{month}}}}),?\s+(?P<y2>{{{{year}}}})",
    r"(?P<m2>{{month}})\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,\s+(?P<y2>{{year}})",
    r"(?P<y2>{{year}})-(?P<m2>\d\d)-(?P<d2>\d\d)(?![\d-])",
    r"(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>(?:19|20)\d\d)(?!\d)",
    r"(?P<m2>{{month}}),?\s+(?P<y2>{{year}})",
    r"(?P<y2>{{year}})",
)
_PATTERNS = tuple(compiled(r"(?<![\w/.])" + form) for form in _FORMS)
_YEARS = re.compile(
    r"(?<![\w./-])(?P<start>(?:19|20)\d\d)\s*(?:-|\N{EN DASH}|/|\s(?:to|until|through)\s|(?<=between \d{4})\sand\s)\s*"
    r"(?P<end>(?:19|20)\d\d|\d\d)(?![\d/])"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a month or year where no more is said: its dates ("2016-03-20", "2016-03", "2016") and offsets.

    There are two dates where the text has two of them in one: "8 and 22 March 2020", "31 January to 4 February 2022".
    """

    dates: tuple[str, ...]
    start: int
    end: int

    @property
    def first(self) -> str:
        """The first of the dates."""
        return self.dates[0]


@dataclass(frozen=True, slots=True)
class Period:
    """A period, by the dates at which it starts and ends, and where it stands in the text."""

    first: str
    last: str
    start: int
    end: int


def days(text: str) -> list[Day]:
    """Return the days, months and years of a text in their order, each by the fullest form that fits."""
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            dates = _dates(match.groupdict())
            if dates:
                found.append(Day(dates, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def periods(text: str) -> Iterator[Period]:
    """Yield each period of years: "2018-2020", "2018 to 2020", "2019-22"."""
    for match in _YEARS.finditer(text):
        start, end = match["start"], match["end"]
        end = end if len(end) == len(start) else start[:2] + end
        if start < end:
            yield Period(start, end, match.start(), match.end())


def _dates(parts: dict[str, str | None]) -> tuple[str, ...]:
    year = str(parts["y2"])
    month, day = parts.get("m2"), parts.get("d2")
    last = _date(year, month, day)
    first = _date(parts.get("y") or year, parts.get("m") or month, parts.get("d")) if parts.get("d") else None
    return tuple(each for each in (first, last) if each)


def _date(year: str, month: str | None, day: str | None) -> str | None:
    """Return a date as far as it is given, None if there is no such day."""
    if not month:
        return year
    number = _MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
    try:
        found = date(int(year), number, int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else found.isoformat()[:7]

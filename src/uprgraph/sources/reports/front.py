"""What the first pages of a report say of it: symbol, State under review, session, dates."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from uprgraph.wording import fold_space

_FRONT = 20_000
"""Characters in which the introduction is looked for: a table of contents may stand before it."""
_PAGE = 4_000
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60}
ORDINALS = (
    {word: number for number, word in enumerate([*_UNITS, *_TEENS], 1)}
    | {f"{word}ieth": number for word, number in _TENS.items()}
    | {f"{ten}y-{unit}": start + number for ten, start in _TENS.items() for number, unit in enumerate(_UNITS, 1)}
)
"""Ordinal numbers in words, up to the 69th."""
_SYMBOL = re.compile(r"A/HRC/\d{1,3}/\d{1,3}(?:/Add\.\d{1,2})?(?![\w/])")
_DATE = r"(\d{1,2})\s+([A-Z][a-z]+)\s+(\d{4})"
_SESSION = re.compile(r"held its\s+([a-z]+(?:\s*-\s*[a-z]+)?)\s+session(?:,?\s+from\s+(.{5,60}?\d{4}))?", re.IGNORECASE)
_REVIEW = re.compile(r"[Tt]he review of (?:the )?([^.;]{2,80}?)\s+was held")
_TITLE = re.compile(
    r"Report of the Working Group on the Universal\s*Periodic\s+Review[ *]*\n"
    r"(?:[ \t]*\*[^\n]*\n|[ \t]*\n)*([^\n*]{3,80})\n",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(\d{1,2})(?:\s+([A-Z][a-z]+))?(?:\s+(\d{4}))?\s+to\s+" + _DATE)


@dataclass(frozen=True, slots=True)
class Front:
    """What a report says of itself; None where it does not. `state` and `title` are names as they stand.

    `session` is the number of the session of the Working Group, `start` and `end` its days, `issued` that of the
    report (ISO 8601). `state` is from the sentence on the review, `title` from the first page.
    """

    symbol: str | None
    state: str | None
    title: str | None
    session: int | None
    start: str | None
    end: str | None
    issued: str | None


def read(text: str) -> Front:
    """Return what the first pages of the text say."""
    page, front = text[:_PAGE], fold_space(text[:_FRONT])
    session = _SESSION.search(front)
    review = _REVIEW.search(front)
    title = _TITLE.search(page)
    start, end = _days(session[2]) if session and session[2] else (None, None)
    return Front(
        symbol=_symbol(page),
        state=review[1] if review else None,
        title=fold_space(title[1]) if title else None,
        session=ORDINALS.get(re.sub(r"\s", "", session[1]).lower()) if session else None,
        start=start,
        end=end,
        issued=_issued(page),
    )


def _symbol(page: str) -> str | None:
    found = _SYMBOL.search(page)
    return found[0] if found else None


def _issued(page: str) -> str | None:
    distributed = page.find("Distr.")
    found = re.compile(_DATE).search(page, max(distributed, 0), max(distributed, 0) + 400)
    return _day(*found.groups()) if found and distributed >= 0 else None


def _days(words: str) -> tuple[str | None, str | None]:
    found = _DAYS.fullmatch(fold_space(words))
    if found is None:
        return None, None
    day, month, year, *last = found.groups()
    return _day(day, month or last[1], year or last[2]), _day(*last)


def _day(day: str, month: str, year: str) -> str | None:
    try:
        return date(int(year), _MONTHS[month.lower()], int(day)).isoformat()
    except (KeyError, ValueError):
        return None

"""How the Universal Human Rights Index writes numbers, days and symbols, each read strictly: None for anything else."""

from __future__ import annotations

import re
from datetime import date, timedelta

from uprgraph.sources import goals

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_SYMBOL = re.compile(r"[A-Z][A-Za-z0-9]*/[A-Za-z0-9./()\-]{1,60}")
_SESSION = re.compile(r"(?:upr|session)?\s*(\d{1,3})(?:st|nd|rd|th)?(?:\s+session)?(?:\s*\([^()]*\))?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\(?(\d{1,3}\.\d{1,3})(?!\.?\d)[.):]?\s+")
_GOAL = re.compile(r"(?:SDG|GOAL)?\s*(\d{1,2})(?:\.(\d{1,2}|[a-d]))?(?:\s*[-\N{EN DASH}.:]\s*.*)?", re.I | re.S)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST_SERIAL = date(1899, 12, 30)


def annotation_id(value: str) -> str | None:
    """Return the number of an annotation if it is one: it becomes part of an IRI."""
    return value if _ID.fullmatch(value) else None


def symbol(value: str) -> str | None:
    """Return the symbol of a document of the United Nations ("A/HRC/43/15") if it is one."""
    return value if _SYMBOL.fullmatch(value) else None


def session(value: str) -> int | None:
    """Return the number of a session, written as "34", "34th session" or "Session 34 (November 2019)"."""
    found = _SESSION.fullmatch(value)
    return int(found[1]) if found else None


def paragraph(text: str) -> tuple[str | None, str]:
    """Return the number of the paragraph with which a text begins ("124.12"), and the text without it."""
    found = _PARAGRAPH.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def goal(value: str) -> str | None:
    """Return the IRI of a goal or target of the Sustainable Development Goals ("16 - PEACE, JUSTICE ...", "16.3")."""
    found = _GOAL.fullmatch(value)
    return goals.iri(int(found[1]), (found[2] or "").lower()) if found else None


def day(value: str) -> str | None:
    """Return a day as ISO 8601, from such a day or time, or from the number that it has in a spreadsheet."""
    try:
        if found := _DAY.fullmatch(value):
            return date.fromisoformat(found[1]).isoformat()
        if _SERIAL.fullmatch(value):
            return (_FIRST_SERIAL + timedelta(days=int(float(value)))).isoformat()
    except ValueError:
        return None
    return None

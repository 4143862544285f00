"""Triples of a dossier, written with prefixed names."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date as calendar_day
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from uprgraph.resources import BASE
from uprgraph.vocabulary import expand

Value = Node | str | bool | int | Decimal
"""What a property may have; a string is one without a language."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")


def term(name: str) -> URIRef:
    """Return the IRI of a prefixed name, such as `upr:Finding`."""
    return URIRef(expand(name))


def node(path: str) -> URIRef:
    """Return one of our IRIs by what follows the base, such as `id/review/KAZ-34`."""
    return URIRef(BASE + path)


def code(scheme: str, notation: str) -> URIRef:
    """Return the concept of a codelist by its notation."""
    return node(f"code/{scheme}/{notation}")


def english(text: str) -> Literal:
    """Return a text in English."""
    return Literal(text, lang="en")


def day_or_year(date: str) -> Literal:
    """Return a day as xsd:date, and a month or year as xsd:gYear, since there is no term for a month.

    What looks like a day and is none, such as 31 February, is given as its year.
    """
    if _calendar_day(date):
        return Literal(date, datatype=term("xsd:date"))
    return Literal(date[:4], datatype=term("xsd:gYear"))


def in_words(date: str) -> str:
    """Return a day as people write it: 20 March 2016; a month or year as it is given."""
    day = _calendar_day(date)
    return f"{day.day} {month_name[day.month]} {day.year}" if day else date


def _calendar_day(date: str) -> calendar_day | None:
    try:
        return calendar_day.fromisoformat(date) if _DAY.fullmatch(date) else None
    except ValueError:
        return None


def is_date(date: str) -> bool:
    """Say whether a text is a day, a month or a year."""
    return _YEAR.match(date) is not None


def add(graph: Graph, subject: URIRef, properties: dict[str, Value | None]) -> None:
    """Add a value for each property, by its prefixed name; one that is None is left out."""
    for name, value in properties.items():
        if value is not None:
            graph.add((subject, term(name), value if isinstance(value, Node) else Literal(value)))

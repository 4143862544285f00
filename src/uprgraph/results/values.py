"""RDF terms as Python values and as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from uprgraph.engines.terms import XSD, Iri, Literal, Term
from uprgraph.resources import BASE
from uprgraph.vocabulary import shorten

Value = str | int | float | bool | Decimal | date | datetime | None
"""What a cell holds: IRIs are str, xsd:gYear is int, and what has no Python type, or is malformed, is its text."""

_INTEGERS = (
    "integer int long short byte nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger unsignedInt "
    "unsignedLong unsignedShort unsignedByte"
)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _year(text: str) -> int:
    if re.fullmatch(r"-?[0-9]{4,}", text) is None:
        raise ValueError(text)
    return int(text)


_READERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((XSD + name for name in _INTEGERS.split()), int),
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}boolean": _boolean,
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
    f"{XSD}gYear": _year,
}


def value(term: Term | None) -> Value:
    """Return the Python value of a term; None for an unbound variable."""
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    reader = _READERS.get(term.datatype)
    if reader is None:
        return term.value
    try:
        return reader(term.value)
    except (ValueError, KeyError, InvalidOperation):
        return term.value


def text(term: Term | None) -> str:
    """Return a term in full as text: an IRI, or the lexical form of a literal; nothing for an unbound variable."""
    return "" if term is None else str(term)


def compact(term: Term | None) -> str:
    """Return a term as people read it: IRIs with a prefix, or relative to our base; other terms in full."""
    if not isinstance(term, Iri):
        return text(term)
    short = shorten(term.value)
    return short.removeprefix(BASE) if short.startswith((f"{BASE}id/", f"{BASE}code/")) else short


def is_number(term: Term | None) -> bool:
    """Say whether a term is a well-formed number."""
    found = value(term)
    return isinstance(found, int | float | Decimal) and not isinstance(found, bool)

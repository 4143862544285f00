"""Constraints that look at one value alone. What a datatype means is left to rdflib, as in pySHACL."""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from pyshacl.rdfutil.compare import compare_literal
from rdflib import RDF, RDFS, SH, XSD, Literal
from rdflib.term import Node

from uprgraph.validation.bulk.terms import BlankKey, Key, LiteralKey, literal_of

Test: TypeAlias = Callable[[Key], bool]
"""Says whether a value is right."""

_PYTHON_TYPES: dict[str, type] = {
    str(XSD.integer): int,
    str(XSD.float): float,
    str(XSD.decimal): Decimal,
    str(XSD.boolean): bool,
    str(XSD.date): datetime.date,
    str(XSD.time): datetime.time,
    str(XSD.dateTime): datetime.datetime,
}
_KINDS: dict[Node, tuple[type, ...]] = {
    SH.IRI: (str,),
    SH.Literal: (LiteralKey,),
    SH.BlankNode: (BlankKey,),
    SH.BlankNodeOrIRI: (BlankKey, str),
    SH.BlankNodeOrLiteral: (BlankKey, LiteralKey),
    SH.IRIOrLiteral: (str, LiteralKey),
}
ORDER: dict[Node, Callable[[int, int], bool]] = {
    SH.minInclusive: operator.ge,
    SH.minExclusive: operator.gt,
    SH.maxInclusive: operator.le,
    SH.maxExclusive: operator.lt,
}


def of_datatype(datatype: Node) -> Test:
    """Test for sh:datatype."""
    wanted = str(datatype)
    if datatype == RDF.langString:
        return lambda key: isinstance(key, LiteralKey) and key.language is not None
    if datatype == XSD.string:
        return lambda key: isinstance(key, LiteralKey) and key.language is None and key.datatype is None
    if datatype == RDFS.Literal:
        return lambda key: isinstance(key, LiteralKey)
    return lambda key: isinstance(key, LiteralKey) and key.datatype == wanted and _well_formed(key)


@lru_cache(maxsize=4096)
def _well_formed(key: LiteralKey) -> bool:
    literal = literal_of(key)
    expected = _PYTHON_TYPES.get(str(key.datatype))
    return literal.ill_typed is not True and (expected is None or isinstance(literal.value, expected))


def of_kind(kind: Node) -> Test:
    """Test for sh:nodeKind. Raises KeyError for what is no node kind."""
    types = _KINDS[kind]
    return lambda key: isinstance(key, types)


def matching(pattern: str, flags: str) -> Test:
    """Test for sh:pattern with sh:flags. Raises ValueError for flags other than i and m, and re.error for a pattern."""
    if set(flags.lower()) - {"i", "m"}:
        raise ValueError(flags)
    search = re.compile(pattern, sum({"i": re.I, "m": re.M}[flag] for flag in set(flags.lower()))).search
    return lambda key: not isinstance(key, BlankKey) and search(text_of(key)) is not None


def of_length(is_right: Callable[[int], bool]) -> Test:
    """Test for sh:minLength and sh:maxLength. A blank node has no length."""
    return lambda key: not isinstance(key, BlankKey) and is_right(len(text_of(key)))


def text_of(key: str | LiteralKey) -> str:
    """Return the text of an IRI or a literal."""
    return key if isinstance(key, str) else key.text


def in_language(ranges: frozenset[str]) -> Test:
    """Test for sh:languageIn with languages in lower case, or "*"."""

    def test(key: Key) -> bool:
        if not isinstance(key, LiteralKey) or not key.language:
            return False
        language = key.language.lower()
        return "*" in ranges or language in ranges or language.partition("-")[0] in ranges

    return test


def compared(kind: Node, bound: Literal) -> Test:
    """Test for one of ORDER. What cannot be compared is wrong."""
    right = ORDER[kind]

    @lru_cache(maxsize=4096)
    def test(key: Key) -> bool:
        if not isinstance(key, LiteralKey):
            return False
        literal = literal_of(key)
        if isinstance(literal.value, str) != isinstance(bound.value, str):
            return False
        try:
            return right(compare_literal(literal, bound), 0)  # type: ignore[no-untyped-call]
        except (TypeError, NotImplementedError):
            return False

    return test

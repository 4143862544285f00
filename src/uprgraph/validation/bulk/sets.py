"""Constraints that look at all values of a focus node together, or at what is said of a value elsewhere."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Collection, Sequence, Set
from typing import Any, TypeAlias

from rdflib import Literal

from uprgraph.validation.bulk.facts import RDF_TYPE, Facts
from uprgraph.validation.bulk.terms import Key, LiteralKey, literal_of
from uprgraph.validation.bulk.values import Test

Check: TypeAlias = Callable[[Facts, Key, Set[Key]], Collection[Key | None]]
"""Looks at the values of a focus node and returns, for each result, the value that is wrong; None if it has none."""

_ABSENT: Sequence[Key | None] = (None,)
_RIGHT: Sequence[Key | None] = ()


def each(test: Test) -> Check:
    """Make a test of each value a check."""
    return lambda _facts, _focus, values: [value for value in values if not test(value)]


def at_least(count: int) -> Check:
    """Check for sh:minCount."""
    return lambda _facts, _focus, values: _RIGHT if len(values) >= count else _ABSENT


def at_most(count: int) -> Check:
    """Check for sh:maxCount."""
    return lambda _facts, _focus, values: _RIGHT if len(values) <= count else _ABSENT


def having(value: Key) -> Check:
    """Check for sh:hasValue."""
    return lambda _facts, _focus, values: _RIGHT if value in values else _ABSENT


def of_class(name: str) -> Check:
    """Check for sh:class."""

    def check(facts: Facts, _focus: Key, values: Set[Key]) -> Collection[Key]:
        names = facts.subclasses(name)
        return [value for value in values if names.isdisjoint(facts.values(value, RDF_TYPE))]

    return check


def equal_to(predicate: str) -> Check:
    """Check for sh:equals: a result for each value that one of the two sides lacks."""
    return lambda facts, focus, values: values ^ facts.values(focus, predicate)


def disjoint_with(predicate: str) -> Check:
    """Check for sh:disjoint."""
    return lambda facts, focus, values: values & facts.values(focus, predicate)


def one_per_language(_facts: Facts, _focus: Key, values: Set[Key]) -> Collection[None]:
    """Check for sh:uniqueLang: a result for each language that is used twice."""
    if len(values) < 2:  # noqa: PLR2004 - nothing to repeat
        return ()
    used = Counter(value.language.lower() for value in values if isinstance(value, LiteralKey) and value.language)
    return [None for times in used.values() if times > 1]


def less_than(predicate: str, *, or_equal: bool) -> Check:
    """Check for sh:lessThan and sh:lessThanOrEquals: a result for each pair in the wrong order, or that has none."""
    right = operator.le if or_equal else operator.lt

    def check(facts: Facts, focus: Key, values: Set[Key]) -> Collection[Key]:
        others = facts.values(focus, predicate)
        return [value for value in values for other in others if not _ordered(value, other, right)]

    return check


def _ordered(one: Key, other: Key, right: Callable[[Any, Any], bool]) -> bool:
    left_side, right_side = _comparable(one), _comparable(other)
    if left_side is None or right_side is None or isinstance(left_side, Literal) != isinstance(right_side, Literal):
        return False
    try:
        return bool(right(left_side, right_side))
    except TypeError:  # pySHACL stops here; SHACL says that what cannot be compared is a result
        return False


def _comparable(key: Key) -> object:
    """Return text for IRIs and for literals that are text to rdflib, other literals as they are, None for the rest."""
    if isinstance(key, LiteralKey):
        literal = literal_of(key)
        return literal.value if isinstance(literal.value, str) else literal
    return key if isinstance(key, str) else None

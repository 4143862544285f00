"""Telling whether an endpoint has cut an answer off, by the queries that ask for what comes after its end.

Many stores give at most a number of rows, and say so in a header of their own or not at all. Their limits are round
numbers, or powers of two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from uprgraph.engines import guard

_SMALLEST = 100
_SMALLEST_POWER = 1024
_LARGE = 1000


def may_be_limit(rows: int) -> bool:
    """Say whether a number of rows may be a store's limit: a multiple of 100, or a power of two from 1024 on."""
    if rows < _SMALLEST:
        return False
    return rows % 100 == 0 or (rows >= _SMALLEST_POWER and rows & (rows - 1) == 0)


def ends_at_own_limit(text: str, rows: int) -> bool:
    """Say whether a query has a LIMIT of its own, of so many rows: then no more were asked for."""
    return any(
        word.text.upper() == "LIMIT" and number.text.isdecimal() and int(number.text) == rows
        for word, number in pairwise(_outer_words(text))
    )


def next_row(text: str, rows: int) -> str | None:
    """Return the query for the row after so many of a SELECT, or None for a query that names its dataset.

    It is a sub-select, and a sub-select cannot have FROM.
    """
    words = {token.text.upper(): token.start for token in _outer_words(text)}
    if "FROM" in words or "SELECT" not in words:
        return None
    start = words["SELECT"]
    return f"{text[:start]}SELECT * {{ {{\n{text[start:]}\n}} }} OFFSET {rows} LIMIT 1"


def later_triples(text: str, triples: int) -> list[str]:
    """Return the queries for some triples that a CONSTRUCT gives after so many solutions, where stores may cut it.

    How many solutions gave the triples is not known, so the limits next to their number are tried. If the answer is
    whole, it holds all that these queries give. None for a small answer, for DESCRIBE, and for a query with a LIMIT,
    OFFSET or VALUES of its own at its end.
    """
    names = [token.text.upper() for token in _outer_words(text)]
    if triples < _LARGE and not may_be_limit(triples):
        return []
    if "CONSTRUCT" not in names or {"LIMIT", "OFFSET", "VALUES"} & set(names):
        return []
    return [f"{text}\nOFFSET {limit} LIMIT 10" for limit in _limits_beside(triples)]


def _limits_beside(number: int) -> list[int]:
    """Return the nearest of 1, 2, 5, 10, 20, 50 and so on, downwards and upwards."""
    limits = [factor * 10**power for power in range(len(str(number)) + 1) for factor in (1, 2, 5)]
    return sorted({max(each for each in limits if each <= number), min(each for each in limits if each >= number)})


def _outer_words(text: str) -> Iterator[guard.Token]:
    """Yield the words and numbers of a query that stand in no brackets."""
    depth = 0
    for token in guard.tokens(text):
        if token.kind == "symbol":
            depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(token.text, 0)
        elif depth == 0 and token.kind in {"word", "number"}:
            yield token

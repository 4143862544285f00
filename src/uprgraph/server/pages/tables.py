"""Answers as tables for reading: the columns with links to sort by them, and the quoted words folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from uprgraph.engines.terms import Term
from uprgraph.results.rows import Results
from uprgraph.results.values import compact, is_number

_FROM = "quotedFrom"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, the order it is sorted in ("ascending"), and what to sort by next."""

    name: str
    meaning: str
    order: str
    sort: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the terms of the columns that are shown, and the quotes it rests on, each with its name."""

    cells: tuple[Term | None, ...]
    quotes: tuple[tuple[str, str], ...]
    quoted_from: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for reading; `quoted` says whether rows have quotes."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    quoted: bool


def grid(results: Results, meanings: Mapping[str, str], sort: str = "") -> Grid:
    """Return results as a table. Columns of quotes are taken together."""
    quotes = [name for name in results.columns if _is_quote(name)]
    shown = [name for name in results.columns if name not in (*quotes, _FROM)]
    at = {name: position for position, name in enumerate(results.columns)}
    lines = [
        Line(
            tuple(row[at[name]] for name in shown),
            tuple(_quotes(row, quotes, at)),
            compact(row[at[_FROM]]) if _FROM in at else "",
        )
        for row in results.terms
    ]
    columns = [_column(results, name, at[name], meanings, sort) for name in shown]
    return Grid(tuple(columns), tuple(lines), quoted=any(line.quotes for line in lines))


def _is_quote(name: str) -> bool:
    return name == "quote" or name.endswith("Quote")


def _quotes(row: Sequence[Term | None], names: Sequence[str], at: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the quotes of a row; several passages in one cell are told apart by " | "."""
    return [(name, each) for name in names for each in compact(row[at[name]]).split(" | ") if each]


def _column(results: Results, name: str, at: int, meanings: Mapping[str, str], sort: str) -> Column:
    order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    following = f"-{name}" if sort == name else name
    terms = [row[at] for row in results.terms if row[at] is not None]
    return Column(name, meanings.get(name, ""), order, following, bool(terms) and all(map(is_number, terms)))


def pages_of(total: int, first: int, count: int, link: Callable[[int], str]) -> list[tuple[str, str | None]]:
    """Return the links to the parts of a long table, each with its words; the part that is shown has no address."""
    if total <= count:
        return []
    last = (total - 1) // count
    here = first // count
    numbers = sorted({0, last, *range(max(0, here - 2), min(last, here + 2) + 1)})
    return [(f"{each + 1}", None if each == here else link(each + 1)) for each in numbers]

"""One question as a page shows it: some of its rows in the order wanted, what was asked, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from uprgraph.catalog import catalogue
from uprgraph.catalog.binding import bind
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.engines.terms import Iri, Term
from uprgraph.errors import UnknownValueError, UprGraphError, UsageError
from uprgraph.results.rows import Results
from uprgraph.results.values import compact, value
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.pages import labels, names

_DRAWN = 30
"""Rows that a chart can show and still be read."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with the value of a parameter."""

    message: str
    hint: str | None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows `first` and on of an answer of `total` rows; `drawn` are those for a chart, in the question's own order.

    `asked` has the terms that each parameter stands for, none where it is open; `mistakes` what is wrong with
    parameters, in which case there are no rows.
    """

    results: Results
    total: int = 0
    first: int = 0
    drawn: Results | None = None
    asked: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)


def table(
    dataset: Dataset,
    *,
    name: str,
    given: Mapping[str, Sequence[str]],
    sort: str = "",
    first: int = 0,
    count: int = 100,
    drawn: Sequence[str] | None = None,
) -> Table:
    """Return `count` rows of the answer to a question.

    `sort` is a column, after "-" for the other way round; without one, rows stand in the order of the question. `drawn`
    asks for the rows of a chart: those with the largest sums of these columns, or the first rows if there are none.
    Raises UnknownValueError for an unknown question, UsageError for an unknown parameter or column.
    """
    question = catalogue.shipped().question(name)
    terms, mistakes = _terms(dataset, question, given)
    if mistakes:
        return Table(Results(tuple(question.columns), []), mistakes=mistakes)
    graph = dataset.graph
    defaults = {each.name: _defaults(dataset, each) for each in question.parameters if each.name not in terms}
    asked = {**terms, **defaults}
    answer = graph.answer(question, terms)
    ordered = _sorted(dataset, answer, sort) if sort else answer
    part = ordered[first : first + count]
    chart = None if drawn is None else _largest(answer, drawn)[:_DRAWN]
    named = {each.value for values in asked.values() for each in values if isinstance(each, Iri)}
    shown = labels(graph, part, *([chart] if chart is not None else []), more=named)
    return Table(part, len(answer), first, chart, asked, shown)


def bound(dataset: Dataset, *, name: str, given: Mapping[str, Sequence[str]]) -> str:
    """Return the SPARQL of a question with its parameters bound."""
    question, terms = dataset.graph.bound(name, given)
    return bind(question, terms)


def _terms(
    dataset: Dataset, question: Question, given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[Term]], dict[str, Mistake]]:
    terms: dict[str, list[Term]] = {}
    mistakes: dict[str, Mistake] = {}
    for name, values in given.items():
        parameter = question.parameter(name)
        if parameter is None:
            having = ", ".join(each.name for each in question.parameters) or "none"
            raise UsageError(f"{question.name} has no parameter {name!r}", f"its parameters: {having}")
        try:
            terms |= dataset.graph.resolver.terms(_only(question, parameter), {parameter.name: values})
        except UprGraphError as error:
            suggestions = error.suggestions if isinstance(error, UnknownValueError) else ()
            prefix = f"{parameter.option}: "
            mistakes[parameter.name] = Mistake(error.message.removeprefix(prefix), error.hint, suggestions)
    return terms, mistakes


def _only(question: Question, parameter: Parameter) -> Question:
    """Return a question as if it had one parameter only, so that what is wrong with each can be told."""
    return replace(question, parameters=(parameter,))


def _defaults(dataset: Dataset, parameter: Parameter) -> list[Term]:
    return [dataset.graph.resolver.term(parameter, each) for each in parameter.defaults]


def _sorted(dataset: Dataset, answer: Results, sort: str) -> Results:
    column = sort.removeprefix("-")
    if column not in answer.columns:
        raise UsageError(f"there is no column {column!r} to sort by", f"the columns are: {', '.join(answer.columns)}")
    at = answer.columns.index(column)
    called = names(dataset.graph, {each.value for row in answer.terms if isinstance(each := row[at], Iri)})
    there = [row for row in answer.terms if row[at] is not None]
    ordered = sorted(there, key=lambda row: _key(row[at], called), reverse=sort.startswith("-"))
    empty = [row for row in answer.terms if row[at] is None]
    return Results(answer.columns, ordered + empty, answer.title, answer.sparql)


def _largest(answer: Results, columns: Sequence[str]) -> Results:
    """Return the rows with those of the largest sums of some columns first; without columns, as they stand."""
    if not columns:
        return answer
    at = [answer.columns.index(each) for each in columns]

    def total(row: Sequence[Term | None]) -> Decimal:
        found = [value(row[each]) for each in at]
        return sum((Decimal(str(each)) for each in found if isinstance(each, int | Decimal)), Decimal())

    return Results(answer.columns, sorted(answer.terms, key=total, reverse=True))


def _key(term: Term | None, called: Mapping[str, str]) -> tuple[int, Decimal, str]:
    """Return what puts values in order: numbers before days, and days before text; things by their names."""
    found = value(term)
    if isinstance(found, int | float | Decimal):
        return 0, Decimal(str(found)), ""
    if isinstance(found, date):
        return 1, Decimal(0), found.isoformat()
    return 2, Decimal(0), called.get(str(term), compact(term)).casefold()

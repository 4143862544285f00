"""What headers say of the types of columns is true of every answer over the fixtures and the shipped graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from uprgraph.catalog import binding, catalogue
from uprgraph.catalog.question import Question
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import Iri, Term
from uprgraph.resources import GraphFile
from uprgraph.results.values import value

from . import harness

CHECKS = Path(__file__).resolve().parent.parent / "checks"


def _is(*kinds: type) -> Callable[[Term], bool]:
    """Return what says whether the value of a term is exactly of one of these types."""
    return lambda term: type(value(term)) in kinds


HOLDS: dict[str, Callable[[Term], bool]] = {
    "text": lambda term: isinstance(value(term), str | datetime) and not isinstance(term, Iri),
    "iri": lambda term: isinstance(term, Iri),
    "integer": _is(int),
    "number": _is(int, float, Decimal),
    "boolean": _is(bool),
    "date": _is(date),
    "moment": _is(date, int),
}


@cache
def shipped() -> EmbeddedEngine:
    return EmbeddedEngine.shipped()


def answers(question: Question) -> Iterator[tuple[tuple[str, ...], tuple[Term | None, ...]]]:
    """Yield the columns and each row of all answers: over the shipped graph, with nothing asked for, over fixtures."""
    opened = binding.bind(question, {each.name: [] for each in question.parameters if each.optional})
    asked = [(shipped(), question.sparql), (shipped(), opened)]
    asked += [(harness.engine(case.data), case.sparql) for case in harness.cases() if case.question is question]
    for file in sorted((CHECKS / question.name).rglob("*.ttl")) if question.is_check else []:
        asked.append((EmbeddedEngine.of_files([GraphFile(harness.GRAPH, file)]), question.sparql))
    for engine, sparql in asked:
        found = engine.select(sparql)
        yield from ((found.variables, row) for row in found.rows)


@pytest.mark.parametrize("question", catalogue.shipped().questions(), ids=lambda each: each.name)
def test_every_value_is_of_the_type_of_its_column(question: Question) -> None:
    seen = set()
    for columns, row in answers(question):
        for column, term in zip(columns, row, strict=True):
            if term is not None:
                kind = question.types.get(column, "text")
                assert HOLDS[kind](term), f"{column} is {term!r}, which is no {kind}"
                seen.add(column)
    assert seen == set(question.columns), "each column has a value somewhere"

"""The same questions asked of several engines: the cases, the graphs they are asked of, and answers that compare.

A case is a question or check, the terms bound to its parameters, and the data: the shipped graphs, with the values of
differential.toml, or a fixture, which stands in a graph of its own.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from uprgraph.catalog import binding, catalogue
from uprgraph.catalog.parameters import Parameter
from uprgraph.catalog.question import Question
from uprgraph.engines.base import Engine
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import XSD, Iri, Literal, Term
from uprgraph.resources import BASE, GraphFile

from . import harness

CHECKS = Path(__file__).resolve().parent.parent / "checks"
_VALUES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_BOOLEANS = {"1": "true", "0": "false"}
Answer = tuple[tuple[str, ...], list[tuple[str, ...]]]


@dataclass(frozen=True)
class Case:
    """A question with its parameters bound, over a fixture, or over the shipped graphs where there is none."""

    question: Question
    name: str
    terms: dict[str, list[Term]] = field(default_factory=dict)
    fixture: GraphFile | None = None

    @property
    def sparql(self) -> str:
        return binding.bind(self.question, self.terms)

    def __str__(self) -> str:
        return f"{self.question.area}/{self.question.name}[{self.name}]"


def shipped_cases() -> list[Case]:
    """Return the cases over the shipped graphs, of all questions and checks."""
    found = []
    for question in catalogue.shipped().questions():
        found.append(Case(question, "as it stands"))
        values = {parameter.name: _values(parameter) for parameter in question.parameters}
        for parameter, terms in values.items():
            found += [Case(question, f"{parameter}={_short(term)}", {parameter: [term]}) for term in terms]
            if len(terms) > 1:
                found.append(Case(question, f"{parameter}=all of them", {parameter: terms}))
        if len(values) > 1:
            found.append(Case(question, "all bound", {name: terms[:1] for name, terms in values.items()}))
    return found


def fixture_cases() -> list[Case]:
    """Return the cases over the fixtures of questions and checks, each in a graph of its own."""
    found = []
    for case in harness.cases():
        fixture = _fixture(f"{case.question.area}/{case.question.name}", case.data)
        found.append(Case(case.question, f"fixture {case.name}".strip(), case.terms, fixture))
    for question in catalogue.shipped().questions():
        if question.is_check:
            for kind in ("fail", "pass"):
                name = f"{question.name}/{kind}"
                found.append(Case(question, f"fixture {kind}", {}, _fixture(name, CHECKS / f"{name}.ttl")))
    return found


def _fixture(name: str, path: Path) -> GraphFile:
    return GraphFile(f"{BASE}graph/fixture/{name}", path)


def fixtures() -> list[GraphFile]:
    """Return the fixtures of all cases and their graphs."""
    return list(dict.fromkeys(case.fixture for case in fixture_cases() if case.fixture is not None))


def _values(parameter: Parameter) -> list[Term]:
    values = _VALUES[parameter.kind][parameter.scheme or parameter.name]
    return [
        Literal(str(each), f"{XSD}integer") if isinstance(each, int) else Iri(urljoin(BASE, each)) for each in values
    ]


def _short(term: Term) -> str:
    return str(term).rpartition("/")[2]


def answer(source: Engine, case: Case, default_graphs: Sequence[str]) -> Answer:
    """Return the columns and rows that an engine gives to a case, each cell in a form that is the same everywhere."""
    solutions = source.select(case.sparql, default_graphs)
    variables = solutions.variables
    return variables, [
        tuple(harness.folded(case.question, variables, [cell(term) for term in row])) for row in solutions.rows
    ]


def cell(term: Term | None) -> str:
    """Return a term with its kind, language and datatype, but equal numbers and equal booleans as equal text.

    Stores keep the value of such a literal and not how it was written: 30 for 30.0, and 1 for true.
    """
    if isinstance(term, Literal):
        if term.datatype in harness.NUMBERS:
            return format(Decimal(term.value).normalize(), "f")
        if term.datatype == f"{XSD}boolean":
            return _BOOLEANS.get(term.value, term.value)
        if term.datatype == harness.XSD_STRING:
            return term.value
    return "" if term is None else term.n3()


@cache
def expected(case_name: str) -> Answer:
    """Return what the embedded engine answers to the case of this name."""
    case = cases()[case_name]
    return answer(_embedded(case.fixture), case, ())


@cache
def _embedded(fixture: GraphFile | None) -> EmbeddedEngine:
    return EmbeddedEngine.shipped() if fixture is None else EmbeddedEngine.of_files([fixture])


@cache
def cases() -> dict[str, Case]:
    """Return all cases by their names."""
    return {str(case): case for case in [*shipped_cases(), *fixture_cases()]}


def differences(got: Answer, wanted: Answer) -> Iterator[str]:
    """Say in what an answer differs from the one wanted: columns, rows that lack or are too many, or their order."""
    if got[0] != wanted[0]:
        yield f"columns {', '.join(got[0])} instead of {', '.join(wanted[0])}"
        return
    lacking, extra = Counter(wanted[1]) - Counter(got[1]), Counter(got[1]) - Counter(wanted[1])
    for word, rows in (("lacking", lacking), ("too many", extra)):
        if rows:
            yield f"{rows.total()} of {len(wanted[1])} rows {word}, such as {next(iter(rows))}"
    if not lacking and not extra and got[1] != wanted[1]:
        place = next(
            number for number, (ours, theirs) in enumerate(zip(*(got[1], wanted[1]), strict=True)) if ours != theirs
        )
        yield f"the order differs from row {place + 1}: {got[1][place]} instead of {wanted[1][place]}"

"""Questions, their fixtures and their expected rows.

The fixture of `queries/<area>/<name>.rq` lies at `tests/queries/<area>/<name>/`: `data.ttl`, and `expected.csv` with
the rows of the question as it stands. `params.toml`, where there are parameters, has one table per case with the terms
to bind, as IRIs, prefixed names or numbers; the rows of that case are in `expected-<case>.csv`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

import rdflib

from uprgraph import resources, vocabulary
from uprgraph.catalog import binding, catalogue
from uprgraph.catalog.question import Question
from uprgraph.engines.base import Engine
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import XSD, XSD_STRING, Iri, Literal, Term
from uprgraph.resources import GraphFile

FIXTURES = Path(__file__).resolve().parent
GRAPH = f"{resources.BASE}graph/fixture"
ENGINES = ("pyoxigraph", "rdflib")
NUMBERS = frozenset({f"{XSD}integer", f"{XSD}decimal"})
Table = tuple[list[str], list[list[str]]]


@dataclass(frozen=True)
class Case:
    """One run of a question over its fixture. `name` is empty for the question as it stands."""

    question: Question
    name: str = ""
    terms: dict[str, list[Term]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return FIXTURES / self.question.area / self.question.name

    @property
    def data(self) -> Path:
        return self.folder / "data.ttl"

    @property
    def rows(self) -> Path:
        return self.folder / (f"expected-{self.name}.csv" if self.name else "expected.csv")

    @property
    def sparql(self) -> str:
        return binding.bind(self.question, self.terms)

    def __str__(self) -> str:
        return f"{self.question.area}/{self.question.name}" + (f"[{self.name}]" if self.name else "")


def questions() -> list[Question]:
    """Return all questions but the checks, whose fixtures are in tests/checks."""
    return [each for each in catalogue.shipped().questions() if not each.is_check]


def cases() -> list[Case]:
    """Return each question as it stands, and once for each table of its params.toml."""
    found = []
    for question in questions():
        plain = Case(question)
        found.append(plain)
        file = plain.folder / "params.toml"
        if file.is_file():
            for name, values in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found.append(Case(question, name, {parameter: [_term(value)] for parameter, value in values.items()}))
    return found


def _term(value: object) -> Term:
    if isinstance(value, int):
        return Literal(str(value), f"{XSD}integer")
    assert isinstance(value, str)
    return Iri(value if value.startswith(resources.BASE) else vocabulary.expand(value))


@cache
def engine(data: Path) -> EmbeddedEngine:
    """Return the embedded engine over one fixture."""
    return EmbeddedEngine.of_files([GraphFile(GRAPH, data)])


@cache
def rdflib_graph(data: Path) -> rdflib.Graph:
    """Return one fixture as a plain rdflib graph: a second opinion that owes nothing to this package."""
    return rdflib.Graph(bind_namespaces="none").parse(data, format="turtle")


def expected(case: Case) -> Table:
    """Return the header and the rows that the case must give."""
    with case.rows.open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file)
    return header, [folded(case.question, header, row) for row in found]


def answer(case: Case, name: str) -> Table:
    """Return the header and the rows that one of ENGINES gives over the fixture."""
    if name == "rdflib":
        result = rdflib_graph(case.data).query(case.sparql)
        header = [str(variable) for variable in result.vars or ()]
        found = [[rdflib_cell(solution[variable]) for variable in header] for solution in result]
        return header, [folded(case.question, header, row) for row in found]
    return table(engine(case.data), case.question, case.sparql)


def table(source: Engine, question: Question, sparql: str) -> Table:
    """Return the header and the rows that an engine gives to the SPARQL of a question, each cell as text."""
    solutions = source.select(sparql)
    header = list(solutions.variables)
    return header, [folded(question, header, [cell(term) for term in row]) for row in solutions.rows]


def cell(term: Term | None) -> str:
    """Return a term as in the CSV results of SPARQL, but numbers in one form however they are written: 30 for 30.0."""
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype in NUMBERS:
        return format(Decimal(term.value).normalize(), "f")
    return term.value


def rdflib_cell(node: rdflib.term.Node | None) -> str:
    """Return a node of rdflib as `cell` does a term."""
    if node is None:
        return ""
    if isinstance(node, rdflib.Literal):
        return cell(Literal(str(node), str(node.datatype or XSD_STRING)))
    return str(node)


def folded(question: Question, header: Sequence[str], row: list[str]) -> list[str]:
    """Return a row with the parts of its lists sorted: GROUP_CONCAT gives them in whatever order."""
    lists = re.findall(r"GROUP_CONCAT\(.*?; SEPARATOR=\"(.*?)\"\) AS \?(\w+)\)", question.sparql)
    separators = {name: separator for separator, name in lists}
    return [
        separators[name].join(sorted(text.split(separators[name]))) if name in separators else text
        for name, text in zip(header, row, strict=True)
    ]

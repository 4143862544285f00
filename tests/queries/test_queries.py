"""Every question: its header, its terms, and the rows it gives over its fixture on two engines."""

from __future__ import annotations

import re

import pytest

from uprgraph import vocabulary
from uprgraph.catalog import binding, catalogue
from uprgraph.catalog.question import Question
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import XSD

from . import harness
from .harness import Case

QUESTIONS = harness.questions()
CASES = harness.cases()
ALL = catalogue.shipped().questions()
COLUMNS_THAT_STAY = {
    "opinions-by-right": "opinion, number, title, type, issued, state, right, via, quote, source",
    "opinions": "opinion, number, title, type, issued, state, reviewed, adoptionStatus, source",
    "recommendations-by-right": "recommendation, text, madeBy, addressedTo, right, document, quote",
    "recommendations-in-document": "recommendation, position, text, priority, rights",
    "open-concerns": "opinion, number, finding, text, rights, status, asOf",
    "law-adoption": "law, title, status, asOf, opinion, quote",
    "rights-by-state": "state, right, opinions, findings, recommendations",
    "state-dossier": "kind, item, label, date, source",
    "statistics-vs-benchmarks": "indicator, area, value, benchmark, benchmarkValue, gap",
    "evidence": "statement, quote, document, section, start, end",
    "count-mismatches": "document, kind, stated, listed",
    "reviews-and-opinions-by-right": "state, right, opinions, session, supported, noted, recommendingStates",
    "recommending-states": "state, recommender, right, supported, noted",
    "acceptance-by-issue": "issue, rows, recommendations, supported, noted, share",
}
# Words of other vocabularies that stand for themselves and are described nowhere in the graph.
FOREIGN = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    XSD,
)


def body(question: Question) -> str:
    """Return the query without its header, its PREFIX lines and its comments."""
    return "\n".join(line for line in question.sparql.splitlines() if not re.match(r"\s*#|PREFIX ", line))


def names(question: Question) -> list[re.Match[str]]:
    """Return where the body has a prefixed name."""
    text = re.sub(r"<[^>\s]*>|\"[^\"]*\"", lambda match: " " * len(match[0]), body(question))
    return list(re.finditer(r"(?<![\w?])([a-z]+):(\w+)", text))


@pytest.fixture(scope="module")
def shipped() -> EmbeddedEngine:
    return EmbeddedEngine.shipped()


@pytest.mark.parametrize("engine", harness.ENGINES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_gives_the_expected_rows_in_order(case: Case, engine: str) -> None:
    assert harness.answer(case, engine) == harness.expected(case)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_expects_rows(case: Case) -> None:
    assert harness.expected(case)[1], "a fixture without an expected row cannot fail"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_each_parameter_is_bound_in_a_case(question: Question) -> None:
    bound = {name for case in CASES if case.question is question for name in case.terms}
    assert bound == {each.name for each in question.parameters}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_fixture_notices_a_wrong_term_anywhere(question: Question) -> None:
    """With any one term of the query misspelt, the rows over the fixture are other rows."""
    text = body(question)
    prefixes = "".join(f"{line}\n" for line in question.sparql.splitlines() if line.startswith("PREFIX "))
    source = harness.engine(Case(question).data)
    right = list(source.select(prefixes + text).rows)
    unnoticed = []
    for match in names(question):
        misspelt = f"{text[: match.start(2)]}NoSuch{match[2]}{text[match.end(2) :]}"
        if list(source.select(prefixes + misspelt).rows) == right:
            unnoticed.append(f"{match[0]} in: {text[: match.start()].splitlines()[-1].strip() or match[0]}")
    assert not unnoticed


def test_every_fixture_belongs_to_a_question() -> None:
    folders = {file.parent for file in harness.FIXTURES.rglob("data.ttl")}
    assert folders == {case.folder for case in CASES}
    files = {file for folder in folders for file in folder.iterdir()}
    assert files == (
        {case.rows for case in CASES}
        | {case.data for case in CASES}
        | {case.folder / "params.toml" for case in CASES if case.name}
    )


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 32
    assert len(ALL) - len(QUESTIONS) >= 12


@pytest.mark.parametrize("name", COLUMNS_THAT_STAY)
def test_promised_columns_come_first_in_their_order(name: str) -> None:
    promised = COLUMNS_THAT_STAY[name].split(", ")
    assert list(catalogue.shipped().question(name).columns)[: len(promised)] == promised


@pytest.mark.parametrize("question", ALL, ids=lambda each: each.name)
def test_header_says_what_is_selected(question: Question) -> None:
    assert question.summary.endswith("?")
    assert question.description.endswith(".")
    assert question.tags
    solutions = EmbeddedEngine.of_files([]).select(question.sparql)
    assert list(question.columns) == list(solutions.variables)


@pytest.mark.parametrize("question", ALL, ids=lambda each: each.name)
def test_row_of_each_parameter_holds_its_default(question: Question) -> None:
    for parameter in question.parameters:
        start, end = binding.row(question, parameter.name)
        row = question.sparql[start:end].strip()
        if not parameter.defaults:
            assert parameter.optional
            assert row == binding.UNDEF
        elif parameter.kind == "integer":
            assert row.split() == list(parameter.defaults)
        else:
            assert re.findall(r"<[^>]*/([^/>]*)>", row) == list(parameter.defaults)
    rows = len(re.findall(r"\bVALUES\b", body(question)))
    assert rows == len(question.parameters), "each VALUES is the row of a parameter"


@pytest.mark.parametrize("question", ALL, ids=lambda each: each.name)
def test_query_is_plain_sparql_with_a_stated_order(question: Question) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]*)>$", question.sparql, re.MULTILINE))
    assert declared == {prefix: vocabulary.prefixes()[prefix] for prefix in declared}
    assert sorted(declared) == sorted({match[1] for match in names(question)})
    assert "\nORDER BY " in question.sparql
    assert not re.search(r"\b(FROM|GRAPH|SERVICE|LIMIT|OFFSET|SAMPLE|SELECT \*)\b", body(question))


@pytest.mark.parametrize("question", ALL, ids=lambda each: each.name)
def test_every_term_is_defined(question: Question, shipped: EmbeddedEngine) -> None:
    terms = {vocabulary.prefixes()[match[1]] + match[2] for match in names(question)}
    terms |= {iri for iri in re.findall(r"<([^>\s]*)>", body(question)) if not iri.startswith(FOREIGN)}
    undefined = [
        term
        for term in sorted(terms)
        if not term.startswith(FOREIGN) and not shipped.ask(f"ASK {{ <{term}> ?property ?value }}")
    ]
    assert not undefined

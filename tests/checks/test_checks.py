"""Every check: rows over `tests/checks/<problem>/fail.ttl`, none over `pass.ttl`, the same data without the problem."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import rdflib

from uprgraph.catalog import catalogue
from uprgraph.catalog.question import Question
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import Iri
from uprgraph.resources import GraphFile

FIXTURES = Path(__file__).resolve().parent
GRAPH = "https://w3id.org/uprgraph/graph/fixture"
CHECKS = [each for each in catalogue.shipped().questions() if each.is_check]
# The thing at fault in each row over fail.ttl, by the last part of its IRI, in the order of the rows.
FAULTS = {
    "annotations-without-target": ["a/2", "a/3"],
    "broader-cycles": ["right/e", "right/f", "right/g", "right/h"],
    "claims-later-than-their-document": ["d/adoption-status/2020", "e/adoption-status/2019-03-02"],
    "concept-names-shared": ["right/a", "right/e"],
    "concepts-without-scheme": ["right/b", "right/c"],
    "count-mismatches": ["election-report/x", "election-report/y"],
    "dangling-references": ["opinion/o", "opinion/o", "opinion/o", "organisation/ODIHR"],
    "drafts-reviewed-after-adoption": ["legal-text/e", "legal-text/f"],
    "duplicate-passages": ["passage/a"],
    "duplicate-positions": ["finding/2"],
    "fallback-across-documents": ["recommendation/3", "recommendation/3"],
    "opinions-without-findings": ["opinion/p"],
    "passages-never-cited": ["passage/b"],
    "passages-that-do-not-fit": ["passage/b", "passage/c"],
    "passages-without-source": ["passage/b", "passage/b", "passage/c"],
    "recommendations-to-another-state": ["recommendation/b"],
    "recommendations-to-self": ["recommendation/b"],
    "recommendations-without-response": ["recommendation/b", "recommendation/c"],
    "review-recommendations-without-source": ["recommendation/c"],
    "reviews-twice-in-cycle": ["review/KAZ-20"],
    "sessions-in-wrong-cycle": ["session/11", "session/14", "session/25", "session/28", "session/42"],
    "state-names-shared": ["state/COD", "state/GIN"],
    "statements-without-evidence": [
        *("thing/ActionPlan", "thing/AdoptionStatus", "thing/Benchmark", "thing/ConcernStatus", "thing/Election"),
        *("thing/ElectionObservation", "thing/ElectionReport", "thing/Finding", "thing/GenderAudit"),
        *("thing/GenderAuditReport", "thing/LegalOpinion", "thing/LegalText", "thing/MandatedActivity"),
        *("thing/Recommendation", "thing/StatedCount", "thing/Statistic", "thing/Submission"),
    ],
    "statistics-compared-across-units": ["statistic/b", "statistic/c"],
    "undefined-terms": ["ontology#Findng", "ontology#txt"],
}


@cache
def engine(check: str, fixture: str) -> EmbeddedEngine:
    return EmbeddedEngine.of_files([GraphFile(GRAPH, FIXTURES / check / f"{fixture}.ttl")])


@cache
def rdflib_graph(check: str, fixture: str) -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(FIXTURES / check / f"{fixture}.ttl", format="turtle")


@pytest.fixture(scope="module")
def shipped() -> EmbeddedEngine:
    return EmbeddedEngine.shipped()


def faults(check: Question, fixture: str) -> list[str]:
    """Return the first column of the rows over a fixture, as the embedded engine gives them."""
    return [str(row[0]) for row in engine(check.name, fixture).select(check.sparql).rows]


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_finds_each_fault_and_no_other(check: Question) -> None:
    expected = FAULTS[check.name]
    found = faults(check, "fail")
    assert len(found) == len(expected)
    assert [iri for iri, end in zip(found, expected, strict=True) if not iri.endswith(end)] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_passes_data_without_the_problem(check: Question) -> None:
    assert faults(check, "pass") == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_rdflib_finds_the_same(check: Question) -> None:
    for fixture in ("fail", "pass"):
        result = rdflib_graph(check.name, fixture).query(check.sparql)
        assert [str(row[0]) for row in result] == faults(check, fixture)


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_failing_data_is_the_passing_data_and_more(check: Question) -> None:
    good, bad = set(rdflib_graph(check.name, "pass")), set(rdflib_graph(check.name, "fail"))
    assert good, "a check that passes for want of data proves nothing"
    assert good < bad


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_fixtures_notice_a_wrong_term_anywhere(check: Question) -> None:
    """With any one term of the check misspelt, one of the two fixtures gives other rows."""
    lines = check.sparql.splitlines()
    prefixes = "".join(f"{line}\n" for line in lines if line.startswith("PREFIX "))
    text = "\n".join(line for line in lines if not re.match(r"\s*#|PREFIX ", line))
    plain = re.sub(r"<[^>\s]*>|\"[^\"]*\"", lambda match: " " * len(match[0]), text)

    def rows(sparql: str) -> list[list[tuple[object, ...]]]:
        return [list(engine(check.name, fixture).select(sparql).rows) for fixture in ("fail", "pass")]

    right = rows(prefixes + text)
    assert not [
        match[0]
        for match in re.finditer(r"(?<![\w?])([a-z]+):(\w+)", plain)
        if rows(f"{prefixes}{text[: match.start(2)]}NoSuch{match[2]}{text[match.end(2) :]}") == right
    ]


def test_every_check_has_its_fixtures_and_no_other_stands_here() -> None:
    assert FAULTS.keys() == {check.name for check in CHECKS}
    files = {file.relative_to(FIXTURES).as_posix() for file in FIXTURES.rglob("*.ttl")}
    assert files == {f"{check.name}/{fixture}.ttl" for check in CHECKS for fixture in ("fail", "pass")}


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.name)
def test_shipped_graph_has_no_fault_but_those_acknowledged(check: Question, shipped: EmbeddedEngine) -> None:
    """A fault of a source is recorded by a quality annotation on the thing at fault that names the check."""
    unexplained = [
        [str(term) for term in row]
        for row in shipped.select(check.sparql).rows
        if not (isinstance(row[0], Iri) and is_acknowledged(shipped, check.name, row[0]))
    ]
    assert unexplained == []


def is_acknowledged(source: EmbeddedEngine, check: str, thing: Iri) -> bool:
    """Say whether a quality annotation on the thing acknowledges the check."""
    return source.ask(
        f"""
        PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX upr: <https://w3id.org/uprgraph/ontology#>
        ASK {{ ?annotation oa:hasTarget {thing.n3()} ; upr:acknowledges "{check}" }}
        """
    )


def test_acknowledgements_name_a_check_that_finds_their_target(shipped: EmbeddedEngine) -> None:
    """An acknowledgement of a fault that is not there any more is removed."""
    acknowledged = shipped.select(
        """
        PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX upr: <https://w3id.org/uprgraph/ontology#>
        SELECT ?annotation ?check WHERE { ?annotation upr:acknowledges ?check }
        """
    )
    stale = []
    for annotation, check in acknowledged.rows:
        assert isinstance(annotation, Iri)
        question = catalogue.shipped().question(str(check))
        targets = {
            str(row[0])
            for row in shipped.select(
                f"SELECT ?target WHERE {{ {annotation.n3()} <http://www.w3.org/ns/oa#hasTarget> ?target }}"
            ).rows
        }
        if not targets & {str(row[0]) for row in shipped.select(question.sparql).rows}:
            stale.append(str(annotation))
    assert stale == []

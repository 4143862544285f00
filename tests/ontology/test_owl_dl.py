"""The ontology, with its alignments, codelists and all data, is OWL 2 DL and free of contradiction."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from uprgraph import resources

pytestmark = [pytest.mark.java, pytest.mark.xdist_group("java")]

PREFIXES = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX upr: <https://w3id.org/uprgraph/ontology#>
PREFIX : <http://example.org/>
"""

# OWL 2's datatype map has xsd:dateTime but no plain dates; the facts themselves are days and years.
DATES = ("xsd:date", "xsd:gYear")
DATE_KINDS = {"UseOfUndeclaredDatatype", "UseOfDefinedDatatypeInDatatypeRestriction", "UseOfDefinedDatatypeInLiteral"}


def graph_of(*paths: Path) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path)
    return graph


def vocabulary_files() -> list[Path]:
    folder = resources.ontology()
    files = [folder / "upr.ttl", *sorted((folder / "alignments").glob("*.ttl"))]
    assert len(files) > 5
    return files


def test_vocabulary_and_alignments_are_owl_2_dl(owl: Callable[..., Any]) -> None:
    report = owl(graph_of(*vocabulary_files()))
    assert report.violations == []
    assert report.consistent
    assert report.unsatisfiable == []


@pytest.mark.thorough
def test_everything_shipped_is_owl_2_dl_but_for_days_and_years(owl: Callable[..., Any]) -> None:
    files = {entry.path for entry in resources.graph_files()} | set(vocabulary_files())
    report = owl(graph_of(*sorted(files)))
    others = [
        text for kind, text in report.violations if kind not in DATE_KINDS or not any(date in text for date in DATES)
    ]
    assert others == []
    assert report.consistent
    assert report.unsatisfiable == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("reason", "broken"),
    [
        (
            "UseOfUndeclaredObjectProperty",
            "[] a owl:Restriction ; owl:onProperty :undeclared ; owl:hasSelf true ; rdfs:subClassOf upr:State .",
        ),
        ("UseOfUndeclaredAnnotationProperty", "upr:State :note 'not declared' ."),
        ("UseOfUndeclaredClass", "upr:State rdfs:subClassOf :NotDeclared ."),
        ("IllegalPunning", ":x upr:concernsState :y , 5 . upr:concernsState a owl:DatatypeProperty ."),
        (
            "UseOfNonSimplePropertyInFunctionalPropertyAxiom",
            ":part a owl:ObjectProperty , owl:TransitiveProperty , owl:FunctionalProperty .",
        ),
    ],
)
def test_the_checker_sees_what_is_not_owl_2_dl(owl: Callable[..., Any], reason: str, broken: str) -> None:
    graph = graph_of(*vocabulary_files()).parse(data=PREFIXES + broken, format="turtle")
    assert reason in {kind for kind, _ in owl(graph, reason=False).violations}


def test_the_reasoner_sees_a_contradiction(owl: Callable[..., Any]) -> None:
    broken = "<http://example.org/x> a upr:State , upr:Organisation ."
    report = owl(graph_of(*vocabulary_files()).parse(data=PREFIXES + broken, format="turtle"))
    assert not report.consistent


@pytest.mark.thorough
def test_the_reasoner_sees_a_class_that_can_have_no_member(owl: Callable[..., Any]) -> None:
    broken = ":Both a owl:Class ; rdfs:subClassOf upr:State , upr:Organisation ."
    report = owl(graph_of(*vocabulary_files()).parse(data=PREFIXES + broken, format="turtle"))
    assert report.unsatisfiable == ["<http://example.org/Both>"]

"""The bulk validation finds what pySHACL finds: on each fixture of the shapes, on what is shipped, on spoilt data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from tests.shapes import harness

from uprgraph import resources
from uprgraph.validation import shacl
from uprgraph.validation.bulk import BulkValidator
from uprgraph.validation.loading import DataFile, of_graph
from uprgraph.validation.report import Violation

pytestmark = pytest.mark.filterwarnings("ignore")  # rdflib warns of ill-formed literals, which are what is tested

SUBCLASS_OF = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
UPR = "https://w3id.org/uprgraph/ontology#"
BLANK = re.compile(r"_:\w[\w-]*")


def triples_of(file: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


@cache
def shipped() -> tuple[ox.Quad, ...]:
    return tuple(quad for path in sorted({each.path for each in resources.graph_files()}) for quad in triples_of(path))


@cache
def axioms() -> tuple[ox.Quad, ...]:
    files = [harness.ONTOLOGY / "upr.ttl", *sorted((harness.ONTOLOGY / "alignments").glob("*.ttl"))]
    quads = (quad for file in files for quad in triples_of(file))
    return tuple(quad for quad in quads if quad.predicate == SUBCLASS_OF and isinstance(quad.object, ox.NamedNode))


def as_file(shapes: Graph) -> DataFile:
    return DataFile("shapes", "", list(shapes), "")


@cache
def validator(node: URIRef) -> BulkValidator:
    """Return the validator for a node shape alone, with the subclass axioms as background."""
    return BulkValidator([as_file(harness.with_all_it_needs(node))], axioms())


def comparable(violations: Iterable[Violation]) -> Counter[Violation]:
    """Return violations without the labels of blank nodes, which differ from run to run."""
    return Counter(
        replace(each, value=BLANK.sub("_:b", each.value) if each.value else None, file=None, line=None)
        for each in violations
        if not each.focus.startswith("_:")
    )


def reference(
    shapes: Graph, chunk: Iterable[ox.Triple | ox.Quad], background: Iterable[ox.Triple | ox.Quad]
) -> Counter[Violation]:
    """Return what pySHACL finds in chunk and background together, cut down to the subjects of the chunk."""
    file, under = of_graph("chunk", chunk, 0), of_graph("background", background, 1)
    data = shacl.graph_of([*file.triples, *under.triples])
    found = shacl.violations(shacl.run(data, shapes), data, shapes, [])
    subjects = {str(subject) for subject in file.subjects}
    return comparable(each for each in found if each.focus_iri in subjects)


@pytest.mark.parametrize("node", harness.targeted(harness.all_shapes()), ids=lambda node: node.rpartition("/")[2])
def test_same_results_on_each_fixture(node: URIRef) -> None:
    shapes = harness.with_all_it_needs(node)
    for fixture in harness.fixtures("*.ttl"):
        if harness.owners()[fixture.shape][0] == node:
            chunk = triples_of(fixture.file)
            expected = reference(shapes, chunk, axioms())
            assert bool(expected) == fixture.file.stem.startswith("invalid"), fixture.label
            assert comparable(validator(node).violations(chunk)) == expected, fixture.label


@cache
def with_all_shapes(background: str) -> BulkValidator:
    under = {"nothing": (), "axioms": axioms()}
    return BulkValidator([resources.shapes()], under[background])


@pytest.mark.parametrize("folder", sorted(harness.shape_files()))
def test_same_results_with_all_shapes_at_once(folder: str) -> None:
    """The fixtures of one area in one graph spoil each other, as a careless file does."""
    chunk = [quad for file in sorted((harness.FIXTURES / folder).glob("*/*.ttl")) for quad in triples_of(file)]
    expected = reference(harness.all_shapes(), chunk, axioms())
    assert len(expected) > 10
    assert comparable(with_all_shapes("axioms").violations(chunk)) == expected


@pytest.mark.thorough
def test_same_results_on_what_is_shipped() -> None:
    """All of it is one chunk, spoilt here and there, so that there is something to find."""
    spoilt = [quad for number, quad in enumerate(shipped()) if number % 97 or quad.predicate == SUBCLASS_OF]
    expected = reference(harness.all_shapes(), spoilt, ())
    assert len(expected) > 50
    assert comparable(with_all_shapes("nothing").violations(spoilt)) == expected
    assert with_all_shapes("nothing").violations(shipped()) == ()


RECOMMENDATIONS = "https://w3id.org/uprgraph/id/review/KAZ-20/recommendation/"
TERMS: list[ox.NamedNode | ox.BlankNode | ox.Literal] = [
    *(
        ox.NamedNode(f"https://w3id.org/uprgraph/{path}")
        for path in (
            "id/state/KAZ",
            "id/state/FRA",
            "id/review/KAZ-34",
            "code/response/noted",
            "code/unit/per-cent",
            "x",
        )
    ),
    ox.NamedNode(f"{UPR}State"),
    ox.NamedNode("urn:elsewhere"),
    ox.BlankNode("b"),
    ox.Literal("Noted"),
    ox.Literal("noted", language="en"),
    ox.Literal("Noted", language="EN-gb"),
    ox.Literal("124.12"),
    ox.Literal(""),
    *(
        ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
        for text, datatype in (("2015-03-19", "date"), ("2015-13-45", "date"), ("07", "integer"), ("x", "integer"))
    ),
]
PREDICATES = [
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    ox.NamedNode("http://purl.org/dc/terms/source"),
    SUBCLASS_OF,
    *(
        ox.NamedNode(UPR + name)
        for name in (
            *("actionCategory", "addressedTo", "categorisedBy", "inReview", "madeBy", "paragraph", "position"),
            *("response", "responseDate", "statedIn", "sourceIssue", "sourceResponse", "stateUnderReview"),
            *("text", "evidence", "unit", "mispelt"),
        )
    ),
]


@cache
def recommendations() -> tuple[ox.Triple, ...]:
    """Return eight real recommendations as an import has them, with their review and its session."""
    quads = triples_of(resources.data() / "upr-info" / "KAZ.ttl")
    chosen = list(dict.fromkeys(q.subject for q in quads if str(q.subject.value).startswith(RECOMMENDATIONS)))[:8]
    return tuple(ox.Triple(q.subject, q.predicate, q.object) for q in quads if q.subject in chosen)


@cache
def neighbours() -> tuple[ox.Quad, ...]:
    """Return what is shipped about the things that the recommendations and TERMS name, and the subclass axioms."""
    wanted = {triple.object for triple in recommendations()} | set(TERMS)
    for _ in range(2):
        wanted |= {quad.object for quad in shipped() if quad.subject in wanted}
    chosen = {triple.subject for triple in recommendations()}
    return tuple(quad for quad in shipped() if quad.subject in wanted - chosen or quad.predicate == SUBCLASS_OF)


@cache
def importer() -> BulkValidator:
    return BulkValidator([resources.shapes()], neighbours())


@st.composite
def spoilt(draw: st.DrawFn) -> list[ox.Triple]:
    """Draw the recommendations with some triples dropped, altered in one place, moved or added."""
    triples = list(recommendations())
    subjects = sorted({triple.subject for triple in triples}, key=str)
    for _ in range(draw(st.integers(1, 10))):
        place = draw(st.integers(0, len(triples) - 1))
        old = triples[place]
        subject = draw(st.sampled_from([*subjects, *(term for term in TERMS if isinstance(term, ox.NamedNode))]))
        predicate, value = draw(st.sampled_from(PREDICATES)), draw(st.sampled_from([*TERMS, *subjects]))
        kind = draw(st.sampled_from(["drop", "subject", "predicate", "object", "add", "again", "other"]))
        new = {
            "drop": [],
            "subject": [ox.Triple(subject, old.predicate, old.object)],
            "predicate": [ox.Triple(old.subject, predicate, old.object)],
            "object": [ox.Triple(old.subject, old.predicate, value)],
            "add": [old, ox.Triple(old.subject, old.predicate, value)],
            "again": [old, old],
            "other": [old, ox.Triple(subject, predicate, value)],
        }[kind]
        triples[place : place + 1] = new
    return triples


def test_the_recommendations_are_right_until_spoilt() -> None:
    assert len(recommendations()) > 70
    assert importer().violations(recommendations()) == ()


@pytest.mark.thorough
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_same_results_on_spoilt_recommendations(chunk: list[ox.Triple]) -> None:
    assert comparable(importer().violations(chunk)) == reference(harness.all_shapes(), chunk, neighbours())


def test_each_chunk_is_judged_alone() -> None:
    wrong = [triple for triple in recommendations() if not triple.predicate.value.endswith("response")]
    first = importer().violations(wrong)
    assert {each.path for each in first} == {"upr:response"}
    assert importer().violations(recommendations()) == ()
    assert importer().violations(wrong) == first
    position = [*wrong, ox.Triple(wrong[0].subject, ox.NamedNode(UPR + "statedIn"), wrong[0].object)]
    assert importer().violations(position) != first
    assert importer().violations(wrong) == first


def test_order_of_triples_does_not_matter() -> None:
    wrong = [triple for triple in recommendations() if not triple.predicate.value.endswith("madeBy")]
    assert importer().violations(wrong[::-1]) == importer().violations(wrong)


def test_code_that_is_background_judges_what_uses_it() -> None:
    """The target is the code, which the chunk does not describe; the result is about the thing in the chunk."""
    chunk = triples_of(harness.FIXTURES / "statistics" / "PerCent-value" / "invalid-too-high.ttl")
    per_cent = f"{resources.BASE}code/unit/per-cent"
    used = [quad for quad in chunk if quad.subject.value != per_cent]
    found = importer().violations(used)
    assert "shape:PerCent-value" in {each.shape for each in found}
    assert comparable(found) == reference(harness.all_shapes(), used, neighbours())

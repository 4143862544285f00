"""A misspelt shape constrains nothing and still conforms; so what shapes are made of is checked here."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from . import harness

BASE = "https://w3id.org/uprgraph/"
#: What a shape may say in the SHACL namespace beside the parameters of constraints in reasons.toml.
WORDS = {SH.name, SH.description, SH.message, SH.severity}
STRUCTURE = {SH.path, SH.property, SH.flags, SH.ignoredProperties, SH.qualifiedValueShape, *harness.TARGETS}
#: The predicates of shapes that name a class or property of the data.
NAMING = (SH.targetClass, SH["class"], SH.targetSubjectsOf, SH.targetObjectsOf, SH.equals, SH.disjoint, SH.lessThan)
#: How a shape uses a building block.
USES = (SH.node, SH["not"], SH.qualifiedValueShape, RDF.first)
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}


def iris(nodes: Iterable[Node | None]) -> set[URIRef]:
    """Return those of the nodes that are IRIs."""
    return {node for node in nodes if isinstance(node, URIRef)}


def our_shapes() -> list[URIRef]:
    """Return everything typed as a shape, in order."""
    shapes = harness.all_shapes()
    found = {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}
    assert all(isinstance(shape, URIRef) for shape in found), "a shape is a blank node"
    return sorted(shape for shape in found if isinstance(shape, URIRef))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """Return the vocabulary, its alignments and the codelists."""
    graph = Graph()
    files = sorted(harness.ONTOLOGY.rglob("*.ttl"))
    assert files
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@pytest.mark.thorough
def test_shapes_are_shacl() -> None:
    """The shapes conform to the shapes of SHACL itself."""
    of_shacl = Graph().parse(str(resources.files("pyshacl") / "assets" / "shacl-shacl.ttl"), format="turtle")
    conforms, _, text = pyshacl.validate(harness.all_shapes(), shacl_graph=of_shacl)
    assert conforms, text


def test_every_shacl_term_exists() -> None:
    used = iris(node for triple in harness.all_shapes() for node in triple)
    assert {term for term in used if term.startswith(str(SH)) and term not in SH} == set()


def test_every_predicate_of_a_shape_is_known_here() -> None:
    """A parameter that reasons.toml does not list would escape the test that every constraint has fixtures."""
    shapes = harness.all_shapes()
    used = iris(predicate for shape in our_shapes() for predicate in shapes.predicates(shape))
    unknown = used - WORDS - STRUCTURE - set(harness.PARAMETERS)
    assert {term for term in unknown if term.startswith(str(SH))} == set()


def test_every_term_of_the_vocabulary_and_every_code_is_defined(ontology: Graph) -> None:
    used = iris(node for triple in harness.all_shapes() for node in triple)
    ours = {term for term in used if str(term).startswith((BASE + "ontology#", BASE + "code/"))}
    assert ours
    assert {term for term in ours if (term, RDF.type, None) not in ontology} == set()


def test_every_property_and_class_named_is_declared(ontology: Graph) -> None:
    """Also a term of another vocabulary is declared in an alignment, so that `skos:inSchema` is found."""
    shapes = harness.all_shapes()
    named = iris(term for predicate in NAMING for term in shapes.objects(None, predicate))
    named |= iris(step for path in shapes.objects(None, SH.path) for step in shapes.transitive_objects(path, None))
    standard = (str(RDF), str(RDFS), str(OWL), str(SH))
    others = {term for term in named if not str(term).startswith(standard)}
    assert {term for term in others if (term, RDF.type, None) not in ontology} == set()


def test_every_class_and_property_of_the_vocabulary_has_a_shape() -> None:
    """A term without a shape could be used in any way."""
    vocabulary = Graph().parse(harness.ONTOLOGY / "upr.ttl", format="turtle")
    shapes = harness.all_shapes()
    classes = iris(vocabulary.subjects(RDF.type, OWL.Class))
    assert classes - set(shapes.objects(None, SH.targetClass)) == set()
    paths = {step for path in shapes.objects(None, SH.path) for step in shapes.transitive_objects(path, None)}
    properties = iris(p for kind in PROPERTY_KINDS for p in vocabulary.subjects(RDF.type, kind))
    assert properties - paths == set()


@pytest.mark.parametrize("shape", our_shapes(), ids=lambda shape: shape.removeprefix(str(harness.SHAPE)))
def test_shape_explains_itself(shape: URIRef) -> None:
    shapes = harness.all_shapes()
    assert shape.startswith(str(harness.SHAPE))
    reports = bool(shape in harness.owners() and harness.components(shape))  # building blocks report nothing themselves
    needed = [SH.name, SH.description, *([SH.message] if reports else [])]
    for predicate in needed:
        texts = list(shapes.objects(shape, predicate))
        assert len(texts) == 1, f"{predicate}: {texts}"
        assert isinstance(texts[0], Literal)
        assert texts[0].language == "en"
    if reports:
        assert set(shapes.objects(shape, SH.severity)) <= SEVERITIES
        assert len(list(shapes.objects(shape, SH.severity))) == 1


def test_every_property_shape_belongs_to_one_shape_and_is_named_after_it() -> None:
    shapes = harness.all_shapes()
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        users = list(shapes.subjects(SH.property, shape))
        assert len(users) == 1, f"{shape} is used by {users}"
        node = harness.owners()[shape][0] if shape in harness.owners() else users[0]  # type: ignore[index]
        assert str(shape).startswith(f"{node}-")


def test_building_blocks_say_one_thing() -> None:
    """A shape without a target is tested only through those that use it, so that it must not say two things."""
    shapes = harness.all_shapes()
    blocks = [s for s in our_shapes() if s not in harness.owners() and (s, RDF.type, SH.NodeShape) in shapes]
    assert blocks
    for block in blocks:
        inner = [p for p in shapes.objects(block, SH.property) if isinstance(p, URIRef)]
        declared = [*harness.components(block), *(c for p in inner for c in harness.components(p))]
        assert len(declared) == 1, f"{block}: {declared}"
        assert any((None, way, block) in shapes for way in USES), f"{block} is used by no shape"


def test_sparql_says_why_core_shacl_is_not_enough() -> None:
    shapes = harness.all_shapes()
    constraints = set(shapes.objects(None, SH.sparql))
    assert constraints
    for constraint in constraints:
        (note,) = shapes.objects(constraint, SKOS.editorialNote)
        assert str(note).startswith(("SPARQL, because core SHACL cannot", "SPARQL, because sh:"))

"""Each part of each shape is needed: without it, some fixture is no longer judged as its name says."""

from __future__ import annotations

from functools import cache

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from . import harness
from .harness import Fixture

LISTS = (SH["or"], SH.languageIn)
#: What must go with a parameter, since without it the rest is no SHACL.
COMPANIONS = {
    SH.closed: SH.ignoredProperties,
    SH.qualifiedMinCount: SH.qualifiedValueShape,
    SH.qualifiedMaxCount: SH.qualifiedValueShape,
}


@cache
def fixtures_of(node: URIRef) -> tuple[Fixture, ...]:
    """Return the fixtures of a node shape and of its property shapes."""
    every = [*harness.fixtures("invalid-*.ttl"), *harness.fixtures("valid*.ttl")]
    return tuple(fixture for fixture in every if harness.owners()[fixture.shape][0] == node)


def noticed(shape: URIRef, node: URIRef, mutant: Graph) -> bool:
    """Return whether a fixture of the node shape is judged wrongly by the mutant, trying those of `shape` first."""
    for fixture in sorted(fixtures_of(node), key=lambda fixture: fixture.shape != shape):
        results = harness.validate(fixture.data(), mutant)
        if fixture.file.stem.startswith("valid") == bool(results):
            return True
    return False


def without(graph: Graph, triple: tuple[Node, Node, Node]) -> Graph:
    """Return a copy of a graph that lacks one triple."""
    copy = Graph()
    copy += graph
    copy.remove(triple)
    return copy


def shortened(graph: Graph, head: Node, member: Node) -> Graph:
    """Return a copy of a graph in which a list lacks one member."""
    copy = Graph()
    copy += graph
    rest = [item for item in Collection(copy, head) if item != member]
    copy.remove((head, None, None))
    Collection(copy, head, rest)
    return copy


def mutants(node: URIRef) -> list[tuple[str, URIRef, Graph]]:
    """Return the mutants of a node shape, each with a name and the shape it was made in."""
    whole = harness.with_all_it_needs(node)
    made: list[tuple[str, URIRef, Graph]] = []
    for shape in sorted({s for s in whole.subjects() if isinstance(s, URIRef)}):
        for predicate, value in whole.predicate_objects(shape):
            if predicate in LISTS:
                members = list(Collection(whole, value))
                made += [(f"{shape} {predicate} without {m}", shape, shortened(whole, value, m)) for m in members]
            if predicate in harness.PARAMETERS or predicate in harness.TARGETS:
                mutant = without(whole, (shape, predicate, value))
                for companion in set(COMPANIONS.values()):
                    if not any((shape, p, None) in mutant for p, c in COMPANIONS.items() if c == companion):
                        mutant.remove((shape, companion, None))
                made.append((f"{shape} without {predicate} {value}", shape, mutant))
    return made


@pytest.mark.thorough
@pytest.mark.parametrize("node", harness.targeted(harness.all_shapes()), ids=lambda node: node.rpartition("/")[2])
def test_no_part_of_a_shape_can_be_lost(node: URIRef) -> None:
    made = mutants(node)
    assert made
    assert (node, RDF.type, SH.NodeShape) in harness.all_shapes()
    assert [name for name, shape, mutant in made if not noticed(shape, node, mutant)] == []

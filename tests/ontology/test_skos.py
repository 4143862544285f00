"""The integrity conditions of SKOS (S9, S13, S14, S27 and S46 of its reference) hold over all that is shipped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from uprgraph import resources

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
HIERARCHICAL_OR_RELATED = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
Condition = Callable[[Graph], set[Any]]
PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX : <http://example.org/> "


@cache
def shipped() -> Graph:
    """Return everything that the catalogue lists, as one graph."""
    graph = Graph(bind_namespaces="none")
    for path in sorted({entry.path for entry in resources.graph_files()}):
        graph.parse(path)
    return graph


def both_scheme_and_concept(graph: Graph) -> set[Node]:
    """S9: nothing is a concept and a scheme."""
    return set(graph.subjects(RDF.type, SKOS.Concept)) & set(graph.subjects(RDF.type, SKOS.ConceptScheme))


def labels_of_two_kinds(graph: Graph) -> set[tuple[Node, Node]]:
    """S13: no label of a thing is of two kinds."""
    kinds = [set(graph.subject_objects(predicate)) for predicate in LABELS]
    return set().union(*(first & second for first, second in combinations(kinds, 2)))


def two_preferred_labels(graph: Graph) -> set[Node]:
    """S14: a thing has at most one preferred label in each language."""
    found = Counter((thing, getattr(label, "language", None)) for thing, label in graph.subject_objects(SKOS.prefLabel))
    return {thing for (thing, _), times in found.items() if times > 1}


def related_and_broader(graph: Graph) -> set[tuple[Node, Node]]:
    """S27: what is related is not broader, at any distance, in either direction."""
    pairs = set(graph.subject_objects(SKOS.related)) | set(graph.subject_objects(SKOS.relatedMatch))
    return {(one, other) for one, other in pairs if other in above(graph, one) or one in above(graph, other)}


def above(graph: Graph, concept: Node) -> set[Node]:
    """Return what is broader than a concept, at any distance."""
    found: set[Node] = set()
    waiting = [concept]
    while waiting:
        node = waiting.pop()
        steps = {*graph.objects(node, SKOS.broader), *graph.objects(node, SKOS.broadMatch)}
        steps |= {*graph.subjects(SKOS.narrower, node), *graph.subjects(SKOS.narrowMatch, node)}
        waiting += steps - found
        found |= steps
    return found


def exact(graph: Graph) -> Iterator[set[Node]]:
    """Yield the sets of things that are the same by skos:exactMatch, which is symmetric and transitive."""
    linked: defaultdict[Node, set[Node]] = defaultdict(set)
    for one, other in graph.subject_objects(SKOS.exactMatch):
        linked[one].add(other)
        linked[other].add(one)
    seen: set[Node] = set()
    for start in list(linked):
        if start not in seen:
            same, waiting = {start}, [start]
            while waiting:
                fresh = linked[waiting.pop()] - same
                same |= fresh
                waiting += fresh
            seen |= same
            yield same


def exact_and_something_else(graph: Graph) -> set[tuple[Node, Node]]:
    """S46: what matches exactly is no broader, narrower or related match."""
    others = {pair for predicate in HIERARCHICAL_OR_RELATED for pair in graph.subject_objects(predicate)}
    return {pair for same in exact(graph) for pair in others if {*pair} <= same}


def two_of_one_scheme_made_one(graph: Graph) -> set[tuple[Node, ...]]:
    """Two concepts of one list match exactly, if only by way of a third: one of the links is wrong."""
    found = set()
    for same in exact(graph):
        by_scheme = defaultdict(set)
        for thing in same:
            for scheme in graph.objects(thing, SKOS.inScheme):
                by_scheme[scheme].add(thing)
        found |= {tuple(sorted(things, key=str)) for things in by_scheme.values() if len(things) > 1}
    return found


def top_of_another_scheme(graph: Graph) -> set[Node]:
    """S8: a top concept of a scheme is in that scheme (we state both, since most stores do not infer)."""
    return {
        concept
        for concept, scheme in graph.subject_objects(SKOS.topConceptOf)
        if (concept, SKOS.inScheme, scheme) not in graph
    }


def without_top_concept(graph: Graph) -> set[Node]:
    """A scheme without a top concept cannot be browsed from above."""
    return set(graph.subjects(RDF.type, SKOS.ConceptScheme)) - set(graph.objects(None, SKOS.topConceptOf))


CONDITIONS = (
    both_scheme_and_concept,
    labels_of_two_kinds,
    two_preferred_labels,
    related_and_broader,
    exact_and_something_else,
    two_of_one_scheme_made_one,
    top_of_another_scheme,
    without_top_concept,
)
BROKEN = {
    "both_scheme_and_concept": ":a a skos:Concept , skos:ConceptScheme .",
    "labels_of_two_kinds": ":a skos:prefLabel 'life'@en ; skos:altLabel 'life'@en .",
    "two_preferred_labels": ":a skos:prefLabel 'life'@en , 'right to life'@en .",
    "related_and_broader": ":a skos:related :c ; skos:broader :b . :b skos:broadMatch :c .",
    "exact_and_something_else": ":a skos:exactMatch :b . :c skos:exactMatch :b ; skos:broadMatch :a .",
    "two_of_one_scheme_made_one": ":a skos:inScheme :s . :b skos:inScheme :s ; skos:exactMatch :a .",
    "top_of_another_scheme": ":a skos:inScheme :s ; skos:topConceptOf :t .",
    "without_top_concept": ":s a skos:ConceptScheme . :a skos:inScheme :s .",
}


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.__name__)
def test_what_is_shipped_keeps_the_condition(condition: Condition) -> None:
    assert condition(shipped()) == set()


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.__name__)
def test_what_breaks_the_condition_is_seen(condition: Condition) -> None:
    broken = Graph(bind_namespaces="none").parse(data=PREFIXES + BROKEN[condition.__name__], format="turtle")
    assert condition(broken) != set()


def test_concepts_are_mapped_across_lists_and_ordered_within_one() -> None:
    graph = shipped()
    ours = dict(graph.subject_objects(SKOS.inScheme))
    assert len(ours) > 200
    for predicate in (SKOS.broader, SKOS.related):
        assert {pair for pair in graph.subject_objects(predicate) if ours[pair[0]] != ours[pair[1]]} == set()
    for predicate in (*HIERARCHICAL_OR_RELATED, SKOS.exactMatch, SKOS.closeMatch):
        pairs = {pair for pair in graph.subject_objects(predicate) if pair[0] in ours and pair[1] in ours}
        assert {(one, other) for one, other in pairs if ours[one] == ours[other]} == set()


def test_every_scheme_is_a_list_of_ours() -> None:
    schemes = {scheme for scheme in shipped().subjects(RDF.type, SKOS.ConceptScheme) if isinstance(scheme, URIRef)}
    assert {str(scheme).rpartition("/")[2] for scheme in schemes} == {
        path.stem for path in (resources.ontology() / "codelists").glob("*.ttl")
    }

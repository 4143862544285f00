"""What a decision does to the graph of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rdflib import RDF, Graph, Literal, URIRef

from uprgraph.extraction.drafting import mismatches
from uprgraph.extraction.drafting.documents import without_findings
from uprgraph.extraction.drafting.naming import slug
from uprgraph.extraction.drafting.triples import add, code, english, node, term
from uprgraph.extraction.reviewing.items import TOPICS, TYPES

_BELONGS = ("upr:statedIn", "upr:topicOf", "upr:reportsOn", "upr:observes")
"""What has one of these cannot be without its value."""
_HAS = ("upr:hasAdoptionStatus", "upr:hasConcernStatus")
"""What is a value of one of these cannot be without what has it."""
_MADE_FOR_OTHERS = ("upr:LegalText", "upr:Organisation", "upr:PoliticalParty", "upr:Curator")
"""Things that stand in a dossier because others refer to them."""


def mark(graph: Graph, iri: URIRef, status: str, curator: str, time: datetime) -> None:
    """Mark a drafted thing as accepted or changed, by whom and when. What the rule was sure of is no doubt any more."""
    who = node(f"id/curator/{slug(curator)}")
    add(graph, who, {"rdf:type": term("upr:Curator")})
    if (who, term("rdfs:label"), None) not in graph:
        add(graph, who, {"rdfs:label": english(curator)})
    graph.set((iri, term("upr:reviewStatus"), code("review-status", status)))
    graph.set((iri, term("upr:reviewedBy"), who))
    graph.set(
        (iri, term("upr:reviewedAt"), Literal(time.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=term("xsd:dateTime")))
    )
    graph.remove((iri, term("upr:confidence"), None))
    clean(graph)


def set_topics(graph: Graph, iri: URIRef, scheme: str, notations: Iterable[str]) -> None:
    """Let a statement concern these rights or principles and no others of the codelist."""
    wanted = {code(scheme, notation) for notation in notations}
    before = set(graph.objects(iri, term(TOPICS[scheme])))
    for concept in before - wanted:
        graph.remove((iri, term(TOPICS[scheme]), concept))
        for match in list(graph.subjects(term("upr:topicOf"), iri)):
            if (match, term("upr:topic"), concept) in graph:
                graph.remove((match, None, None))
    for concept in wanted:
        graph.add((iri, term(TOPICS[scheme]), concept))


def set_type(graph: Graph, iri: URIRef, kind: str, notation: str) -> None:
    """Give a thing of a kind another type."""
    name, scheme = TYPES[kind]
    graph.set((iri, term(name), code(scheme, notation)))


def drop(graph: Graph, iri: URIRef) -> list[URIRef]:
    """Remove a thing, with what cannot be without it; return what was removed, the thing itself first."""
    removed: dict[URIRef, None] = {}
    waiting = [iri]
    while waiting:
        each = waiting.pop(0)
        if each in removed:
            continue
        removed[each] = None
        found = [subject for name in _BELONGS for subject in graph.subjects(term(name), each)]
        found += [value for name in _HAS for value in graph.objects(each, term(name))]
        waiting += [thing for thing in found if isinstance(thing, URIRef)]
    for each in removed:
        graph.remove((each, None, None))
        graph.remove((None, None, each))
    clean(graph)
    return list(removed)


def clean(graph: Graph) -> None:
    """Remove what only served what is gone: passages, notes, texts and bodies; renew the notes on counts."""
    for annotation in list(graph.subjects(RDF.type, term("dqv:QualityAnnotation"))):
        if (annotation, term("oa:hasTarget"), None) not in graph:
            graph.remove((annotation, None, None))
    mismatches.record(graph)
    without_findings(graph)
    while unused := _unused(graph):
        for thing in unused:
            for selector in list(graph.objects(thing, term("oa:hasSelector"))):
                graph.remove((selector, None, None))
            for name in _HAS:
                for claim in list(graph.objects(thing, term(name))):
                    graph.remove((claim, None, None))
            graph.remove((thing, None, None))


def _unused(graph: Graph) -> list[URIRef]:
    """Return the passages on which nothing rests, and the things for others to which nothing refers."""
    found = [
        passage
        for passage in graph.subjects(RDF.type, term("upr:Passage"))
        if (None, term("upr:evidence"), passage) not in graph
    ]
    for kind in _MADE_FOR_OTHERS:
        found += [thing for thing in graph.subjects(RDF.type, term(kind)) if (None, None, thing) not in graph]
    return [each for each in found if isinstance(each, URIRef)]

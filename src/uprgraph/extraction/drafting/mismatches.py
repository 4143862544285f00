"""Counts that differ from what is listed, noted as the check `count-mismatches` finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, Graph, Literal, URIRef

from uprgraph.extraction.drafting.triples import add, code, english, term

CHECK = "count-mismatches"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stated count, the document it is of, what is counted (count-kind), the number stated and that listed."""

    count: URIRef
    document: URIRef
    kind: str
    stated: int
    listed: int


def found(graph: Graph) -> Iterator[Mismatch]:
    """Yield each exact count of a document that lists all it counts, and lists another number, in order."""
    exactly = code("count-qualifier", "exactly")
    for count in sorted(graph.subjects(RDF.type, term("upr:StatedCount")), key=str):
        document = graph.value(count, term("upr:statedIn"))
        number = graph.value(count, term("upr:count"))
        kind = str(graph.value(count, term("upr:countOf"))).rpartition("/")[2]
        if (
            isinstance(count, URIRef)
            and isinstance(document, URIRef)
            and number is not None
            and (count, term("upr:countQualifier"), exactly) in graph
            and (count, term("upr:listsAll"), Literal(True)) in graph
        ):
            listed = _listed(graph, document, kind)
            if listed != int(str(number)):
                yield Mismatch(count, document, kind, int(str(number)), listed)


def _listed(graph: Graph, document: URIRef, kind: str) -> int:
    stated = list(graph.subjects(term("upr:statedIn"), document))
    listed = [each for each in stated if (each, RDF.type, term("upr:Recommendation")) in graph]
    if kind == "priority-recommendations":
        listed = [each for each in listed if (each, term("upr:isPriority"), Literal(True)) in graph]
    return len(listed)


def record(graph: Graph) -> None:
    """Note each mismatch on the count and its document, in place of the notes of this kind that the graph has."""
    for annotation in list(graph.subjects(term("upr:acknowledges"), Literal(CHECK))):
        graph.remove((annotation, None, None))
    for each in found(graph):
        annotation = URIRef(f"{each.document}/annotation/{CHECK}-{each.kind}")
        counted = each.kind.replace("-", " ")
        add(
            graph,
            annotation,
            {
                "rdf:type": term("dqv:QualityAnnotation"),
                "oa:bodyValue": english(
                    f"The source announces {each.stated} {counted} and goes on to list {each.listed}."
                ),
                "oa:motivatedBy": term("oa:assessing"),
                "upr:acknowledges": Literal(CHECK),
            },
        )
        for target in (each.count, each.document):
            graph.add((annotation, term("oa:hasTarget"), target))
        for passage in graph.objects(each.count, term("upr:evidence")):
            graph.add((annotation, term("upr:evidence"), passage))

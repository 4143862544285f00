"""What is stated of the datasets that were imported, and of the graphs that hold what they say."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from uprgraph.importing.statements import dataset_of, document, graph_of
from uprgraph.sources.records import Dataset
from uprgraph.sources.sessions import review_of
from uprgraph.sources.statements import EDITORIAL_NOTE, LABEL, RDF_TYPE, SOURCE, node, term, text, typed

GRAPH = node("graph/imports")
"""The graph that describes the graphs of imports, as the shipped catalogue describes the shipped ones."""

_CLASSES = {"export": "dcat:Dataset", "report": "upr:WorkingGroupReport", "matrix": "upr:ThematicList"}


def describe(dataset: Dataset, source: str) -> Iterator[Quad]:
    """Yield what a dataset or document is, in its own graph."""
    subject, graph = dataset_of(dataset.key, source), graph_of(dataset.key)
    yield Quad(subject, RDF_TYPE, term(_CLASSES[dataset.kind]), graph)
    yield Quad(subject, term("dcterms:title"), text(dataset.title), graph)
    if dataset.kind == "export":
        yield Quad(subject, term("dcterms:publisher"), NamedNode(dataset.publisher), graph)
    else:
        yield Quad(subject, LABEL, text(dataset.title), graph)
        yield Quad(subject, term("upr:issuedBy"), NamedNode(dataset.publisher), graph)
    if dataset.symbol is not None:
        yield Quad(subject, term("dcterms:identifier"), Literal(dataset.symbol), graph)
    if dataset.issued is not None:
        yield Quad(subject, term("dcterms:issued"), typed(dataset.issued, "xsd:date"), graph)
    if dataset.review is not None:
        state, session = dataset.review
        yield Quad(subject, term("upr:concernsState"), NamedNode(state), graph)
        yield Quad(subject, term("upr:reportsOn"), review_of(state, session), graph)
    if dataset.note is not None:
        yield Quad(subject, EDITORIAL_NOTE, text(dataset.note), graph)


def describe_document(symbol: str, dataset: str) -> Iterator[Quad]:
    """Yield what is known of a document that recommendations of a dataset stand in: its symbol."""
    subject, graph = document(symbol), graph_of(dataset)
    yield Quad(subject, RDF_TYPE, term("upr:Document"), graph)
    yield Quad(subject, LABEL, text(symbol), graph)
    yield Quad(subject, term("dcterms:identifier"), Literal(symbol), graph)


def describe_graph(dataset: Dataset, source: str, triples: int) -> Iterator[Quad]:
    """Yield the description of the graph of a dataset, with the number of its triples."""
    graph = graph_of(dataset.key)
    yield from _named_graph(graph, f"Imported: {dataset.title}", triples)
    yield Quad(graph, term("dcterms:publisher"), NamedNode(dataset.publisher), GRAPH)
    yield Quad(graph, SOURCE, dataset_of(dataset.key, source), GRAPH)


def describe_imports() -> Iterator[Quad]:
    """Yield the description of the graph that describes the others."""
    yield from _named_graph(GRAPH, "Imported datasets and their graphs")


def _named_graph(graph: NamedNode, title: str, triples: int | None = None) -> Iterator[Quad]:
    for kind in ("void:Dataset", "dcat:Dataset", "sd:NamedGraph"):
        yield Quad(graph, RDF_TYPE, term(kind), GRAPH)
    yield Quad(graph, term("sd:name"), graph, GRAPH)
    yield Quad(graph, term("dcterms:title"), text(title), GRAPH)
    if triples is not None:
        yield Quad(graph, term("void:triples"), typed(str(triples), "xsd:integer"), GRAPH)

"""The description of the SPARQL service, as SPARQL 1.1 Service Description says."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.graphs import graphs_of
from uprgraph.server.jobs.sparql import GRAPH_FORMATS, GRAPHS, Answered, chosen

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_VOID_DATASET = ox.NamedNode("http://rdfs.org/ns/void#Dataset")
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_CUT = "This answer is cut off: it has as many rows or bytes as one answer may have, and the query has more."


def describe(dataset: Dataset, endpoint: str, cut_link: str, accept: str | None) -> Answered:
    """Return the description of the service at an address, in the form that the client likes best."""
    form = chosen(accept, GRAPHS)
    sink = io.BytesIO()
    prefixes = {"sd": _SD, "formats": _FORMATS, "rdfs": _RDFS, "void": "http://rdfs.org/ns/void#"}
    union = isinstance(dataset.graph.engine, EmbeddedEngine)
    triples = _triples(graphs_of(dataset), endpoint, cut_link, union=union)
    ox.serialize(triples, sink, GRAPH_FORMATS[form.name], prefixes=prefixes if form.name in {"ttl", "rdf"} else None)
    return Answered(sink.getvalue(), form.content_type)


def _triples(graphs: Sequence[str], endpoint: str, cut_link: str, *, union: bool) -> Iterator[ox.Triple]:
    service, default_dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    default_graph = ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    if union:
        yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(service, _sd("defaultDataset"), default_dataset)
    yield ox.Triple(default_dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(default_dataset, _RDF_TYPE, _VOID_DATASET)
    yield ox.Triple(default_dataset, _sd("defaultGraph"), default_graph)
    yield ox.Triple(default_graph, _RDF_TYPE, _sd("Graph"))
    for graph in sorted(graphs):
        named, content = ox.BlankNode(), ox.BlankNode()
        yield ox.Triple(default_dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _RDF_TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(graph))
        yield ox.Triple(named, _sd("graph"), content)
        yield ox.Triple(content, _RDF_TYPE, _sd("Graph"))
    yield ox.Triple(ox.NamedNode(cut_link), ox.NamedNode(_RDFS + "comment"), ox.Literal(_CUT, language="en"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)

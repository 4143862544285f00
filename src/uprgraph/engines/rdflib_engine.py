"""The reference engine: rdflib inside this process. Slow to start and to answer, and independent of pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import rdflib
from pyparsing.exceptions import ParseBaseException
from rdflib.graph import ReadOnlyGraphAggregate
from rdflib.query import Result

from uprgraph import files, resources, turtle
from uprgraph.engines import guard
from uprgraph.engines.base import Answer, Engine, Row, Solutions, Triples
from uprgraph.engines.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from uprgraph.errors import QueryError


class RdflibEngine(Engine):
    """Answers from an rdflib Dataset."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self._dataset = dataset

    @classmethod
    def shipped(cls) -> RdflibEngine:
        """Return an engine over the graphs that come with the package, as data/catalog.ttl lists them."""
        return cls.of_files(resources.graph_files())

    @classmethod
    def of_files(cls, graph_files: Iterable[resources.GraphFile]) -> RdflibEngine:
        """Return an engine over Turtle files in their named graphs. Raises InvalidDataError for what is not Turtle."""
        dataset = rdflib.Dataset(default_union=True)
        for graph, path in graph_files:
            named = dataset.graph(rdflib.URIRef(graph))
            named += turtle.parse(files.read_text(path), path)
        return cls(dataset)

    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query, see `Engine.query`. SERVICE, FROM, updates and very deep queries are refused."""
        guard.check(text, allow_dataset=False)
        source: rdflib.Graph = self._dataset
        if default_graphs:
            source = ReadOnlyGraphAggregate([self._dataset.graph(rdflib.URIRef(graph)) for graph in default_graphs])
        try:
            result = source.query(text, initNs={})
        except ParseBaseException as error:
            raise QueryError(f"not valid SPARQL: {error.msg}", error.lineno, error.column) from error
        if result.type == "ASK":
            return bool(result.askAnswer)
        if result.type in {"CONSTRUCT", "DESCRIBE"}:
            return Triples(_triples(result))
        return Solutions(tuple(str(variable) for variable in result.vars or ()), _rows(result))


def _rows(result: Result) -> Iterator[Row]:
    variables = result.vars or []
    for binding in result.bindings:
        found = (binding.get(variable) for variable in variables)  # which may hold None, from an unbound group
        yield tuple(None if node is None else _term(node) for node in found)


def _triples(result: Result) -> Iterator[Triple]:
    for subject, predicate, value in result.graph or ():
        yield _term(subject), _term(predicate), _term(value)


def _term(node: object) -> Term:
    if isinstance(node, rdflib.URIRef):
        return Iri(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return Literal(str(node), RDF_LANG_STRING, node.language)
        return Literal(str(node), XSD_STRING if node.datatype is None else str(node.datatype))
    raise QueryError(f"rdflib answered with {type(node).__name__}, which is not an RDF term")

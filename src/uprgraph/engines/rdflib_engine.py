"""The reference engine: rdflib inside this process. Slow to start and to answer, and independent of pyoxigraph.

Tests compare its answers with those of the default engine. `Graph(RdflibEngine.shipped(), ())` asks it by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import rdflib
from pyparsing.exceptions import ParseBaseException
from rdflib.graph import ReadOnlyGraphAggregate
from rdflib.plugins.sparql import CUSTOM_EVALS, prepareQuery
from rdflib.plugins.sparql.evaluate import evalAggregateJoin
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, Query, QueryContext, SPARQLError
from rdflib.query import Result
from rdflib.term import Node, Variable

from uprgraph import files, resources, turtle
from uprgraph.engines import explain, guard
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
        query = _parsed(text)
        try:
            result = source.query(query)
            bindings: Iterable[Mapping[Variable, Node]] = result.bindings if result.type == "SELECT" else []
        except Exception as error:
            if not _is_of_the_query(error):
                raise
            raise QueryError(f"rdflib cannot answer the query: {error}") from error
        if result.type == "ASK":
            return bool(result.askAnswer)
        if result.type in {"CONSTRUCT", "DESCRIBE"}:
            return Triples(_triples(result))
        variables = result.vars or []
        return Solutions(tuple(map(str, variables)), _rows(variables, bindings))


def _parsed(text: str) -> Query:
    undeclared = explain.undeclared_prefix(text)  # rdflib knows some, foaf among them, without a declaration
    if undeclared is not None:
        raise undeclared
    try:
        return prepareQuery(text)
    except ParseBaseException as error:
        mistake = QueryError(f"not valid SPARQL: {error.msg}", error.lineno, error.column)
        raise explain.usual_mistake(text) or mistake from error
    except Exception as error:
        if not _is_of_the_query(error):
            raise
        raise explain.usual_mistake(text) or QueryError(f"not valid SPARQL: {error}") from error


def _is_of_the_query(error: Exception) -> bool:
    """Say whether rdflib means the query: by SPARQLError, or by `Exception` itself; a kind of it is a defect."""
    return type(error) is Exception or isinstance(error, SPARQLError)


def _grouped(context: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
    """Evaluate GROUP BY; where rdflib makes a group of no solutions there is none, as SPARQL says (11.2)."""
    if part.name != "AggregateJoin" or part.p.expr is None:
        raise NotImplementedError  # which tells rdflib to evaluate this part itself
    return (group for group in evalAggregateJoin(context, part) if group)


CUSTOM_EVALS[__name__] = _grouped


def _rows(variables: Sequence[Variable], bindings: Iterable[Mapping[Variable, Node]]) -> Iterator[Row]:
    for binding in bindings:
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

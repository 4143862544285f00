"""Evaluating whole queries, for the SPARQL endpoint."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Final, NamedTuple

import pyoxigraph as ox

from uprgraph import vocabulary
from uprgraph.engines import guard
from uprgraph.engines.base import Answer, Solutions, Triples
from uprgraph.engines.convert import to_pyoxigraph
from uprgraph.engines.embedded import EmbeddedEngine
from uprgraph.engines.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Term
from uprgraph.errors import QueryError, UsageError
from uprgraph.server.jobs import Dataset
from uprgraph.server.jobs.cutting import Cut, FullError, Sink, cut_rows
from uprgraph.server.jobs.graphs import check_graphs
from uprgraph.server.negotiation import best

_Rows = ox.QuerySolutions | ox.QueryBoolean


class Form(NamedTuple):
    """A form of answers: its name here, and the content type that is sent."""

    name: str
    content_type: str


_UTF8 = "; charset=utf-8"
RESULTS: Final[Mapping[str, Form]] = {
    "application/sparql-results+json": Form("json", "application/sparql-results+json"),
    "application/sparql-results+xml": Form("xml", "application/sparql-results+xml"),
    "text/csv": Form("csv", f"text/csv{_UTF8}; header=present"),
    "text/tab-separated-values": Form("tsv", f"text/tab-separated-values{_UTF8}"),
    "application/json": Form("json", "application/json"),
    "application/xml": Form("xml", "application/xml"),
    "text/xml": Form("xml", f"text/xml{_UTF8}"),
}
"""The media types of answers to SELECT and ASK; the first is for clients that have no wish."""
GRAPHS: Final[Mapping[str, Form]] = {
    "text/turtle": Form("ttl", f"text/turtle{_UTF8}"),
    "application/n-triples": Form("nt", "application/n-triples"),
    "application/ld+json": Form("jsonld", "application/ld+json"),
    "application/rdf+xml": Form("rdf", "application/rdf+xml"),
    "application/json": Form("jsonld", "application/json"),
    "application/xml": Form("rdf", "application/xml"),
    "text/plain": Form("nt", f"text/plain{_UTF8}"),
}
"""The media types of answers to CONSTRUCT and DESCRIBE."""
_RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_COMMENTS = {"ttl": "# {}\n", "nt": "# {}\n", "rdf": "<!-- {} -->\n"}
_ROOM = 1 << 20
"""Bytes that the end of a document may need."""


class Asked(NamedTuple):
    """A request of the SPARQL protocol.

    `default_graphs` and `named_graphs` are those of the request, which count before those of the query. `cut_link` is
    where it is written what it means that an answer is cut off, as it is after so many rows or triples, and `bytes`.
    """

    text: str
    accept: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    cut_link: str
    rows: int
    bytes: int

    @property
    def base(self) -> str:
        """What relative IRIs of the query are relative to, unless it says so itself: the endpoint."""
        return self.cut_link.partition("#")[0]


class Answered(NamedTuple):
    """An answer as it is sent, and after how many rows or triples it was cut off at the latest, if it was.

    `unpacked` is its size when the content is packed with gzip; `total` how many rows there are, where it has a page.
    """

    content: bytes
    content_type: str
    rows_cut_at: int | None = None
    unpacked: int | None = None
    total: int = 0


class NotAcceptableError(UsageError):
    """None of the media types of an answer is one that the client takes."""


def evaluate(dataset: Dataset, asked: Asked) -> Answered:
    """Return the answer to a query, in the form that the client likes best, and no larger than is asked for.

    Raises QueryError for a query that is wrong, is an update, calls a SERVICE or names a graph that is not there, and
    NotAcceptableError.
    """
    kind = guard.check(asked.text)
    form = chosen(asked.accept, RESULTS if kind in {"SELECT", "ASK"} else GRAPHS)
    check_graphs(dataset, asked.text, asked.default_graphs, asked.named_graphs)
    try:
        answer = _answer(dataset, asked)
        if isinstance(answer, ox.QueryTriples):
            return _graph(answer, form, asked)
        return _results(answer, form, asked)
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def chosen(accept: str | None, forms: Mapping[str, Form]) -> Form:
    """Return the form that the client likes best. Raises NotAcceptableError if it likes none."""
    media_type = best(accept, list(forms))
    if media_type is None:
        raise NotAcceptableError(
            "the answer has none of the media types that you accept", f"it has: {', '.join(forms)}"
        )
    return forms[media_type]


def _answer(dataset: Dataset, asked: Asked) -> _Rows | ox.QueryTriples:
    engine = dataset.graph.engine
    is_given = bool(asked.default_graphs or asked.named_graphs)
    if isinstance(engine, EmbeddedEngine):
        return engine.evaluate(asked.text, asked.default_graphs, asked.named_graphs if is_given else None, asked.base)
    if asked.named_graphs:
        raise QueryError("named-graph-uri cannot be handed on to the endpoint that is served", hint="use FROM NAMED")
    return _from_answer(engine.query(asked.text, asked.default_graphs or dataset.graph.default_graphs))


def _results(answer: _Rows, form: Form, asked: Asked) -> Answered:
    sink, is_whole = Sink(asked.bytes), True
    try:
        answer.serialize(sink, _RESULT_FORMATS[form.name])
    except FullError:
        is_whole = False
    content = bytearray(sink.getvalue())
    is_cut = isinstance(answer, ox.QuerySolutions) and cut_rows(
        form.name, content, asked.rows, is_whole=is_whole, link=asked.cut_link
    )
    return Answered(bytes(content), form.content_type, asked.rows if is_cut else None)


def _graph(answer: ox.QueryTriples, form: Form, asked: Asked) -> Answered:
    sink = Sink(2 * asked.bytes + _ROOM)
    triples = Cut(answer, asked.rows, sink, asked.bytes)
    prefixes = vocabulary.prefixes() if form.name in {"ttl", "rdf"} else None
    ox.serialize(triples, sink, GRAPH_FORMATS[form.name], prefixes=prefixes)
    if triples.is_cut and form.name in _COMMENTS:
        comment = f"This answer is cut off, see {asked.cut_link.replace('--', '%2D%2D')}"
        sink.write(_COMMENTS[form.name].format(comment).encode())
    return Answered(sink.getvalue(), form.content_type, asked.rows if triples.is_cut else None)


def _from_answer(answer: Answer) -> _Rows | ox.QueryTriples:
    """Return the answer of an endpoint as one of pyoxigraph, which can write it in every form."""
    if isinstance(answer, Triples):
        store = ox.Store()
        store.extend(ox.Quad(*map(to_pyoxigraph, triple)) for triple in answer.triples)  # type: ignore[arg-type]
        triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(triples, ox.QueryTriples)  # noqa: S101 - for the type checker
        return triples
    if isinstance(answer, Solutions):
        names = answer.variables
        rows = [{name: _json(term) for name, term in zip(names, row, strict=True) if term} for row in answer.rows]
        document: object = {"head": {"vars": names}, "results": {"bindings": rows}}
    else:
        document = {"head": {}, "boolean": answer}
    return ox.parse_query_results(io.BytesIO(json.dumps(document).encode()), ox.QueryResultsFormat.JSON)


def _json(term: Term) -> Mapping[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    literal = {"type": "literal", "value": term.value}
    if term.language is not None:
        return {**literal, "xml:lang": term.language}
    return literal if term.datatype in {XSD_STRING, RDF_LANG_STRING} else {**literal, "datatype": term.datatype}

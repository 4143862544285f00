"""The remote engine: any SPARQL 1.1 endpoint, its requests prepared by SPARQLWrapper and sent by `uprgraph.transport`.

Each query is sent by POST. Answers are checked for their content type, since a login page with status 200 is no answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

import pyoxigraph
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from uprgraph.engines import guard
from uprgraph.engines.base import Answer, Engine, Row, Solutions, Triples
from uprgraph.engines.convert import from_pyoxigraph
from uprgraph.engines.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from uprgraph.errors import EndpointError, QueryError, UsageError
from uprgraph.transport import address
from uprgraph.transport.client import MAX_BYTES, Call, Client, Reply, refused
from uprgraph.transport.credentials import Credentials

DEFAULT_TIMEOUT = 60.0
"""Seconds that an endpoint may take for one answer, tries included."""
MAX_TIMEOUT = 86_400.0
_RESULT_TYPES = {"application/sparql-results+json", "application/json"}
_GRAPH_TYPES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
}


class RemoteEngine(Engine):
    """Answers from a SPARQL 1.1 endpoint, given by its query URL.

    `timeout` is how long one answer may take, in seconds, tries included; `max_bytes` how large it may be; `notice` is
    told in a line when the endpoint asks to wait. Raises UsageError if the timeout is not above zero and at most a
    day, or if the URL is not one of http or https.
    """

    def __init__(
        self,
        url: str,
        timeout: float = DEFAULT_TIMEOUT,
        credentials: Credentials | None = None,
        *,
        max_bytes: int = MAX_BYTES,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        if not 0 < timeout <= MAX_TIMEOUT:
            raise UsageError(f"the timeout is {timeout:g} seconds; it must be above 0 and at most {MAX_TIMEOUT:,.0f}")
        self.url, inside = address.without_credentials(url)
        self._client = Client(
            self.url, credentials or inside, seconds=timeout, silence=timeout, max_bytes=max_bytes, notice=notice
        )

    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query, see `Engine.query`. The endpoint decides what it allows; only its form is looked at here."""
        form = _form(text)
        reply = self._client.send(_call(self.url, text, form, default_graphs))
        if reply.status != HTTPStatus.OK:
            raise self._refused(reply)
        if form in {"SELECT", "ASK"}:
            return self._results(reply.media_type, reply.file.read(), form)
        return Triples(self._triples(reply.media_type, reply.file.read()))

    def _refused(self, reply: Reply) -> EndpointError | QueryError:
        said = reply.excerpt()
        if reply.status == HTTPStatus.BAD_REQUEST and said:
            return QueryError(f"{self.url} refuses the query: {said}")
        return refused(reply)

    def _wrong_type(self, content_type: str) -> EndpointError:
        return EndpointError(
            f"{self.url} answers with {content_type or 'no media type'} instead of SPARQL results",
            hint="is this the query URL of a SPARQL endpoint? A login or start page answers like this",
        )

    def _results(self, content_type: str, body: bytes, form: str) -> Solutions | bool:
        if content_type not in _RESULT_TYPES:
            raise self._wrong_type(content_type)
        try:
            document = json.loads(body)
            if form == "ASK":
                return _boolean(document["boolean"])
            variables = tuple(document["head"]["vars"])
            rows = [_row(binding, variables) for binding in document["results"]["bindings"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EndpointError(f"{self.url} sent SPARQL results that cannot be read: {error!r}") from error
        return Solutions(variables, iter(rows))

    def _triples(self, content_type: str, body: bytes) -> Iterator[Triple]:
        if content_type not in _GRAPH_TYPES:
            raise self._wrong_type(content_type)
        try:
            for quad in pyoxigraph.parse(body, format=_GRAPH_TYPES[content_type]):
                yield from_pyoxigraph(quad.subject), from_pyoxigraph(quad.predicate), from_pyoxigraph(quad.object)
        except SyntaxError as error:
            raise EndpointError(f"{self.url} sent a graph that cannot be read: {error.msg}") from error


def _call(url: str, text: str, form: guard.Form, default_graphs: Sequence[str]) -> Call:
    """Return the request for a query, as SPARQLWrapper prepares it; its public methods would send it as well."""
    wrapper = SPARQLWrapper(url)
    wrapper.setQuery(text)
    wrapper.queryType = form
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setReturnFormat(JSON if form in {"SELECT", "ASK"} else TURTLE)
    for graph in default_graphs:
        wrapper.addParameter("default-graph-uri", graph)
    request: Any = wrapper._createRequest()
    headers = {name: value for name, value in request.header_items() if name != "User-agent"}
    body: bytes = request.data
    return Call("POST", request.full_url, headers, body)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"the answer {value!r} is neither true nor false")
    return value


def _form(text: str) -> guard.Form:
    """Return the form of a query that may hold what only the endpoint need understand, such as SERVICE."""
    for token in guard.tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        form = guard.form_of(word)
        if form is not None:
            return form
        if word and word not in {"PREFIX", "BASE", "DEFINE"}:
            break
    raise QueryError("this is not a query", hint="it must be SELECT, ASK, CONSTRUCT or DESCRIBE")


def _row(binding: dict[str, dict[str, Any]], variables: tuple[str, ...]) -> Row:
    return tuple(_term(binding[variable]) if variable in binding else None for variable in variables)


def _term(value: dict[str, Any]) -> Term:
    """Return the term of one value of SPARQL 1.1 Query Results JSON, `typed-literal` of older servers included."""
    kind, text = value["type"], value["value"]
    if not isinstance(text, str):
        raise TypeError(f"the value {text!r} is not a string")
    if kind == "uri":
        return Iri(text)
    if kind == "bnode":
        return BlankNode(text)
    if kind in {"literal", "typed-literal"}:
        language = value.get("xml:lang")
        return Literal(text, RDF_LANG_STRING if language else value.get("datatype", XSD_STRING), language or None)
    raise ValueError(f"the type {kind!r} of a value is unknown")

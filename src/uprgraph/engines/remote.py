"""The remote engine: any SPARQL 1.1 endpoint, its requests prepared by SPARQLWrapper and sent by `uprgraph.transport`.

Each query is sent by POST. Answers are checked for their content type, since a login page with status 200 is no answer.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import pyoxigraph
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from uprgraph.engines import cut, guard
from uprgraph.engines.base import Answer, Engine, Solutions, Triples
from uprgraph.engines.convert import from_pyoxigraph
from uprgraph.engines.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from uprgraph.errors import EndpointError, QueryError, UsageError
from uprgraph.transport import address
from uprgraph.transport.client import MAX_BYTES, Call, Client, Reply, refused
from uprgraph.transport.credentials import Credentials

DEFAULT_TIMEOUT = 60.0
"""Seconds that an endpoint may take for one answer, tries included."""
MAX_TIMEOUT = 86_400.0
_AT_LIMIT = "X-SPARQL-MaxRows"
_OUT_OF_TIME = "X-SPARQL-Anytime"
"""Headers that an answer has which is only a part, or may be. They are Virtuoso's; no standard has such ones."""
_IN_PARTS = (
    "raise the store's limit (docs/triplestores.md says where), or ask in parts, with ORDER BY, LIMIT and OFFSET"
)
_Read = TypeVar("_Read")
_RESULT_TYPES = {"application/sparql-results+json", "application/json"}
_GRAPH_TYPES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
}


class RemoteEngine(Engine):
    """Answers from a SPARQL 1.1 endpoint, given by its query URL.

    `timeout` is how long one answer may take, in seconds, tries included; `max_bytes` how large it may be. `notice` is
    told in a line when the endpoint asks to wait, or does not say whether an answer is whole; without it the latter is
    a warning. Raises UsageError if the timeout is not above zero and at most a day, or if the URL is not one of http
    or https.
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
        self._notice = notice or warnings.warn
        self.url, inside = address.without_credentials(url)
        self._client = Client(
            self.url, credentials or inside, seconds=timeout, silence=timeout, max_bytes=max_bytes, notice=notice
        )

    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query, see `Engine.query`. The endpoint decides what it allows; only its form is looked at here.

        Raises EndpointError for an answer that the endpoint has cut off, as far as that can be noticed.
        """
        form = _form(text)
        reply = self._send(text, form, default_graphs)
        if form == "ASK":
            return _read(reply, _boolean)
        if form == "SELECT":
            variables, bindings = _read(reply, _bindings)
            size = len(bindings)
            self._refuse_part(reply, size, "rows", partial(self._has_next_row, text, size, default_graphs))
            return Solutions(variables, (tuple(map(binding.get, variables)) for binding in bindings))
        triples = _triples(reply)
        self._refuse_part(
            reply, len(triples), "triples", partial(self._has_more_triples, text, triples, default_graphs)
        )
        return Triples(iter(triples))

    def _send(self, text: str, form: guard.Form, default_graphs: Sequence[str]) -> Reply:
        """Return an answer that is what was asked for, by its status and its media type."""
        reply = self._client.send(_call(self.url, text, form, default_graphs))
        if reply.status == HTTPStatus.PARTIAL_CONTENT:
            raise EndpointError(f"{self.url} answers only in part", reply.status, _IN_PARTS)
        if reply.status != HTTPStatus.OK:
            said = reply.excerpt()
            if reply.status == HTTPStatus.BAD_REQUEST and said:
                raise QueryError(f"{self.url} refuses the query: {said}")
            raise refused(reply)
        if reply.media_type not in (_RESULT_TYPES if form in {"SELECT", "ASK"} else _GRAPH_TYPES):
            raise EndpointError(
                f"{self.url} answers with {reply.media_type or 'no media type'} instead of SPARQL results",
                hint="is this the query URL of a SPARQL endpoint? A login or start page answers like this",
            )
        return reply

    def _refuse_part(self, reply: Reply, size: int, unit: str, is_part: Callable[[bool], bool]) -> None:
        """Raise EndpointError if the answer is only a part of what there is.

        `is_part` asks for what comes after it. It is told whether the endpoint says that it reached a limit.
        """
        if _OUT_OF_TIME in reply.headers:
            raise EndpointError(f"{self.url} answers only in part, as it ran out of time", hint="ask for less")
        says_so = _AT_LIMIT in reply.headers
        try:
            found = is_part(says_so)
        except (QueryError, EndpointError) as error:
            if isinstance(error, EndpointError) and error.status is None:  # no answer, rather than a refusal
                raise
            if not says_so:
                self._notice(f"{self.url} gave {size:,} {unit} and does not say whether there are more")
            found = says_so
        if found:
            raise EndpointError(f"{self.url} cut the answer off after {size:,} {unit}", hint=_IN_PARTS)

    def _has_next_row(self, text: str, rows: int, default_graphs: Sequence[str], says_so: bool) -> bool:
        if not (says_so or cut.may_be_limit(rows)) or cut.ends_at_own_limit(text, rows):
            return False
        question = cut.next_row(text, rows)
        if question is None:
            return says_so
        _, found = _read(self._send(question, "SELECT", default_graphs), _bindings)
        return bool(found)

    def _has_more_triples(self, text: str, triples: list[Triple], default_graphs: Sequence[str], says_so: bool) -> bool:
        questions = cut.later_triples(text, len(triples))
        known = set(triples) if questions else set()
        return says_so or any(
            triple not in known
            for question in questions
            for triple in _triples(self._send(question, "CONSTRUCT", default_graphs))
            if not any(isinstance(term, BlankNode) for term in triple)  # its name differs from answer to answer
        )


def _call(url: str, text: str, form: guard.Form, default_graphs: Sequence[str]) -> Call:
    """Return the request for a query, as SPARQLWrapper prepares it; its public methods would send it as well."""
    wrapper = SPARQLWrapper(url)
    wrapper.setQuery(text)
    wrapper.queryType = form
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setReturnFormat(JSON if form in {"SELECT", "ASK"} else TURTLE)
    for parameter in _dataset_parameters(text):
        for graph in default_graphs:
            wrapper.addParameter(parameter, graph)
    request: Any = wrapper._createRequest()
    headers = {name: value for name, value in request.header_items() if name != "User-agent"}
    body: bytes = request.data
    return Call("POST", request.full_url, headers, body)


def _dataset_parameters(text: str) -> tuple[str, ...]:
    """Return the parameters of the protocol that name graphs for a query: none for one that names its own with FROM.

    With the first alone GRAPH would find nothing, since such a request has no named graphs.
    """
    words = {token.text.upper() for token in guard.tokens(text) if token.kind == "word"}
    if "FROM" in words:
        return ()
    return ("default-graph-uri", "named-graph-uri") if "GRAPH" in words else ("default-graph-uri",)


def _read(reply: Reply, reader: Callable[[Any], _Read]) -> _Read:
    """Return what a reader finds in SPARQL results in JSON. Terms are made while it is parsed, which saves memory."""
    known: dict[Term, Term] = {}
    try:
        return reader(json.load(reply.file, object_hook=partial(_term_or_dict, known)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EndpointError(f"{reply.url} sent SPARQL results that cannot be read: {error!r}") from error


def _boolean(document: dict[str, Any]) -> bool:
    """Return the answer to ASK. As of Virtuoso, it may be a table instead, with a row that says 1, or with none."""
    if "boolean" not in document and "results" in document:
        (_,), rows = _bindings(document)
        return [term.value for row in rows for term in row.values()] == ["1"]
    value = document["boolean"]
    if not isinstance(value, bool):
        raise TypeError(f"the answer {value!r} is neither true nor false")
    return value


def _bindings(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Term]]]:
    """Return the variables, and for each row the terms of those that are bound."""
    bindings = document["results"]["bindings"]
    for term in (term for binding in bindings for term in binding.values()):
        if not isinstance(term, Iri | BlankNode | Literal):
            raise TypeError(f"the value {term!r} is no term")
    return tuple(document["head"]["vars"]), bindings


def _triples(reply: Reply) -> list[Triple]:
    try:
        return [
            (from_pyoxigraph(quad.subject), from_pyoxigraph(quad.predicate), from_pyoxigraph(quad.object))
            for quad in pyoxigraph.parse(reply.file.read(), format=_GRAPH_TYPES[reply.media_type])
        ]
    except SyntaxError as error:
        raise EndpointError(f"{reply.url} sent a graph that cannot be read: {error.msg}") from error


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


def _term_or_dict(known: dict[Term, Term], value: dict[str, Any]) -> Term | dict[str, Any]:
    """Return the term that an object of SPARQL 1.1 Query Results JSON stands for, or the object if it is no term.

    Equal terms are one: `known` holds those that there are.
    """
    if not (isinstance(value.get("type"), str) and "value" in value):
        return value
    term = _term(value)
    return known.setdefault(term, term)


def _term(value: dict[str, Any]) -> Term:
    """Return the term of one value, `typed-literal` of older servers included."""
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

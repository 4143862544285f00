"""The remote engine: any SPARQL 1.1 endpoint, asked through SPARQLWrapper.

Each query is sent once, by POST, to the given URL and no other: redirects are reported, not followed, since that
would give the credentials to another server and take its answer for this one's. Answers are checked for their content
type, since a login page with status 200 is no answer. Credentials given in the URL are sent as HTTP Basic and appear
in no message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

import pyoxigraph
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from uprgraph.engines import guard
from uprgraph.engines.base import Answer, Engine, Row, Solutions, Triples
from uprgraph.engines.convert import from_pyoxigraph
from uprgraph.engines.terms import RDF_LANG_STRING, XSD_STRING, BlankNode, Iri, Literal, Term, Triple
from uprgraph.errors import EndpointError, QueryError, UsageError
from uprgraph.version import __version__

DEFAULT_TIMEOUT = 60.0
"""Seconds that an endpoint may stay silent."""
MAX_TIMEOUT = 86_400.0
_USER_AGENT = f"uprgraph/{__version__} (+https://w3id.org/uprgraph/)"
_URL_CHARACTERS = "/?:@!$&'()*+,;=%"
"""What stands for itself in a path and a query, besides letters, digits and -._~; others are sent as %XX."""
_REDIRECTS = {301, 302, 303, 307, 308}
_RESULT_TYPES = {"application/sparql-results+json", "application/json"}
_GRAPH_TYPES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
}


class RemoteEngine(Engine):
    """Answers from a SPARQL 1.1 endpoint, given by its query URL.

    `timeout` is in seconds. Raises UsageError if it is not above zero and at most a day, or if the URL is not one of
    http or https.
    """

    def __init__(self, url: str, timeout: float = DEFAULT_TIMEOUT) -> None:
        if not 0 < timeout <= MAX_TIMEOUT:
            raise UsageError(f"the timeout is {timeout:g} seconds; it must be above 0 and at most {MAX_TIMEOUT:,.0f}")
        self.url, self._user, self._password = _without_credentials(url)
        self._timeout = timeout

    def query(self, text: str, default_graphs: Sequence[str] = ()) -> Answer:
        """Answer a query, see `Engine.query`. The endpoint decides what it allows; only its form is looked at here."""
        form = _form(text)
        wrapper = SPARQLWrapper(self.url, agent=_USER_AGENT)
        wrapper.setQuery(text)
        wrapper.queryType = form
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(JSON if form in {"SELECT", "ASK"} else TURTLE)
        if self._user is not None:
            wrapper.setCredentials(self._user, self._password or "")
        for graph in default_graphs:
            wrapper.addParameter("default-graph-uri", graph)
        content_type, body = self._send(wrapper._createRequest())  # its public methods send it too, with redirects
        if form in {"SELECT", "ASK"}:
            return self._results(content_type, body, form)
        return Triples(self._triples(content_type, body))

    def _send(self, request: Request) -> tuple[str, bytes]:
        """Return the media type and the body of the answer."""
        try:
            with _opener().open(request, timeout=self._timeout) as response:
                body: bytes = response.read()
                status, content_type = response.status, response.headers.get("Content-Type", "")
        except HTTPError as error:
            raise self._refused(error.code, error.read(2_000), error.headers.get("Location")) from error
        except TimeoutError as error:
            raise self._silent() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._silent() from error
            hint = "check the URL, and that the server is running"
            raise EndpointError(f"{self.url} cannot be reached: {error.reason}", hint=hint) from error
        except (HTTPException, OSError) as error:
            raise EndpointError(f"the connection to {self.url} broke: {type(error).__name__} {error}") from error
        if status != HTTPStatus.OK:
            raise self._refused(status, body[:2_000])
        return str(content_type).partition(";")[0].strip().lower(), body

    def _silent(self) -> EndpointError:
        return EndpointError(f"{self.url} did not answer within {self._timeout:g} seconds", hint="ask for less")

    def _refused(self, status: int, body: bytes, location: str | None = None) -> EndpointError | QueryError:
        if status in _REDIRECTS and location is not None:
            return self._redirected(status, location)
        said = " ".join(body.decode("utf-8", "replace").split())[:300]
        if status == HTTPStatus.BAD_REQUEST and said and "<html" not in said.lower():
            return QueryError(f"{self.url} refuses the query: {said}")
        hints = {
            401: "it asks for a user name and password: https://user:password@host/...",
            403: "these credentials may not ask here",
            404: "check the path of the query URL",
            503: "it is overloaded or starting; try again later",
        }
        return EndpointError(f"{self.url} answers with HTTP status {status}", status, hints.get(status))

    def _redirected(self, status: int, location: str) -> EndpointError:
        try:
            place, _, _ = _without_credentials(urljoin(self.url, location))
        except (UsageError, ValueError):
            return EndpointError(f"{self.url} redirects to what is no URL of http or https", status)
        return EndpointError(f"{self.url} redirects to {place}", status, "give that URL")

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


def _opener() -> OpenerDirector:
    """Return what sends requests: over HTTP and HTTPS, by the proxies of the environment, without redirects.

    `urllib.request.urlopen` would follow redirects, and send through whatever opener is installed in the process.
    """
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    return opener


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


def _without_credentials(url: str) -> tuple[str, str | None, str | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"the endpoint's URL is not valid: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise UsageError("an endpoint's URL starts with http:// or https:// and names a host")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    path, query = (quote(part, safe=_URL_CHARACTERS) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path, query, "")), user, password

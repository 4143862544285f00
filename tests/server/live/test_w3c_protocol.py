"""The tests of the W3C for SPARQL 1.1 Protocol and SPARQL 1.1 Service Description, those that concern queries.

Each has the name and the request that it has in the manifest of the test suite; the graphs are those it assumes. In
query_multiple_dataset the manifest joins two graphs into one by an error of encoding; here they are two.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, URIRef
from tests.server.live.conftest import rows_of, rows_of_json
from tests.server.serving import serving

pytestmark = pytest.mark.serving
_DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_ASK = "ASK%20%7B%7D"
_BOTH = f"ASK {{ <{_DATA.format(1)}> a ?type . <{_DATA.format(2)}> a ?type . }}"
_NAMED = f"GRAPH ?g1 {{ <{_DATA.format(1)}> a ?type }} GRAPH ?g2 {{ <{_DATA.format(2)}> a ?type }}"
_ROWS = {
    "application/sparql-results+json": rows_of_json,
    "application/sparql-results+xml": lambda body: rows_of(body, ox.QueryResultsFormat.XML),
    "text/tab-separated-values": lambda body: rows_of(body, ox.QueryResultsFormat.TSV),
}


def _graphs(**numbers: tuple[int, ...]) -> str:
    """Return the part of an address that names graphs: `_graphs(default=(1, 2), named=(3,))`."""
    pairs = ((kind, _DATA.format(number)) for kind, chosen in numbers.items() for number in chosen)
    return "&".join(f"{kind}-graph-uri={quote(graph, safe='')}" for kind, graph in pairs)


class Asked(NamedTuple):
    """A request: what stands behind `?` in the address, the body and its media type."""

    address: str = ""
    body: str | bytes | None = None
    media_type: str | None = None
    method: str | None = None


class Got(NamedTuple):
    """An answer."""

    status: int
    media_type: str
    body: bytes


class Place(NamedTuple):
    """Where the endpoint is."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def ask(self, asked: Asked, **headers: str) -> Got:
        """Send a request with no header that the test does not have."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body
        try:
            connection.putrequest(
                asked.method or ("GET" if body is None else "POST"),
                f"/sparql?{asked.address}" if asked.address else "/sparql",
                skip_accept_encoding=True,
            )
            if asked.media_type is not None:
                connection.putheader("Content-Type", asked.media_type)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Got(answer.status, answer.headers.get_content_type(), answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An endpoint with the graphs that the tests assume: each says that it is a document."""
    folder: Path = tmp_path_factory.mktemp("w3c") / "store"
    store = ox.Store(str(folder))
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    for number in range(4):
        graph = ox.NamedNode(_DATA.format(number))
        store.add(ox.Quad(graph, ox.NamedNode(str(RDF.type)), document, graph))
    store.flush()
    del store
    with serving("--store", str(folder)) as running:
        yield Place(running.port)


_TRUE = {
    "query_get": Asked(f"query={_ASK}&{_graphs(default=(0,))}"),
    "query_post_form": Asked(_graphs(default=(0,)), f"query={_ASK}", _FORM),
    "query_post_direct": Asked("", "ASK {}", _QUERY),
    "query_dataset_default_graphs_get": Asked(f"query={quote(_BOTH)}&{_graphs(default=(1, 2))}"),
    "query_dataset_default_graphs_post": Asked(_graphs(default=(1, 2)), _BOTH, _QUERY),
    "query_dataset_named_graphs_get": Asked(f"query={quote(f'ASK {{ {_NAMED} }}')}&{_graphs(named=(1, 2))}"),
    "query_dataset_named_graphs_post": Asked(_graphs(named=(1, 2)), f"ASK {{ {_NAMED} }}", _QUERY),
    "query_dataset_full": Asked(
        _graphs(default=(3,), named=(1, 2)), f"ASK {{ <{_DATA.format(3)}> a ?type {_NAMED} }}", _QUERY
    ),
    "query_multiple_dataset": Asked(_graphs(named=(1, 2)), f"ASK FROM <{_DATA.format(3)}> {{ {_NAMED} }}", _QUERY),
}


@pytest.mark.parametrize("name", _TRUE)
@pytest.mark.parametrize("accept", [None, "application/sparql-results+xml"])
def test_a_query_is_answered_with_yes(place: Place, name: str, accept: str | None) -> None:
    got = place.ask(_TRUE[name], **({} if accept is None else {"Accept": accept}))
    assert got.status == 200, got.body
    assert got.media_type == (accept or "application/sparql-results+json")
    parsed = ox.parse_query_results(
        got.body, ox.QueryResultsFormat.JSON if accept is None else ox.QueryResultsFormat.XML
    )
    assert isinstance(parsed, ox.QueryBoolean)
    assert bool(parsed) is True


_FALSE = {
    "one default graph": Asked(_graphs(default=(1,)), _BOTH, _QUERY),
    "the second is not named": Asked(_graphs(named=(1,)), f"ASK {{ {_NAMED} }}", _QUERY),
    "default graphs are not named": Asked(_graphs(default=(1, 2)), f"ASK {{ {_NAMED} }}", _QUERY),
    "named graphs are not the default": Asked(_graphs(named=(1, 2)), _BOTH, _QUERY),
}


@pytest.mark.parametrize("name", _FALSE)
def test_these_tests_would_notice_another_dataset(place: Place, name: str) -> None:
    got = place.ask(_FALSE[name])
    assert got.status == 200, got.body
    assert b'"boolean":false' in got.body


def test_query_content_type_select(place: Place) -> None:
    asked = Asked(_graphs(default=(0,)), "SELECT (1 AS ?value) {}", _QUERY)
    assert rows_of_json(place.ask(asked).body) == [("1",)]
    for accept, read in _ROWS.items():
        got = place.ask(asked, Accept=accept)
        assert (got.status, got.media_type) == (200, accept)
        assert read(got.body) == [("1",)]
    assert place.ask(asked, Accept="text/csv").body == b"value\r\n1\r\n"


def test_query_content_type_ask(place: Place) -> None:
    got = place.ask(Asked(_graphs(default=(0,)), "ASK {}", _QUERY))
    assert (got.status, got.media_type) == (200, "application/sparql-results+json")
    for accept in ("application/sparql-results+xml", "application/sparql-results+json"):
        assert place.ask(Asked("", "ASK {}", _QUERY), Accept=accept).media_type == accept


@pytest.mark.parametrize(
    ("query", "size"),
    [("DESCRIBE <http://example.org/>", 0), ("CONSTRUCT { <s> <p> 1 } WHERE {}", 1)],
    ids=["query_content_type_describe", "query_content_type_construct"],
)
def test_query_content_type_of_graphs(place: Place, query: str, size: int) -> None:
    asked = Asked(_graphs(default=(0,)), query, _QUERY)
    assert place.ask(asked).media_type == "text/turtle"
    for accept in ("application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"):
        got = place.ask(asked, Accept=accept)
        assert (got.status, got.media_type) == (200, accept), got.body
        assert len(rdflib.Graph().parse(data=got.body, format=accept)) == size


_BAD = {
    "bad_query_method": Asked(f"query={_ASK}&{_graphs(default=(0,))}", b"", _FORM, "PUT"),
    "bad_multiple_queries": Asked(f"query={_ASK}&query=SELECT%20%2A%20%7B%7D"),
    "bad_query_wrong_media_type": Asked("", "ASK {}", "text/plain"),
    "bad_query_missing_form_type": Asked("", f"query={_ASK}"),
    "bad_query_missing_direct_type": Asked("", "ASK {}"),
    "bad_query_non_utf8": Asked("", "ASK {}".encode("utf-16"), f"{_QUERY}; charset=UTF-16"),
    "bad_query_syntax": Asked("query=ASK%20%7B"),
    "bad_update_get": Asked("update=CLEAR%20ALL"),
    "bad_multiple_updates": Asked("", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", _FORM),
    "bad_update_wrong_media_type": Asked("", "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Asked("", "update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Asked("", "CLEAR NAMED".encode("utf-16"), "application/sparql-update; charset=UTF-16"),
    "bad_update_syntax": Asked("", "update=CLEAR%20XYZ", _FORM),
    "an update, which changes nothing here": Asked("", "CLEAR ALL", "application/sparql-update"),
}


@pytest.mark.parametrize("name", _BAD)
def test_what_is_bad_is_refused(place: Place, name: str) -> None:
    got = place.ask(_BAD[name])
    assert 400 <= got.status < 500
    assert place.ask(_TRUE["query_dataset_full"]).status == 200


_SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
_SD_CLASSES = {"Service", "Dataset", "Graph", "NamedGraph", "GraphCollection", "Feature", "Language", "Function"}
_SD_INSTANCES = {
    *("SPARQL10Query", "SPARQL11Query", "SPARQL11Update", "DereferencesURIs", "UnionDefaultGraph"),
    *("RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"),
}
# Of each property the class of its subjects, and of its objects, where the schema names them.
_SD_PROPERTIES = {
    "endpoint": (_SD.Service, None),
    "feature": (_SD.Service, None),
    "supportedLanguage": (_SD.Service, None),
    "resultFormat": (_SD.Service, None),
    "inputFormat": (_SD.Service, None),
    "defaultDataset": (_SD.Service, _SD.Dataset),
    "availableGraphs": (_SD.Service, _SD.GraphCollection),
    "defaultGraph": (_SD.Dataset, _SD.Graph),
    "namedGraph": (None, _SD.NamedGraph),
    "name": (_SD.NamedGraph, None),
    "graph": (_SD.NamedGraph, _SD.Graph),
}


@pytest.fixture(scope="module")
def description(place: Place) -> rdflib.Graph:
    got = place.ask(Asked())
    return rdflib.Graph().parse(data=got.body, format=got.media_type)


def test_returns_rdf(place: Place) -> None:
    sizes = set()
    for accept in ("", "text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"):
        got = place.ask(Asked(), **({"Accept": accept} if accept else {}))
        assert (got.status, got.media_type) == (200, accept or "text/turtle")
        sizes.add(len(rdflib.Graph().parse(data=got.body, format=got.media_type)))
    assert len(sizes) == 1
    assert min(sizes) > 10


def test_has_endpoint_triple(place: Place, description: rdflib.Graph) -> None:
    (service,) = description.subjects(RDF.type, _SD.Service)
    assert list(description.objects(service, _SD.endpoint)) == [URIRef(place.url)]


def test_conforms_to_schema(description: rdflib.Graph) -> None:
    """All of it is in the vocabulary; subjects and objects are of its classes; what it has once, it has once."""
    used = {str(term).removeprefix(_SD) for triple in description for term in triple if str(term).startswith(_SD)}
    assert used <= {*_SD_CLASSES, *_SD_INSTANCES, *_SD_PROPERTIES}
    for name, (of_subject, of_object) in _SD_PROPERTIES.items():
        for subject, value in description.subject_objects(_SD[name]):
            for node, kind in ((subject, of_subject), (value, of_object)):
                assert kind is None or (node, RDF.type, kind) in description, (name, node)
    for kind, name in ((_SD.Service, "endpoint"), (_SD.NamedGraph, "name"), (_SD.Dataset, "defaultGraph")):
        for node in description.subjects(RDF.type, kind):
            (value,) = description.objects(node, _SD[name])
            assert name == "defaultGraph" or isinstance(value, URIRef)
    names = {str(each) for each in description.objects(None, _SD.name)}
    assert names == {_DATA.format(number) for number in range(4)}

"""A site over an endpoint, which is the endpoint of another site: both answer the same."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from tests.server.serving import serving

import uprgraph
from uprgraph.errors import EndpointError
from uprgraph.server.app import create_app
from uprgraph.server.settings import Settings

pytestmark = pytest.mark.serving
_GRAPH = "https://w3id.org/uprgraph/graph/odihr-KAZ-34"
_SELECT = "SELECT * { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) } ORDER BY ?s ?p ?o LIMIT 300"
_CONSTRUCT = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o FILTER(!isBlank(?s)) }"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as running:
        yield f"http://127.0.0.1:{running.port}/sparql"


@pytest.fixture(scope="module")
def beyond(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(url)), base_url="http://localhost") as running:
        yield running


@pytest.mark.parametrize(
    "accept",
    [
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    ],
)
def test_rows_are_the_same_in_every_form(client: TestClient, beyond: TestClient, accept: str) -> None:
    near, far = (
        each.post("/sparql", data={"query": _SELECT.replace("*", "?o ?s ?p")}, headers={"Accept": accept})
        for each in (client, beyond)
    )
    assert far.status_code == 200, far.text
    assert far.content == near.content
    for query in ("ASK { ?s ?p ?o }", "ASK { ?s ?p 77777 }"):
        near, far = (
            each.post("/sparql", data={"query": query}, headers={"Accept": accept}) for each in (client, beyond)
        )
        assert far.content == near.content


def test_graphs_are_the_same(client: TestClient, beyond: TestClient) -> None:
    accept = {"Accept": "application/n-triples"}
    near, far = (each.post("/sparql", data={"query": _CONSTRUCT}, headers=accept) for each in (client, beyond))
    assert sorted(set(far.text.splitlines())) == sorted(set(near.text.splitlines()))
    assert len(far.text.splitlines()) > 1_000


def test_what_is_refused_here_never_reaches_the_endpoint(beyond: TestClient) -> None:
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
    ):
        assert beyond.post("/sparql", data={"query": query}).status_code == 400
    answered = beyond.post("/sparql", data={"query": _SELECT, "default-graph-uri": _GRAPH})
    assert answered.status_code == 200
    assert answered.json()["results"]["bindings"]


def test_the_description_lists_the_graphs_of_its_catalogue(beyond: TestClient) -> None:
    store = ox.Store()
    store.load(beyond.get("/sparql").content, format=ox.RdfFormat.TURTLE)
    assert store.query(f"ASK {{ ?g <http://www.w3.org/ns/sparql-service-description#name> <{_GRAPH}> }}")


def test_our_own_client_asks_a_site_and_notices_where_it_is_cut_off(url: str) -> None:
    graph = uprgraph.open(url)
    here = uprgraph.open()
    assert list(graph.query("opinions-by-right")) == list(here.query("opinions-by-right"))
    with pytest.raises(EndpointError, match="cut the answer off"):
        graph.sparql("SELECT ?a ?c { ?a a ?b . ?c a ?d }")


def test_an_endpoint_that_is_gone_is_a_bad_gateway() -> None:
    with TestClient(create_app(Settings("http://127.0.0.1:9/sparql"))) as lost:
        assert lost.post("/sparql", data={"query": "ASK { }"}).status_code == 502

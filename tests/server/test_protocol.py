"""The SPARQL endpoint as clients of the SPARQL 1.1 Protocol ask it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from uprgraph.server.app import create_app
from uprgraph.server.settings import Limits, Settings

_SELECT = "SELECT ?s ?o WHERE { ?s a ?o } ORDER BY ?s ?o LIMIT 5"
_CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isIRI(?s) && isIRI(?o)) } LIMIT 5"
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_KAZ = "https://w3id.org/uprgraph/graph/odihr-KAZ-34"


@pytest.fixture(scope="module")
def small() -> Iterator[TestClient]:
    """A site whose answers have at most ten rows."""
    settings = Settings(limits=replace(Limits(), rows=10, workers=1, length=2_000), public="https://example.org/upr")
    with TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False) as running:
        yield running


def _rows(response: Any) -> list[Any]:
    assert response.status_code == 200, response.text
    rows: list[Any] = response.json()["results"]["bindings"]
    return rows


def _graph_count(client: TestClient, query: str, **graphs: list[str]) -> int:
    fields = {name.replace("_", "-"): values for name, values in graphs.items()}
    (row,) = _rows(client.get("/sparql", params={"query": query, **fields}))
    return int(row["n"]["value"])


def test_the_three_ways_to_ask_give_one_answer(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": _SELECT}),
        client.post("/sparql", data={"query": _SELECT}),
        client.post("/sparql", content=_SELECT, headers={"Content-Type": _QUERY}),
        client.post("/sparql", content=_SELECT, headers={"Content-Type": f"{_QUERY}; charset=UTF-8"}),
    ]
    assert len(_rows(answers[0])) == 5
    assert {each.content for each in answers} == {answers[0].content}


@pytest.mark.parametrize(
    ("accept", "sent", "form"),
    [
        ("", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("*/*", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/json", "application/json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/csv;q=0.3, text/tab-separated-values;q=0.4", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_the_form_that_is_accepted(client: TestClient, accept: str, sent: str, form: Any) -> None:
    response = client.get("/sparql", params={"query": _SELECT}, headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == sent
    assert "Accept" in response.headers["vary"]
    solutions = ox.parse_query_results(response.content, form)
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) == 5


def test_rows_come_as_csv(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": _SELECT}, headers={"Accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert len(list(csv.DictReader(io.StringIO(response.text)))) == 5


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_ask_is_answered(client: TestClient, accept: str) -> None:
    for query, expected in (("ASK { ?s ?p ?o }", b"true"), ("ASK { ?s ?p 77777 }", b"false")):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert expected in response.content


@pytest.mark.parametrize(
    ("accept", "sent", "form"),
    [
        ("", "text/turtle", ox.RdfFormat.TURTLE),
        ("text/turtle;q=0.4, application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml, */*;q=0.1", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_the_form_that_is_accepted(client: TestClient, accept: str, sent: str, form: Any) -> None:
    for query, most in ((_CONSTRUCT, 5), ("DESCRIBE <https://w3id.org/uprgraph/id/state/KAZ>", 10_000)):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.headers["content-type"].partition(";")[0] == sent
        assert 0 < len(list(ox.parse(response.content, format=form))) <= most


def test_what_is_not_accepted_is_406_and_says_what_there_is(client: TestClient) -> None:
    for query, there in ((_SELECT, "text/csv"), (_CONSTRUCT, "text/turtle")):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert there in response.text


@pytest.mark.parametrize(
    ("method", "options", "status", "says"),
    [
        ("PUT", {"params": {"query": _SELECT}}, 405, ""),
        ("GET", {"params": {"query": [_SELECT, _SELECT]}}, 400, "2 queries"),
        ("POST", {"data": {"query": [_SELECT, _SELECT]}}, 400, "2 queries"),
        ("POST", {"data": {"other": "x"}}, 400, "no field query"),
        ("POST", {"data": {"query": _SELECT}, "params": {"query": _SELECT}}, 400, "query stands in the address"),
        ("POST", {"data": {"query": _SELECT}, "params": {"update": "CLEAR ALL"}}, 400, "update stands in the address"),
        ("POST", {"content": _SELECT}, 415, "no media type"),
        ("POST", {"content": _SELECT, "headers": {"Content-Type": "text/plain"}}, 415, "text/plain"),
        ("POST", {"content": _SELECT.encode("utf-16"), "headers": {"Content-Type": _QUERY}}, 400, "not UTF-8"),
        ("POST", {"content": b"query=%FF", "headers": {"Content-Type": _FORM}}, 400, "not UTF-8"),
        ("POST", {"content": _SELECT, "headers": {"Content-Type": f"{_QUERY};charset=utf-16"}}, 415, "UTF-8"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 400, "updates are not accepted"),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 415, "updates"),
        ("POST", {"content": b"&" * 5_000 + b"a=b" * 5_000, "headers": {"Content-Type": _FORM}}, 400, "fields"),
        ("GET", {"params": {"default-graph-uri": _KAZ}}, 400, "no query"),
        ("GET", {"params": {"query": "SELECT ?s WHERE {"}}, 400, "line 1, column 17"),
        ("GET", {"params": {"query": "SELECT ?s\nWHERE { ?s nope:p ?o }"}}, 400, "line 2"),
        ("GET", {"params": {"query": ""}}, 400, "empty"),
        ("GET", {"params": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}, 400, "line 1, column 1"),
        ("POST", {"data": {"query": f'SELECT * {{ ?s ?p "{"x" * 100_000}" }}'}}, 413, "at most 100,000"),
    ],
)
def test_what_is_no_query_is_refused_in_words(
    client: TestClient, method: str, options: dict[str, Any], status: int, says: str
) -> None:
    response = client.request(method, "/sparql", **options)
    assert response.status_code == status
    assert says in response.text
    if status != 405:
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
    else:
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { #\nSERVICE#\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { VALUES ?u { <http://127.0.0.1:1/> } SERVICE ?u { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:1/> SELECT * { SERVICEx:y { ?s ?p ?o } }",
        'SELECT * { BIND("\\u0022 } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #" AS ?x) }',
        "LOAD <http://127.0.0.1:1/>",
        "load silent <http://127.0.0.1:1/> into graph <a:b>",
        "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "SELECT * FROM <http://127.0.0.1:1/data.ttl> { ?s ?p ?o }",
        "BASE <http://127.0.0.1:1/> SELECT * FROM NAMED <data.ttl> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <file:///etc/> SELECT * FROM x:passwd { ?s ?p ?o }",
        "ASK " + "{" * 4_000 + "}" * 4_000,
    ],
)
def test_what_reaches_beyond_the_dataset_is_refused(client: TestClient, query: str) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 400, response.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } LIMIT 1 # SERVICE <http://127.0.0.1:1/> { }",
        'SELECT ("SERVICE <http://127.0.0.1:1/> { } LOAD" AS ?x) { }',
        "SELECT ?service { ?service a ?load } LIMIT 1",
    ],
)
def test_words_in_comments_strings_and_variables_are_allowed(client: TestClient, query: str) -> None:
    assert len(_rows(client.get("/sparql", params={"query": query}))) == 1


def test_graphs_of_the_request_are_the_dataset(client: TestClient) -> None:
    default, named = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    every = _graph_count(client, default)
    one = _graph_count(client, default, default_graph_uri=[_KAZ])
    assert 0 < one < every
    assert _graph_count(client, default, named_graph_uri=[_KAZ]) == 0
    assert _graph_count(client, named, named_graph_uri=[_KAZ]) == one
    assert _graph_count(client, named, default_graph_uri=[_KAZ]) == 0
    assert _graph_count(client, named) == every
    assert _graph_count(client, default.replace("{", f"FROM <{_KAZ}> {{", 1)) == one
    other = "https://w3id.org/uprgraph/graph/reference/states"
    from_other = default.replace("{", f"FROM <{other}> {{", 1)
    assert _graph_count(client, from_other, default_graph_uri=[_KAZ]) == one, "the request counts before the query"
    prefixed = f"PREFIX g: <{_KAZ.removesuffix('odihr-KAZ-34')}> " + default.replace("{", "FROM g:odihr-KAZ-34 {", 1)
    assert _graph_count(client, prefixed) == one


def test_a_form_may_have_its_graphs_in_the_address(client: TestClient) -> None:
    default, other = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "https://w3id.org/uprgraph/graph/reference/states"
    for graphs in ([_KAZ], [_KAZ, other]):
        expected = _graph_count(client, default, default_graph_uri=graphs)
        (row,) = _rows(client.post("/sparql", data={"query": default}, params={"default-graph-uri": graphs}))
        assert int(row["n"]["value"]) == expected
    (row,) = _rows(
        client.post("/sparql", data={"query": default, "default-graph-uri": _KAZ}, params={"default-graph-uri": other})
    )
    assert int(row["n"]["value"]) == expected, "those of both count"


def test_graphs_that_are_not_there_are_refused(client: TestClient) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        response = client.get("/sparql", params={"query": _SELECT, name: "http://example.org/other"})
        assert response.status_code == 400
        assert "http://example.org/other" in response.text


def test_direct_post_takes_graphs_from_the_address(client: TestClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    address = f"/sparql?default-graph-uri={quote(_KAZ, safe='')}"
    (row,) = _rows(client.post(address, content=query, headers={"Content-Type": _QUERY}))
    assert int(row["n"]["value"]) == _graph_count(client, query, default_graph_uri=[_KAZ])


def test_a_request_without_query_gets_the_description_of_the_service(client: TestClient) -> None:
    response = client.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    assert store.query(sd + "ASK { ?s a sd:Service ; sd:endpoint <http://localhost/sparql> ; sd:resultFormat ?f }")
    assert store.query(sd + f"ASK {{ ?d a sd:Dataset ; sd:defaultGraph ?x ; sd:namedGraph/sd:name <{_KAZ}> }}")
    for accept in ("application/rdf+xml", "application/ld+json", "application/n-triples"):
        assert client.get("/sparql", headers={"Accept": accept}).headers["content-type"] == accept


def test_a_browser_without_query_gets_the_editor(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "http://localhost/editor")


def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": _SELECT})
    again = client.get("/sparql", params={"query": _SELECT}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": _SELECT + " "}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (struuid #)\n() AS ?x) {}",
        "SELECT (rand ( ) AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "SELECT (COUNT(DISTINCTUUID()) AS ?n) (MAX(STR(UUID())) AS ?x) { VALUES ?y { 1 2 } }",
    ],
)
def test_answers_that_differ_each_time_are_not_kept(client: TestClient, query: str) -> None:
    first, second = (client.get("/sparql", params={"query": query}) for _ in range(2))
    assert first.status_code == 200
    assert first.content != second.content
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers


def test_head_has_the_headers_alone(client: TestClient) -> None:
    full, head = (client.request(each, "/sparql", params={"query": _SELECT}) for each in ("GET", "HEAD"))
    assert head.content == b""
    assert head.headers["content-length"] == full.headers["content-length"]


def test_scripts_of_other_sites_may_ask(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    for response in (preflight, client.get("/sparql?query=ASK{}"), client.get("/sparql?query=nonsense")):
        assert response.headers["access-control-allow-origin"] == "*"


def test_an_answer_that_is_cut_off_says_so(small: TestClient) -> None:
    query = "SELECT ?s WHERE { ?s ?p ?o }"
    response = small.get("/sparql", params={"query": query})
    assert response.headers["x-sparql-maxrows"] == "10"
    assert len(_rows(response)) == 10
    assert response.json()["head"]["link"] == ["https://example.org/upr/sparql#cut"]
    assert "sparql#cut" in small.get("/sparql").text
    for accept, end in (("text/csv", 11), ("text/tab-separated-values", 11)):
        cut = small.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert cut.headers["x-sparql-maxrows"] == "10"
        assert len(cut.text.splitlines()) == end
    graph = small.get("/sparql", params={"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"})
    assert graph.headers["x-sparql-maxrows"] == "10"
    assert len(list(ox.parse(graph.content, format=ox.RdfFormat.TURTLE))) == 10
    assert "cut off" in graph.text


def test_an_answer_of_exactly_as_many_rows_is_whole(small: TestClient) -> None:
    response = small.get("/sparql", params={"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 10"})
    assert len(_rows(response)) == 10
    assert "x-sparql-maxrows" not in response.headers
    assert "link" not in json.loads(response.content)["head"]


def test_a_request_with_too_much_is_refused_before_it_is_read(small: TestClient) -> None:
    announced = small.post("/sparql", content=b"x" * (10 << 20), headers={"Content-Type": _QUERY})
    assert announced.status_code == 413
    assert announced.headers["connection"] == "close"
    assert small.post("/sparql", content="x" * 2_001, headers={"Content-Type": _QUERY}).status_code == 413

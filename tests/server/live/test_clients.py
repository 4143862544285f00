"""Clients that others wrote ask the running site, and get what the embedded engine says."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from tests.server.live import install
from tests.server.live.conftest import Demo, Row, required, rows_of, rows_of_json
from tests.server.serving import Serving
from tests.servers import Unavailable

from uprgraph.graph import Graph
from uprgraph.results.graphs import GraphResult

pytestmark = pytest.mark.serving
_CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <https://w3id.org/uprgraph/id/state/KAZ> } ?s ?p ?o }"
_DESCRIBE = "DESCRIBE <https://w3id.org/uprgraph/id/opinion/FOI-KAZ-268-2015>"
_OPINIONS = "SELECT ?opinion { ?opinion a <https://w3id.org/uprgraph/ontology#LegalOpinion> } ORDER BY ?opinion"
_KAZ = "https://w3id.org/uprgraph/graph/odihr-KAZ-34"
_TURTLE, _NTRIPLES, _XML, _JSONLD = "turtle", "nt", "xml", "json-ld"
_TSV = ox.QueryResultsFormat.TSV


def _in_csv(rows: Sequence[Row]) -> list[list[str]]:
    return [[value or "" for value in row] for row in rows]


def _read_csv(document: bytes | str, demo: Demo) -> list[list[str]]:
    text = document.decode() if isinstance(document, bytes) else document
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == demo.columns
    return rows


def _statements(document: bytes | str, form: str) -> set[tuple[str, ...]]:
    graph = rdflib.Graph().parse(data=document, format=form)
    return {tuple(term.n3() for term in triple) for triple in graph}


def _known(shipped: Graph, query: str) -> set[tuple[str, ...]]:
    """Return what the embedded engine says, read with rdflib."""
    result = shipped.sparql(query)
    assert isinstance(result, GraphResult)
    return _statements(result.to_turtle(), _TURTLE)


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_gets_rows(endpoint: str, demo: Demo, method: str, how: str, form: str) -> None:
    client = Wrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(how)
    client.setReturnFormat(form)
    client.setQuery(demo.text)
    answer = client.query()
    document = answer.response.read()
    if form == CSV:
        assert _read_csv(document, demo) == _in_csv(demo.rows)
    elif form == JSON:
        assert rows_of_json(document) == demo.rows
    else:
        assert rows_of(document, ox.QueryResultsFormat.XML if form == XML else _TSV) == demo.rows


@pytest.mark.parametrize("form", [(TURTLE, _TURTLE), (N3, _TURTLE), (RDFXML, _XML), (XML, _XML), (JSONLD, _JSONLD)])
@pytest.mark.parametrize("query", [_CONSTRUCT, _DESCRIBE])
def test_sparqlwrapper_gets_graphs(endpoint: str, shipped: Graph, form: tuple[str, str], query: str) -> None:
    client = Wrapper(endpoint)
    client.setReturnFormat(form[0])
    client.setQuery(query)
    got = client.query().convert()
    document = got.serialize(format="nt") if isinstance(got, rdflib.Graph) else got
    read_as = _NTRIPLES if isinstance(got, rdflib.Graph) else form[1]
    assert _statements(document, read_as) == _known(shipped, query)


@pytest.mark.parametrize("form", [JSON, XML])
def test_sparqlwrapper_gets_yes_and_no(endpoint: str, form: str) -> None:
    for query, expected in (("ASK { ?s ?p ?o }", True), ("ASK { ?s ?p 77777 }", False)):
        client = Wrapper(endpoint)
        client.setReturnFormat(form)
        client.setQuery(query)
        got = client.query().convert()
        told = got["boolean"] if isinstance(got, dict) else "true" in got.toxml()
        assert told is expected


def test_sparqlwrapper_names_graphs_and_is_told_what_is_wrong(endpoint: str) -> None:
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = Wrapper(endpoint, returnFormat=JSON)
    client.addDefaultGraph(_KAZ)
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    one = int(client.queryAndConvert()["results"]["bindings"][0]["n"]["value"])
    client.clearParameter("default-graph-uri")
    assert 0 < one < int(client.queryAndConvert()["results"]["bindings"][0]["n"]["value"])
    client.setQuery("SELECT * WHERE {")
    with pytest.raises(QueryBadFormed, match="line 1, column 16"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlstore_gets_rows(endpoint: str, demo: Demo, method: str, form: str) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat=form)
    result = rdflib.Graph(store).query(demo.text)
    rows = [tuple(None if term is None else str(term) for term in row) for row in result]  # type: ignore[union-attr]
    assert _in_csv(rows) == _in_csv(demo.rows)


def test_sparqlstore_is_a_graph(endpoint: str, shipped: Graph) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint))
    kind = rdflib.URIRef("https://w3id.org/uprgraph/ontology#LegalOpinion")
    opinions = sorted(str(each) for each in graph.subjects(rdflib.RDF.type, kind))
    known = shipped.sparql(_OPINIONS)
    assert opinions == [row.opinion for row in known]  # type: ignore[union-attr]
    assert len(graph) == len(list(shipped.sparql("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }")))  # type: ignore[arg-type]
    state = rdflib.URIRef("https://w3id.org/uprgraph/id/state/KAZ")
    triples = {tuple(term.n3() for term in triple) for triple in graph.triples((state, None, None))}
    assert triples == _known(shipped, _CONSTRUCT)
    assert {tuple(term.n3() for term in triple) for triple in graph.query(_CONSTRUCT)} == triples  # type: ignore[union-attr]
    assert graph.query("ASK { ?s ?p 77777 }").askAnswer is False
    with pytest.raises(TypeError, match="read only"):
        graph.add((state, rdflib.RDF.type, kind))


def test_sparqlstore_has_named_graphs(endpoint: str) -> None:
    one = rdflib.Graph(SPARQLStore(endpoint), identifier=rdflib.URIRef(_KAZ))
    assert 0 < len(one) < len(rdflib.Graph(SPARQLStore(endpoint)))
    named = one.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert list(named) == [], "a request that names a default graph has no named ones"


def _ran(command: Sequence[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=180, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("way", ["get", "form", "direct", "upgrade"])
def test_curl(endpoint: str, demo: Demo, demo_file: Path, way: str, form: str) -> None:
    """Curl asks in each way; the last one offers HTTP/2, as the clients of Java do, which must not be in the way."""
    accept = {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
    }[form]
    direct = ["--data-binary", f"@{demo_file}", "--header", "Content-Type: application/sparql-query"]
    options = {
        "get": ["--get", "--data-urlencode", f"query@{demo_file}"],
        "form": ["--data-urlencode", f"query@{demo_file}"],
        "direct": direct,
        "upgrade": ["--http2", *direct],
    }[way]
    try:
        command = install.curl()
    except Unavailable as error:
        required(error)
    document = _ran([*command, "--header", f"Accept: {accept}", *options, endpoint])
    if form == "csv":
        assert _read_csv(document, demo) == _in_csv(demo.rows)
    elif form == "json":
        assert rows_of_json(document) == demo.rows
    else:
        assert rows_of(document, ox.QueryResultsFormat.XML if form == "xml" else _TSV) == demo.rows


def test_jena_gets_rows(endpoint: str, demo: Demo, demo_file: Path) -> None:
    assert rows_of_json(_rsparql(endpoint, demo_file, "json")) == demo.rows


def test_jena_gets_graphs(endpoint: str, shipped: Graph, tmp_path: Path) -> None:
    query = tmp_path / "construct.rq"
    query.write_text(_CONSTRUCT, encoding="utf-8")
    assert _statements(_rsparql(endpoint, query, "ttl"), _TURTLE) == _known(shipped, _CONSTRUCT)


def _rsparql(endpoint: str, query: Path, form: str) -> bytes:
    try:
        command = install.rsparql()
    except Unavailable as error:
        required(error)
    return _ran([*command, "--service", endpoint, "--query", str(query), "--results", form])


@pytest.mark.parametrize("source", ["sparql@{}", "{}"], ids=["told", "found out"])
def test_comunica_gets_rows(endpoint: str, demo: Demo, demo_file: Path, source: str) -> None:
    """It is told that it asks an endpoint, or finds that out from the description of the service."""
    rows = rows_of_json(_comunica(source.format(endpoint), demo_file, "application/sparql-results+json"))
    assert rows == demo.rows


def test_comunica_gets_graphs(endpoint: str, shipped: Graph, tmp_path: Path) -> None:
    query = tmp_path / "construct.rq"
    query.write_text(_CONSTRUCT, encoding="utf-8")
    got = _comunica(f"sparql@{endpoint}", query, "application/n-triples")
    assert _statements(got, _NTRIPLES) == _known(shipped, _CONSTRUCT)


def test_comunica_joins_what_the_site_says_of_a_thing(live: Serving, tmp_path: Path) -> None:
    """It reads the linked data of an opinion by its address, as it would any document of the web."""
    query = tmp_path / "number.rq"
    query.write_text("SELECT ?n { ?o <https://w3id.org/uprgraph/ontology#opinionNumber> ?n }", encoding="utf-8")
    address = f"http://127.0.0.1:{live.port}/id/opinion/FOI-KAZ-268-2015"
    assert ("FOI-KAZ/268/2015",) in rows_of_json(_comunica(address, query, "application/sparql-results+json"))


def _comunica(source: str, query: Path, form: str) -> bytes:
    try:
        command = install.comunica()
    except Unavailable as error:
        required(error)
    return _ran([*command, source, "--file", str(query), "-t", form])

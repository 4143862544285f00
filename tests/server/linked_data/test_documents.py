"""The vocabulary, codelists, graphs, catalogue and questions: RDF for programs, pages for people."""

from __future__ import annotations

import re

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, VOID, Literal, URIRef
from starlette.testclient import TestClient
from tests.server.inprocess import InProcess

from uprgraph import __version__, resources
from uprgraph.catalog import catalogue
from uprgraph.graph import Graph
from uprgraph.resources import BASE
from uprgraph.server.app import create_app
from uprgraph.server.jobs import descriptions
from uprgraph.server.settings import Settings
from uprgraph.vocabulary import expand

WHOLE = URIRef(f"{BASE}catalog")
HTML = {"Accept": "text/html"}
SCHEMES = sorted(path.stem for path in (resources.ontology() / "codelists").glob("*.ttl"))


def graph(client: TestClient, path: str) -> rdflib.Graph:
    """Return the RDF of a document."""
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    return rdflib.Graph(bind_namespaces="none").parse(data=answer.text, format="turtle")


def number(found: rdflib.Graph, subject: URIRef, relation: URIRef) -> int:
    """Return the one number that a subject has by a property."""
    (value,) = found.objects(subject, relation)
    return int(str(value))


def test_the_vocabulary_holds_its_terms_and_version(client: TestClient) -> None:
    for path in ("/ontology", f"/ontology/{__version__}"):
        found = graph(client, path)
        assert (URIRef(f"{BASE}ontology"), OWL.versionInfo, Literal(__version__)) in found
        assert (URIRef(expand("upr:State")), RDF.type, OWL.Class) in found
        assert len(set(found.subjects(RDFS.isDefinedBy, URIRef(f"{BASE}ontology")))) > 140


def test_the_page_of_the_vocabulary_has_every_term_at_its_place(client: TestClient) -> None:
    answer = client.get("/ontology", headers=HTML)
    assert answer.status_code == 200
    terms = set(graph(client, "/ontology").subjects(RDFS.isDefinedBy, None))
    anchors = set(re.findall(r'id="([A-Za-z][A-Za-z0-9]*)"', answer.text))
    assert {str(term).partition("#")[2] for term in terms} <= anchors
    assert "A status claim about whether a legal text has been adopted." in answer.text
    assert 'href="/ontology#StatusClaim"' in answer.text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_codelists_have_all_entries_as_data_and_as_a_page(client: TestClient, scheme: str) -> None:
    found = graph(client, f"/code/{scheme}")
    entries = set(found.subjects(SKOS.inScheme, URIRef(f"{BASE}code/{scheme}")))
    assert (URIRef(f"{BASE}code/{scheme}"), RDF.type, SKOS.ConceptScheme) in found
    page = client.get(f"/code/{scheme}", headers=HTML)
    assert page.status_code == 200
    assert f"{len(entries)} entr" in page.text
    for entry in entries:
        (label,) = [each for each in found.objects(entry, SKOS.prefLabel) if each.language == "en"]  # type: ignore[attr-defined]
        assert str(label).replace("'", "&#39;").replace("&", "&") in page.text.replace("&amp;", "&")


def test_named_graphs_are_given_whole(client: TestClient) -> None:
    source = resources.data() / "odihr" / "KAZ-34" / "dossier.ttl"
    expected = rdflib.Graph(bind_namespaces="none").parse(source)
    found = graph(client, "/graph/odihr-KAZ-34")
    values = [{(*triple[:2], triple[2].toPython()) for triple in each} for each in (found, expected)]
    assert values[0] == values[1]  # a store may write 28.0 as 28
    page = client.get("/graph/odihr-KAZ-34", headers=HTML)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_large_graph_travels_packed_to_clients_that_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptions, "_LARGE", 10)
    address, accepted = "/graph/odihr-KAZ-34", {"Accept": "application/n-triples"}
    with TestClient(create_app(Settings(), InProcess()), base_url="http://localhost") as client:
        packed = client.get(address, headers={**accepted, "Accept-Encoding": "gzip"})
        plain = client.get(address, headers={**accepted, "Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < len(packed.content) // 5
    assert "Content-Encoding" not in plain.headers
    assert int(plain.headers["Content-Length"]) == len(plain.content) > 100_000
    assert plain.content == packed.content
    assert {each.headers["Vary"] for each in (packed, plain)} == {"Accept, Accept-Encoding"}


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog"])
def test_the_catalogue_counts_what_is_served(client: TestClient, shipped: Graph, path: str) -> None:
    found = graph(client, path)
    counts = shipped.sparql("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?d) WHERE { ?s ?p ?o }")
    (row,) = counts  # type: ignore[misc]
    assert number(found, WHOLE, VOID.triples) == row.n
    assert number(found, WHOLE, VOID.distinctSubjects) == row.d
    for relation, of, counted, query in (
        (VOID.classPartition, VOID["class"], VOID.entities, "?x a <{}>"),
        (VOID.propertyPartition, VOID.property, VOID.triples, "?x <{}> ?y"),
    ):
        parts = {term: part for part in found.objects(WHOLE, relation) for term in found.objects(part, of)}
        assert len(parts) > 40
        assert len(parts) == number(found, WHOLE, VOID.classes if relation == VOID.classPartition else VOID.properties)
        for term in (expand("upr:Recommendation"), expand("upr:State"), expand("upr:text"), str(RDF.type)):
            if URIRef(term) in parts:
                (row,) = shipped.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {query.format(term)} }}")  # type: ignore[misc]
                assert number(found, parts[URIRef(term)], counted) == row.n > 0


def test_the_catalogue_says_where_everything_is(client: TestClient) -> None:
    found = graph(client, "/.well-known/void")
    assert (WHOLE, VOID.sparqlEndpoint, URIRef("http://localhost/sparql")) in found
    assert (WHOLE, VOID.uriSpace, Literal(BASE)) in found
    assert (WHOLE, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in found
    assert (WHOLE, OWL.versionInfo, Literal(__version__)) in found
    assert (WHOLE, VOID.vocabulary, URIRef(expand("upr:"))) in found
    assert (URIRef("http://localhost/.well-known/void"), RDF.type, VOID.DatasetDescription) in found
    assert set(found.objects(WHOLE, DCAT.service)) == {
        URIRef("http://localhost/sparql"),
        URIRef("http://localhost/api"),
    }
    named = {URIRef(each.graph) for each in resources.graph_files()}
    assert set(found.objects(WHOLE, VOID.subset)) == named
    for each in named:
        assert number(found, each, VOID.triples) > 0
        (file,) = found.objects(each, DCAT.distribution)
        (address,) = found.objects(file, DCAT.accessURL)
        assert client.get(str(address), headers={"Accept": "text/turtle"}).status_code == 200
        assert list(found.objects(each, VOID.dataDump))
    linksets = set(found.subjects(RDF.type, VOID.Linkset))
    assert linksets
    for each in linksets:
        assert list(found.objects(each, VOID.propertyPartition))


def test_the_catalogue_is_counted_once(client: TestClient) -> None:
    answers = [client.get("/catalog", headers={"Accept": "application/n-triples"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    again = client.get(
        "/catalog", headers={"Accept": "application/n-triples", "If-None-Match": answers[0].headers["ETag"]}
    )
    assert again.status_code == 304


def test_questions_are_data_that_run_here(client: TestClient) -> None:
    found = graph(client, "/queries")
    asked = set(found.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(asked) == len(catalogue.shipped().names())
    question = URIRef(f"{BASE}query/odihr/opinions-by-right")
    assert (question, RDF.type, SH.SPARQLSelectExecutable) in found
    assert (question, SDO.target, URIRef("http://localhost/sparql")) in found
    (text,) = found.objects(question, SH.select)
    assert str(text) == catalogue.shipped().question("opinions-by-right").sparql
    assert (question, SH.prefixes, URIRef(f"{BASE}prefixes")) in found
    assert list(found.objects(question, RDFS.comment))


def test_questions_lead_people_to_their_pages(client: TestClient) -> None:
    assert client.get("/queries", headers=HTML).headers["Location"] == "http://localhost/questions"
    one = "/query/odihr/opinions-by-right"
    assert client.get(one, headers=HTML).headers["Location"] == "http://localhost/questions/opinions-by-right"
    assert client.get(one, headers={"Accept": "text/turtle"}).headers["Location"] == "http://localhost/queries"


@pytest.mark.parametrize("path", ["/prefixes", "/prefixes/upr"])
def test_prefixes_are_data_and_pages(client: TestClient, path: str) -> None:
    assert len(graph(client, path)) > 3
    assert client.get(path, headers=HTML).status_code == 200

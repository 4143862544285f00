"""Things: 303 to their page or description, which says what is known of them, in every form."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from uprgraph.resources import BASE
from uprgraph.server.linked_data import dumps

OPINION = "/id/opinion/TERR-KAZ-296-2016"
RIGHT = "/code/right/freedom-of-religion-or-belief"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
MEDIA_TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}


@pytest.mark.parametrize("path", [OPINION, RIGHT])
@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (None, "/page{}"),
        ("", "/page{}"),
        ("*/*", "/page{}"),
        (BROWSER, "/page{}"),
        ("text/turtle", "/data{}.ttl"),
        ("application/ld+json", "/data{}.jsonld"),
        ("application/n-triples", "/data{}.nt"),
        ("text/turtle;q=0.4, application/ld+json;q=0.5", "/data{}.jsonld"),
        ("text/html;q=0.8, application/n-triples", "/data{}.nt"),
        ("text/html;q=0.8, */*", "/data{}.ttl"),
        ("application/*", "/data{}.jsonld"),
        ("application/rdf+xml, text/turtle;q=0.3", "/data{}.ttl"),
        ("text/html;q=0, text/turtle;q=0, */*;q=0.1", "/data{}.jsonld"),
    ],
)
def test_a_thing_leads_to_what_the_client_likes_best(
    client: TestClient, path: str, accept: str | None, place: str
) -> None:
    answer = client.get(path, headers={} if accept is None else {"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://localhost{place.format(path)}"
    assert answer.headers["Vary"] == "Accept"
    assert f'<http://localhost/data{path}.ttl>; rel="describedby"' in answer.headers["Link"]
    there = client.get(answer.headers["Location"], headers={"Accept": accept or "*/*"}, follow_redirects=True)
    assert there.status_code == 200


@pytest.mark.parametrize("path", [OPINION, "/ontology", "/code/right", "/graph/odihr-KAZ-34", f"/data{OPINION}"])
def test_where_nothing_suits_there_is_a_list(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/rdf+xml"})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["available"].items() >= MEDIA_TYPES.items()


@pytest.mark.parametrize(
    "path", ["/id/opinion/NONE", "/id/", "/code/right/none", "/code/none", "/graph/none", "/ontology/0.0"]
)
def test_what_is_unknown_is_not_found(client: TestClient, path: str) -> None:
    for accept, kind in (("text/turtle", "application/problem+json"), (BROWSER, "text/html")):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 404, answer.text
        assert answer.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize("form", FORMATS)
def test_a_description_says_what_is_known_in_every_form(client: TestClient, form: str) -> None:
    answer = client.get(f"/data{OPINION}.{form}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == MEDIA_TYPES[form]
    found = {
        str(triple.triple if isinstance(triple, ox.Quad) else triple)
        for triple in ox.parse(answer.content, FORMATS[form])
    }
    opinion = f"<{BASE}{OPINION.removeprefix('/')}>"
    for statement in (
        f'{opinion} <{BASE}ontology#opinionNumber> "TERR-KAZ/296/2016"',
        f"{opinion} <{BASE}ontology#concernsState> <{BASE}id/state/KAZ>",
        f"<{BASE}{OPINION[1:]}/finding/1> <{BASE}ontology#statedIn> {opinion}",
        f'<{BASE}code/topic-code/TERR> <http://www.w3.org/2004/02/skos/core#prefLabel> "counter-terrorism"@en',
        f"<{BASE}data{OPINION}> <http://purl.org/dc/terms/license> <https://creativecommons.org/licenses/by/4.0/>",
        f"<{BASE}data{OPINION}> <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}graph/odihr-KAZ-34>",
        f"<{BASE}data{OPINION}> <http://xmlns.com/foaf/0.1/primaryTopic> {opinion}",
    ):
        assert statement in found
    assert any("http://www.w3.org/ns/oa#exact" in statement for statement in found), "the quotes"


def test_all_forms_are_the_same_graph(client: TestClient) -> None:
    graphs = [
        rdflib.Graph().parse(data=client.get(f"/data{RIGHT}.{form}").text, format=name)
        for form, name in (("ttl", "turtle"), ("jsonld", "json-ld"), ("nt", "nt"))
    ]
    assert len(graphs[0]) > 50
    assert set(graphs[0]) == set(graphs[1]) == set(graphs[2])


def test_json_ld_needs_nothing_from_elsewhere(client: TestClient) -> None:
    for path in (
        f"/data{OPINION}.jsonld",
        "/ontology?format=jsonld",
        "/catalog?format=jsonld",
        "/queries?format=jsonld",
    ):
        document = json.loads(client.get(path).text)
        assert document.keys() == {"@context", "@graph"}
        assert all(isinstance(each, str) for each in document["@context"].values()), "prefixes, and no addresses"
        assert '"@context"' not in json.dumps(document["@graph"])


def test_a_description_is_kept_and_says_where_it_belongs(client: TestClient) -> None:
    path = f"/data{OPINION}.ttl"
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    relations = {each: link["url"] for each, link in answer.links.items()}
    assert relations["describes"] == BASE + OPINION[1:]
    assert relations["canonical"] == f"{BASE}data{OPINION}.ttl"
    assert relations["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert relations["describedby"] == "http://localhost/catalog"
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
    assert client.get(f"/data{OPINION}.nt").headers["ETag"] != answer.headers["ETag"]


def test_a_description_without_extension_is_negotiated(client: TestClient) -> None:
    assert client.get(f"/data{OPINION}").headers["Content-Type"].startswith("text/turtle")
    liked = client.get(f"/data{OPINION}", headers={"Accept": "application/ld+json"})
    assert liked.headers["Content-Type"] == "application/ld+json"


def test_an_identifier_may_have_a_dot(client: TestClient) -> None:
    path = "/id/instrument/COPENHAGEN-1990/paragraph/9.1"
    assert client.get(path, headers={"Accept": "text/turtle"}).headers["Location"].endswith("/9.1.ttl")
    for address in (f"/data{path}.ttl", f"/data{path}"):
        assert f"{BASE}{path[1:]}" in client.get(address).text or "9.1" in client.get(address).text


@pytest.mark.parametrize("path", dumps())
def test_dumps_of_the_catalogue_are_there(client: TestClient, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert answer.content == dumps()[path].read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        *("/id/%2e%2e/%2e%2e/etc/passwd", "/data/%2e%2e/pyproject.toml", "/data/..%2f..%2fpyproject.toml"),
        *("/data/reference/%2e%2e/catalog.ttl", "/ontology/%2e%2e/data/catalog.ttl", "/ontology//etc/passwd"),
        *("/data//etc/passwd", "/data/%00", "/id/%00", "/id/%0d%0aSet-Cookie:x=y", "/data/id/state/KAZ%0d%0aX:y.ttl"),
        *("/id/state/KAZ%20", "/id/state/KAZ%3E%20%7D", "/id/" + "x" * 8_000, "/id/%F0%9F%92%A3", "/id/%FF%FE"),
        *("/graph/%22%3E%3Cscript%3E", "/code/%7B%7B7*7%7D%7D", "/id/state/kaz", "/data/odihr/KAZ-34/source.txt"),
        *("/data/id/state/KAZ.rdf", "/data/ttl", "/ontology/upr", "/prefixes/none"),
        *("/graph/", "/code/right/%2e%2e/right", "/query/odihr/%2e%2e", "/ontology/9.9.9", "/id/" + "%C3%A9" * 2_000),
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER])
def test_hostile_addresses_are_not_found(client: TestClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code in {404, 303}, answer.text
    if answer.status_code == 303:
        there = client.get(answer.headers["Location"], headers={"Accept": accept})
        assert there.status_code in {200, 404}
        assert answer.headers["Location"].startswith("http://localhost/")
    assert "Set-Cookie" not in answer.headers
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert "<script>" not in answer.text
        assert "{{7*7}}" in answer.text or "{" not in path
    assert "Traceback" not in answer.text
